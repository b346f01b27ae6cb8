import type { Denial } from '../denial/denial.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { ResourceTarget } from './target.ts'

/** What a denial leaves open, and so what is worth reading beside the principal. */
interface Concern {
  readonly endpoint: boolean
  readonly organization: boolean
  readonly resource: (target: ResourceTarget) => boolean
}

const organizationTypes: readonly (PolicyType | null)[] = ['service-control', 'resource-control', null]
const resourceTypes: readonly (PolicyType | null)[] = ['resource-based', 'role-trust', 'resource-control', null]

/**
 * AWS names one policy type, and it looks at Denies everywhere, then RCPs and SCPs, before it looks for an Allow: a
 * missing Allow in an identity-based policy therefore clears the organization's policies. It clears the resource's too,
 * unless the resource is another account's, or it is a key or role, whose own policy has to allow as well.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function concernOf(denial: Denial, callerAccount: string | null): Concern {
  const named = [denial.policyType, ...(denial.throughPolicyType === null ? [] : [denial.throughPolicyType])]
  const isOneOf = (types: readonly (PolicyType | null)[]): boolean => named.some((type) => types.includes(type))
  return {
    endpoint: isOneOf(['vpc-endpoint', null]),
    organization: isOneOf(organizationTypes) || isOrganizationArn(denial.policyArn),
    resource: (target) =>
      isOneOf(resourceTypes) || target.service === 'kms' || !readsPolicy(target) || isAnothers(target, callerAccount),
  }
}

const isOrganizationArn = (arn: string | null): boolean => arn?.split(':')[2] === 'organizations'

/** Roles, tasks and profiles are read for what stands behind them, not for a policy of their own. */
const readsPolicy = ({ service }: ResourceTarget): boolean =>
  !['iam-role', 'iam-instance-profile', 'vpc-endpoint', 'ecs-task', 'ecs-task-definition'].includes(service)

const isAnothers = ({ account }: ResourceTarget, callerAccount: string | null): boolean =>
  account !== null && callerAccount !== null && account !== callerAccount
