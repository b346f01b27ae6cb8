import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const explicitDenyIdentity: CatalogueEntry = {
  code: 'explicit-deny-identity',
  family: 'deny-or-ceiling',
  fixKinds: ['edit-statement', 'other'],
  doNot: ['identity-allow', 'admin-policy', 'remove-guardrail'],
  references: [references.accessDenied, references.evaluationLogic],
  example: {
    text: 'An error occurred (UnauthorizedOperation) when calling the TerminateInstances operation: User: arn:aws:iam::111122223333:user/maria is not authorized to perform: ec2:TerminateInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/i-0a1b2c3d4e5f60718 with an explicit deny in an identity-based policy',
    policies: {
      'identity-based': [
        {
          name: 'app-access',
          document: {
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 'ec2:*', Resource: '*' },
              { Effect: 'Deny', Action: 'ec2:TerminateInstances', Resource: '*' },
            ],
          },
        },
      ],
    },
  },
}
