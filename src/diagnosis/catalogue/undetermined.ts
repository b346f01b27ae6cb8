import type { CatalogueEntry } from '../catalogue-entry.ts'
import { references } from '../references.ts'

export const undetermined: CatalogueEntry = {
  code: 'undetermined',
  family: 'open-end',
  fixKinds: ['other'],
  doNot: ['drop-condition'],
  references: [references.conditionKeys, references.decode, references.evaluationLogic],
  example: {
    text: 'api error UnauthorizedOperation: You are not authorized to perform this operation. Encoded authorization failure message: Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9Zx9',
    policies: null,
  },
}
