import type { Situation } from './situation.ts'

/** How long IAM may need to be the same everywhere. */
const secondsUntilEverywhere = 120

/** Age of the principal when it was denied, or when its policies were read where nobody knows when that was. */
export function secondsOld(s: Situation): number | null {
  const created = Date.parse(s.evidence.caller?.createDate ?? '')
  const then = Date.parse(s.denial.time ?? s.evidence.sources['identity-based']?.readAt ?? '')
  const seconds = Math.round((then - created) / 1000)
  return Number.isNaN(seconds) || seconds < 0 ? null : seconds
}

/** The role or user is younger than IAM needs. */
export const isTooYoung = (s: Situation): boolean => (secondsOld(s) ?? secondsUntilEverywhere) < secondsUntilEverywhere
