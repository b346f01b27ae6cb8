import { shellLine } from '../../remedy/commands/shell.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { clientArn, connecting, connectionLacks } from './iot-connect.ts'
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
  const isOfPool = s.has('identity-pool-at-work')
  const isSigned = s.denial.format === 'iot-mqtt' || s.denial.principal !== null || s.has('iam-principal-id')
  if (s.action === connecting) {
    const lacks = connectionLacks(s, isOfPool || isSigned ? {} : { attachTo: certificate })
    if (lacks !== null) return isOfPool ? [lacks, attach('cognito-identity', '<IdentityId>')] : [lacks]
  }
  if (isOfPool) {
    const lacking = noMatchingAllow(s, s.action, s.resource, 'possible')
    const unattached = attach('cognito-identity', '<IdentityId>')
    if (s.action === connecting && isLetIn(s)) return [unattached]
    return s.has('policy-told-in-order') ? [unattached, lacking] : [lacking, unattached]
  }
  // A connection over WebSockets is signed, by a role or a user.
  if (isSigned) return none
  const unattached = attach('certificate', '<CertificateArn>')
  // What was read lets the device in: it is not, or not yet, what its certificate has.
  if (s.action === connecting && isLetIn(s)) return [unattached]
  const resources = s.action === connecting ? [clientArn(s)] : resourcesFor(s, s.action, s.resource)
  const added = addToIdentity(s, [s.action], resources, { attachTo: certificate })
  return [finding('missing-allow', 'possible', [added]), unattached]
}

/** Whatever could be told of the client, an Allow that was read is for it. */
const isLetIn = (s: Situation): boolean => s.wasRead('identity-based') && identityGrants(s, connecting, null)

const certificate = 'certificate/<CertificateId>'

const attach = (whose: string, target: string): Finding => {
  const command = shellLine(['aws', 'iot', 'attach-policy', '--policy-name', '<PolicyName>', '--target', target])
  const fix = act('other', 'attach-existing-policy', { whose }, { owner: 'identity-owner', command })
  return finding('policy-not-attached', 'possible', [fix], { why: 'not-attached' })
}
