import { ownValue } from '../iam/own-value.ts'
import { formatArn, parseArn, type Arn } from '../iam/arn.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'

/** What a policy hangs on, and so which API changes it. */
export type HomeKind =
  | 'role'
  | 'user'
  | 'group'
  | 'managed-policy'
  | 'permission-set'
  | 'bucket'
  | 'access-point'
  | 'key'
  | 'queue'
  | 'topic'
  | 'secret'
  | 'function'
  | 'layer'
  | 'repository'
  | 'role-trust'
  | 'endpoint'
  | 'organization'
  | 'other'

/** Homes whose API adds and removes single statements, and takes no documents. */
export const takesStatements = ({ kind }: Pick<Home, 'kind'>): boolean => kind === 'function' || kind === 'layer'

/** Where a policy lives, with what its API wants to know. */
export interface Home {
  readonly kind: HomeKind
  readonly name: string
  /** ARN of the thing that holds the policy, as far as it is known. */
  readonly arn: string
  readonly partition: string
  readonly region: string | null
  readonly account: string | null
  /** Of a managed policy: the version that is in force before the change, where it is known. */
  readonly version?: string
}

const kindByAttachment: Readonly<Record<string, HomeKind>> = {
  role: 'role',
  user: 'user',
  group: 'group',
  policy: 'managed-policy',
  bucket: 'bucket',
  accesspoint: 'access-point',
  key: 'key',
  queue: 'queue',
  topic: 'topic',
  secret: 'secret',
  function: 'function',
  layer: 'layer',
  repository: 'repository',
  endpoint: 'endpoint',
  'vpc-endpoint': 'endpoint',
  'vpce-policy': 'endpoint',
}

/** `bucket/Name` for the ARN of a thing that can hold a policy; `null` for others. */
export const attachmentOf = (resource: string): string | null => {
  const arn = parseArn(resource)
  if (arn === null) return null
  const slash = arn.resource.indexOf('/')
  const head = slash < 0 ? arn.resource : arn.resource.slice(0, slash)
  const tail = slash < 0 ? '' : arn.resource.slice(slash + 1)
  switch (arn.service) {
    case 's3':
      return arn.account === '' ? `bucket/${head}` : `accesspoint/${tail.split('/')[0] ?? tail}`
    case 's3express':
      return `bucket/${tail}`
    case 'kms':
      return head === 'key' ? `key/${tail}` : null
    case 'sqs':
      return `queue/${arn.resource}`
    case 'sns':
      return `topic/${arn.resource.split(':')[0] ?? arn.resource}`
    case 'secretsmanager':
      return arn.resource.startsWith('secret:') ? `secret/${arn.resource.slice('secret:'.length)}` : null
    case 'lambda':
      if (arn.resource.startsWith('layer:')) return `layer/${arn.resource.slice('layer:'.length)}`
      return arn.resource.startsWith('function:') ? `function/${arn.resource.split(':')[1] ?? ''}` : null
    case 'ecr':
      return head === 'repository' ? `repository/${tail}` : null
    case 'dynamodb':
      return head === 'table' ? arn.resource.replace(/\/index\/.*$/u, '') : `dynamodb/${arn.resource}`
    case 'iam':
      return ['role', 'user', 'group', 'policy'].includes(head) ? `${head}/${tail.split('/').at(-1) ?? tail}` : null
    case 'codeartifact':
      // A package has no policy: that of its repository decides.
      return `codeartifact/${arn.resource.replace(/^package\/([^/]+\/[^/]+)\/.*$/su, 'repository/$1')}`
    case 'logs':
      return `logs/${arn.resource.replace(/:\*$/u, '')}`
    case 'es':
      return `es/${arn.resource.replace(/^(domain\/[^/]+)\/.*$/su, '$1')}`
    default:
      return `${arn.service}/${arn.resource}`
  }
}

const arnByKind = (kind: HomeKind, name: string, partition: string, region: string, account: string): string => {
  const arn = (service: string, place: string, owner: string, resource: string): string =>
    `arn:${partition}:${service}:${place}:${owner}:${resource}`
  switch (kind) {
    case 'bucket':
      return arn('s3', '', '', name)
    case 'access-point':
      return arn('s3', region, account, `accesspoint/${name}`)
    case 'key':
      return arn('kms', region, account, `key/${name}`)
    case 'queue':
      return arn('sqs', region, account, name)
    case 'topic':
      return arn('sns', region, account, name)
    case 'secret':
      return arn('secretsmanager', region, account, `secret:${name}`)
    case 'function':
      return arn('lambda', region, account, `function:${name}`)
    case 'layer':
      return arn('lambda', region, account, `layer:${name}`)
    case 'repository':
      return arn('ecr', region, account, `repository/${name}`)
    case 'managed-policy':
      return arn('iam', '', account, `policy/${name}`)
    default:
      return arn('iam', '', account, `${kind === 'role-trust' ? 'role' : kind}/${name}`)
  }
}

/** What `attachmentOf` made of an ARN of the same service, as an ARN again: it may be a part of the one that was asked for. */
const arnOfOther = (attachTo: string, resource: Arn | null): string | null => {
  if (resource === null) return null
  const prefix = `${resource.service}/`
  const own = attachTo.startsWith(prefix) ? attachTo.slice(prefix.length) : attachTo
  return resource.service === 'dynamodb' || own !== attachTo ? formatArn({ ...resource, resource: own }) : null
}

/** The home that `attachTo` names, with Region and account from its ARN, or from that of the request, as far as known. */
export const homeOf = (
  policyType: PolicyType,
  attachTo: string,
  request: DeniedRequest | null,
  named: string | null = null,
): Home => {
  const slash = attachTo.indexOf('/')
  const word = slash < 0 ? attachTo : attachTo.slice(0, slash)
  const name = slash < 0 ? attachTo : attachTo.slice(slash + 1)
  const levelled = policyType === 'service-control' || policyType === 'resource-control'
  const kind: HomeKind = levelled
    ? 'organization'
    : policyType === 'role-trust'
      ? 'role-trust'
      : policyType === 'permissions-boundary'
        ? 'managed-policy'
        : policyType === 'vpc-endpoint'
          ? 'endpoint'
          : (ownValue(kindByAttachment, word) ?? 'other')
  const resource = parseArn(named ?? request?.resource ?? request?.resourcePatterns[0] ?? '')
  const caller = parseArn(request?.principal.arn ?? '')
  const own = kind === 'role' || kind === 'user' || kind === 'group' || kind === 'managed-policy' || kind === 'endpoint'
  const near = own ? caller : (resource ?? caller)
  const partition = near?.partition ?? caller?.partition ?? 'aws'
  const region = [resource?.region, request?.context['aws:RequestedRegion']].find(
    (text): text is string => typeof text === 'string' && text !== '' && !text.includes('*'),
  )
  const account = near?.account === '' || near === null ? (request?.resourceAccount ?? null) : near.account
  return {
    kind,
    name: name === '' ? attachTo : name,
    arn:
      (kind === 'other' ? arnOfOther(attachTo, resource) : null) ??
      arnByKind(kind, name, partition, region ?? '<Region>', account ?? '<AccountId>'),
    partition,
    region: region ?? null,
    account,
  }
}
