import { ownValue } from '../../iam/own-value.ts'
import type { Situation } from '../situation.ts'

/** Key actions that a service asks for on behalf of a reader and of a writer. */
const needs: Readonly<Record<string, { readonly read: readonly string[]; readonly write: readonly string[] }>> = {
  s3: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey'] },
  sqs: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  sns: { read: ['kms:GenerateDataKey', 'kms:Decrypt'], write: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  secretsmanager: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  ssm: { read: ['kms:Decrypt'], write: ['kms:Encrypt'] },
  kinesis: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey'] },
  dynamodb: { read: ['kms:Decrypt'], write: ['kms:Decrypt'] },
  ecr: { read: ['kms:Decrypt'], write: ['kms:GenerateDataKey'] },
  logs: { read: ['kms:Decrypt'], write: ['kms:Encrypt'] },
  // Nobody reads from a delivery stream.
  firehose: { read: ['kms:GenerateDataKey', 'kms:Decrypt'], write: ['kms:GenerateDataKey', 'kms:Decrypt'] },
}

const nouns: Readonly<Record<string, string>> = {
  s3: 'bucket',
  sqs: 'queue',
  sns: 'topic',
  secretsmanager: 'secret',
  ssm: 'parameter',
  kinesis: 'stream',
  dynamodb: 'table',
  ecr: 'repository',
  logs: 'logGroup',
  firehose: 'stream',
}

/** Firehose asked, of the key of what it reads from or writes to: no other service is named. */
const isOfDelivery = (s: Situation): boolean =>
  s.has('delivery-stream-told') && (s.service === null || s.service === 'kms' || s.service === 's3')

/** The service that asked the key on somebody's behalf. */
export const frontService = (s: Situation): string | null => {
  const spoken = s.service !== 'kms' ? s.service : null
  if (spoken !== null && needs[spoken] !== undefined) return spoken
  if (s.has('sqs-at-work', 'queue-arn')) return 'sqs'
  if (s.has('sns-at-work', 'topic-arn')) return 'sns'
  if (s.has('secrets-at-work', 'secret-arn')) return 'secretsmanager'
  if (s.has('parameter-arn')) return 'ssm'
  // Firehose reads from a stream of Kinesis, or delivers into a bucket whatever the destination is.
  if (isOfDelivery(s)) return s.has('delivery-source-told') ? 'kinesis' : 's3'
  return s.has('s3-uri', 's3-url', 'bucket-named') ? 's3' : null
}

const isWrite = (s: Situation): boolean => {
  const levels = s.actionFacts?.accessLevels ?? []
  if (s.service !== 'kms' && levels.length > 0)
    return levels.some((level) => level !== 'Read' && level !== 'List') && !/Receive/u.test(s.action ?? '')
  if (isOfDelivery(s)) return !s.has('delivery-source-told')
  return s.has('write-told') && !s.has('read-told')
}

/** The key actions behind the service that spoke; `null` where nothing tells the service. */
export function behindFront(s: Situation): { readonly actions: readonly string[]; readonly noun: string } | null {
  const front = frontService(s)
  const need = front === null ? undefined : needs[front]
  if (front === null || need === undefined) return null
  const actions = isWrite(s) ? need.write : need.read
  // Firehose looks at what it has written.
  const isDelivery = front === 's3' && isOfDelivery(s) && actions === need.write
  return { actions: isDelivery ? [...actions, 'kms:Decrypt'] : actions, noun: ownValue(nouns, front) ?? front }
}
