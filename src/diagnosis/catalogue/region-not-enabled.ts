import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const regionNotEnabled: CatalogueEntry = {
  code: 'region-not-enabled',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['rotate-keys', 'any-policy-change'],
  references: [references.optInRegions],
  example: {
    text: 'An error occurred (AuthFailure) when calling the DescribeInstances operation: AWS was not able to validate the provided access credentials\n(only in ap-east-1; every other Region works)',
    policies: null,
  },
}
