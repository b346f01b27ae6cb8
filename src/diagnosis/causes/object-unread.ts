import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'

/**
 * A service was handed an object in S3 and could not read it. It reads with the caller's permissions, in its own
 * Region, and tells all three reasons in one sentence; what it was asked to do is allowed.
 * https://docs.aws.amazon.com/rekognition/latest/dg/error-handling.html
 */
export function objectUnread(s: Situation): readonly Finding[] {
  if (!s.has('object-unread') || s.denial.class === 'authorization') return none
  const bucket = s.told('s3-uri', 'bucket')[0] ?? s.told('bucket-named', 'bucket')[0] ?? '<BucketName>'
  const key = s.told('s3-uri', 'key')[0] ?? s.told('object-named', 'key')[0] ?? '<ObjectName>'
  const object = `arn:${s.partition}:s3:::${bucket}/${key}`
  const action = 's3:GetObject'
  const absent = finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-key-exists')], {
    what: 'object',
    resource: object,
    bucket,
    objectKey: key,
  })
  const region = finding('wrong-region', 'possible', [act('not-iam', 'set-region')], { bucket })
  const isGranted = s.wasRead('identity-based') && identityGrants(s, action, object.includes('<') ? null : object)
  if (isGranted) return [absent, region]
  return [
    finding('missing-allow', 'possible', [addToIdentity(s, [action], [object])], { action, resource: object }),
    absent,
    region,
  ]
}
