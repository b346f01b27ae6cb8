import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const signatureMismatch: CatalogueEntry = {
  code: 'signature-mismatch',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['any-policy-change'],
  references: [references.signature],
  example: {
    text: 'An error occurred (SignatureDoesNotMatch) when calling the ListBuckets operation: The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    policies: null,
  },
}
