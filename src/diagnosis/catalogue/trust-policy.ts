import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const trustPolicy: CatalogueEntry = {
  code: 'trust-policy',
  family: 'other-side',
  fixKinds: ['trust-policy', 'add-identity-statement'],
  doNot: ['trust-wildcard', 'long-lived-keys'],
  references: [references.troubleshootRoles, references.principalElement],
  example: {
    text: 'An error occurred (AccessDenied) when calling the AssumeRole operation: User: arn:aws:iam::111122223333:user/maria is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/Auditor',
    policies: null,
  },
}
