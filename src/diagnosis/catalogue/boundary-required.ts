import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const boundaryRequired: CatalogueEntry = {
  code: 'boundary-required',
  family: 'deny-or-ceiling',
  fixKinds: ['other', 'boundary'],
  doNot: ['identity-allow', 'remove-guardrail'],
  references: [references.boundaries],
  example: {
    text: 'An error occurred (AccessDenied) when calling the CreateRole operation: User: arn:aws:sts::111122223333:assumed-role/TeamDeploy/session is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/orders-function with an explicit deny in an identity-based policy',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 'iam:CreateRole', Resource: '*' },
              {
                Sid: 'BoundaryRequired',
                Effect: 'Deny',
                Action: 'iam:CreateRole',
                Resource: '*',
                Condition: {
                  StringNotEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/team-boundary' },
                },
              },
            ],
          },
        },
      ],
    },
  },
}
