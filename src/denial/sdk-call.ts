import type { CallSeen } from './denial.ts'
import { clientsOf } from './sdk-clients.ts'
import type { TextView } from './text-view.ts'

/*
 * Calls of an SDK in code that was pasted with its error: `s3.upload({Bucket: …, Key: …})`,
 * `client.get_object(Bucket='…')`, `new PutObjectCommand({…})`, `$client->getObject(['Bucket' => '…'])`.
 */

const methodCall = /(?<![\w.$])(\$?[A-Za-z_]\w{0,40})(\.|->)([a-z][A-Za-z_0-9]{2,60})\(/g
/** What all have in common, found faster in texts without code. */
const anyCall = /[A-Za-z_0-9]\(/
const commandCall = /\bnew ([A-Z][A-Za-z0-9]{2,60})Command\(/g
const parameter = /["']?\b([A-Za-z][A-Za-z0-9]{1,40})["']?\s{0,3}(?:=>|[:=])\s{0,3}["']([^"'\n]{1,512})["']/g
const window = 700
const mostCalls = 100

// Helpers of SDKs that stand for another operation.
const operations: Readonly<Record<string, string>> = {
  upload: 'PutObject',
  uploadfile: 'PutObject',
  uploadfileobj: 'PutObject',
  downloadfile: 'GetObject',
  downloadfileobj: 'GetObject',
  copy: 'CopyObject',
}

const verb =
  /^(?:get|put|list|create|delete|describe|update|head|copy|upload|download|send|receive|publish|invoke|query|scan|decrypt|encrypt|generate|start|stop|run|assume|batch|transact|attach|detach|tag|add|remove|execute)/i

/** Every call that names a resource in its parameters, and of PHP, whose errors leave out the call, those that do not. */
export function findSdkCalls(view: TextView): readonly CallSeen[] {
  const found: CallSeen[] = []
  if (!anyCall.test(view.text)) return found
  const clients = clientsOf(view.text)
  for (const match of view.text.matchAll(methodCall)) {
    if (found.length >= mostCalls) break
    const [whole, client = '', of, method = ''] = match
    if (!verb.test(method)) continue
    const service = clients.get(client) ?? serviceOf(client)
    const call = callAt(view, match.index, whole.length, method, service, of === '->')
    if (call !== null) found.push(call)
  }
  for (const match of view.text.matchAll(commandCall)) {
    if (found.length >= mostCalls) break
    const call = callAt(view, match.index, match[0].length, match[1] ?? '', null, false)
    if (call !== null) found.push(call)
  }
  return found
}

function callAt(
  view: TextView,
  start: number,
  length: number,
  method: string,
  service: string | null,
  isKeptBare: boolean,
): CallSeen | null {
  const from = start + length
  const text = view.text.slice(from, from + window)
  const end = argumentsEnd(text)
  const parameters = copyOf(text.slice(0, end))
  const own =
    'copySource' in parameters
      ? text.slice(0, end).replace(namedSource, '').replace(placedSource, '')
      : text.slice(0, end)
  for (const [, name = '', value = ''] of own.matchAll(parameter))
    parameters[name.slice(0, 1).toLowerCase() + name.slice(1)] ??= value
  const named = service ?? serviceByParameters(parameters)
  if (named === null || (Object.keys(parameters).length === 0 && !isKeptBare)) return null
  const plain = method.replace(/_/g, '').toLowerCase()
  return {
    service: named,
    operation: operations[plain] ?? pascalCase(method),
    parameters,
    span: view.spanOf(start, from + end),
  }
}

/** The source of a copy, an object of its own. */
const namedSource = /\bCopySource["']?\s{0,3}[:=]\s{0,3}\{[^{}]{1,400}\}/
/** boto3's `copy({…}, 'bucket', 'key')`. */
const placedSource =
  /^\s{0,3}\{[^{}]{1,400}\}\s{0,3},\s{0,40}["']([^"'\n]{1,255})["']\s{0,3},\s{0,40}["']([^"'\n]{1,512})["']/

/** Bucket and key of the source are not those of the object that is written. */
function copyOf(text: string): Record<string, string> {
  const placed = placedSource.exec(text)
  const [source = ''] = placed ?? namedSource.exec(text) ?? []
  const parts = new Map([...source.matchAll(parameter)].map(([, name = '', value = '']) => [name, value]))
  const [bucket, key] = [parts.get('Bucket'), parts.get('Key')]
  if (bucket === undefined || key === undefined) return {}
  const target = placed === null ? {} : { bucket: placed[1] ?? '', key: placed[2] ?? '' }
  return { copySource: `${bucket}/${key}`, ...target }
}

function argumentsEnd(text: string): number {
  let depth = 1
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++
    else if (text[index] === ')' && --depth === 0) return index + 1
  }
  return text.length
}

/** The service in the name of the client: `s3`, `s3_client`, `dynamodbClient`. */
function serviceOf(client: string): string | null {
  const name = client
    .toLowerCase()
    .replace(/[_$]/g, '')
    .replace(/client$|^aws|service$/g, '')
  return /^(?:s3|sqs|sns|kms|ssm|lambda|dynamodb|iam|sts|ec2|ecr|ecs|logs|secretsmanager|athena|glue|bedrock|events|kinesis)$/.test(
    name,
  )
    ? name
    : null
}

const serviceByParameters = (parameters: Readonly<Record<string, string>>): string | null => {
  if ('bucket' in parameters) return 's3'
  if ('tableName' in parameters) return 'dynamodb'
  if ('functionName' in parameters) return 'lambda'
  if ('queueUrl' in parameters) return 'sqs'
  if ('topicArn' in parameters) return 'sns'
  if ('secretId' in parameters) return 'secretsmanager'
  return null
}

const pascalCase = (method: string): string =>
  method
    .split('_')
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('')
