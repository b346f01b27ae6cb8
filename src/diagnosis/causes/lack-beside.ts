import { none, type Finding } from '../finding.ts'
import type { Situation } from '../situation.ts'
import { noMatchingAllow } from './missing-allow.ts'

/** Calls that no Allow of the caller's own explains: taking a role, and the use of a key. */
const ofOthers = /^(?:sts|kms):/iu

/**
 * What people tell explains the denial, and they may be wrong: beside it the permission may simply be missing, unless
 * the policies that were read or AWS's own words tell otherwise.
 */
export function lackBeside(s: Situation): readonly Finding[] {
  const { policyType, effect, principalType } = s.denial
  if (s.action === null || ofOthers.test(s.action) || s.wasRead('identity-based') || effect === 'explicit') return none
  if (policyType !== null && policyType !== 'identity-based') return none
  if (principalType === 'root' || principalType === 'anonymous' || principalType === 'service') return none
  return [noMatchingAllow(s, s.action, s.resource, 'possible')]
}
