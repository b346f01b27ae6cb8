import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const stalePrincipal: CatalogueEntry = {
  code: 'stale-principal',
  family: 'kms',
  fixKinds: ['other', 'resource-policy', 'trust-policy'],
  doNot: ['identity-allow', 'edit-aws-managed-key-policy'],
  references: [references.principalElement],
  example: {
    text: 'An error occurred (MalformedPolicyDocument) when calling the UpdateAssumeRolePolicy operation: Invalid principal in policy: "AWS":"AROAEXAMPLEEXAMPLE123"',
    policies: null,
  },
}
