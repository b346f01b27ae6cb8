import type { PolicyType } from '../../iam/policy-type.ts'
import { rcpServices } from '../../verdict/rcp-services.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { withoutResourcePolicies } from '../look-ups.ts'
import type { Situation } from '../situation.ts'
import { explicitDeny } from './deny.ts'
import { kmsKeyPolicy } from './kms.ts'
import { resourceSide } from './other-side.ts'

/**
 * The owner's root user may always read, write and delete a bucket's policy, whatever that denies.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
const aboveBucketPolicy = /^s3:(?:Get|Put|Delete)BucketPolicy$/u

/**
 * The account's root user has no identity-based policies and needs none: what stops it is another account's resource,
 * a key policy, or a Deny from outside.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export function rootUser(s: Situation): readonly Finding[] {
  const { action, denial, service } = s
  if (denial.principalType !== 'root' || action === null || service === null) return none
  if (denial.policyType !== null || denial.effect !== null) return none
  if (/^sts:AssumeRole$/u.test(action))
    return [finding('wrong-principal', 'stated', [act('switch-principal', 'use-other-role')], { why: 'root' })]
  const layers = s.verdict?.policyTypes ?? []
  if (layers.some(({ blocking, type }) => blocking && s.wasRead(type))) return none
  if (service === 'kms')
    return s.wasRead('resource-based') ? none : [kmsKeyPolicy(s, [action], 'possible'), ...denies(s)]
  const lacksResource = s.isCrossAccount && s.layer('resource-based')?.result !== 'allowed'
  if (!lacksResource) return inOwnAccount(s, action)
  const side = resourceSide(s, action, s.resource, s.wasRead('resource-based') ? 'evaluated' : 'possible')
  return [side, ...denies(s)]
}

/** Nothing has to be granted there: it is a Deny. A bucket may be somebody else's all the same. */
function inOwnAccount(s: Situation, action: string): readonly Finding[] {
  const found = denies(s)
  const perhapsForeign = s.service === 's3' && s.resourceAccount === null && s.known.bucketOwned !== true
  if (!perhapsForeign || found.length === 0) return found
  return [...found, resourceSide(s, action, s.resource, 'possible')]
}

/** The policies that can deny to root and that nobody read. */
function denies(s: Situation): readonly Finding[] {
  const service = s.service ?? ''
  const onResource = s.resource !== '*' && !withoutResourcePolicies.has(service) && service !== 'kms'
  const open: readonly (readonly [PolicyType, boolean])[] = [
    ['service-control', true],
    ['resource-based', onResource && !aboveBucketPolicy.test(s.action ?? '')],
    ['resource-control', s.resource !== '*' && rcpServices.has(service)],
  ]
  return open.flatMap(([type, applies]) => (applies && !s.wasRead(type) ? [explicitDeny(s, type, 'possible')] : []))
}
