import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const otherSystem: CatalogueEntry = {
  code: 'other-system',
  family: 'neighbour-error',
  fixKinds: ['not-iam'],
  doNot: ['any-policy-change'],
  references: [references.kubernetesAccess, references.policyGrammar],
  referencesOf: ({ system }) =>
    system === 'kubernetes'
      ? [references.kubernetesAccess]
      : system === 'policy-document'
        ? [references.policyGrammar]
        : [],
  example: {
    text: 'Error from server (Forbidden): pods is forbidden: User "maria" cannot list resource "pods" in API group "" in the namespace "default"',
    policies: null,
  },
}
