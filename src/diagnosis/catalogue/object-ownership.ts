import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const objectOwnership: CatalogueEntry = {
  code: 'object-ownership',
  family: 'not-a-policy',
  fixKinds: ['not-iam', 'other'],
  doNot: ['enable-acls'],
  references: [references.s3Ownership],
  example: {
    text: 'An error occurred (AccessControlListNotSupported) when calling the PutObject operation: The bucket does not allow ACLs',
    policies: null,
  },
}
