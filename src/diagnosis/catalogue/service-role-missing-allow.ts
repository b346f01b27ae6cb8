import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const serviceRoleMissingAllow: CatalogueEntry = {
  code: 'service-role-missing-allow',
  family: 'no-matching-allow',
  fixKinds: ['add-identity-statement'],
  doNot: ['wrong-principal-grant', 'admin-policy'],
  references: [references.lambdaExecutionRole],
  example: {
    text: 'An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    policies: null,
  },
}
