import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const resourceNotFound: CatalogueEntry = {
  code: 'resource-not-found',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['any-policy-change'],
  references: [references.accessDenied],
  example: {
    text: 'An error occurred (NoSuchBucket) when calling the ListObjectsV2 operation: The specified bucket does not exist',
    policies: null,
  },
}
