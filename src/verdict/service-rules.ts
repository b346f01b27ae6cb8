import { policyTypes } from '../iam/policy-type.ts'
import type { AccessRequest } from '../iam/request.ts'
import { absent, finding, type Outcomes } from './policy-type-outcome.ts'
import type { RequestFacts } from './request-facts.ts'
import { no, yes } from './truth.ts'

/** Changes to what policy types say that only some services or callers have. */
export const withServiceRules = (outcomes: Outcomes, request: AccessRequest, facts: RequestFacts): Outcomes => {
  if (facts.action === 'sts:getcalleridentity') return withoutAnySay(outcomes)
  const rcp = outcomes['resource-control']
  const bucket = outcomes['resource-based']
  const openRcp = rcp.allow.value === no
  const ownsBucket = ownsLockedBucket(request, facts)
  if (!openRcp && !ownsBucket) return outcomes
  return {
    ...outcomes,
    // RCPFullAWSAccess cannot be detached, so RCPs never fail to allow.
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    'resource-control': openRcp ? { ...rcp, allow: finding(yes) } : rcp,
    'resource-based': ownsBucket ? { ...bucket, deny: finding(no) } : bucket,
  }
}

/**
 * Needs no permission, and no policy can take it away.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
const withoutAnySay = (outcomes: Outcomes): Outcomes => {
  const { allow } = outcomes['identity-based']
  const gates = Object.fromEntries(policyTypes.map((type) => [type, absent(type, yes)])) as unknown as Outcomes
  const by = allow.value === yes ? allow.by : null
  return { ...gates, 'identity-based': { ...absent('identity-based', yes), state: 'read', allow: finding(yes, by) } }
}

const bucketPolicyActions: ReadonlySet<string> = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
])

/**
 * The owner's root user is never locked out by its bucket policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
const ownsLockedBucket = (
  { resourceAccount }: AccessRequest,
  { principal, action, callerAccount }: RequestFacts,
): boolean =>
  principal.type === 'root' &&
  bucketPolicyActions.has(action) &&
  callerAccount !== null &&
  callerAccount === resourceAccount
