import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const propagationDelay: CatalogueEntry = {
  code: 'propagation-delay',
  family: 'other-identity',
  fixKinds: ['not-iam'],
  doNot: ['add-unrelated-permission'],
  references: [references.troubleshootGeneral],
  example:
    'InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda. (a second terraform apply succeeds)',
}
