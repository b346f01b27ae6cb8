import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const throttled: CatalogueEntry = {
  code: 'throttled',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['any-policy-change'],
  references: [references.retries],
  example: {
    text: 'An error occurred (ThrottlingException) when calling the DescribeInstances operation: Rate exceeded',
    policies: null,
  },
}
