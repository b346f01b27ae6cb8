import { shellLine } from '../../remedy/commands/shell.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { resourcesFor } from './resources-for.ts'

/**
 * AWS IoT Core asks IoT policies. Who signed in through a Cognito identity pool needs both: the permission in the
 * pool's role, and an IoT policy that is attached to the identity itself. A device has what is attached to its
 * certificate, and no role.
 * https://docs.aws.amazon.com/iot/latest/developerguide/cognito-identities.html
 * https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html
 */
export function iotIdentity(s: Situation): readonly Finding[] {
  if (!s.denial.format.startsWith('iot-') || s.action === null || s.denial.effect === 'explicit') return none
  if (s.has('identity-pool-at-work')) {
    const lacking = noMatchingAllow(s, s.action, s.resource, 'possible')
    const unattached = attach('cognito-identity', '<IdentityId>')
    return s.has('policy-told-in-order') ? [unattached, lacking] : [lacking, unattached]
  }
  // A connection over WebSockets is signed, by a role or a user.
  if (s.denial.format === 'iot-mqtt' || s.denial.principal !== null || s.has('iam-principal-id')) return none
  const added = addToIdentity(s, [s.action], resourcesFor(s, s.action, s.resource), {
    attachTo: 'certificate/<CertificateId>',
  })
  return [finding('missing-allow', 'possible', [added]), attach('certificate', '<CertificateArn>')]
}

const attach = (whose: string, target: string): Finding => {
  const command = shellLine(['aws', 'iot', 'attach-policy', '--policy-name', '<PolicyName>', '--target', target])
  const fix = act('other', 'attach-existing-policy', { whose }, { owner: 'identity-owner', command })
  return finding('policy-not-attached', 'possible', [fix], { why: 'not-attached' })
}
