import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const secretArnSuffix: CatalogueEntry = {
  code: 'secret-arn-suffix',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['star-resource', 'change-the-resource'],
  references: [references.secretsAccess, references.resourceElement],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetSecretValue operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/db-AbC123 because no identity-based policy allows the secretsmanager:GetSecretValue action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'secretsmanager:GetSecretValue',
                Resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders/db',
              },
            ],
          },
        },
      ],
    },
  },
}
