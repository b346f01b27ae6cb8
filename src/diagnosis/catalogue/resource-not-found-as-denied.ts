import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const resourceNotFoundAsDenied: CatalogueEntry = {
  code: 'resource-not-found-as-denied',
  family: 'not-a-policy',
  fixKinds: ['not-iam'],
  doNot: ['star-instead'],
  references: [references.s3Denied, references.accessDenied],
  example: { text: 'An error occurred (403) when calling the HeadBucket operation: Forbidden', policies: null },
}
