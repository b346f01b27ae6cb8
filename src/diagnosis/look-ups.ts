import { parseArn } from '../iam/arn.ts'
import { ownValue } from '../iam/own-value.ts'
import { shellLine } from '../remedy/commands/shell.ts'
import type { Situation } from './situation.ts'

/** What of the resource a command takes: its ARN, or what stands in it behind the first `:` or `/`, in part or whole. */
type Part = 'arn' | 'name' | 'path' | 'bucket' | 'last' | 'queue-url' | 'parameter'

/** Words of the AWS CLI, and the argument behind them with what stands for it where it is not known. */
type LookUp = readonly [words: string, part?: Part, placeholder?: string]

const roleTrust: LookUp = ['iam get-role --query Role.AssumeRolePolicyDocument --role-name', 'last', '<RoleName>']
const bucketPolicy: LookUp = ['s3api get-bucket-policy --bucket', 'bucket', '<BucketName>']

export const aws = (words: string, ...names: readonly string[]): string =>
  shellLine(['aws', ...words.split(' '), ...names])

/** What shows the policy on a resource, by IAM prefix. */
const policies: Readonly<Record<string, LookUp>> = {
  'acm-pca': ['acm-pca get-policy --resource-arn', 'arn', '<CertificateAuthorityArn>'],
  backup: ['backup get-backup-vault-access-policy --backup-vault-name', 'name', '<BackupVaultName>'],
  dynamodb: ['dynamodb get-resource-policy --resource-arn', 'arn', '<TableArn>'],
  ecr: ['ecr get-repository-policy --repository-name', 'path', '<RepositoryName>'],
  elasticfilesystem: ['efs describe-file-system-policy --file-system-id', 'name', '<FileSystemId>'],
  es: ['opensearch describe-domain --query DomainStatus.AccessPolicies --domain-name', 'name', '<DomainName>'],
  events: ['events describe-event-bus --query Policy --name', 'name', '<EventBusName>'],
  'execute-api': ['apigateway get-rest-api --query policy --rest-api-id', 'bucket', '<ApiId>'],
  glue: ['glue get-resource-policy'],
  iam: roleTrust,
  kinesis: ['kinesis get-resource-policy --resource-arn', 'arn', '<StreamArn>'],
  kms: ['kms get-key-policy --policy-name default --key-id', 'arn', '<KeyId>'],
  lambda: ['lambda get-policy --function-name', 'name', '<FunctionName>'],
  logs: ['logs describe-resource-policies'],
  s3: bucketPolicy,
  s3express: ['s3api get-bucket-policy --bucket', 'name', '<BucketName>'],
  secretsmanager: ['secretsmanager get-resource-policy --secret-id', 'arn', '<SecretId>'],
  ses: ['sesv2 get-email-identity --query Policies --email-identity', 'name', '<EmailIdentity>'],
  sns: ['sns get-topic-attributes --query Attributes.Policy --topic-arn', 'arn', '<TopicArn>'],
  sqs: ['sqs get-queue-attributes --attribute-names Policy --queue-url', 'queue-url', '<QueueUrl>'],
  sts: roleTrust,
}

