import type { Denial } from '../denial/denial.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { canBeAccount } from './subject.ts'

/** The thing whose own policy takes part in a request: the bucket of an object, the function of an alias. */
export interface ResourceTarget {
  readonly service: TargetService
  /** ARN of the thing that holds the policy. */
  readonly arn: string
  /** Bucket name, key id, queue name, function name … */
  readonly name: string
  readonly qualifier: string | null
  readonly partition: string
  readonly region: string | null
  /** `null`: the ARN does not tell, as with S3. */
  readonly account: string | null
  readonly action: string
}

export type TargetService =
  | 's3'
  | 'kms'
  | 'sqs'
  | 'sns'
  | 'lambda'
  | 'secretsmanager'
  | 'ecr'
  | 'ecs-task'
  | 'ecs-task-definition'
  | 'iam-role'
  | 'iam-instance-profile'
  | 'vpc-endpoint'

interface Parts {
  readonly service: TargetService
  readonly holder: string
  readonly name: string
  readonly qualifier?: string
}

/** What is to be read on the resource side of one request; `null` where the resource has no policy that we read. */
export function targetOf(
  request: Pick<DeniedRequest, 'action' | 'resource' | 'resourceAccount'>,
): ResourceTarget | null {
  const { resource, action } = request
  if (resource === null || /[*?<>\s]/.test(resource.split('/')[0] ?? '')) return null
  const [arn, partition, service, region, account, ...rest] = resource.split(':')
  if (arn !== 'arn' || partition === undefined || service === undefined) return null
  // Access points and the like have Regions, buckets have none.
  const parts = service === 's3' && region !== '' ? null : partsOf(service, rest.join(':'))
  if (parts === null) return null
  return {
    service: parts.service,
    arn: `arn:${partition}:${service}:${region ?? ''}:${account ?? ''}:${parts.holder}`,
    name: parts.name,
    qualifier: parts.qualifier ?? null,
    partition,
    region: region === '' || region === undefined ? null : region,
    account: [account, request.resourceAccount].find(canBeAccount) ?? null,
    action,
  }
}

function partsOf(service: string, resource: string): Parts | null {
  const slash = resource.indexOf('/')
  const [type, tail] = slash < 0 ? [resource, ''] : [resource.slice(0, slash), resource.slice(slash + 1)]
  switch (service) {
    case 's3':
      return type === '' ? null : { service, holder: type, name: type }
    case 'kms':
      return type === 'key' || type === 'alias'
        ? { service, holder: resource, name: type === 'key' ? tail : resource }
        : null
    case 'sqs':
      return { service, holder: resource, name: resource }
    case 'sns': {
      const topic = resource.split(':')[0] ?? ''
      return { service, holder: topic, name: topic }
    }
    case 'lambda': {
      const [kind, name, qualifier] = resource.split(':')
      if (kind !== 'function' || name === undefined) return null
      return { service, holder: `function:${name}`, name, ...(qualifier === undefined ? {} : { qualifier }) }
    }
    case 'secretsmanager':
      return resource.startsWith('secret:') ? { service, holder: resource, name: resource.slice(7) } : null
    case 'ecr':
      return type === 'repository' ? { service, holder: resource, name: tail } : null
    case 'ecs':
      if (type === 'task-definition') return { service: 'ecs-task-definition', holder: resource, name: tail }
      return type === 'task' ? { service: 'ecs-task', holder: resource, name: tail } : null
    case 'iam':
      if (type === 'role') return { service: 'iam-role', holder: resource, name: lastPart(tail) }
      return type === 'instance-profile'
        ? { service: 'iam-instance-profile', holder: resource, name: lastPart(tail) }
        : null
    default:
      return null
  }
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const endpointForm = /^vpce-[0-9a-f]{8,17}$/

/** The VPC endpoint that the request took, where the denial tells its id. */
export function endpointOf(
  { context, region }: Denial,
  account: string | null,
  partition: string,
): ResourceTarget | null {
  const key = Object.keys(context).find((name) => name.toLowerCase() === 'aws:sourcevpce')
  const id = key === undefined ? undefined : context[key]
  if (typeof id !== 'string' || !endpointForm.test(id) || region === null) return null
  return {
    service: 'vpc-endpoint',
    arn: `arn:${partition}:ec2:${region}:${account ?? ''}:vpc-endpoint/${id}`,
    name: id,
    qualifier: null,
    partition,
    region,
    account,
    action: 'ec2:DescribeVpcEndpoints',
  }
}

/** Every distinct thing that the requests concern. */
export function targetsOf(requests: readonly DeniedRequest[]): readonly ResourceTarget[] {
  const seen = new Map<string, ResourceTarget>()
  for (const request of requests) {
    const target = targetOf(request)
    if (target !== null && !seen.has(target.arn)) seen.set(target.arn, target)
  }
  return [...seen.values()]
}
