/** What a service says that the role given to it lacks. */
export interface RoleNeed {
  readonly actions: readonly string[]
  readonly resource: string
}

/** Lambda's network interfaces: AWS documents these actions with `*`. */
const networkInterfaces = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface']

/** What Lambda reads a queue with: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const queueOfSource = {
  actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
  resource: 'arn:aws:sqs:<Region>:<AccountId>:<QueueName>',
}

/** Kinesis: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html */
const kinesisStream = {
  actions: [
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:ListShards',
    'kinesis:ListStreams',
  ],
  resource: 'arn:aws:kinesis:<Region>:<AccountId>:stream/<StreamName>',
}

/** DynamoDB Streams: https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html */
const tableStream = {
  actions: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
  resource: 'arn:aws:dynamodb:<Region>:<AccountId>:table/<TableName>/stream/*',
}

/** Amazon MSK: https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html */
const mskCluster = {
  actions: ['kafka:DescribeCluster', 'kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'],
  resource: 'arn:aws:kafka:<Region>:<AccountId>:cluster/<ClusterName>/*',
}

/** What goes on the role that lacks one of its actions: of one source, whichever of them was refused first. */
const ofSource = (need: RoleNeed): readonly (readonly [string, RoleNeed])[] =>
  need.actions.map((name) => [name.toLowerCase(), need])

/** Operations that services say a role lacks, with what goes on that role. */
const roleNeeds: ReadonlyMap<string, RoleNeed> = new Map([
  ['ec2:createnetworkinterface', { actions: networkInterfaces, resource: '*' }],
  [
    'ec2:describenetworkinterfaces',
    {
      actions: ['ec2:DescribeNetworkInterfaces', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'],
      resource: '*',
    },
  ],
  [
    'ec2:deletenetworkinterface',
    {
      actions: ['ec2:DeleteNetworkInterface', 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces'],
      resource: '*',
    },
  ],
  ...ofSource(queueOfSource),
  ...ofSource(kinesisStream),
  ...ofSource(tableStream),
  ...ofSource(mskCluster),
  ['sns:publish', { actions: ['sns:Publish'], resource: 'arn:aws:sns:<Region>:<AccountId>:<TopicName>' }],
  ['sqs:sendmessage', { actions: ['sqs:SendMessage'], resource: 'arn:aws:sqs:<Region>:<AccountId>:<QueueName>' }],
])

/** Several services have operations of one name: where nothing tells the service, only a name of one service counts. */
export function roleNeed(service: string | null, operation: string): RoleNeed | undefined {
  if (service !== null) return roleNeeds.get(`${service}:${operation}`)
  const found = [...roleNeeds].filter(([action]) => action.endsWith(`:${operation}`))
  return found.length === 1 ? found[0]?.[1] : undefined
}

/** Actions without a resource type: only `*` grants them. */
const withoutArn: ReadonlySet<string> = new Set([
  'kinesis:ListStreams',
  'dynamodb:ListStreams',
  'kafka:GetBootstrapBrokers',
])

export const takesNoArn = (action: string): boolean => withoutArn.has(action)

/** The statements that it takes: an action that takes no ARN has no effect beside one. */
export function statementsFor({ actions, resource }: RoleNeed): readonly RoleNeed[] {
  const onAll = resource === '*' ? [] : actions.filter(takesNoArn)
  const onResource = actions.filter((action) => !onAll.includes(action))
  return [
    ...(onResource.length === 0 ? [] : [{ actions: onResource, resource }]),
    ...(onAll.length === 0 ? [] : [{ actions: onAll, resource: '*' }]),
  ]
}
