import { principalIn, receiversOfCall } from '../../action-catalogue/passed-to-service.ts'
import type { ConditionBlock } from '../../iam/policy-document.ts'
import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import { hiddenResource, identityGrants, type Situation } from '../situation.ts'
import { receiversOf } from '../../requests/passed-to.ts'
import { nearPass, unknownService } from './near-pass.ts'

/** The caller may start the job, but may not hand this role to the service. */
export function passRole(s: Situation): readonly Finding[] {
  if (s.action?.toLowerCase() !== 'iam:passrole' || s.denial.effect === 'explicit') return none
  if (s.denial.principalType === 'root') return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  if (s.verdict?.policyTypes.some(({ result }) => result === 'explicitDeny') === true) return none
  // Something else refused.
  if (s.layer('identity-based')?.result === 'allowed') return none
  // Who associates an instance profile hands over the role in it.
  // A name with parts taken out is no name to grant, least of all with stars in it.
  const printed = s.resource ?? (s.request === null ? s.denial.resource : hiddenResource(s))
  const role = printed ?? (s.denial.resource === null ? s.known.profileRole?.arn : undefined)
  const arn = role?.startsWith('arn:') === true ? role : (s.resourcePattern ?? '<RoleArn>')
  const context = s.request?.context['iam:PassedToService']
  const receivers = typeof context === 'string' ? [context] : receiversOf(s.denial, s.catalogue)
  const [passedTo = unknownService, ...others] = receivers
  // Without the condition the role could be handed to every service that trusts it.
  const condition: ConditionBlock | null =
    receivers.length === 0 && isAskedByIam(s)
      ? null
      : { StringEquals: { 'iam:PassedToService': others.length === 0 ? passedTo : receivers } }
  // The call takes several roles: whoever reads it knows which of them this one is.
  const add = addToIdentity(s, ['iam:PassRole'], [arn], {
    condition,
    ...(others.length === 0 ? {} : { readiness: 'needs-review' }),
  })
  const near = s.wasRead('identity-based') ? nearPass(s, arn, add) : null
  if (near !== null) return [near]
  return [
    finding(
      'pass-role',
      // `iam:PassRole denied`, and no word of whom: a list of what was tried says the same.
      s.wasRead('identity-based') ? 'evaluated' : s.denial.format === 'action-denied' ? 'possible' : 'stated',
      [add],
      { role: arn.split('/').at(-1), passedTo: receivers.length === 1 ? passedTo : null },
    ),
  ]
}

/** IAM itself, which puts a role into an instance profile, receives none. */
const isAskedByIam = (s: Situation): boolean =>
  s.operation === 'AddRoleToInstanceProfile' ||
  s.told('service-field', 'service').some((name) => s.catalogue.prefixFor(name) === 'iam')

/** An instance that is launched with a role: whoever launches it has to be allowed to pass the role. */
export const perhapsPassed = (s: Situation): readonly Finding[] =>
  s.service !== 'ec2' ||
  !s.has('instance-profile-told', 'launch-role-told') ||
  (s.wasRead('identity-based') && identityGrants(s, 'iam:PassRole', null))
    ? none
    : [
        finding(
          'pass-role',
          'possible',
          [
            addToIdentity(
              s,
              ['iam:PassRole'],
              [
                `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:role/${s.told('launch-role-told', 'role')[0] ?? '<RoleName>'}`,
              ],
              { condition: { StringEquals: { 'iam:PassedToService': instancesOf(s) } } },
            ),
          ],
          { passedTo: instancesOf(s) },
        ),
      ]

/** The service principal of instances, which receive the role in their profile. */
export const instancesOf = ({ partition }: Situation): string => {
  const [instances = unknownService] = receiversOfCall('ec2', 'RunInstances')
  return principalIn(partition, instances) ?? instances
}
