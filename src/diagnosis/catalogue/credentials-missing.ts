import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const credentialsMissing: CatalogueEntry = {
  code: 'credentials-missing',
  family: 'neighbour-error',
  fixKinds: ['not-iam', 'switch-principal'],
  doNot: ['long-lived-keys', 'any-policy-change'],
  references: [references.credentialProviders, references.instanceRoles],
  example: {
    text: 'Unable to locate credentials. You can configure credentials by running "aws configure".',
    policies: null,
  },
}
