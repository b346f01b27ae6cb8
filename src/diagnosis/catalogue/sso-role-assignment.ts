import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const ssoRoleAssignment: CatalogueEntry = {
  code: 'sso-role-assignment',
  family: 'neighbour-error',
  fixKinds: ['other'],
  doNot: ['rotate-keys', 'any-policy-change'],
  references: [references.permissionSets],
  example: {
    text: 'An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access',
    policies: null,
  },
}
