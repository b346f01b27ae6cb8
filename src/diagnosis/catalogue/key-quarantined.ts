import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const keyQuarantined: CatalogueEntry = {
  code: 'key-quarantined',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['identity-allow', 'remove-guardrail'],
  references: [references.quarantine, references.accessKeys],
  example: {
    text: 'An error occurred (UnauthorizedOperation) when calling the RunInstances operation: User: arn:aws:iam::111122223333:user/ci is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/* with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3',
    policies: null,
  },
}
