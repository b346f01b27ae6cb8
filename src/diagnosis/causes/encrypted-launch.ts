import type { Finding } from '../finding.ts'
import { identityGrants, type Situation } from '../situation.ts'
import {
  autoScalingKey,
  grantForAws,
  inOrder,
  kmsBehindService,
  kmsKeyPolicy,
  launchActions,
  refusedByHandedKey,
} from './kms.ts'

/** A launch that failed, a volume that vanished: the caller's role, or Auto Scaling's own, lacks the key. */
export function encryptedLaunch(s: Situation): readonly Finding[] {
  const missing = s.wasRead('identity-based')
    ? launchActions.filter((action) => !identityGrants(s, action, null))
    : launchActions
  const byCaller = kmsBehindService(
    s,
    missing.length === 0 ? launchActions : missing,
    'possible',
    'volume',
    missing.includes('kms:CreateGrant') && missing.length === 1 ? grantForAws : null,
    launcher(s),
  )
  // Whoever launches one instance himself has nothing to do with Auto Scaling's role.
  const isSingle = s.has('single-launch-told') && !s.has('auto-scaling-at-work')
  const isCallers =
    (s.wasRead('identity-based') && missing.length > 0) ||
    s.denial.errorCode?.startsWith('KMSKeyNotAccessible') === true
  if (isSingle || (isCallers && !s.has('auto-scaling-at-work'))) {
    const refused = refusedByHandedKey(s, launchActions)
    const others = isSingle ? kmsKeyPolicy(s, launchActions, 'possible') : autoScalingKey(s, 'possible')
    return refused === null ? inOrder(s, launchActions, byCaller, others) : [refused, byCaller]
  }
  return [autoScalingKey(s, 'possible'), byCaller]
}

/** The role that launches, where the text names one beside. */
const launcher = (s: Situation): string | null => {
  const name = s.told('launch-role-told', 'role')[0]
  return name === undefined || s.denial.principal !== null ? null : `role/${name}`
}
