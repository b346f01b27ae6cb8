import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const wrongRegion: CatalogueEntry = {
  code: 'wrong-region',
  family: 'not-a-policy',
  fixKinds: ['not-iam'],
  doNot: ['identity-allow'],
  references: [references.s3Regions],
  example: {
    text: 'An error occurred (PermanentRedirect) when calling the ListObjectsV2 operation: The bucket you are attempting to access must be addressed using the specified endpoint.',
    policies: null,
  },
}
