import type { Fix } from '../../remedy/fix.ts'
import { isAccountId, parseArn } from '../../iam/arn.ts'
import { finding, none, type Finding } from '../finding.ts'
import { allowInResource, allowTo } from '../fixes.ts'
import { principalOrMarked } from '../marked-principal.ts'
import type { Situation } from '../situation.ts'
import type { ReadStatement } from '../statements.ts'
import { accessPointIn } from './attachments.ts'

/**
 * AWS found no resource-based policy that allows the request, and that of the access point does: the bucket behind it
 * has to agree too, best by leaving the decision to the access points of an account.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html#access-points-delegating-control
 */
export function bucketBehindAccessPoint(s: Situation): readonly Finding[] {
  const { policyType, effect } = s.denial
  if (s.resource === null || accessPointIn(s.resource) === null || s.action === null) return none
  if (policyType !== 'resource-based' || effect !== 'implicit') return none
  if (!s.wasRead('resource-based') || s.layer('resource-based')?.result !== 'allowed') return none
  if (s.statements('resource-based').some(isOfBucket)) return none
  return [
    finding(
      s.isCrossAccount ? 'cross-account-resource-side' : 'resource-policy-not-allowed',
      'stated',
      [letInThroughPoint(s, s.resource, s.action, { AWS: '*' })],
      { resourceAccount: s.resourceAccount, behind: 'bucket' },
    ),
  ]
}

/** The policy of the bucket agrees to what comes through access points of that account. */
function letInThroughPoint(s: Situation, accessPoint: string, action: string, who: { readonly AWS: string }): Fix {
  const owner = parseArn(accessPoint)?.account
  const account = isAccountId(owner) ? owner : (s.resourceAccount ?? '<AccountId>')
  const bucket = `arn:${s.partition}:s3:::<BucketName>`
  const delegating = allowTo(who, [action], [isOfObject(s) ? `${bucket}/*` : bucket], {
    StringEquals: { 's3:DataAccessPointAccount': account },
  })
  return allowInResource('bucket/<BucketName>', delegating)
}

/**
 * Whoever comes from another account through an access point has to be let in by both policies; one that leaves it to
 * the access points lets the caller in already. A bucket policy that was read is evaluated with that of the access point.
 */
export const besideAccessPoint = (s: Situation, action: string, resource: string | null): readonly Fix[] =>
  resource === null || accessPointIn(resource) === null || s.statements('resource-based').some(isOfBucket)
    ? []
    : [letInThroughPoint(s, resource, action, { AWS: principalOrMarked(s) })]

const isOfObject = (s: Situation): boolean =>
  s.actionFacts?.resourceTypes.some(({ name }) => name === 'object') ?? s.resource?.includes('/object/') === true

/** A statement of the bucket's own policy, which then was read too. */
const isOfBucket = ({ effect, resources }: ReadStatement): boolean =>
  effect === 'Allow' && resources.some((arn) => /^arn:[a-z-]+:s3:::/u.test(arn))
