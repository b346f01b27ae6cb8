import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const evaluationAllows: CatalogueEntry = {
  code: 'evaluation-allows',
  family: 'open-end',
  fixKinds: ['other'],
  doNot: ['star-instead', 'admin-policy'],
  references: [references.evaluationLogic, references.accessDenied],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetItem operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'dynamodb:GetItem',
                Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
              },
            ],
          },
        },
      ],
    },
  },
}
