import { isAccountId, parseArn, partitionOfRegion } from '../iam/arn.ts'
import { isObject } from '../iam/json.ts'
import { ownValue } from '../iam/own-value.ts'

export type Members = Readonly<Record<string, unknown>>

/** Where the call went, as far as the record tells: an excerpt may leave it out. */
interface Place {
  readonly partition: string | null
  readonly region: string | null
  readonly account: string | null
}

type Builder = (parameters: Members, place: Place) => string | null

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const within =
  (service: string, kind: string, parameter: string): Builder =>
  (parameters, { partition, region, account }) => {
    const name = text(parameters[parameter])
    if (name?.startsWith('arn:') === true) return name
    if (name === null || partition === null || region === null || account === null) return null
    return `arn:${partition}:${service}:${region}:${account}:${kind}${name}`
  }
const global =
  (kind: string, parameter: string): Builder =>
  (parameters, { partition, account }) => {
    const name = text(parameters[parameter])
    return name === null || partition === null || account === null
      ? null
      : `arn:${partition}:iam::${account}:${kind}/${name}`
  }
const asPrinted =
  (parameter: string): Builder =>
  (parameters) => {
    const value = text(parameters[parameter])
    return value?.startsWith('arn:') === true ? value : null
  }

function s3Resource(parameters: Members, { partition }: Place): string | null {
  const bucket = text(parameters['bucketName'])
  if (bucket === null || partition === null) return null
  const key = text(parameters['key'])
  return `arn:${partition}:s3:::${bucket}${key === null ? '' : `/${key}`}`
}

function queue(parameters: Members, { partition }: Place): string | null {
  const url = text(parameters['queueUrl'])
  const parts = /^https:\/\/sqs\.([\w-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]+)$/.exec(url ?? '')
  return parts === null || partition === null
    ? null
    : `arn:${partition}:sqs:${parts[1] ?? ''}:${parts[2] ?? ''}:${parts[3] ?? ''}`
}

/** Which request parameter names the resource, by event source. The first that is there counts. */
const builders: Readonly<Record<string, readonly Builder[]>> = {
  s3: [s3Resource],
  lambda: [within('lambda', 'function:', 'functionName')],
  dynamodb: [within('dynamodb', 'table/', 'tableName')],
  kms: [within('kms', 'key/', 'keyId')],
  sqs: [queue],
  sns: [asPrinted('topicArn')],
  sts: [asPrinted('roleArn')],
  secretsmanager: [asPrinted('secretId')],
  ssm: [
    (parameters, place) =>
      within('ssm', 'parameter/', 'name')({ name: text(parameters['name'])?.replace(/^\//, '') }, place),
  ],
  logs: [within('logs', 'log-group:', 'logGroupName')],
  kinesis: [within('kinesis', 'stream/', 'streamName')],
  ecr: [within('ecr', 'repository/', 'repositoryName')],
  eks: [within('eks', 'cluster/', 'name')],
  states: [asPrinted('stateMachineArn')],
  iam: [
    global('role', 'roleName'),
    global('user', 'userName'),
    asPrinted('policyArn'),
    global('policy', 'policyName'),
    global('instance-profile', 'instanceProfileName'),
  ],
}

/** The ARN in `resources`, or one rebuilt from `requestParameters`; CloudTrail often leaves both out on a denial. */
export function resourceOfRecord(record: Members): string | null {
  return printedResource(record['resources']) ?? rebuiltResource(record)
}

function printedResource(resources: unknown): string | null {
  if (!Array.isArray(resources)) return null
  const arns = resources.filter(isObject).flatMap((resource) => text(resource['ARN']) ?? text(resource['arn']) ?? [])
  // S3 lists the object and its bucket.
  return arns.find((arn) => /:s3:::[^/]+\/./.test(arn)) ?? arns[0] ?? null
}

/** Whose the resources are, where that is told of all and is one account. Of an object S3 tells the bucket's alone. */
export function ownerOfResource({ resources }: Members): string | null {
  const told = Array.isArray(resources) ? resources.filter(isObject) : []
  const owners = told
    .filter(({ type, accountId }) => type !== 'AWS::S3::Object' || accountId !== undefined)
    .map(({ accountId }) => accountId)
  const [owner, ...others] = new Set(owners)
  return others.length === 0 && typeof owner === 'string' && isAccountId(owner) ? owner : null
}

function rebuiltResource(record: Members): string | null {
  const parameters = record['requestParameters']
  const source = text(record['eventSource'])?.split('.')[0] ?? ''
  if (!isObject(parameters)) return null
  const region = text(record['awsRegion'])
  const identity = isObject(record['userIdentity']) ? record['userIdentity'] : {}
  const account = text(record['recipientAccountId']) ?? text(identity['accountId'])
  const partition = region === null ? parseArn(text(identity['arn']) ?? '')?.partition : partitionOfRegion(region)
  const place = { partition: partition ?? null, region, account }
  for (const build of ownValue(builders, source) ?? []) {
    const arn = build(parameters, place)
    if (arn !== null) return arn
  }
  return null
}
