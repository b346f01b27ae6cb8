import { shellLine } from '../../remedy/commands/shell.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { noMatchingAllow } from './missing-allow.ts'

/**
 * Who signed in through a Cognito identity pool needs both: the permission in the pool's role, and an IoT policy that is
 * attached to the identity itself.
 * https://docs.aws.amazon.com/iot/latest/developerguide/cognito-identities.html
 */
export function iotIdentity(s: Situation): readonly Finding[] {
  if (!s.denial.format.startsWith('iot-') || s.action === null || !s.has('identity-pool-at-work')) return none
  const command = shellLine([
    'aws',
    'iot',
    'attach-policy',
    '--policy-name',
    '<PolicyName>',
    '--target',
    '<IdentityId>',
  ])
  const attach = act(
    'other',
    'attach-existing-policy',
    { whose: 'cognito-identity' },
    { owner: 'identity-owner', command },
  )
  const unattached = finding('policy-not-attached', 'possible', [attach], { why: 'not-attached' })
  const lacking = noMatchingAllow(s, s.action, s.resource, 'possible')
  return s.has('policy-told-in-order') ? [unattached, lacking] : [lacking, unattached]
}
