import type { AccessRequest } from '../iam/request.ts'
import { finding, type Outcomes } from './policy-type-outcome.ts'
import type { RequestFacts } from './request-facts.ts'
import { no, yes } from './truth.ts'

const bucketPolicyActions: ReadonlySet<string> = new Set([
  's3:getbucketpolicy',
  's3:putbucketpolicy',
  's3:deletebucketpolicy',
])

/** Changes to what policy types say that only some services or callers have. */
export const withServiceRules = (outcomes: Outcomes, request: AccessRequest, facts: RequestFacts): Outcomes => {
  const rcp = outcomes['resource-control']
  const bucket = outcomes['resource-based']
  const openRcp = rcp.allow.value === no
  const ownsBucket =
    facts.principal.type === 'root' &&
    bucketPolicyActions.has(facts.action) &&
    facts.callerAccount === request.resourceAccount
  if (!openRcp && !ownsBucket) return outcomes
  return {
    ...outcomes,
    // RCPFullAWSAccess cannot be detached, so RCPs never fail to allow.
    // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    'resource-control': openRcp ? { ...rcp, allow: finding(yes) } : rcp,
    // The owner's root user is never locked out by its bucket policy.
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
    'resource-based': ownsBucket ? { ...bucket, deny: finding(no) } : bucket,
  }
}
