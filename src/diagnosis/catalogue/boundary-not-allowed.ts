import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const boundaryNotAllowed: CatalogueEntry = {
  code: 'boundary-not-allowed',
  family: 'deny-or-ceiling',
  fixKinds: ['boundary'],
  doNot: ['identity-allow', 'remove-guardrail'],
  references: [references.boundaries, references.evaluationLogic],
  example: {
    text: 'An error occurred (AccessDenied) when calling the CreateQueue operation: User: arn:aws:sts::111122223333:assumed-role/TeamDeploy/session is not authorized to perform: sqs:createqueue on resource: arn:aws:sqs:eu-west-1:111122223333:orders because no permissions boundary allows the sqs:createqueue action',
    policies: null,
  },
}
