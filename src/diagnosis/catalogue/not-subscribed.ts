import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const notSubscribed: CatalogueEntry = {
  code: 'not-subscribed',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['any-policy-change'],
  references: [references.marketplace],
  example: {
    text: 'An error occurred (OptInRequired) when calling the RunInstances operation: In order to use this AWS Marketplace product you need to accept terms and subscribe.',
    policies: null,
  },
}
