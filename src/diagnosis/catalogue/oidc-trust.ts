import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const oidcTrust: CatalogueEntry = {
  code: 'oidc-trust',
  family: 'other-side',
  fixKinds: ['trust-policy', 'other'],
  doNot: ['trust-wildcard', 'long-lived-keys', 'wrong-principal-grant'],
  references: [references.oidcRole, references.irsa],
  example: {
    text: 'Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    policies: null,
  },
}
