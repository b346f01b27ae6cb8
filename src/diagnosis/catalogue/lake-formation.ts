import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const lakeFormation: CatalogueEntry = {
  code: 'lake-formation',
  family: 'not-a-policy',
  fixKinds: ['not-iam'],
  doNot: ['star-instead', 'admin-policy'],
  references: [references.lakeFormation],
  example: {
    text: 'An error occurred (AccessDeniedException) when calling the GetTable operation: Insufficient Lake Formation permission(s): Required Describe on orders',
    policies: null,
  },
}
