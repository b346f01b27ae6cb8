import { none, type Finding } from '../finding.ts'
import type { Situation } from '../situation.ts'
import { anotherIdentity } from './another-identity.ts'
import { lackBeside } from './lack-beside.ts'
import { tooEarly } from './too-early.ts'

/** IAM was asked before its own change had arrived everywhere. */
export function propagation(s: Situation): readonly Finding[] {
  if (s.denial.effect === 'explicit') return none
  // What began with a change and has not ended since is no delay.
  if (!s.has('later-works') && !(s.has('first-time-told') && !s.has('lasting-told'))) return none
  return [tooEarly('later-works'), ...lackBeside(s)]
}

/** The same call is let through most of the time: no policy that is missing explains that. */
export const nowAndThen = (s: Situation): readonly Finding[] =>
  s.has('now-and-then') && s.denial.effect !== 'explicit' && s.denial.policyType === null
    ? [anotherIdentity(), tooEarly('later-works'), ...lackBeside(s)]
    : none
