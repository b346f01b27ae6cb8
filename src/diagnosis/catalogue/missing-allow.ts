import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const missingAllow: CatalogueEntry = {
  code: 'missing-allow',
  family: 'no-matching-allow',
  fixKinds: ['add-identity-statement', 'edit-statement', 'other'],
  doNot: ['star-action', 'admin-policy', 'star-resource', 'plural-for-singular'],
  references: [references.accessDenied, references.evaluationLogic, references.actionTables],
  example: {
    text: 'An error occurred (AccessDenied) when calling the SendMessage operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApp/i-0a1b2c3d4e5f60718 is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:111122223333:orders because no identity-based policy allows the sqs:sendmessage action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders' },
            ],
          },
        },
      ],
    },
  },
}
