import t from 'tap'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const first = async (text: string, policies = {}) => (await diagnosesOf(text, policies))[0]?.causes[0]

t.test('a misspelt action of the service that refused, where the text has no call', async (t) => {
  const text = 'Poll failed: AccessDenied: Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.'
  const jobs = 'arn:aws:sqs:eu-west-1:111122223333:jobs'
  const cause = await first(text, identity(allow(['sqs:RecieveMessage', 'sqs:DeleteMessage'], jobs)))
  t.match(cause, {
    code: 'action-name-mismatch',
    confidence: 'possible',
    facts: { wrongName: 'sqs:RecieveMessage', rightName: 'sqs:ReceiveMessage' },
  })
  t.strictSame(cause?.remedies[0]?.editedStatement?.Action, ['sqs:ReceiveMessage', 'sqs:DeleteMessage'])
  const right = await first(text, identity(allow(['sqs:ReceiveMessage', 'sqs:RecieveMessage'], jobs)))
  t.not(right?.code, 'action-name-mismatch', 'the right name stands beside it')
  const other = await first(text, identity(allow(['sns:Publsh', 'sqs:DeleteMessage'], jobs)))
  t.not(other?.code, 'action-name-mismatch', 'of another service')
})

t.test('an ARN that leaves Region and account empty matches nothing', async (t) => {
  const text = denied('ssm:GetParameters', 'arn:aws:ssm:eu-west-1:111122223333:*')
  const blank = identity(allow(['ssm:GetParameter', 'ssm:GetParameters'], 'arn:aws:ssm:::parameter/jobs/*'))
  const cause = await first(text, blank)
  t.match(cause, { code: 'resource-arn-mismatch', confidence: 'evaluated', facts: { difference: 'region' } })
  t.equal(cause?.remedies[0]?.editedStatement?.Resource, 'arn:aws:ssm:eu-west-1:111122223333:parameter/jobs/*')
  const filled = identity(allow('ssm:GetParameters', 'arn:aws:ssm:*:*:parameter/jobs/*'))
  t.not((await first(text, filled))?.code, 'resource-arn-mismatch')
})

t.test('the document that IAM did not take for its partition is corrected whole', async (t) => {
  const text =
    'MalformedPolicyDocument: Partition "aws" is not valid for resource "arn:aws:sqs:cn-north-1:111122223333:jobs".'
  const read = allow('sqs:SendMessage', [
    'arn:aws:sqs:cn-north-1:111122223333:jobs',
    'arn:aws:sqs:cn-north-1:111122223333:late',
  ])
  const cause = await first(text, identity(read))
  t.equal(cause?.code, 'wrong-partition')
  t.equal(cause?.remedies[0]?.statement?.Action, 'sqs:SendMessage')
  t.strictSame(cause?.remedies[0]?.editedStatement?.Resource, [
    'arn:aws-cn:sqs:cn-north-1:111122223333:jobs',
    'arn:aws-cn:sqs:cn-north-1:111122223333:late',
  ])
})

t.test('panels of the console of EC2 name what they list', async (t) => {
  const held = { StringEquals: { 'ec2:InstanceType': 't3.micro' } }
  const cause = await first('You are not authorized to describe Key Pairs', identity(allow('ec2:*', '*', held)))
  t.match(cause, { code: 'condition-mismatch', facts: { key: 'ec2:InstanceType' } })
  t.match(await first('You are not authorized to describe Volumes'), {
    remedies: [{ statement: { Action: 'ec2:DescribeVolumes', Resource: '*' } }],
  })
})

t.test('tags on what a launch creates are allowed to the launch', async (t) => {
  const volume = 'arn:aws:ec2:eu-west-1:111122223333:volume/*'
  const lacking = denied('ec2:CreateTags', volume, noIdentity('ec2:CreateTags'))
  const conditionOf = async (text: string) => (await first(text))?.remedies[0]?.statement?.Condition
  const calling = (operation: string): string =>
    `An error occurred (UnauthorizedOperation) when calling the ${operation} operation: ${lacking}`
  t.strictSame(await conditionOf(calling('RunInstances')), { StringEquals: { 'ec2:CreateAction': 'RunInstances' } })
  t.strictSame(await conditionOf(calling('CreateVolume')), { StringEquals: { 'ec2:CreateAction': 'CreateVolume' } })
  t.strictSame(
    await conditionOf(lacking),
    { StringEquals: { 'ec2:CreateAction': ['CreateVolume', 'RunInstances', 'CreateFleet'] } },
    'whichever call it was',
  )
})

