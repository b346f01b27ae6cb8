import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const passRole: CatalogueEntry = {
  code: 'pass-role',
  family: 'no-matching-allow',
  fixKinds: ['add-identity-statement'],
  doNot: ['pass-any-role', 'passed-role-grant', 'star-resource'],
  references: [references.passRole],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the CreateFunction operation: User: arn:aws:sts::111122223333:assumed-role/Deploy/session is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/orders-function because no identity-based policy allows the iam:PassRole action',
    policies: null,
  },
}
