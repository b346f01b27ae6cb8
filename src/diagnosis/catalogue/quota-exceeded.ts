import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const quotaExceeded: CatalogueEntry = {
  code: 'quota-exceeded',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['any-policy-change'],
  references: [references.quotas, references.iamQuotas],
  example: {
    text: 'An error occurred (LimitExceeded) when calling the PutRolePolicy operation: Maximum policy size of 10240 bytes exceeded for role OrdersApi',
    policies: null,
  },
}
