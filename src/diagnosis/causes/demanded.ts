import { finding, none, type Finding } from '../finding.ts'
import type { Situation } from '../situation.ts'
import { isCarried, meetBoundary } from './boundary.ts'
import { lackBeside } from './lack-beside.ts'
import { mfaSession } from './mfa-session.ts'

/** Long-term keys carry no MFA, and the text tells that the account demands it. */
export function withoutMfa(s: Situation): readonly Finding[] {
  if (!toldOfMfa(s) || !s.has('mfa-blamed') || s.wasRead('identity-based')) return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  return [finding('mfa-required', 'possible', [mfaSession(s)]), ...lackBeside(s)]
}

/** It is told of, and may be what the permission hangs on. */
export const perhapsWithoutMfa = (s: Situation): readonly Finding[] =>
  toldOfMfa(s) && !s.wasRead('identity-based') ? [finding('mfa-required', 'possible', [mfaSession(s)])] : none

/** New roles have to carry a boundary here, as the text tells. */
export function withoutBoundary(s: Situation): readonly Finding[] {
  if (!toldOfBoundary(s) || s.wasRead('identity-based')) return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  return [boundaryDemanded(s), ...lackBeside(s)]
}

export const createsRole = (s: Situation): boolean =>
  /^iam:(?:CreateRole|CreateUser|PutRolePolicy|AttachRolePolicy|PutUserPolicy|AttachUserPolicy)$/iu.test(s.action ?? '')

export const toldOfBoundary = (s: Situation): boolean => s.has('boundary-demanded') && createsRole(s)

export const boundaryDemanded = (s: Situation): Finding =>
  finding('boundary-required', 'possible', [meetBoundary(s, '<BoundaryArn>')], { carried: isCarried(s) })

/** Of a user, or of nobody where the text tells of the policy that demands it. */
export const toldOfMfa = (s: Situation): boolean =>
  s.has('mfa-told') &&
  (s.denial.principalType === 'user' || (s.denial.principal === null && s.has('mfa-policy-told'))) &&
  !/mfa/iu.test(s.action ?? s.denial.action ?? '')
