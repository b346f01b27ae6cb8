import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const scpDeny: CatalogueEntry = {
  code: 'scp-deny',
  family: 'deny-or-ceiling',
  fixKinds: ['scp', 'other'],
  doNot: ['identity-allow', 'remove-guardrail'],
  references: [references.scps, references.accessDenied],
  example: {
    text: 'An error occurred (UnauthorizedOperation) when calling the RunInstances operation: User: arn:aws:sts::111122223333:assumed-role/Deploy/session is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:ap-south-1:111122223333:instance/* with an explicit deny in a service control policy',
    policies: null,
  },
}
