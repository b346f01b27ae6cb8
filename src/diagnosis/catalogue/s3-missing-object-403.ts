import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const s3MissingObject403: CatalogueEntry = {
  code: 's3-missing-object-403',
  family: 'not-a-policy',
  fixKinds: ['not-iam', 'add-identity-statement'],
  doNot: ['nonexistent-action', 'make-public'],
  references: [references.s3HeadObject, references.s3Denied],
  example: { text: 'An error occurred (403) when calling the HeadObject operation: Forbidden', policies: null },
}
