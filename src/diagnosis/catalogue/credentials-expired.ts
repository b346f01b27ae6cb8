import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const credentialsExpired: CatalogueEntry = {
  code: 'credentials-expired',
  family: 'neighbour-error',
  fixKinds: ['session'],
  doNot: ['any-policy-change'],
  references: [references.temporaryCredentials],
  example: {
    text: 'An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.',
    policies: null,
  },
}
