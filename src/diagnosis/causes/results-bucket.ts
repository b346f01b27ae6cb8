import type { Fix } from '../../remedy/fix.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { kmsBehindService } from './kms.ts'
import { noMatchingAllow } from './missing-allow.ts'

/** What Athena asks of whoever runs a query beside `s3:PutObject`, of the bucket and of the results in it. */
const ofBucket = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'] as const
const ofResults = ['s3:GetObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'] as const

/** Athena looks at the results bucket with the caller's permissions and does not say what it lacks. */
export function resultsBucket(s: Situation): readonly Finding[] {
  if (!s.has('results-bucket-unverified')) return none
  const bucket = s.told('results-bucket-unverified', 'bucket')[0] ?? '<BucketName>'
  const arn = `arn:${s.partition}:s3:::${bucket}`
  const action = 's3:GetBucketLocation'
  if (identityGrants(s, action, arn))
    return [
      finding('resource-not-found-as-denied', 'possible', [act('not-iam', 'check-resource-exists')], {
        what: 'bucket',
      }),
    ]
  const known = bucket.startsWith('<') ? null : arn
  const lack = noMatchingAllow(s, action, known, s.wasRead('identity-based') ? 'evaluated' : 'possible')
  // What was refused is not the call that failed.
  return [{ ...lack, fixes: [...lack.fixes, ...besides(s, arn)], facts: { ...lack.facts, action, resource: arn } }]
}

/** What the query asks of the bucket once it is found, as far as it is not granted. */
const besides = (s: Situation, bucket: string): readonly Fix[] => {
  const lacking = (actions: readonly string[], resource: string): readonly Fix[] => {
    const missing = actions.filter((action) => !identityGrants(s, action, resource))
    return missing.length === 0 ? [] : [addToIdentity(s, missing, [resource])]
  }
  const [, ...further] = ofBucket
  return [...lacking(further, bucket), ...lacking(['s3:PutObject', ...ofResults], `${bucket}/*`)]
}

/**
 * Athena refuses to write results with one sentence, whichever of its calls was refused: one that may write and lacks
 * the others is told the same.
 * https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html
 */
export function outputUnwritten(s: Situation): readonly Finding[] {
  const [bucket] = s.told('s3-uri', 'bucket')
  if (!s.has('athena-output-refused') || bucket === undefined || !s.wasRead('identity-based')) return none
  const arn = `arn:${s.partition}:s3:::${bucket}`
  const object = s.resource?.startsWith(`${arn}/`) === true ? s.resource : `${arn}/*`
  if (!identityGrants(s, 's3:PutObject', object)) return none
  const key = s.has('kms-key')
    ? [kmsBehindService(s, ['kms:GenerateDataKey', 'kms:Decrypt'], 'possible', 'bucket')]
    : none
  const results = object.replace(/[^/]+$/u, '*')
  const lacking = [
    { actions: ofBucket.filter((action) => !identityGrants(s, action, arn)), resource: arn },
    { actions: ofResults.filter((action) => !identityGrants(s, action, object)), resource: results },
  ].filter(({ actions }) => actions.length > 0)
  const [first] = lacking
  if (first === undefined) return none
  return [
    finding(
      'missing-allow',
      'possible',
      lacking.map(({ actions, resource }) => addToIdentity(s, actions, [resource])),
      { action: first.actions[0] ?? null, resource: first.resource },
    ),
    ...key,
  ]
}
