import type { CauseCode } from '../../diagnosis/cause-code.ts'
import type { CauseWords } from '../words.ts'
import { ceilings } from './causes/ceilings.ts'
import { kms } from './causes/kms.ts'
import { neighbours, openEnds } from './causes/neighbours.ts'
import { noMatchingAllow } from './causes/no-matching-allow.ts'
import { notAPolicy } from './causes/not-a-policy.ts'
import { otherSide } from './causes/other-side.ts'

export const causes: Readonly<Record<CauseCode, CauseWords>> = {
  ...noMatchingAllow,
  ...kms,
  ...ceilings,
  ...otherSide,
  ...notAPolicy,
  ...neighbours,
  ...openEnds,
}
