import type { Fields, Signal } from '../signal.ts'
import type { SqueezedText } from '../squeezed-text.ts'

/*
 * A line of the server access log of a bucket: whose request it was, for which key, and what S3 answered.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 */

export const accessLogAnchors = ['rest.get.', 'rest.head.', 'rest.put.', 'rest.post.', 'rest.copy.', 'rest.delete.']

/** The operations of the log that are one operation of the API. */
const operations: Readonly<Record<string, string>> = {
  'GET.OBJECT': 'GetObject',
  'HEAD.OBJECT': 'HeadObject',
  'PUT.OBJECT': 'PutObject',
  'POST.OBJECT': 'PutObject',
  'COPY.OBJECT': 'CopyObject',
  'COPY.OBJECT_GET': 'GetObject',
  'DELETE.OBJECT': 'DeleteObject',
  'PUT.PART': 'UploadPart',
  'POST.UPLOADS': 'CreateMultipartUpload',
  'POST.UPLOAD': 'CompleteMultipartUpload',
  'GET.OBJECT_TAGGING': 'GetObjectTagging',
  'PUT.OBJECT_TAGGING': 'PutObjectTagging',
  'GET.BUCKET': 'ListObjectsV2',
  'HEAD.BUCKET': 'HeadBucket',
  'GET.BUCKETVERSIONS': 'ListObjectVersions',
  'GET.LOCATION': 'GetBucketLocation',
  'GET.BUCKETPOLICY': 'GetBucketPolicy',
  'PUT.BUCKETPOLICY': 'PutBucketPolicy',
  'GET.VERSIONING': 'GetBucketVersioning',
  'GET.ENCRYPTION': 'GetBucketEncryption',
}

const before =
  /(?:^|[\s"'`])(?<bucket>[^\s"'`[\]]{3,63}) \[\d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4}\] \S{1,45} (?<requester>\S{1,300}) (?<request>\S{1,40}) $/u
const after =
  /^REST\.(?<operation>[A-Z]{3,6}\.[A-Z_]{3,30}) (?<key>\S{1,1500}) "[^"\n]{1,2000}" 403 AccessDenied(?=\s)/u

export function readAccessLog(squeezed: SqueezedText, at: number): Signal | null {
  const { text } = squeezed.view
  const place = squeezed.at[at] ?? 0
  const logged = after.exec(text.slice(place, place + 3600))?.groups
  if (logged === undefined) return readRecord(squeezed, at, place)
  const { operation: name = '', key = '-' } = logged
  const asked = before.exec(text.slice(Math.max(0, place - 500), place))?.groups
  if (!isKnown(name) || asked === undefined) return null
  const { bucket = '', requester = '-', request = '' } = asked
  const answer = '403accessdenied'
  return signalOf(at, squeezed.text.indexOf(answer, at) + answer.length, { name, bucket, key, requester, request })
}

const isKnown = (name: string): boolean => Object.hasOwn(operations, name)

interface Logged {
  readonly name: string
  readonly bucket: string
  readonly key: string
  readonly requester: string
  readonly request: string
}

function signalOf(start: number, end: number, { name, bucket, key, requester, request }: Logged): Signal {
  const fields: Fields = {
    operation: operations[name] ?? '',
    service: 's3',
    errorCode: 'AccessDenied',
    ...(request === '' ? {} : { requestId: request }),
    // An account's canonical id names no caller; `-` is a request without a signature.
    ...callerOf(requester),
    // Without its key an object is not named.
    ...(bucket === '' || (key === '-' && name.includes('OBJECT'))
      ? {}
      : { resource: `arn:aws:s3:::${bucket}${key === '-' ? '' : `/${decoded(key)}`}` }),
  }
  return { kind: 'core', name: 's3-access-log', class: 'authorization', start, end, fields, encoded: false, marks: {} }
}

/** How far the members of a record may stand from its operation. */
const longestRecord = 2000
const recordName = /^REST\.([A-Z]{3,6}\.[A-Z_]{3,30})["']/u
const isRefused = /["']error_?code["']\s{0,4}[:=]\s{0,4}["']AccessDenied["']/iu

const member = (names: string): RegExp =>
  new RegExp(`["'](?:${names})["']\\s{0,4}[:=]\\s{0,4}["']([^"'\\n]{1,1500})["']`, 'iu')
const members = {
  bucket: member('bucket|bucket_?name'),
  key: member('key'),
  requester: member('requester'),
  request: member('request_?id'),
}

/** The same line as a record, as a query of Athena prints it: https://repost.aws/knowledge-center/analyze-logs-athena */
function readRecord({ view: { text } }: SqueezedText, at: number, place: number): Signal | null {
  const name = recordName.exec(text.slice(place, place + 50))?.[1] ?? ''
  const [ahead, behind] = [
    text.slice(Math.max(0, place - longestRecord), place),
    text.slice(place, place + longestRecord),
  ]
  const [from, to] = [ahead.lastIndexOf('{'), behind.indexOf('}')]
  if (!isKnown(name) || from === -1 || to === -1) return null
  const record = ahead.slice(from) + behind.slice(0, to)
  if (!isRefused.test(record)) return null
  const told = (member: RegExp): string => member.exec(record)?.[1] ?? ''
  return signalOf(at, at + `rest.${name}`.length, {
    name,
    bucket: told(members.bucket),
    key: told(members.key) || '-',
    requester: told(members.requester),
    request: told(members.request),
  })
}

function callerOf(requester: string): Fields {
  if (requester.startsWith('arn:')) return { principal: requester }
  if (requester === '-') return { principal: 'anonymous' }
  const service = /^svc:([a-z0-9.-]{2,60}\.amazonaws\.com)$/u.exec(requester)?.[1]
  return service === undefined ? {} : { principal: service }
}

/** Keys stand in the log as in an address. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
