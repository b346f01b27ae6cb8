import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const tagSession: CatalogueEntry = {
  code: 'tag-session',
  family: 'other-side',
  fixKinds: ['trust-policy', 'add-identity-statement', 'other'],
  doNot: ['trust-wildcard'],
  references: [references.sessionTags, references.podIdentity],
  example: {
    text: 'An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:sts::111122223333:assumed-role/BuildRunner/session is not authorized to perform: sts:TagSession on resource: arn:aws:iam::444455556666:role/Deploy',
    policies: null,
  },
}
