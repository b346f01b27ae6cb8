import type { Finding } from '../finding.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { autoScalingKey, grantForAws, kmsBehindService, launchActions } from './kms.ts'

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
  )
  const byAutoScaling = autoScalingKey(s, 'possible')
  const isCallers =
    (s.wasRead('identity-based') && missing.length > 0) ||
    s.denial.errorCode?.startsWith('KMSKeyNotAccessible') === true
  return isCallers && !s.has('auto-scaling-at-work') ? [byCaller, byAutoScaling] : [byAutoScaling, byCaller]
}
