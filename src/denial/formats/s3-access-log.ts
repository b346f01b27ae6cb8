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
  if (logged === undefined) return null
  const { operation: name = '', key = '-' } = logged
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  const asked = before.exec(text.slice(Math.max(0, place - 500), place))?.groups
  if (operation === undefined || asked === undefined) return null
  const { bucket = '', requester = '-', request = '' } = asked
  const answer = '403accessdenied'
  const fields: Fields = {
    operation,
    service: 's3',
    errorCode: 'AccessDenied',
    requestId: request,
    // An account's canonical id names no caller; `-` is a request without a signature.
    ...callerOf(requester),
    resource: `arn:aws:s3:::${bucket}${key === '-' ? '' : `/${decoded(key)}`}`,
  }
  return {
    kind: 'core',
    name: 's3-access-log',
    class: 'authorization',
    start: at,
    end: squeezed.text.indexOf(answer, at) + answer.length,
    fields,
    encoded: false,
    marks: {},
  }
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
