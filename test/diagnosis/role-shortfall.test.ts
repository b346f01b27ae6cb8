import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const causesOf = async (text: string, policies: Policies): Promise<readonly Cause[]> =>
  (await diagnosesOf(text, policies))[0]?.causes ?? []

const actions = ['GetRecords', 'GetShardIterator', 'DescribeStream', 'ListStreams']
const ofStream = (arn: string): string =>
  `Cannot access stream ${arn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM.`
const ofQueue = (beside = ''): string =>
  `InvalidParameterValueException: The provided execution role does not have permissions to call ReceiveMessage on SQS${beside}`
const onQueue = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
const queue = 'arn:aws:sqs:eu-west-1:111122223333:invoices'

t.test('what a service says its role lacks is looked for on the ARN that it prints', async (t) => {
  const stream = 'arn:aws:dynamodb:eu-west-1:111122223333:table/carts/stream/2026-01-31T10:00:00.000'
  const onTable = identity(
    allow(
      actions.map((name) => `dynamodb:${name}`),
      'arn:aws:dynamodb:eu-west-1:111122223333:table/carts',
    ),
  )
  const [ofTable, ...more] = await causesOf(ofStream(stream), onTable)
  t.equal(ofTable?.code, 'index-arn-needed')
  t.strictSame(more, [], 'no guardrail is suspected')
  t.match(ofTable?.remedies[0], { kind: 'edit-statement', target: { attachTo: 'role/<ExecutionRoleName>' } })

  const clicks = 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks'
  const [ofOther] = await causesOf(
    ofStream(clicks),
    identity(allow(['kinesis:Get*', 'kinesis:Describe*', 'kinesis:List*'], clicks.replace('clicks', 'views'))),
  )
  t.equal(ofOther?.code, 'resource-arn-mismatch')
  t.strictSame(ofOther?.remedies[0]?.editedStatement?.Resource, [clicks.replace('clicks', 'views'), clicks])

  const beside = ` (event source ${queue}).`
  const [ofAnother] = await causesOf(ofQueue(beside), identity(allow(onQueue, `${queue}-dlq`)))
  t.equal(ofAnother?.code, 'resource-arn-mismatch')
  t.strictSame(ofAnother?.remedies[1]?.statement?.Action, onQueue, 'all that the role needs')
  t.equal(ofAnother?.remedies[1]?.statement?.Resource, queue)

  const [lacks] = await causesOf(ofQueue(beside), identity(allow('sqs:SendMessage', queue)))
  t.equal(lacks?.code, 'service-role-missing-allow')
  t.equal(lacks?.remedies[0]?.statement?.Resource, queue)
})

t.test('a role that has it is asked about the rest', async (t) => {
  const codes = (causes: readonly Cause[]): readonly string[] => causes.map(({ code }) => code)
  const has = await causesOf(ofQueue(` (${queue})`), identity(allow(onQueue, queue)))
  t.strictSame(codes(has), ['scp-deny', 'propagation-delay'])
  t.strictSame(codes(await causesOf(ofQueue(), identity(allow(onQueue)))), ['scp-deny', 'propagation-delay'])
  const limited = await causesOf(ofQueue(), identity(allow(onQueue, queue)))
  t.strictSame(codes(limited), ['resource-arn-mismatch', 'scp-deny', 'propagation-delay'], 'the queue is not told')
  t.ok(limited.every(({ confidence }) => confidence === 'possible'))
  const two = await causesOf(ofQueue(` (${queue} and ${queue}-dlq)`), identity(allow(onQueue, queue)))
  t.equal(two[0]?.confidence, 'possible', 'of two queues nobody knows which')
})

