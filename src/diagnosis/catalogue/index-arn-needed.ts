import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const indexArnNeeded: CatalogueEntry = {
  code: 'index-arn-needed',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['star-resource'],
  references: [references.dynamodbIdentity, references.resourceElement],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the Query operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/by-customer because no identity-based policy allows the dynamodb:Query action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'dynamodb:Query',
                Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
              },
            ],
          },
        },
      ],
    },
  },
}
