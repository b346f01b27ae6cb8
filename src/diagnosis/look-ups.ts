import { parseArn } from '../iam/arn.ts'
import { regionForm } from '../iam/region.ts'
import { bucketOf } from './causes/not-iam.ts'
import { dnsSuffix } from '../iam/dns-suffix.ts'
import { ownValue } from '../iam/own-value.ts'
import { shellLine } from '../remedy/commands/shell.ts'
import { isGlobalService } from '../requests/context.ts'
import { policies, presences, typeOf, type LookUp, type Part } from './look-up-tables.ts'
import type { Situation } from './situation.ts'

export const aws = (words: string, ...names: readonly string[]): string =>
  shellLine(['aws', ...words.split(' '), ...names])

/** The policies of `role/Name` or `user/Name`. */
export const listedOf = (label: string): string => {
  const [kind, name = ''] = label.split('/')
  return kind === 'user'
    ? ['list-attached-user-policies', 'list-user-policies', 'list-groups-for-user']
        .map((operation) => aws(`iam ${operation} --user-name`, name))
        .join('; ')
    : `${aws('iam list-attached-role-policies --role-name', name)}; ${aws('iam list-role-policies --role-name', name)}`
}

/** Services of which no resource holds a policy: nothing on a resource of theirs can deny. */
export const withoutResourcePolicies: ReadonlySet<string> = new Set([
  'autoscaling',
  'athena',
  'cloudformation',
  'cloudfront',
  'cloudwatch',
  'cognito-identity',
  'cognito-idp',
  'ec2',
  'ecs',
  'eks',
  'elasticache',
  'elasticloadbalancing',
  'elasticmapreduce',
  'firehose',
  'iam',
  'organizations',
  'rds',
  'rds-db',
  'route53',
  'ssm',
  'states',
])

/** A policy on the resource may stand in the way: where it is not known, it may. */
export const mayHoldPolicy = (s: Situation): boolean =>
  s.service === null || !withoutResourcePolicies.has(s.service) || (s.service === 'iam' && s.wasRead('role-trust'))

/** The command that shows the policy on a resource; `null` where its type has none, or is not known here. */
export const policyCommand = (s: Situation, resource: string | null): string | null => commandOf(policies, s, resource)

/** The same by the ARN alone. */
export function policyCommandFor(resource: string | null): string | null {
  const look = ownValue(policies, typeOf(resource) ?? '')
  return look === undefined ? null : written(look, resource)
}

/** The command that tells whether a resource is there; `null` for a type that is not known here. */
export const presenceCommand = (s: Situation, resource: string | null): string | null =>
  commandOf(presences, s, resource)

function commandOf(table: Readonly<Record<string, LookUp>>, s: Situation, resource: string | null): string | null {
  const look = lookUpFor(table, s, resource)
  return look === undefined ? null : written(look, resource)
}

function written([words, ...parts]: LookUp, resource: string | null): string {
  const line = parts.flatMap(([part, placeholder, option]) => [
    ...(option === undefined ? [] : [option]),
    partOf(resource, part) ?? placeholder,
  ])
  return aws(words, ...line, ...inRegion(resource))
}

/** An ARN as an argument does not tell the AWS CLI where to ask: another Region than the profile's has to be named. */
export const inRegion = (resource: string | null): readonly string[] => {
  const region = parseArn(resource ?? '')?.region ?? ''
  return regionForm.test(region) ? ['--region', region] : []
}

/** Commands of services that have an endpoint in every Region, and answer for that one alone. */
const regional =
  /^aws (?:acm-pca|apigateway|backup|cloudformation|cloudtrail|codecommit|codeconnections|dynamodb|ec2|ecr|ecs|efs|eks|events|firehose|glue|kinesis|kms|lambda|logs|opensearch|rds|s3control|secretsmanager|sesv2|sns|sqs|ssm) (?!.*(?:--region|[|&;]))/u

/** The command with the Region that the text tells, where it would ask the profile's. */
export const askedIn = (command: string, region: string | null): string =>
  region !== null && regionForm.test(region) && regional.test(command) ? `${command} --region ${region}` : command

/** Where the call was made: CloudTrail keeps the events of global services in one Region. */
export const regionOf = (s: Situation, command: string): string | null => {
  const isRecord = command.startsWith('aws cloudtrail ')
  // A role is handed over within the call of another service.
  const isHandOver = s.action?.toLowerCase() === 'iam:passrole'
  if (isRecord && !isHandOver && s.service !== null && isGlobalService(s.service))
    return s.partition === 'aws' ? 'us-east-1' : null
  return isRecord && s.service === 'sts' ? null : s.region
}

/** By the resource; where that is not told, by what the action is about, or by the one type known of the service. */
function lookUpFor(table: Readonly<Record<string, LookUp>>, s: Situation, resource: string | null): LookUp | undefined {
  const told = typeOf(resource)
  if (told !== null) return ownValue(table, told)
  const about = s.actionFacts?.resourceTypes.find(({ required }) => required) ?? s.actionFacts?.resourceTypes[0]
  const meant = about === undefined ? null : typeOf(about.arnPattern)
  if (meant !== null) return ownValue(table, meant)
  const ofService = Object.keys(table).filter((key) => key.startsWith(`${s.service ?? ''}:`))
  return ofService.length === 1 ? ownValue(table, ofService[0] ?? '') : undefined
}

