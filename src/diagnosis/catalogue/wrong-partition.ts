import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const wrongPartition: CatalogueEntry = {
  code: 'wrong-partition',
  family: 'no-matching-allow',
  fixKinds: ['edit-statement', 'other'],
  doNot: ['wrong-arn-form'],
  references: [references.arns],
  example: {
    text: 'An error occurred (MalformedPolicyDocument) when calling the CreatePolicy operation: Partition "aws" is not valid for resource "arn:aws:s3:::example-reports/*".',
    policies: null,
  },
}
