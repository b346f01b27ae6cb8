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

/** Operations that services say a role lacks, with what goes on that role. */
export const roleNeeds: Readonly<Record<string, RoleNeed>> = {
  createnetworkinterface: { actions: networkInterfaces, resource: '*' },
  describenetworkinterfaces: {
    actions: ['ec2:DescribeNetworkInterfaces', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface'],
    resource: '*',
  },
  deletenetworkinterface: {
    actions: ['ec2:DeleteNetworkInterface', 'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces'],
    resource: '*',
  },
  receivemessage: queueOfSource,
  deletemessage: queueOfSource,
  getqueueattributes: queueOfSource,
  getrecords: {
    actions: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
    resource: 'arn:aws:dynamodb:<Region>:<AccountId>:table/<TableName>/stream/*',
  },
  publish: { actions: ['sns:Publish'], resource: 'arn:aws:sns:<Region>:<AccountId>:<TopicName>' },
  sendmessage: { actions: ['sqs:SendMessage'], resource: 'arn:aws:sqs:<Region>:<AccountId>:<QueueName>' },
}

/** What services are called in such messages, and in IAM. */
export const servicePrefixes: Readonly<Record<string, string>> = {
  ec2: 'ec2',
  sqs: 'sqs',
  sns: 'sns',
  dynamodb: 'dynamodb',
  kinesis: 'kinesis',
  kafka: 'kafka',
  s3: 's3',
  kms: 'kms',
  logs: 'logs',
}