t.test('an address with the words of a template, where all that was read lets the call through', async (t) => {
  const at = 'https://sqs.us-east-1.amazonaws.com/your-account-id/your-queue-name'
  const text = `Error executing "DeleteMessage" on "${at}"; AWS HTTP error: 403 Forbidden: <Error><Code>AccessDenied</Code></Error>`
  const cause = await first(text, identity(allow('sqs:*')))
  t.match(cause, { code: 'resource-not-found-as-denied', confidence: 'possible', facts: { unset: /^your-/u } })
  t.not((await first(text, identity(allow('sqs:SendMessage'))))?.code, 'resource-not-found-as-denied')
})

t.test('a resource whose Region and account are open is granted by its name', async (t) => {
  const text =
    'An error occurred (AccessDeniedException) when calling the CreateBackupVault operation: Insufficient privileges to perform this action.\naws backup create-backup-vault --backup-vault-name nightly'
  const vaults = allow('backup:CreateBackupVault', 'arn:aws:backup:eu-west-1:111122223333:backup-vault:*')
  const lacking = await first(text, identity(vaults))
  t.match(lacking, {
    code: 'dependent-action-needed',
    remedies: [{ statement: { Action: 'backup-storage:MountCapsule', Resource: '*' } }],
  })
  t.equal(lacking?.remedies.length, 1, 'it cannot be left out')
  const granted = await first(text, identity(vaults, allow('backup-storage:MountCapsule')))
  t.not(granted?.code, 'resource-arn-mismatch')
  const other = allow('backup:CreateBackupVault', 'arn:aws:backup:eu-west-1:111122223333:backup-vault:weekly')
  t.equal((await first(text, identity(other)))?.code, 'resource-arn-mismatch')
})

t.test('the checks of a policy say which name is none', async (t) => {
  const text =
    'Invalid Action: The action s3:HeadObject does not exist. Did you mean s3:GetObject? The API called HeadObject authorizes against the IAM action s3:GetObject.'
  const cause = await first(text, identity(allow(['s3:HeadObject', 's3:PutObject'], 'arn:aws:s3:::heron/*')))
  t.match(cause, { code: 'action-name-mismatch', confidence: 'evaluated' })
  t.strictSame(cause?.remedies[0]?.editedStatement?.Action, ['s3:GetObject', 's3:PutObject'])
  t.match(await first(text), { code: 'action-name-mismatch', confidence: 'stated' })
})

t.test('of several statements the one that has the same thing in another account is the nearest', async (t) => {
  const subnet = 'arn:aws:ec2:eu-west-1:444455556666:subnet/subnet-0123456789abcdef0'
  const launch = allow('ec2:RunInstances', 'arn:aws:ec2:*:111122223333:security-group/*')
  const subnets = allow('ec2:RunInstances', [
    'arn:aws:ec2:*:111122223333:volume/*',
    'arn:aws:ec2:*:111122223333:subnet/*',
  ])
  const text = denied('ec2:RunInstances', subnet, noIdentity('ec2:RunInstances'))
  t.match(await first(text, identity(launch, subnets)), {
    code: 'resource-arn-mismatch',
    facts: { found: 'arn:aws:ec2:*:111122223333:subnet/*', difference: 'account' },
  })
})

t.test('the role of a trail may write to the group, and streams lie below it', async (t) => {
  const text =
    'InvalidCloudWatchLogsLogGroupArnException: Access denied. Verify in IAM that the role has adequate permissions.'
  const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:trail'
  const streams = ['logs:CreateLogStream', 'logs:PutLogEvents']
  const bare = await first(text, identity(allow(streams, group)))
  t.match(bare, { code: 'log-arn-suffix', confidence: 'evaluated' })
  t.equal(bare?.remedies[0]?.editedStatement?.Resource, `${group}:*`)
  t.equal((await first(text, identity(allow(streams, `${group}:*`))))?.code, 'service-role-missing-allow')
})
