import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import type { Delivery } from './delivery.ts'
import { bucketOf } from './not-iam.ts'
import { onOtherKind } from './other-kind.ts'

/**
 * CloudFront as a bucket's policy names it: the service, or an origin access identity.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
const isForCloudFront = ({ source }: ReadStatement): boolean =>
  /"(?:cloudfront\.amazonaws\.com|arn:[a-z-]+:iam::cloudfront:user\/[^"]+)"/u.test(
    JSON.stringify(source.Principal ?? null),
  )

/** S3 answers CloudFront so for what is not there as well, unless it may list the bucket. */
export const absentAtOrigin = (s: Situation): Finding =>
  finding('s3-missing-object-403', 'possible', [act('not-iam', 'check-key-exists')], { bucket: bucketOf(s) })

/**
 * What refuses CloudFront where the bucket's policy names it: the statement is on the bucket alone, which no object
 * is; or it lets CloudFront in, so that the object is not there. Nothing where it does not, or under other conditions.
 */
export function atOrigin(s: Situation, { action }: Delivery, statements: readonly ReadStatement[]): readonly Finding[] {
  const letting = statements.filter(
    (one) => one.effect === 'Allow' && isForCloudFront(one) && coversAction(one, action) && isBySource(one),
  )
  if (letting.length === 0) return none
  const onBucket = onOtherKind(s, action, letting, 'evaluated')
  return onBucket === null ? [absentAtOrigin(s)] : [onBucket]
}

/** Under no condition but those on whom the service acts for. */
const isBySource = ({ conditions }: ReadStatement): boolean => conditions.every(isOfSource)

export const isOfSource = ({ key }: ReadCondition): boolean => /^aws:source(?:arn|account)$/iu.test(key)

/**
 * An origin access identity cannot use a KMS key, whatever the key's policy says.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export const isByIdentity = (s: Situation): boolean => {
  const letting = s.statements('resource-based').filter(({ effect }) => effect === 'Allow')
  if (letting.some(isForService)) return false
  const isRead = letting.some(({ source }) => /:iam::cloudfront:user\//u.test(JSON.stringify(source.Principal ?? null)))
  return isRead || (s.has('oai-told') && !s.has('oac-told'))
}

const isForService = ({ source }: ReadStatement): boolean =>
  JSON.stringify(source.Principal ?? null).includes('"cloudfront.amazonaws.com"')
