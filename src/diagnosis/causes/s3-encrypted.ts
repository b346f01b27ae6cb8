import { lackBeside } from './lack-beside.ts'
import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import { allowsOf, identityGrants, namesCaller, type Situation } from '../situation.ts'
import { kmsBehindService, kmsKeyPolicy } from './kms.ts'
import { noMatchingAllow } from './missing-allow.ts'
import { bucketOf } from './not-iam.ts'

const writes = /^s3:(?:PutObject|AbortMultipartUpload)$/iu
const reads = /^s3:GetObject(?:Version)?$/iu

const partsOfUpload: ReadonlySet<string> = new Set(['UploadPart', 'UploadPartCopy', 'CompleteMultipartUpload'])

/** Uploads in parts: the later parts are read back under the key. */
const isMultipart = (s: Situation): boolean =>
  s.has('only-large-fails', 'multipart') && !s.has('list-multipart-uploads')

/**
 * S3 let the caller through and the key behind the bucket did not: S3 then answers Access Denied and names neither.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function keyBehindBucket(s: Situation): readonly Finding[] {
  if (s.denial.policyType !== null || s.denial.effect !== null || namesCaller(s)) return none
  const action = s.action ?? (isMultipart(s) || s.has('write-told') ? 's3:PutObject' : null)
  if (action === null || !(writes.test(action) || reads.test(action))) return none
  if (s.wasRead('identity-based') && !grantedSomewhere(s, action)) return none
  // Athena speaks of a key whether there is one or not.
  if (s.has('athena-output-refused') && !s.wasRead('identity-based')) return none
  const needed = reads.test(action) ? ['kms:Decrypt'] : ['kms:GenerateDataKey', 'kms:Decrypt']
  const missing = needed.filter((one) => !identityGrants(s, one, null))
  // The bucket's key was read: none, or one that lets the caller in.
  if (s.known.key !== undefined && !s.has('kms-key', 'encrypted-told')) return none
  const speaksOfKey = s.has('kms-key') || (s.has('encrypted-told') && !s.has('requester-pays'))
  const keyInPolicies = s
    .statements('identity-based')
    .some((one) => one.actions.some((name) => name.toLowerCase().startsWith('kms:')))
  if (!speaksOfKey && !(keyInPolicies && missing.length > 0) && !isMultipart(s)) return none
  if (s.wasRead('identity-based') && missing.length === 0) return none
  // Only big files fail: reading the parts back is what is missing.
  const actions =
    isMultipart(s) && !s.wasRead('identity-based')
      ? ['kms:Decrypt']
      : writes.test(action) && !isMultipart(s) && missing.length === 2
        ? ['kms:GenerateDataKey']
        : missing
  const behind = kmsBehindService(s, actions, 'possible', 'bucket')
  if (s.wasRead('identity-based') || s.has('only-large-fails')) return [behind]
  // That there is a key is true of many buckets.
  if (speaksOfKey) return [behind, ...lackBeside({ ...s, action })]
  // Nothing but the name of the call speaks for a key. Where the parts are on their way S3 let the upload begin, for
  // which s3:PutObject is asked too.
  const own = noMatchingAllow(s, action, s.resource, 'possible')
  return partsOfUpload.has(s.operation ?? '') ? [behind, own] : [own, behind]
}

/**
 * The caller may do all that S3 and the key ask of him, and the text tells of a key: its own policy counts first, and
 * nobody read that. AWS's own keys let every caller of the account in.
 */
export function keyPerhapsRefuses(s: Situation): readonly Finding[] {
  if (s.service !== 's3' || s.action === null || s.denial.policyType !== null || s.denial.effect !== null) return none
  if (!(writes.test(s.action) || reads.test(s.action)) || s.known.key !== undefined) return none
  if (!s.has('kms-key', 'encrypted-told') || s.has('aws-managed-key-told')) return none
  return [kmsKeyPolicy(s, reads.test(s.action) ? ['kms:Decrypt'] : ['kms:GenerateDataKey', 'kms:Decrypt'], 'possible')]
}

/** S3 lets an object be written and answers so barely: the bucket may have a key, which the caller lacks. */
export function keyPerhapsThere(s: Situation): readonly Finding[] {
  if (s.denial.policyType !== null || s.denial.effect !== null || namesCaller(s)) return none
  if (s.verdict?.decision !== 'allowed' || !writes.test(s.action ?? '')) return none
  if (s.known.key !== undefined || s.has('kms-key', 'encrypted-told')) return none
  const missing = ['kms:GenerateDataKey', 'kms:Decrypt'].filter((one) => !identityGrants(s, one, null))
  return missing.length === 0 ? none : [kmsBehindService(s, missing, 'possible', 'bucket')]
}

const grantedSomewhere = (s: Situation, action: string): boolean =>
  s.resource === null
    ? allowsOf(s, 'identity-based', action).some(({ conditions }) => conditions.length === 0)
    : identityGrants(s, action, s.resource)

const ofUploads = /^s3:(?:PutObject|AbortMultipartUpload|ListBucketMultipartUploads|ListMultipartUploadParts)$/iu

/** Big files only, or a resumed upload: the parts ask for permissions of their own. */
export function resumedUpload(s: Situation): readonly Finding[] {
  if (!s.has('list-multipart-uploads') || namesCaller(s)) return none
  // An upload that is told of beside another call that failed is not what failed.
  const isTold = s.denial.action !== null || s.denial.operation !== null
  if (isTold && s.action !== null && !ofUploads.test(s.action)) return none
  const action = 's3:ListBucketMultipartUploads'
  const bucket = bucketOf(s) ?? s.told('http-object', 'path')[0]?.split('/')[0] ?? '<BucketName>'
  const arn = `arn:${s.partition}:s3:::${bucket}`
  // A grant of it on another ARN is told as that.
  if (allowsOf(s, 'identity-based', action).length > 0) return none
  return [
    finding(
      'dependent-action-needed',
      s.wasRead('identity-based') ? 'evaluated' : 'possible',
      [addToIdentity(s, [action], [arn])],
      { option: 'multipart', action, mainAction: 's3:PutObject' },
    ),
  ]
}
