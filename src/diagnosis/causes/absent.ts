import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/** The caller was looked for in its account and is not there: deleted under a running session, or another account's. */
function callerGone(s: Situation): readonly Finding[] {
  if (s.evidence.caller?.exists !== false || s.denial.effect === 'explicit') return none
  return [
    finding('wrong-principal', isLive(s) ? 'evaluated' : 'possible', [act('switch-principal', 'use-other-role')], {
      why: 'not-there',
    }),
  ]
}

/** IAM itself was asked. A snapshot may be older than the principal, so it only raises the suspicion. */
const isLive = (s: Situation): boolean => s.evidence.source === 'aws'

export const callerGoneForCertain = (s: Situation): readonly Finding[] => (isLive(s) ? callerGone(s) : none)
export const callerPerhapsGone = (s: Situation): readonly Finding[] => (isLive(s) ? none : callerGone(s))

/** STS says the same of a role that is not there as of one that may not be assumed. */
export function targetRoleGone(s: Situation): readonly Finding[] {
  if (s.known.targetRole?.exists !== false || s.denial.effect === 'explicit') return none
  if (!/^(?:sts:AssumeRole|sts:TagSession|iam:PassRole)/iu.test(s.action ?? 'sts:AssumeRole')) return none
  if (s.denial.policyType === 'identity-based') return none
  return [
    finding('resource-not-found-as-denied', 'evaluated', [act('not-iam', 'check-resource-exists')], { what: 'role' }),
  ]
}
