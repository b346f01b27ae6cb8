import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { kmsBehindService, kmsKeyPolicy } from './kms.ts'

/** Lambda's variables under its own key: the grant names the earlier role of the same name. */
export function staleLambdaGrant(s: Situation): readonly Finding[] {
  if (!s.has('lambda-environment-key') || isLeftToRole(s)) return none
  const stale = finding('stale-principal', 'possible', [act('other', 'reassign-lambda-role')], {
    holder: 'lambda-environment',
  })
  const ofKey = kmsKeyPolicy(s, decrypt, 'possible')
  if (s.denial.principal === null || s.denial.effect === 'explicit' || s.denial.policyType === 'resource-based')
    return [stale, ofKey]
  // KMS names the role, and what it lacks: with that it needs no grant.
  return s.denial.policyType === 'identity-based'
    ? [kmsBehindService(s, decrypt, 'stated', null), stale]
    : [stale, ofKey, kmsBehindService(s, decrypt, 'possible', null)]
}

const decrypt = ['kms:Decrypt'] as const

/** A key of the customer's that was read leaves it to the policies of the role, and those leave it out: no grant is asked. */
const isLeftToRole = (s: Situation): boolean =>
  s.wasRead('identity-based') &&
  s.denial.effect !== 'explicit' &&
  s.layer('identity-based')?.result === 'implicitDeny' &&
  s
    .statements('resource-based')
    .some(
      (one) => one.effect === 'Allow' && one.conditions.length === 0 && JSON.stringify(one.source).includes(':root"'),
    )
