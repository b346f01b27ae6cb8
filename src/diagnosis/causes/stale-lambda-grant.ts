import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { kmsKeyPolicy } from './kms.ts'

/** Lambda's variables under its own key: the grant names the earlier role of the same name. */
export function staleLambdaGrant(s: Situation): readonly Finding[] {
  if (!s.has('lambda-environment-key') || isLeftToRole(s)) return none
  const stale = finding('stale-principal', 'possible', [act('other', 'reassign-lambda-role')], {
    holder: 'lambda-environment',
  })
  return [stale, kmsKeyPolicy(s, ['kms:Decrypt'], 'possible')]
}

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
