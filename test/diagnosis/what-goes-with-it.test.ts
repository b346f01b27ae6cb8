import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, identity, policies } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const causesOf = async (text: string, read: Policies = {}) => (await diagnosesOf(text, read))[0]?.causes ?? []
const refused = (action: string, on: string): string =>
  `AccessDeniedException: User: arn:aws:sts::444455556666:assumed-role/buoy/i-0123456789abcdef0 is not authorized to perform: ${action} on resource: ${on}`
const group = 'arn:aws:logs:eu-south-1:444455556666:log-group:/buoy/readings'

t.test('who writes logs takes the later steps as well, where the policies that were read lack them', async (t) => {
  const rows = [
    ['logs:CreateLogGroup', [], ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']],
    ['logs:CreateLogGroup', ['logs:CreateLogStream'], ['logs:CreateLogGroup', 'logs:PutLogEvents']],
    ['logs:CreateLogStream', [], ['logs:CreateLogStream', 'logs:PutLogEvents']],
    ['logs:PutLogEvents', [], 'logs:PutLogEvents'],
  ] as const
  for (const [action, has, expected] of rows) {
    const read = identity(allow(['s3:GetObject', ...has], '*'))
    const [cause] = await causesOf(refused(action, `${group}:log-stream:a`), read)
    t.match(cause, { code: 'missing-allow', confidence: 'evaluated' })
    t.strictSame(cause?.remedies[0]?.statement?.Action, expected, action)
  }
  const deployer = refused('logs:CreateLogGroup', `${group}:log-stream:`).replace(
    'i-0123456789abcdef0',
    'terraform-run',
  )
  const [set] = await causesOf(deployer, identity(allow('s3:GetObject', '*')))
  t.equal(set?.remedies[0]?.statement?.Action, 'logs:CreateLogGroup', 'who sets it up writes nothing')
  const [unread] = await causesOf(refused('logs:CreateLogStream', `${group}:log-stream:a`))
  t.equal(unread?.remedies[0]?.statement?.Action, 'logs:CreateLogStream', 'nothing tells that it lacks more')
})

t.test('the agent of Systems Manager opens a channel after it registers', async (t) => {
  const text = refused(
    'ssm:UpdateInstanceInformation',
    'arn:aws:ec2:eu-south-1:444455556666:instance/i-0123456789abcdef0',
  )
  const [cause] = await causesOf(text, identity(allow('s3:GetObject', '*')))
  const [first, second, ...more] = cause?.remedies.map(({ statement }) => statement) ?? []
  t.equal(first?.Action, 'ssm:UpdateInstanceInformation')
  t.match(second, { Action: /./, Resource: '*' })
  t.match(second?.Action, ['ssmmessages:CreateControlChannel'])
  t.same(more, [])
  const [had] = await causesOf(text, identity(allow('ssmmessages:*', '*')))
  t.equal(had?.remedies.length, 1)
})

t.test('an action without a resource has no tags of one', async (t) => {
  const condition = { StringEquals: { 'aws:ResourceTag/team': 'buoys' } }
  const text =
    'An error occurred (UnauthorizedOperation) when calling the DescribeSubnets operation: You are not authorized to perform this operation.'
  const [cause] = await causesOf(text, identity(allow('ec2:Describe*', '*', condition)))
  t.equal(cause?.code, 'condition-mismatch')
  t.match(cause?.remedies[0], {
    kind: 'add-identity-statement',
    statement: { Action: 'ec2:DescribeSubnets', Resource: '*' },
  })
  t.notOk(cause?.remedies[0]?.statement?.Condition)
  const onOne = refused('ec2:StopInstances', 'arn:aws:ec2:eu-south-1:444455556666:instance/i-0fedcba9876543210')
  const [tagged] = await causesOf(onOne, identity(allow('ec2:StopInstances', '*', condition)))
  t.equal(tagged?.remedies[0]?.kind, 'other', 'an instance can be tagged')
})

t.test('calls that tools and people tell in words of their own', async (t) => {
  const rows = [
    [
      'E! ec2tagger: Unable to describe ec2 tags for initial retrieval: UnauthorizedOperation: You are not authorized to perform this operation.',
      'ec2:DescribeTags',
    ],
    [
      'refresh EC2 Volumes failed, unable to describe ec2 volume: UnauthorizedOperation: You are not authorized to perform this operation.',
      'ec2:DescribeVolumes',
    ],
    ['AccessDenied: Access Denied. I cannot list the S3 buckets.', 's3:ListAllMyBuckets'],
    ['403 AccessDenied when listing all buckets', 's3:ListAllMyBuckets'],
    ['it failed with api:AssumeRole AccessDenied', 'sts:AssumeRole'],
  ] as const
  for (const [text, action] of rows) t.equal((await diagnosesOf(text))[0]?.requests[0]?.action, action, text)
  const [objects] = await diagnosesOf("AccessDenied: cannot list my buckets' contents")
  t.not(objects?.requests[0]?.action, 's3:ListAllMyBuckets')
})

t.test('a role whose trust asks for an external ID, told by a tool without a caller', async (t) => {
  const trust = policies('role-trust', {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:role/auditor' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': 'k-17' } },
  })
  const [cause] = await causesOf('the run ended with api:AssumeRole AccessDenied', trust)
  t.match(cause, { code: 'trust-policy', facts: { key: 'sts:ExternalId', values: 'k-17' } })
  t.match(cause?.remedies[0], { kind: 'other' })
})
