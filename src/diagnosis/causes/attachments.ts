import { ownValue } from '../../iam/own-value.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Situation } from '../situation.ts'

/** What the policies of this type hang on, as far as it is known. */
export function homeOf(s: Situation, type: PolicyType): string {
  switch (type) {
    case 'resource-based':
      return attachmentOf(s)
    case 'role-trust':
      return `role/${s.resource?.split('/').at(-1) ?? '<RoleName>'}`
    case 'vpc-endpoint':
      return `vpc-endpoint/${endpointIn(s) ?? '<EndpointId>'}`
    case 'service-control':
    case 'resource-control':
      return 'organization/<TargetId>'
    case 'permissions-boundary':
      return `policy/${s.layer(type)?.policies[0]?.name ?? s.denial.policyArn?.split('/').at(-1) ?? '<BoundaryName>'}`
    case 'identity-based':
    case 'session':
      return s.principalLabel
  }
}

/** Whoever hands an endpoint's policy over names it by the endpoint. */
const endpointIn = (s: Situation): string | undefined =>
  s.layer('vpc-endpoint')?.policies.find(({ name }) => /^vpce-[0-9a-f]{8,17}$/u.test(name))?.name

/** `accesspoint/Name` of the ARN of an access point, or of an object that is asked for through it. */
export const accessPointIn = (arn: string): string | null =>
  /^arn:[a-z-]+:s3:[^:]*:[^:]+:(accesspoint\/[^/:]+)/u.exec(arn)?.[1] ?? null

/** `bucket/Name`, `queue/Name` … of the resource that was asked for. */
export function attachmentOf(s: Situation, arn: string | null = s.resource ?? s.denial.resource): string {
  const text = arn ?? s.resourcePattern ?? ''
  const [, , service = '', , , ...rest] = text.split(':')
  const tail = rest.join(':')
  const names: Readonly<Record<string, string>> = {
    s3: accessPointIn(text) ?? `bucket/${tail.split('/')[0] ?? ''}`,
    sqs: `queue/${tail}`,
    sns: `topic/${tail}`,
    kms: tail,
    lambda: tail.startsWith('layer:') ? `layer/${tail.slice('layer:'.length)}` : `function/${tail.split(':')[1] ?? ''}`,
    secretsmanager: `secret/${tail.split(':')[1] ?? ''}`,
    ecr: tail,
    // An index is governed by the policy of its table; a stream has one of its own.
    dynamodb: tail.replace(/^(table\/[^/]+)\/index\/.*$/u, '$1'),
    'execute-api': `api/${tail.split('/')[0] ?? ''}`,
    s3express: tail,
    // A catalog has one policy, for all of its databases and tables.
    // https://docs.aws.amazon.com/glue/latest/webapi/API_PutResourcePolicy.html
    glue: /^(?:catalog|database|table|userDefinedFunction)\b/u.test(tail) ? 'glue/catalog' : `glue/${tail}`,
    // The policy is the domain's, whatever index or API below it was asked for.
    es: `es/${tail.split('/').slice(0, 2).join('/')}`,
    // A package has no policy: that of its repository decides.
    codeartifact: `codeartifact/${tail.replace(/^package\/([^/]+\/[^/]+)\/.*$/su, 'repository/$1')}`,
  }
  return ownValue(names, service) ?? (tail === '' ? 'resource/<ResourceName>' : `${service}/${tail}`)
}
