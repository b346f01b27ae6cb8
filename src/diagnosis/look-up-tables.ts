import { parseArn } from '../iam/arn.ts'

/** What of the resource's ARN a command takes. */
export type Part =
  'arn' | 'table' | 'authority' | 'topic' | 'name' | 'path' | 'bucket' | 'account' | 'last' | 'queue-url'

/** An argument, what stands for it where it is not known, and the option before it unless the words end in it. */
type Argument = readonly [part: Part, placeholder: string, option?: string]

/** Words of the AWS CLI, and the arguments behind them. */
export type LookUp = readonly [words: string, ...arguments: readonly Argument[]]

/** Services whose ARNs end in a bare name: no type stands before it. */
const untyped: ReadonlySet<string> = new Set(['sqs', 'sns', 'codecommit', 'execute-api'])

/** `iam:user`, `sqs:`: service and type of a resource; `null` where either is not told. */
export function typeOf(resource: string | null): string | null {
  const arn = parseArn(resource ?? '')
  if (arn === null || arn.service === '' || arn.resource === '' || arn.resource === '*') return null
  // An S3 ARN without an account is one of a bucket or an object; others have a type.
  const hasNoType = untyped.has(arn.service) || (arn.service === 's3' && arn.account === '')
  const type = hasNoType ? '' : (arn.resource.split(/[:/]/u)[0] ?? '')
  return /[*<$]/u.test(type) ? null : `${arn.service}:${type}`
}

const catalogPolicy: LookUp = ['glue get-resource-policy']

/** What shows the policy on a resource. */
export const policies: Readonly<Record<string, LookUp>> = {
  'acm-pca:certificate-authority': ['acm-pca get-policy --resource-arn', ['authority', '<CertificateAuthorityArn>']],
  'backup:backup-vault': ['backup get-backup-vault-access-policy --backup-vault-name', ['path', '<BackupVaultName>']],
  'dynamodb:table': ['dynamodb get-resource-policy --resource-arn', ['table', '<TableArn>']],
  'ecr:repository': [
    'ecr get-repository-policy --repository-name',
    ['path', '<RepositoryName>'],
    ['account', '<AccountId>', '--registry-id'],
  ],
  'elasticfilesystem:file-system': ['efs describe-file-system-policy --file-system-id', ['name', '<FileSystemId>']],
  'es:domain': [
    'opensearch describe-domain --query DomainStatus.AccessPolicies --domain-name',
    ['name', '<DomainName>'],
  ],
  'events:event-bus': ['events describe-event-bus --query Policy --name', ['path', '<EventBusName>']],
  'execute-api:': ['apigateway get-rest-api --query policy --rest-api-id', ['bucket', '<ApiId>']],
  'glue:catalog': catalogPolicy,
  'glue:connection': catalogPolicy,
  'glue:database': catalogPolicy,
  'glue:table': catalogPolicy,
  'glue:userDefinedFunction': catalogPolicy,
  'iam:role': ['iam get-role --query Role.AssumeRolePolicyDocument --role-name', ['last', '<RoleName>']],
  'kinesis:stream': ['kinesis get-resource-policy --resource-arn', ['arn', '<StreamArn>']],
  'kms:key': ['kms get-key-policy --policy-name default --key-id', ['arn', '<KeyId>']],
  'lambda:function': ['lambda get-policy --function-name', ['name', '<FunctionName>']],
  'logs:log-group': ['logs describe-resource-policies'],
  's3:': ['s3api get-bucket-policy --bucket', ['bucket', '<BucketName>']],
  's3:accesspoint': [
    's3control get-access-point-policy',
    ['account', '<AccountId>', '--account-id'],
    ['name', '<AccessPointName>', '--name'],
  ],
  's3express:bucket': ['s3api get-bucket-policy --bucket', ['name', '<BucketName>']],
  'secretsmanager:secret': ['secretsmanager get-resource-policy --secret-id', ['arn', '<SecretId>']],
  'ses:identity': ['sesv2 get-email-identity --query Policies --email-identity', ['name', '<EmailIdentity>']],
  'sns:': ['sns get-topic-attributes --query Attributes.Policy --topic-arn', ['topic', '<TopicArn>']],
  'sqs:': ['sqs get-queue-attributes --attribute-names Policy --queue-url', ['queue-url', '<QueueUrl>']],
}

