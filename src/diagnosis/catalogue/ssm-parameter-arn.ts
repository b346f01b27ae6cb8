import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const ssmParameterArn: CatalogueEntry = {
  code: 'ssm-parameter-arn',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['star-resource', 'change-the-resource'],
  references: [references.parameterStore, references.resourceElement],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetParameter operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/orders/db-url because no identity-based policy allows the ssm:GetParameter action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'ssm:GetParameter',
                Resource: 'arn:aws:ssm:eu-west-1:111122223333:parameter//orders/db-url',
              },
            ],
          },
        },
      ],
    },
  },
}
