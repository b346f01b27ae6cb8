import type { CaseRow } from './case-row.ts'
import { denyCases } from './cases-denies.ts'
import { keyCases } from './cases-keys.ts'
import { missingCases } from './cases-missing.ts'
import { notIamCases } from './cases-not-iam.ts'
import { sideCases } from './cases-sides.ts'
import { readAgainstMessageCases } from './read-against-message.ts'
import { toldAccountsCases } from './told-accounts.ts'
import { toldDeniesCases } from './told-denies.ts'
import { toldFurtherCases } from './told-further.ts'
import { toldKeysCases } from './told-keys.ts'
import { toldMissingCases } from './told-missing.ts'
import { toldNotIamCases } from './told-not-iam.ts'
import { toldSidesCases } from './told-sides.ts'

/** All pastes with what an expert answers. */
export const families: Readonly<Record<string, readonly CaseRow[]>> = {
  'no matching Allow': missingCases,
  KMS: keyCases,
  'denies and ceilings': denyCases,
  'the other side': sideCases,
  'not IAM': notIamCases,
  'what was read against what was said': readAgainstMessageCases,
  'told: no matching Allow': toldMissingCases,
  'told: KMS': toldKeysCases,
  'told: denies and ceilings': toldDeniesCases,
  'told: the other side': toldSidesCases,
  'told: not IAM': toldNotIamCases,
  'told: roles and accounts': toldAccountsCases,
  'told: further circumstances': toldFurtherCases,
}
