import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const opensearchFgac: CatalogueEntry = {
  code: 'opensearch-fgac',
  family: 'not-a-policy',
  fixKinds: ['not-iam'],
  doNot: ['star-instead'],
  references: [references.openSearch, references.dataAccess],
  example: {
    text: 'security_exception: no permissions for [indices:data/write/bulk] and User [name=arn:aws:iam::111122223333:role/Indexer, backend_roles=[arn:aws:iam::111122223333:role/Indexer], requestedTenant=null]',
    policies: null,
  },
}