t.test('operations of one name are told apart by the service that the sentence names', async (t) => {
  const stream = 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks'
  const lacks = (operation: string, service: string, beside = ''): string =>
    `InvalidParameterValueException: The provided execution role does not have permissions to call ${operation} on ${service}${beside}`
  const [records] = await causesOf(lacks('GetRecords', 'KINESIS', ` (${stream})`), {})
  t.equal(records?.code, 'service-role-missing-allow')
  const [onStream, onAll] = records?.remedies.map(({ statement }) => statement) ?? []
  t.strictSame(onStream?.Action, [
    'kinesis:GetRecords',
    'kinesis:GetShardIterator',
    'kinesis:DescribeStream',
    'kinesis:DescribeStreamSummary',
    'kinesis:ListShards',
  ])
  t.equal(onStream?.Resource, stream)
  t.match(onAll, { Action: 'kinesis:ListStreams', Resource: '*' }, 'it takes no ARN')

  const [ofTable] = await causesOf(lacks('GetRecords', 'DynamoDB'), {})
  t.match(ofTable?.remedies[0]?.statement?.Resource, ':table/<TableName>/stream/')
  const [unsaid] = await causesOf(lacks('GetRecords', '').replace(' on ', ''), {})
  t.match(JSON.stringify(unsaid?.remedies), '<ServicePrefix>:GetRecords', 'two services have it')
  const [cluster] = await causesOf(lacks('DescribeCluster', 'Kafka'), {})
  t.match(cluster?.remedies[1]?.statement, { Action: 'kafka:GetBootstrapBrokers', Resource: '*' })
  const [secret] = await causesOf(lacks('GetSecretValue', 'Secrets Manager'), {})
  t.match(secret?.remedies[0]?.statement?.Action, 'secretsmanager:GetSecretValue')

  const onlyList = identity(
    allow(['kinesis:Get*', 'kinesis:Describe*', 'kinesis:ListShards'], stream),
    allow('kinesis:ListStreams', stream),
  )
  t.equal(
    (await causesOf(ofStream(stream), onlyList))[0]?.code,
    'service-role-missing-allow',
    'ListStreams has no effect on an ARN',
  )
})

t.test('what is handed over is the role’s, and the caller lacks nothing of it', async (t) => {
  const logs = identity(allow('logs:PutLogEvents'))
  const found = await diagnosesOf(ofQueue(` (${queue})`), logs)
  t.strictSame(
    found[0]?.causes.map(({ code }) => code),
    ['service-role-missing-allow'],
  )
  t.match(found[0]?.causes[0]?.remedies[0], { target: { attachTo: 'role/<ExecutionRoleName>' } })
  t.equal(found[0]?.causes[0]?.remedies[0]?.verification?.decision, 'allowed')
  t.notMatch(JSON.stringify(found[0]?.next), 'sqs:DeleteMessage', 'that is in the statement')
  const interfaces = await causesOf(
    'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    logs,
  )
  t.strictSame(
    interfaces.map(({ code }) => code),
    ['service-role-missing-allow'],
  )
  t.equal(interfaces[0]?.remedies[0]?.statement?.Resource, '*')
})

t.test('what the role has under a condition is not granted once more', async (t) => {
  const lambda =
    'Error: updating Lambda Function (invoices) configuration: InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2'
  const names = ['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface']
  const inSubnet = { ArnLike: { 'ec2:Subnet': 'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0a1b' } }
  const [ofSome, ...more] = await causesOf(lambda, identity(allow(names, '*', inSubnet)))
  t.strictSame(more, [])
  t.match(ofSome, {
    code: 'condition-mismatch',
    confidence: 'evaluated',
    facts: { key: 'ec2:Subnet', sent: 'absent' },
    remedies: [{ kind: 'edit-statement', readiness: /./u, target: { attachTo: 'role/<ExecutionRoleName>' } }],
  })
  t.strictSame(ofSome?.remedies[0]?.editedStatement, allow(names, '*'), 'no interface and no list ever has a subnet')

  const wider = identity(allow([...names, 'ec2:RunInstances'], '*', inSubnet))
  const [beside] = await causesOf(lambda, wider)
  t.match(beside?.remedies[0], { kind: 'add-identity-statement', statement: allow(names, '*') })
  t.equal(beside?.remedies[0]?.editedStatement, null, 'what else it is for stays under the condition')

  const inRegion = identity(allow(names, '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-3' } }))
  t.match(
    await causesOf(lambda, inRegion),
    [
      { code: 'condition-mismatch', confidence: 'possible', remedies: [{ kind: 'edit-statement', statement: null }] },
      { code: 'scp-deny' },
      { code: 'propagation-delay' },
    ],
    'it may well hold',
  )

  const [lacks] = await causesOf(lambda, identity(allow(names.slice(0, 2), '*', inSubnet)))
  t.equal(lacks?.code, 'service-role-missing-allow', 'one of them is nowhere')
  const [ofQueues] = await causesOf(
    ofQueue(),
    identity(allow(onQueue, '*', { Bool: { 'aws:SecureTransport': 'true' } })),
  )
  t.equal(ofQueues?.code, 'condition-mismatch')
})
