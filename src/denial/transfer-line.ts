import type { CallSeen } from './denial.ts'
import type { TextView } from './text-view.ts'

/*
 * `upload failed: ./a to s3://b/a An error occurred (AccessDenied) when calling the PutObject operation: …`: the AWS CLI
 * prints which object each error is about in front of it.
 */

const longest = 1500
const verb = /(?<![\w-])(upload|download|copy|move|delete|remove) failed: $/
const words = ' failed: '
/** A name that was masked is none. */
const place = /^s3:\/\/([A-Za-z0-9][\w.-]{1,254})(?:\/(.*))?$/

const usual: Readonly<Record<string, string>> = {
  upload: 'PutObject',
  download: 'GetObject',
  copy: 'CopyObject',
  move: 'CopyObject',
  delete: 'DeleteObject',
  remove: 'DeleteObject',
}
/** What is asked about the object that is copied or moved, not about the one that it becomes. */
const ofSource = /^(?:Get|Head|Delete|List)/
const copies = /^(?:CopyObject|UploadPartCopy)$/

/** The call that an error answers, by the words in front of it. */
export function transferBefore(view: TextView, end: number, operation: string | undefined): CallSeen | null {
  const from = Math.max(0, end - longest)
  const text = view.text.slice(from, end)
  return uploadOfBoto(view, end, operation) ?? transferOfCli(view, text, { from, end, operation })
}

const ofUpload = /^(?:PutObject|UploadPart|(?:Create|Complete)MultipartUpload)$/
const botoWords = 'Failed to upload '
/** Bucket and key stand as one path behind the file's name. */
const botoPlace = / to (?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(?<key>[^\s:][^\n]{0,1023}?): $/

/** `Failed to upload a.txt to docs/a.txt: An error occurred …`: boto3/s3/transfer.py, upload_file. */
function uploadOfBoto(view: TextView, end: number, operation = 'PutObject'): CallSeen | null {
  if (!ofUpload.test(operation) || !view.text.startsWith('An error occurred (', end)) return null
  const from = Math.max(0, end - longest)
  const text = view.text.slice(from, end)
  const at = text.lastIndexOf(botoWords)
  const { bucket, key } = (at === -1 ? null : botoPlace.exec(text.slice(at).replace(/\n(?! )/g, ' ')))?.groups ?? {}
  if (bucket === undefined || key === undefined) return null
  return { service: 's3', operation, parameters: { bucket, key }, span: view.spanOf(from + at, end) }
}

interface Around {
  readonly from: number
  readonly end: number
  readonly operation: string | undefined
}

function transferOfCli(view: TextView, text: string, { from, end, operation }: Around): CallSeen | null {
  const at = text.lastIndexOf(words)
  if (at === -1) return null
  const found = verb.exec(text.slice(Math.max(0, at - 9), at + words.length))
  if (found === null) return null
  // Terminals break the line before `to`; a line of anything else in between speaks of something else.
  const told = text
    .slice(at + words.length)
    .trim()
    .replace(/\sto\s/g, ' to ')
  if (told.includes('\n')) return null
  const name = operation ?? usual[found[1] ?? ''] ?? ''
  const parameters = parametersOf(told, name)
  if (parameters === null) return null
  const start = from + Math.max(0, at - 9) + found.index
  return { service: 's3', operation: name, parameters, span: view.spanOf(start, end) }
}

function parametersOf(told: string, operation: string): CallSeen['parameters'] | null {
  const remote = told.lastIndexOf(' to s3://')
  const to = remote === -1 ? told.indexOf(' to ') : remote
  const source = place.exec(to === -1 ? told : told.slice(0, to))
  const target = to === -1 ? null : place.exec(told.slice(to + ' to '.length))
  const [, bucket = '', key = ''] = (ofSource.test(operation) ? (source ?? target) : (target ?? source)) ?? []
  if (bucket === '') return null
  const copied = source === null || target === null || !copies.test(operation) ? null : source
  return {
    bucket,
    ...(key === '' ? {} : { key }),
    ...(copied === null ? {} : { copySource: `${copied[1] ?? ''}/${copied[2] ?? ''}` }),
  }
}

const doneBefore = /(?:^|[\s|])(?:upload: \S.{0,300} to |(?:download|delete): |(?:copy|move): (?:\S.{0,300} to )?)$/
/** And what other programs log of it; people tell of the very object that they are refused later. */
const loggedDone =
  /(?:^|\b(?:INFO|DEBUG|info|debug)\b\W{0,4}|[\]|>\u2713\u2714] {0,3}|\d[Zz]? )(?:[Ss]uccessfully )?(?:[Uu]ploaded|[Dd]ownloaded|[Cc]opied|[Ss]ynced|[Ss]aved|[Ww]rote|[Ss]tored|[Pp]ublished|[Aa]rchived|[Pp]ushed)\b[^\n]{0,300}$/
const goesTo = /^s3:\/\/\S{1,1100} to \S/
const refused = /fail|error|denied|forbidden/i

/** `upload: ./a to s3://b/a`: what the AWS CLI prints once it is done is nothing that was refused. */
export function isOfDoneTransfer(text: string, at: number): boolean {
  const near = text.slice(Math.max(0, at - 400), at)
  const before = near.slice(near.lastIndexOf('\n') + 1)
  const done = doneBefore.exec(before)
  if (done === null && !loggedDone.test(before)) return false
  const rest = text.slice(at, at + 1200).split('\n', 1)[0] ?? ''
  if (refused.test(rest) || refused.test(before)) return false
  if (done === null) return true
  return / to $|delete: $/.test(done[0]) ? !/ (?:->|=>) /.test(before) : goesTo.test(rest)
}

/** Buckets apart are refused apart: each has a policy of its own. */
export const bucketsOf = (call: CallSeen | undefined): string =>
  call === undefined
    ? ''
    : `${call.parameters['bucket'] ?? ''} ${call.parameters['copySource']?.replace(/\/.*$/s, '') ?? ''}`

/** One call for two objects of a bucket: the folder that holds both. */
export function joinTransfers(a: CallSeen | undefined, b: CallSeen | undefined): CallSeen | undefined {
  if (a === undefined || b === undefined) return a ?? b
  const parameters: Record<string, string> = { ...a.parameters }
  for (const name of ['key', 'copySource']) {
    const [one, other] = [a.parameters[name], b.parameters[name]]
    if (one !== undefined && other !== undefined) parameters[name] = commonFolder(one, other)
  }
  return { ...a, parameters }
}

function commonFolder(a: string, b: string): string {
  if (a === b) return a
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  return `${a.slice(0, a.lastIndexOf('/', same - 1) + 1)}*`
}

/** Whether a command in the paste asked for just this, or for a folder around it: it shows its options as well. */
export const coversTransfer = (command: CallSeen, transfer: CallSeen): boolean =>
  command.operation === transfer.operation &&
  command.parameters['bucket'] === transfer.parameters['bucket'] &&
  ['key', 'copySource'].every((name) => coversKey(command.parameters[name] ?? '', transfer.parameters[name] ?? ''))

const coversKey = (pattern: string, key: string): boolean =>
  pattern === key || (pattern.endsWith('*') && key.startsWith(pattern.slice(0, -1)))
