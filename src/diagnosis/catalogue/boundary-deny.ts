import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const boundaryDeny: CatalogueEntry = {
  code: 'boundary-deny',
  family: 'deny-or-ceiling',
  fixKinds: ['boundary'],
  doNot: ['identity-allow', 'remove-guardrail'],
  references: [references.boundaries, references.accessDenied],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the DeleteTrail operation: User: arn:aws:sts::111122223333:assumed-role/TeamDeploy/session is not authorized to perform: cloudtrail:DeleteTrail on resource: arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit with an explicit deny in a permissions boundary',
    policies: null,
  },
}
