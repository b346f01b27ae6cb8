import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const credentialsInvalid: CatalogueEntry = {
  code: 'credentials-invalid',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['any-policy-change'],
  references: [references.accessKeys, references.cliConfiguration],
  example: {
    text: 'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.',
    policies: null,
  },
}