/** `null` where the resource is not known, or is a pattern in this part. */
function partOf(resource: string | null, part: Part): string | null {
  const arn = parseArn(resource ?? '')
  if (resource === null || arn === null) return null
  const [first = '', second = ''] = arn.resource.split(/[:/]/u)
  const behind = arn.resource.slice(first.length + 1)
  const start = resource.slice(0, resource.length - arn.resource.length)
  const named = {
    arn: resource,
    // Nothing below a table but its streams has a policy of its own, and no command that describes tables takes it.
    table: resource.replace(/\/(?:index|backup|export|import)\/.*$/u, ''),
    authority: `${start}${first}/${second}`,
    topic: `${start}${first}`,
    name: second,
    path: behind,
    bucket: first,
    account: arn.account,
    last: arn.resource.split('/').at(-1) ?? '',
    'queue-url': `https://sqs.${arn.region}.${dnsSuffix(arn.partition)}/${arn.account}/${arn.resource}`,
  }[part]
  return named === '' || named.includes('*') || /^<\w{1,60}>$/u.test(named) ? null : named
}

const isSimulated = /^arn:[^:]*:iam::[^:]*:(?:user|role|group)\//u

/** Callers that have no identity-based policies of their own, or none that IAM can simulate. */
const unsimulated: ReadonlySet<string> = new Set(['root', 'service', 'anonymous', 'federated-user'])

/**
 * The principal as a command takes it. Roles of IAM Identity Center have a path, which their sessions do not show, and
 * whatever hides an account is not one.
 */
const asArgument = (arn: string | null): string | null =>
  arn === null || arn.includes(':role/AWSReservedSSO_')
    ? null
    : arn.replace(/^(arn:[^:]{1,20}:iam::)(?!\d{12}:)[^:]*:/u, '$1<AccountId>:')

/** Commands take no account of other than twelve digits. */
const withKnownAccount = (arn: string): string =>
  arn.replace(/^(arn:[^:]{1,20}:[^:]{1,40}:[^:]{0,30}:)(?!(?:\d{12}|aws)?:|<)[^:]*:/u, '$1<AccountId>:')

export const decodeCommand = aws(
  'sts decode-authorization-message --query DecodedMessage --output text --encoded-message',
  '<EncodedMessage>',
)

/** Another call than the one that was denied, or of another role than the caller's. */
export interface SimulatedCall {
  readonly actions: readonly string[]
  readonly resource: string | undefined
  readonly role?: string
}

/** What AWS would answer the principal by its own policies, its boundary and the SCPs. */
export function simulateCommand(s: Situation, call?: SimulatedCall): string {
  const actions = (call?.actions ?? [s.action ?? '*']).filter((name) => !name.includes('*'))
  // What AWS itself evaluated stands in the message, and takes no guess.
  if (s.denial.encodedMessage !== null) return decodeCommand
  const source = sourceOf(s, call?.role)
  if (actions.length === 0 || source === null) return recordCommand(s)
  const resource = (call === undefined ? s.resource : call.resource) ?? '<ResourceArn>'
  return aws(
    'iam simulate-principal-policy --policy-source-arn',
    ...[source, '--action-names', ...actions],
    ...['--resource-arns', withKnownAccount(resource)],
  )
}

/** Whose policies are asked; `null` where they are none of IAM's. */
function sourceOf(s: Situation, role: string | undefined): string | null {
  if (role !== undefined && `role/${role}` !== s.principalLabel)
    return `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:role/${role}`
  if (unsimulated.has(s.denial.principalType ?? '')) return null
  if (s.principalArn !== null && !isSimulated.test(s.principalArn)) return null
  return asArgument(s.principalArn) ?? '<PrincipalArn>'
}

/** CloudTrail's record of the call, which tells more than the caller was told. */
export function recordCommand(s: Situation): string {
  const { principalType, sessionName, roleOrUserName } = s.denial
  const name = principalType === 'root' ? 'root' : (sessionName ?? roleOrUserName)
  // A role is handed over within another call: there is no event of that name.
  const ofAction = s.action?.toLowerCase() === 'iam:passrole' ? undefined : s.action?.split(':')[1]
  const event = s.operation ?? (ofAction?.includes('*') === true ? undefined : ofAction)
  if (isDataEvent(s, event)) return presenceOfObject(s)
  const sought =
    event === undefined && name !== null
      ? `AttributeKey=Username,AttributeValue=${name}`
      : `AttributeKey=EventName,AttributeValue=${event ?? '<EventName>'}`
  return aws('cloudtrail lookup-events --max-results 20 --lookup-attributes', sought)
}

/** `lookup-events` knows no data events: calls on the objects of a bucket are in no event history. */
const isDataEvent = (s: Situation, event: string | undefined): boolean =>
  (s.service === 's3' || (s.service === null && bucketOf(s) !== null)) &&
  (event === undefined || event === 'ListBucket' || /Object|Upload/u.test(event))

/** Whether bucket and object are there at all, for whoever may ask. */
function presenceOfObject(s: Situation): string {
  const name = bucketOf(s) ?? '<BucketName>'
  const key = s.resource?.split(':::')[1]?.split('/').slice(1).join('/') ?? ''
  return key === '' || key.includes('*')
    ? aws('s3api head-bucket --bucket', name)
    : aws('s3api head-object --bucket', name, '--key', key)
}