/** What tells whether a resource is there, by IAM prefix. */
const presences: Readonly<Record<string, LookUp>> = {
  cloudformation: ['cloudformation describe-stacks --stack-name', 'name', '<StackName>'],
  cloudfront: ['cloudfront get-distribution --id', 'name', '<DistributionId>'],
  codecommit: ['codecommit get-repository --repository-name', 'bucket', '<RepositoryName>'],
  dynamodb: ['dynamodb describe-table --table-name', 'name', '<TableName>'],
  ecr: ['ecr describe-repositories --repository-names', 'path', '<RepositoryName>'],
  ecs: ['ecs describe-clusters --clusters', 'name', '<ClusterName>'],
  eks: ['eks describe-cluster --name', 'name', '<ClusterName>'],
  elasticfilesystem: ['efs describe-file-systems --file-system-id', 'name', '<FileSystemId>'],
  es: ['opensearch describe-domain --domain-name', 'name', '<DomainName>'],
  events: ['events describe-event-bus --name', 'name', '<EventBusName>'],
  firehose: ['firehose describe-delivery-stream --delivery-stream-name', 'name', '<DeliveryStreamName>'],
  glue: ['glue get-databases'],
  iam: ['iam get-role --role-name', 'last', '<RoleName>'],
  kinesis: ['kinesis describe-stream-summary --stream-name', 'name', '<StreamName>'],
  kms: ['kms describe-key --key-id', 'arn', '<KeyId>'],
  lambda: ['lambda get-function-configuration --function-name', 'name', '<FunctionName>'],
  logs: ['logs describe-log-groups'],
  route53: ['route53 get-hosted-zone --id', 'name', '<HostedZoneId>'],
  s3: ['s3api head-bucket --bucket', 'bucket', '<BucketName>'],
  secretsmanager: ['secretsmanager describe-secret --secret-id', 'arn', '<SecretId>'],
  sns: ['sns get-topic-attributes --topic-arn', 'arn', '<TopicArn>'],
  sqs: ['sqs get-queue-url --queue-name', 'bucket', '<QueueName>'],
  ssm: ['ssm get-parameter --name', 'parameter', '<ParameterName>'],
  states: ['stepfunctions describe-state-machine --state-machine-arn', 'arn', '<StateMachineArn>'],
}

/** Services of which no resource holds a policy: nothing on a resource of theirs can deny. */
const withoutPolicies: ReadonlySet<string> = new Set([
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
  'rds',
  'route53',
  'ssm',
  'states',
])

/** A policy on the resource may stand in the way: where it is not known, it may. */
export const mayHoldPolicy = (s: Situation): boolean =>
  s.service === null || !withoutPolicies.has(s.service) || (s.service === 'iam' && s.wasRead('role-trust'))

/** The command that shows the policy on a resource; `null` where the service has none, or is not known here. */
export const policyCommand = (s: Situation, resource: string | null): string | null =>
  commandOf(policies, s.service, resource)

/** The command that tells whether a resource is there; `null` for a service that is not known here. */
export const presenceCommand = (s: Situation, resource: string | null): string | null =>
  commandOf(presences, s.service, resource)

function commandOf(
  table: Readonly<Record<string, LookUp>>,
  service: string | null,
  resource: string | null,
): string | null {
  const look = ownValue(table, parseArn(resource ?? '')?.service ?? service ?? '')
  if (look === undefined) return null
  const [words, part, placeholder = ''] = look
  const argument = part === undefined ? [] : [partOf(resource, part) ?? placeholder]
  return aws(words, ...argument)
}

/** `null` where the resource is not known, or is a pattern in this part. */
function partOf(resource: string | null, part: Part): string | null {
  const arn = parseArn(resource ?? '')
  if (resource === null || arn === null) return null
  const [first = '', second] = arn.resource.split(/[:/]/u)
  const path = second === undefined ? first : arn.resource.slice(first.length + 1)
  const named = {
    arn: resource,
    name: second ?? first,
    path,
    bucket: first,
    last: arn.resource.split('/').at(-1) ?? '',
    'queue-url': `https://sqs.${arn.region}.amazonaws.com/${arn.account}/${arn.resource}`,
    parameter: path.startsWith('/') ? path : `/${path}`,
  }[part]
  return named === '' || named.includes('*') ? null : named
}

/** What AWS would answer the principal by its own policies, its boundary and the SCPs. */
export function simulateCommand(s: Situation, otherAction?: string, otherResource?: string): string {
  const action = s.action ?? otherAction
  if (action === undefined) return recordCommand(s)
  return aws(
    'iam simulate-principal-policy --policy-source-arn',
    ...[s.principalArn ?? '<PrincipalArn>', '--action-names', action],
    ...['--resource-arns', s.resource ?? otherResource ?? '<ResourceArn>'],
  )
}

/** CloudTrail's record of the call, which tells more than the caller was told. */
export function recordCommand(s: Situation): string {
  const { sessionName, roleOrUserName } = s.denial
  const name = sessionName ?? roleOrUserName
  const sought =
    s.operation === null && name !== null
      ? `AttributeKey=Username,AttributeValue=${name}`
      : `AttributeKey=EventName,AttributeValue=${s.operation ?? '<EventName>'}`
  return aws('cloudtrail lookup-events --max-results 20 --lookup-attributes', sought)
}
