import type { NamedPolicy, PolicyLevel } from '../../iam/policies.ts'
import { isLevelled, type LevelledPolicyType, type PolicyType } from '../../iam/policy-type.ts'
import { facts, none, type Finding } from '../finding.ts'
import { aws, listedOf, policyCommand } from '../look-ups.ts'
import type { Situation } from '../situation.ts'
import { ceiling } from './ceiling.ts'
import { explicitDeny } from './deny.ts'

/**
 * AWS names a policy type that refused, and none of that type that was read does. AWS saw all of them, so that its word
 * stands: one was not handed over, or they have changed since. Nothing that was read is to be edited then.
 */
export function unseenRefusal(s: Situation, type: PolicyType): readonly Finding[] {
  const unread: Situation = {
    ...s,
    statements: (of) => (of === type ? [] : s.statements(of)),
    layer: (of) => (of === type && isNamedElsewhere(s, type) ? null : s.layer(of)),
  }
  return found(unread, type).map((one) => ({
    ...one,
    facts: {
      ...one.facts,
      ...facts({ unseen: type, unseenPolicy: isNamedElsewhere(s, type) ? s.denial.policyArn : null }),
      ...facts({ lookUp: lookUp(s, type) }),
    },
  }))
}

function found(s: Situation, type: PolicyType): readonly Finding[] {
  if (s.denial.effect === 'explicit') return [explicitDeny(s, type, 'stated')]
  // Levels that were not handed over may lack an Allow; a policy more of another type takes none away.
  return isLevelled(type) || isNamedElsewhere(s, type) ? ceiling(s, type, 'stated') : none
}

/** The policy that AWS names by its ARN is not among those that were read, as far as these have ARNs. */
function isNamedElsewhere(s: Situation, type: PolicyType): boolean {
  const arn = s.denial.policyArn
  const read = policiesOf(s, type)
  return arn !== null && read.every((one) => one.arn !== arn && (one.arn !== undefined || !isOf(arn, one.name)))
}

/** By its name in IAM, or its identifier in an organization. */
const isOf = (arn: string, name: string): boolean => arn.split('/').at(-1) === name

function policiesOf({ evidence }: Situation, type: PolicyType): readonly NamedPolicy[] {
  const read = evidence.policies[type]
  const entries: readonly (NamedPolicy | PolicyLevel)[] = read === undefined || read === 'unknown' ? [] : (read ?? [])
  return entries.flatMap((one) => ('level' in one ? (one.policies === 'unknown' ? [] : one.policies) : [one]))
}

/** The command that shows the policy which AWS names, or all that count. */
function lookUp(s: Situation, type: PolicyType): string | null {
  const arn = s.denial.policyArn
  switch (type) {
    case 'service-control':
    case 'resource-control':
      return arn === null
        ? ofAccount(s, type)
        : aws('organizations describe-policy --policy-id', arn.split('/').at(-1) ?? arn)
    case 'identity-based':
      return arn === null ? listedOf(s.principalLabel) : aws('iam get-policy --policy-arn', arn)
    case 'permissions-boundary':
      return arn === null ? boundaryOf(s.principalLabel) : aws('iam get-policy --policy-arn', arn)
    case 'resource-based':
      return policyCommand(s, s.resource)
    case 'role-trust':
      return aws('iam get-role --query Role.AssumeRolePolicyDocument --role-name', s.resource?.split('/').at(-1) ?? '')
    case 'vpc-endpoint':
      return aws('ec2 describe-vpc-endpoints --query', 'VpcEndpoints[].[VpcEndpointId,PolicyDocument]')
    case 'session':
      return null
  }
}

function boundaryOf(label: string): string {
  const [kind, name = ''] = label.split('/')
  return kind === 'user'
    ? aws('iam get-user --query User.PermissionsBoundary --user-name', name)
    : aws('iam get-role --query Role.PermissionsBoundary --role-name', name)
}

/** Those of the account itself; what its parents have is asked for in the same way. */
function ofAccount(s: Situation, type: LevelledPolicyType): string | null {
  const [account, filter] =
    type === 'service-control'
      ? [s.callerAccount, 'SERVICE_CONTROL_POLICY']
      : [s.resourceAccount ?? s.callerAccount, 'RESOURCE_CONTROL_POLICY']
  return account === null
    ? null
    : [
        aws('organizations list-policies-for-target --filter', filter, '--target-id', account),
        aws('organizations list-parents --child-id', account),
      ].join('; ')
}
