/** One call that is denied, fixed by what we say, and made again. */
export interface LoopScenario {
  readonly name: string
  /** Who calls: a role session or an IAM user with access keys. */
  readonly caller: 'role' | 'user'
  /** What the AWS CLI is asked to do. */
  readonly call: string
  /** A call that must stay denied after the fix. */
  readonly neighbour: string
  readonly action: string
  /** Run with administrator credentials before. */
  readonly prepare?: readonly string[]
  /** What a bot would know beside the text, for denials that name nobody. */
  readonly knowsPrincipal?: boolean
}

// moto checks resource ARNs only for S3, SQS, IAM and STS; elsewhere the calls take no resource.
export const scenarios: readonly LoopScenario[] = [
  ['role', 'ec2 describe-instances', 'ec2 describe-vpcs', 'ec2:DescribeInstances'],
  ['role', 'ec2 describe-volumes', 'ec2 describe-subnets', 'ec2:DescribeVolumes'],
  ['user', 'ec2 describe-security-groups', 'ec2 describe-images', 'ec2:DescribeSecurityGroups'],
  ['role', 'sns list-topics', 'sns list-subscriptions', 'sns:ListTopics'],
  ['role', 'iam list-users', 'iam list-roles', 'iam:ListUsers'],
  ['user', 'iam list-groups', 'iam list-policies', 'iam:ListGroups'],
  ['role', 'kms list-keys', 'kms list-aliases', 'kms:ListKeys'],
  ['user', 'kms create-key', 'kms list-keys', 'kms:CreateKey'],
  ['role', 'secretsmanager list-secrets', 'secretsmanager get-random-password', 'secretsmanager:ListSecrets'],
  ['role', 'dynamodb list-tables', 'dynamodb list-backups', 'dynamodb:ListTables'],
  ['role', 'ssm describe-parameters', 'ssm describe-maintenance-windows', 'ssm:DescribeParameters'],
  ['role', 'ecr get-authorization-token', 'ecr describe-registry', 'ecr:GetAuthorizationToken'],
  ['user', 'ecr get-authorization-token', 'ecr describe-registry', 'ecr:GetAuthorizationToken'],
  ['role', 'ecs list-clusters', 'ecs list-task-definitions', 'ecs:ListClusters'],
  ['role', 'organizations list-accounts', 'organizations list-roots', 'organizations:ListAccounts'],
  ['role', 'cloudformation list-stacks', 'cloudformation list-exports', 'cloudformation:ListStacks'],
  [
    'role',
    'autoscaling describe-auto-scaling-groups',
    'autoscaling describe-policies',
    'autoscaling:DescribeAutoScalingGroups',
  ],
  [
    'role',
    'elbv2 describe-load-balancers',
    'elbv2 describe-target-groups',
    'elasticloadbalancing:DescribeLoadBalancers',
  ],
  ['role', 'acm list-certificates', 'acm request-certificate --domain-name a.example', 'acm:ListCertificates'],
  ['role', 'kinesis list-streams', 'kinesis describe-limits', 'kinesis:ListStreams'],
  ['role', 'ses list-identities', 'ses get-send-quota', 'ses:ListIdentities'],
  ['role', 'codebuild list-projects', 'codebuild list-builds', 'codebuild:ListProjects'],
  ['role', 'athena list-data-catalogs', 'athena list-work-groups', 'athena:ListDataCatalogs'],
  [
    'user',
    'firehose list-delivery-streams',
    'firehose describe-delivery-stream --delivery-stream-name a',
    'firehose:ListDeliveryStreams',
  ],
].map(([caller, call, neighbour, action]) => ({
  name: `${caller ?? ''}: ${call ?? ''}`,
  caller: caller as 'role' | 'user',
  call: call ?? '',
  neighbour: neighbour ?? '',
  action: action ?? '',
}))

/** Those whose resource matters, with what must exist before. */
export const resourceScenarios: readonly LoopScenario[] = [
  {
    name: 'role: s3 ls, who was asking known to the bot',
    caller: 'role',
    call: 's3 ls',
    neighbour: 's3api get-bucket-location --bucket loop-reports',
    action: 's3:ListAllMyBuckets',
    prepare: ['s3 mb s3://loop-reports'],
    knowsPrincipal: true,
  },
  {
    name: 'user: upload of one object',
    caller: 'user',
    call: 's3 cp package.json s3://loop-uploads/in/package.json --no-progress',
    neighbour: 's3 cp package.json s3://loop-uploads/other.json --no-progress',
    action: 's3:PutObject',
    prepare: ['s3 mb s3://loop-uploads'],
    knowsPrincipal: true,
  },
]