/** What tells whether a resource is there. */
export const presences: Readonly<Record<string, LookUp>> = {
  'cloudformation:stack': ['cloudformation describe-stacks --stack-name', ['name', '<StackName>']],
  'cloudfront:distribution': ['cloudfront get-distribution --id', ['name', '<DistributionId>']],
  'codecommit:': ['codecommit get-repository --repository-name', ['bucket', '<RepositoryName>']],
  'dynamodb:table': ['dynamodb describe-table --table-name', ['name', '<TableName>']],
  'ecr:repository': [
    'ecr describe-repositories --repository-names',
    ['path', '<RepositoryName>'],
    ['account', '<AccountId>', '--registry-id'],
  ],
  'ecs:cluster': ['ecs describe-clusters --clusters', ['name', '<ClusterName>']],
  'ecs:task-definition': ['ecs describe-task-definition --task-definition', ['path', '<TaskDefinition>']],
  'eks:cluster': ['eks describe-cluster --name', ['name', '<ClusterName>']],
  'elasticfilesystem:file-system': ['efs describe-file-systems --file-system-id', ['name', '<FileSystemId>']],
  'es:domain': ['opensearch describe-domain --domain-name', ['name', '<DomainName>']],
  'events:event-bus': ['events describe-event-bus --name', ['path', '<EventBusName>']],
  'firehose:deliverystream': [
    'firehose describe-delivery-stream --delivery-stream-name',
    ['name', '<DeliveryStreamName>'],
  ],
  'glue:database': ['glue get-database --name', ['name', '<DatabaseName>']],
  'glue:table': ['glue get-tables --database-name', ['name', '<DatabaseName>']],
  'iam:group': ['iam get-group --group-name', ['last', '<GroupName>']],
  'iam:instance-profile': ['iam get-instance-profile --instance-profile-name', ['last', '<InstanceProfileName>']],
  'iam:policy': ['iam get-policy --policy-arn', ['arn', '<PolicyArn>']],
  'iam:role': ['iam get-role --role-name', ['last', '<RoleName>']],
  'iam:user': ['iam get-user --user-name', ['last', '<UserName>']],
  'kinesis:stream': ['kinesis describe-stream-summary --stream-name', ['name', '<StreamName>']],
  'kms:alias': ['kms describe-key --key-id', ['arn', '<KeyId>']],
  'kms:key': ['kms describe-key --key-id', ['arn', '<KeyId>']],
  'lambda:function': ['lambda get-function-configuration --function-name', ['name', '<FunctionName>']],
  'logs:log-group': ['logs describe-log-groups'],
  'route53:hostedzone': ['route53 get-hosted-zone --id', ['name', '<HostedZoneId>']],
  's3:': ['s3api head-bucket --bucket', ['bucket', '<BucketName>']],
  's3:accesspoint': [
    's3control get-access-point',
    ['account', '<AccountId>', '--account-id'],
    ['name', '<AccessPointName>', '--name'],
  ],
  'secretsmanager:secret': ['secretsmanager describe-secret --secret-id', ['arn', '<SecretId>']],
  'sns:': ['sns get-topic-attributes --topic-arn', ['topic', '<TopicArn>']],
  'sqs:': ['sqs get-queue-url --queue-name', ['bucket', '<QueueName>']],
  'ssm:document': ['ssm describe-document --name', ['name', '<DocumentName>']],
  // A bare name is ambiguous: with one slash in front or none.
  'ssm:parameter': ['ssm get-parameter --name', ['arn', '<ParameterName>']],
  'states:stateMachine': ['stepfunctions describe-state-machine --state-machine-arn', ['arn', '<StateMachineArn>']],
}
