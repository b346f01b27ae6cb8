import { assumingServices } from './assuming-services.ts'
import { circumstances } from './circumstances.ts'
import type { ClueShape } from './clue-shape.ts'
import { createdResources } from './created-resources.ts'
import { namedResources } from './named-resources.ts'
import { operationsTold } from './operations-told.ts'
import { rolesAndAccounts } from './roles-and-accounts.ts'
import { serviceSentences } from './service-sentences.ts'
import { thingsTold } from './things-told.ts'
import { tokenIssuers } from './token-issuers.ts'

/** Every clue shape. Several may share a kind. */
export const clueShapes: readonly ClueShape[] = [
  ...serviceSentences,
  ...circumstances,
  ...operationsTold,
  ...namedResources,
  ...tokenIssuers,
  ...assumingServices,
  ...rolesAndAccounts,
  ...createdResources,
  ...thingsTold,
]

export type ClueKind =
  | (typeof serviceSentences)[number]['kind']
  | (typeof circumstances)[number]['kind']
  | (typeof operationsTold)[number]['kind']
  | (typeof namedResources)[number]['kind']
  | (typeof tokenIssuers)[number]['kind']
  | (typeof assumingServices)[number]['kind']
  | (typeof rolesAndAccounts)[number]['kind']
  | (typeof createdResources)[number]['kind']
