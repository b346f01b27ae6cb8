import type { CallSeen } from './denial.ts'

type Call = Omit<CallSeen, 'span'>
type Options = Readonly<Record<string, string>>

/**
 * The API calls behind `aws s3 cp`, `sync` and their kin, the one that is made first in front:
 * https://docs.aws.amazon.com/cli/latest/reference/s3/
 */
export function s3TransferCalls(command: string, operands: readonly string[], options: Options): readonly Call[] {
  const [from = '', to = ''] = operands
  const source = s3Place(from)
  const target = s3Place(to) ?? null
  switch (command) {
    case 'ls':
      return [source === null ? call('ListBuckets', {}) : call('ListObjectsV2', bucketOf(source))]
    case 'mb':
      return source === null ? [] : [call('CreateBucket', bucketOf(source))]
    case 'rb':
      return source === null ? [] : [call('DeleteBucket', bucketOf(source))]
    case 'presign':
      return source === null ? [] : [call('GetObject', source)]
    case 'rm':
      return source === null ? [] : [...listing(command, options, source), call('DeleteObject', source)]
    default:
      return transfer(command, source, target, from, options)
  }
}

interface Place extends Readonly<Record<string, string>> {
  readonly bucket: string
  readonly key: string
}

function s3Place(operand: string): Place | null {
  const match = /^s3:\/\/([^/\s]+)(?:\/(.*))?$/.exec(operand)
  return match === null ? null : { bucket: match[1] ?? '', key: match[2] ?? '' }
}

const call = (operation: string, parameters: Options): Call => ({
  service: 's3',
  operation,
  parameters: Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== '')),
})

const bucketOf = ({ bucket, key }: Place): Options => ({ bucket, ...(key !== '' && { prefix: key }) })

const isRecursive = (command: string, options: Options): boolean =>
  command === 'sync' || options['recursive'] === 'true'

const listing = (command: string, options: Options, place: Place): readonly Call[] =>
  isRecursive(command, options) ? [call('ListObjectsV2', bucketOf(place))] : []

function transfer(
  command: string,
  source: Place | null,
  target: Place | null,
  from: string,
  options: Options,
): readonly Call[] {
  const listed = source ?? (command === 'sync' ? target : null)
  const lists = listed === null ? [] : listing(command, options, listed)
  const recursive = isRecursive(command, options)
  if (source !== null && target !== null) {
    const copy = {
      ...options,
      ...targetOf(target, source.key, recursive),
      copySource: `${source.bucket}/${keyOf(source.key, recursive)}`,
    }
    return [...lists, call('CopyObject', copy), ...moved(command, source)]
  }
  if (target !== null) {
    const place = targetOf(target, from, recursive)
    const deletes = command === 'sync' && options['delete'] === 'true' ? [call('DeleteObject', place)] : []
    return [...lists, call('PutObject', { ...options, ...place }), ...deletes]
  }
  if (source !== null)
    return [
      ...lists,
      call('GetObject', { ...options, bucket: source.bucket, key: keyOf(source.key, recursive) }),
      ...moved(command, source),
    ]
  return []
}

const moved = (command: string, source: Place): readonly Call[] =>
  command === 'mv' ? [call('DeleteObject', source)] : []

/** All objects under the prefix, where the command walks through them. */
const keyOf = (key: string, recursive: boolean): string =>
  recursive ? (key === '' || key.endsWith('/') ? `${key}*` : `${key}/*`) : key

/** A target that ends in a slash takes the file's own name. */
function targetOf({ bucket, key }: Place, file: string, recursive: boolean): Place {
  if (recursive) return { bucket, key: keyOf(key, true) }
  const name = file === '-' ? '' : (file.split(/[/\\]/).at(-1) ?? '')
  return { bucket, key: key === '' || key.endsWith('/') ? key + name : key }
}
