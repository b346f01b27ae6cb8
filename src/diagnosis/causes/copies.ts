import type { CallSeen } from '../../denial/denial.ts'
import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity, allowInResource, allowTo } from '../fixes.ts'
import type { Fix } from '../../remedy/fix.ts'
import { principalOrMarked } from '../marked-principal.ts'
import { identityGrants, type Situation } from '../situation.ts'

interface Source {
  readonly bucket: string
  readonly key: string
}

const isCopying = ({ operation }: CallSeen): boolean => isCopy(operation)

const isCopy = (operation: string | null): boolean => /^(?:CopyObject|UploadPartCopy)$/iu.test(operation ?? '')

/** A copy between buckets of which nobody says whose they are: the source's side comes first. */
export function copyBetweenBuckets(s: Situation): readonly Finding[] {
  const uris = s.denial.clues.filter(({ kind }) => kind === 's3-uri')
  const source = copySource(s)
  if (source === null || (uris.length < 2 && s.denial.calls.length === 0 && !s.has('copy-told'))) return none
  // What is moved is deleted where it was, by a call of its own.
  if (/^Delete/u.test(s.operation ?? '')) return none
  // Two places alone are no copy: they may be of two commands.
  if (!isCopy(s.operation) && !s.has('copy-told') && !s.denial.calls.some(isCopying)) return none
  const object = arnOf(s, source)
  const bucket = `arn:${s.partition}:s3:::${source.bucket}`
  const isWithinBucket = isCopy(s.operation) && targetOf(s).startsWith(`${bucket}/`)
  const isFolder = source.key.endsWith('*')
  const actions = isFolder ? ['s3:GetObject', 's3:ListBucket'] : ['s3:GetObject']
  const granted = s.wasRead('identity-based') && identityGrants(s, 's3:GetObject', object)
  const mine = s.wasRead('identity-based') && !granted
  if (mine || isWithinBucket) return none
  const statement = allowTo({ AWS: principalOrMarked(s) }, actions, isFolder ? [object, bucket] : [object])
  const own = isCopy(s.operation) && !s.wasRead('identity-based') ? ownSide(s, object) : []
  const facts = { bucket: source.bucket, action: 's3:GetObject', resource: object }
  return [
    finding(
      'cross-account-resource-side',
      'possible',
      [allowInResource(`bucket/${source.bucket}`, statement), ...own],
      facts,
    ),
    ...(own.length === 0
      ? none
      : [finding('missing-allow', 'possible', own, { action: 's3:GetObject', resource: object })]),
  ]
}

/**
 * A copy reads one object and writes another, and takes the tags along: the caller's own policies have to allow both.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
const ownSide = (s: Situation, object: string): readonly Fix[] =>
  s.denial.principalType === 'root'
    ? []
    : [
        addToIdentity(s, ['s3:GetObject', 's3:GetObjectTagging'], [object]),
        addToIdentity(s, ['s3:PutObject', 's3:PutObjectTagging'], [targetOf(s)]),
      ]

/** What a copy needs beside the one action that its refusal is taken for; AWS says of none of them which it was. */
export function besideCopy(s: Situation, action: string): readonly Fix[] {
  if (!isCopy(s.operation) || s.denial.action !== null || action !== 's3:PutObject') return []
  const source = copySource(s)
  const object = source === null ? `arn:${s.partition}:s3:::<SourceBucketName>/<SourceObjectName>` : arnOf(s, source)
  if (identityGrants(s, 's3:GetObject', source === null ? null : object)) return []
  return [addToIdentity(s, ['s3:GetObject', 's3:GetObjectTagging'], [object])]
}

const arnOf = (s: Situation, { bucket, key }: Source): string => `arn:${s.partition}:s3:::${bucket}/${key}`

const targetOf = (s: Situation): string =>
  s.action === 's3:PutObject' && s.resourcePattern !== null
    ? s.resourcePattern
    : `arn:${s.partition}:s3:::<BucketName>/<ObjectName>`

/** Bucket and key that are read: the first of two URIs, or the source parameters of a call. */
function copySource(s: Situation): Source | null {
  const call = s.denial.calls.find(({ operation }) => /copy|sync|mv|cp/iu.test(operation))
  const given = call?.parameters['copySource'] ?? call?.parameters['source']
  const path = given?.replace(/^s3:\/\/|^\//u, '')
  if (path !== undefined && path.includes('/'))
    return { bucket: path.slice(0, path.indexOf('/')), key: keyOrAll(path.slice(path.indexOf('/') + 1)) }
  const [first, second] = s.denial.clues.filter(({ kind }) => kind === 's3-uri')
  const bucket = first?.values['bucket']
  if (bucket !== undefined && second !== undefined && second.values['bucket'] !== bucket)
    return { bucket, key: keyOrAll(first?.values['key']) }
  const named = s.told('bucket-named', 'bucket')[0]
  if (named === undefined || !s.has('copy-told') || s.operation !== 'CopyObject') return null
  return { bucket: named, key: keyOrAll(s.told('object-named', 'key')[0]) }
}

const keyOrAll = (key: string | undefined): string =>
  key === undefined || key === '' ? '*' : key.endsWith('/') ? `${key}*` : key
