import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const logArnSuffix: CatalogueEntry = {
  code: 'log-arn-suffix',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'add-identity-statement'],
  doNot: ['star-resource'],
  references: [references.logsIdentity, references.actionTables],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the CreateLogStream operation: User: arn:aws:sts::111122223333:assumed-role/OrdersApi/session is not authorized to perform: logs:CreateLogStream on resource: arn:aws:logs:eu-west-1:111122223333:log-group:/app/orders:log-stream:main because no identity-based policy allows the logs:CreateLogStream action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'logs:CreateLogStream',
                Resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/app/orders',
              },
            ],
          },
        },
      ],
    },
  },
}
