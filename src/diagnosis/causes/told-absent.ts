import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { isFetchedByCloudFront } from './fetched-by-cloudfront.ts'
import { bucketOf } from './not-iam.ts'
import { servicePrincipal } from './service-delivery.ts'

/** A site's root asks for an object of no name: there is none unless a default root object is set. */
export function rootOfSite(s: Situation): readonly Finding[] {
  if (!isFetchedByCloudFront(s) || s.denial.class !== 'bare') return none
  const isRoot = s.has('root-url-told')
  const absent = finding(
    's3-missing-object-403',
    'possible',
    [act('not-iam', 'check-key-exists', { objectKey: isRoot ? '/' : 'route' })],
    { bucket: bucketOf(s) },
  )
  // The root is served by the same origin as all else; of routes alone nobody says that the rest works.
  return isRoot ? [absent] : [absent, ...servicePrincipal(s)]
}

/** A bare answer, and the text tells that the resource is not there, or is somebody else's. */
export function toldAbsent(s: Situation): readonly Finding[] {
  if (!s.has('absent-told') || s.denial.policyType !== null || s.denial.effect !== null) return none
  return [absent(s)]
}

/** Answers to HEAD have no body, so that SDKs write the status in place of a code; in AWS it is S3 that is asked so. */
export const isHead = (s: Situation): boolean =>
  s.service === null && (s.denial.format === 'forbidden' || s.denial.errorCode === '403')

export const absent = (s: Situation): Finding =>
  finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
    what: bucketOf(s) === null && !isHead(s) ? 'resource' : 'bucket',
  })

/** What is to be made need not be there, and has no policy yet. */
export const isToBeMade = (s: Situation): boolean => s.action === 's3:CreateBucket'

const putsObject = /^s3:(?:Put|Replicate|Restore)Object/iu

/** What is written need not be there, and its bucket is: another's, unless somebody told whose. */
function bucketOfAnother(s: Situation): readonly Finding[] {
  if (s.resourceAccount !== null && s.resourceAccount === s.callerAccount) return none
  const bucket = bucketOf(s)
  const found = absent(s)
  return bucket === null
    ? [found]
    : [{ ...found, facts: { ...found.facts, resource: `arn:${s.partition}:s3:::${bucket}` } }]
}

/** A bucket that stands in the account's own list is there, and where nothing is named nothing can be absent. */
export const perhapsAbsent = (s: Situation): readonly Finding[] =>
  s.resource === '*' || (s.service === 's3' && s.known.bucketOwned === true) || isToBeMade(s)
    ? none
    : putsObject.test(s.action ?? '')
      ? bucketOfAnother(s)
      : [absent(s)]
