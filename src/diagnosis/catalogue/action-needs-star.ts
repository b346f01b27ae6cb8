import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const actionNeedsStar: CatalogueEntry = {
  code: 'action-needs-star',
  family: 'no-matching-allow',
  fixKinds: ['add-identity-statement'],
  doNot: ['narrow-arn-for-star-action', 'widen-whole-statement', 'star-action'],
  references: [references.actionTables, references.resourceElement],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: User: arn:aws:sts::111122223333:assumed-role/BuildRunner/session is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'],
                Resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/orders',
              },
            ],
          },
        },
      ],
    },
  },
}
