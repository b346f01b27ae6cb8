import t from 'tap'
import { askedIn } from '../../src/diagnosis/look-ups.ts'
import { bare } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const caller = 'User: arn:aws:sts::111122223333:assumed-role/worker/session is not authorized to perform:'
const denied = (action: string, resource: string, reason = ''): string =>
  `An error occurred (AccessDeniedException): ${caller} ${action} on resource: ${resource}${reason}`

/** A candidate comes with the one command that settles it, of the service that was asked. */
const rows: readonly {
  readonly text: string
  readonly code: string
  readonly check: string | RegExp
}[] = [
  {
    text: denied('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:orders', ' with an explicit deny'),
    code: 'explicit-deny-resource',
    check:
      'aws sqs get-queue-attributes --attribute-names Policy --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/orders --region eu-west-1',
  },
  {
    text: denied('kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd', ' with an explicit deny'),
    code: 'explicit-deny-resource',
    check:
      'aws kms get-key-policy --policy-name default --key-id arn:aws:kms:eu-west-1:111122223333:key/1234abcd --region eu-west-1',
  },
  {
    text: '{ "eventType": "Connect", "principalId": "1215d8c24d0a1b2c", "reason": "AUTHORIZATION_FAILURE" }',
    code: 'missing-allow',
    check: "aws iot list-attached-policies --target '<CertificateArn>'",
  },
  {
    text: '{ "eventType": "Connect", "principalId": "AROAEXAMPLE0123:app", "reason": "AUTHORIZATION_FAILURE" }',
    code: 'missing-allow',
    check: /^aws iam simulate-principal-policy /,
  },
  {
    text: '{ "eventType": "Connect", "principalId": "AROA:CognitoIdentityCredentials", "reason": "AUTHORIZATION_FAILURE" }',
    code: 'policy-not-attached',
    check: "aws iot list-attached-policies --target '<IdentityId>'",
  },
  {
    text: 'operation error Lambda: CreateFunction, https response error StatusCode: 403, RequestID: 0d0bb2a1, api error AccessDeniedException: Lambda does not have permission to access the ECR image. Check the ECR permissions.',
    code: 'service-principal-policy',
    check: /^aws ecr get-repository-policy --repository-name /,
  },
  {
    text: 'Execution failed due to configuration error: Invalid permissions on Lambda function',
    code: 'service-principal-policy',
    check: /^aws lambda get-policy --function-name/,
  },
  {
    text: 'An error occurred (AccessDenied) when calling the DescribeTable operation: Access Denied',
    code: 'resource-not-found-as-denied',
    check: "aws dynamodb describe-table --table-name '<TableName>'",
  },
  {
    text: 'An error occurred (AccessDenied) when calling the CreateVpc operation: Access Denied',
    code: 'resource-not-found-as-denied',
    check: /^aws cloudtrail lookup-events .*AttributeKey=EventName,AttributeValue=CreateVpc(?: --region [a-z0-9-]+)?$/,
  },
  {
    text: "Aws::S3::Errors::AccessDenied (Access Denied)\nAws::S3::Client.new.put_object(bucket: 'reports')",
    code: 'resource-not-found-as-denied',
    check: /^aws s3api head-bucket --bucket /,
  },
  {
    text: 'User: arn:aws:sts::[account id]:assumed-role/worker/session is not authorized to perform: ecr:CreateRepository on resource: *',
    code: 'missing-allow',
    check:
      "aws iam simulate-principal-policy --policy-source-arn 'arn:aws:iam::<AccountId>:role/worker' --action-names ecr:CreateRepository --resource-arns '*'",
  },
  {
    text: 'An error occurred (403) when calling the HeadBucket operation: Forbidden\n$ aws s3api head-bucket --bucket reports',
    code: 'resource-not-found-as-denied',
    check: 'aws s3api head-bucket --bucket reports',
  },
  {
    text: 'An error occurred (TargetNotConnected) when calling the StartSession operation: i-0123456789abcdef0 is not connected.',
    code: 'service-role-missing-allow',
    check: 'aws ssm describe-instance-information --filters Key=InstanceIds,Values=i-0123456789abcdef0',
  },
  {
    text: 'An error occurred (TargetNotConnectedException) when calling the ExecuteCommand operation: The execute command failed due to an internal error.',
    code: 'service-role-missing-allow',
    check: /^aws ecs describe-tasks /,
  },
  {
    text: 'kubelet  Failed to pull image "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:2": rpc error: code = Unknown desc = Error reading manifest 2 in 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web: unauthorized: authentication required',
    code: 'service-role-missing-allow',
    check: "aws iam list-attached-role-policies --role-name '<NodeRoleName>'",
  },
  {
    text: "We couldn't start the session because encryption is not set up on the selected CloudWatch Logs log group.",
    code: 'other-system',
    check: /^aws logs describe-log-groups /,
  },
]

const deny = ' with an explicit deny'
const denies = 'explicit-deny-resource'
const absent = 'resource-not-found-as-denied'
const inRegion = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:111122223333:${resource}`
const record = (event: string): RegExp =>
  new RegExp(`^aws cloudtrail lookup-events .*=EventName,AttributeValue=${event}(?: --region [a-z0-9-]+)?$`, 'u')

/** The command is of the resource's type, not only of its service. */
const typed: typeof rows = [
  {
    text: denied('s3:GetObject', inRegion('s3', 'accesspoint/reports/object/a.csv'), deny),
    code: denies,
    check: 'aws s3control get-access-point-policy --account-id 111122223333 --name reports',
  },
  {
    text: denied('dynamodb:Query', inRegion('dynamodb', 'table/orders/index/by-day'), deny),
    code: denies,
    check: `aws dynamodb get-resource-policy --resource-arn ${inRegion('dynamodb', 'table/orders')}`,
  },
  {
    text: denied('dynamodb:GetRecords', inRegion('dynamodb', 'table/orders/stream/2026-01-01T00:00:00.000'), deny),
    code: denies,
    check: /^aws dynamodb get-resource-policy .*\/stream\/2026/,
  },
  {
    text: denied('lambda:GetLayerVersion', inRegion('lambda', 'layer:shared:3'), deny),
    code: denies,
    check: record('GetLayerVersion'),
  },
  {
    // The policy over a recovery point is its vault's.
    text: denied('backup:DescribeRecoveryPoint', inRegion('backup', 'recovery-point:1234abcd'), deny),
    code: denies,
    check: /^aws backup get-backup-vault-access-policy --backup-vault-name '<BackupVaultName>'/u,
  },
  {
    text: denied('ses:SendEmail', inRegion('ses', 'configuration-set/bulk'), deny),
    code: denies,
    check: record('SendEmail'),
  },
  {
    text: denied('sns:GetSubscriptionAttributes', inRegion('sns', 'orders:1234abcd-0000-4000-8000-000000000000'), deny),
    code: denies,
    check: `aws sns get-topic-attributes --query Attributes.Policy --topic-arn ${inRegion('sns', 'orders')}`,
  },
  {
    text: denied('sqs:SendMessage', 'arn:aws-cn:sqs:cn-north-1:111122223333:orders', deny),
    code: denies,
    check: /--queue-url https:\/\/sqs\.cn-north-1\.amazonaws\.com\.cn\/111122223333\/orders --region cn-north-1$/,
  },
  { text: bare('GetUser'), code: absent, check: "aws iam get-user --user-name '<UserName>'" },
  {
    text: `User: arn:aws:iam::111122223333:root is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:444455556666:orders`,
    code: 'rcp-deny',
    check: 'aws organizations list-policies-for-target --filter RESOURCE_CONTROL_POLICY --target-id 444455556666',
  },
  {
    text: 'The role defined for the function cannot be assumed by Lambda. Role: arn:aws:iam::111122223333:role/resizer',
    code: 'propagation-delay',
    check: 'aws iam get-role --query Role.CreateDate --role-name resizer',
  },
  { text: bare('GetDocument'), code: absent, check: "aws ssm describe-document --name '<DocumentName>'" },
  { text: bare('DescribeExecution'), code: absent, check: record('DescribeExecution') },
  { text: bare('GetPolicyVersion'), code: absent, check: /^aws iam get-policy --policy-arn / },
  { text: bare('CreateRole'), code: absent, check: record('CreateRole') },
  {
    text: denied('s3:GetObject', 'arn:aws:s3:::reports/a.csv', deny),
    code: denies,
    check: 'aws s3api get-bucket-policy --bucket reports',
  },
]

for (const { text, code, check } of [...rows, ...typed])
  t.test(text, async (t) => {
    const [diagnosis] = await diagnosesOf(text)
    const cause = diagnosis?.causes.find((one) => one.code === code)
    t.match(cause, { check }, `${code}: ${cause?.check ?? 'nothing'}`)
  })

t.test('a Deny that nobody names is looked for before any policy is changed', async (t) => {
  const [diagnosis] = await diagnosesOf(
    denied('eks:DescribeCluster', 'arn:aws:eks:eu-west-1:111122223333:cluster/main', ' with an explicit deny'),
  )
  const codes = diagnosis?.causes.map(({ code }) => code)
  t.strictSame(codes, ['explicit-deny-unnamed', 'explicit-deny-identity', 'scp-deny'], 'clusters hold no policies')
  t.match(diagnosis?.causes[0]?.remedies, [
    { kind: 'other', target: null, statement: null, command: /^aws iam simulate-principal-policy/ },
  ])
})

t.test('where neither service nor action is told, nothing is said to be missing first', async (t) => {
  const [nobody] = await diagnosesOf('Error: AccessDeniedException: status code: 400, request id: 0f3a9c1e')
  t.strictSame(
    nobody?.causes.slice(0, 2).map(({ code }) => code),
    ['wrong-principal', 'missing-allow'],
  )
  const [head] = await diagnosesOf('Forbidden: Forbidden\n\tstatus code: 403, request id: 0123456789ABCDEF')
  t.equal(head?.causes[0]?.code, 'resource-not-found-as-denied', 'an answer without a body is one to HEAD')
  t.ok(head?.causes.some(({ code }) => code === 'missing-allow'))
  const [first] = (await diagnosesOf('Aws::S3::Errors::AccessDenied: Access Denied'))[0]?.causes ?? []
  t.match(first, {
    code: 'missing-allow',
    check: /^aws s3api head-bucket/,
    remedies: [{ kind: 'other', statement: null }],
  })
  const [ec2] =
    (await diagnosesOf('EC2: UnauthorizedOperation: You are not authorized to perform this operation.'))[0]?.causes ??
    []
  t.match(ec2, {
    code: 'missing-allow',
    check: /^aws cloudtrail lookup-events/,
    remedies: [{ kind: 'other', statement: null }],
  })
  const [administrator] =
    (await diagnosesOf('EC2: UnauthorizedOperation: You are not authorized. The user has AdministratorAccess.'))[0]
      ?.causes ?? []
  t.equal(administrator?.code, 'scp-deny')
})

t.test('IAM simulates users, groups and roles only', async (t) => {
  const root = await diagnosesOf(
    `User: arn:aws:iam::111122223333:root is not authorized to perform: eks:DescribeCluster on resource: ${inRegion('eks', 'cluster/main')}${deny}`,
  )
  t.match(root[0]?.causes[0]?.remedies, [
    { command: /^aws cloudtrail lookup-events .*=DescribeCluster(?: --region [a-z0-9-]+)?$/ },
  ])
  const service = await diagnosesOf(
    `User: events.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${inRegion('sqs', 'orders')}${deny}`,
  )
  t.match(service[0]?.causes[0]?.remedies, [{ command: /^aws cloudtrail lookup-events/ }])
  t.strictSame(
    service[0]?.causes.map(({ code }) => code),
    ['explicit-deny-unnamed', denies],
    'a service has no identity policies, and no SCP is above it',
  )
  const role = await diagnosesOf(denied('eks:DescribeCluster', inRegion('eks', 'cluster/main'), deny))
  t.match(role[0]?.causes[0]?.remedies, [
    { command: /--policy-source-arn arn:aws:iam::111122223333:role\/worker --action-names/ },
  ])
})

t.test('the Region that is known is named, where a service answers for one alone', async (t) => {
  const recorded = async (text: string): Promise<string | null | undefined> =>
    (await diagnosesOf(text))[0]?.causes[0]?.remedies[0]?.command
  const by = 'User: arn:aws:iam::111122223333:root is not authorized to perform:'
  t.match(
    await recorded(`${by} eks:DescribeCluster on resource: ${inRegion('eks', 'cluster/main')}${deny}`),
    /--region eu-west-1$/,
  )
  t.match(
    await recorded(`${by} iam:GetRole on resource: arn:aws:iam::111122223333:role/app${deny}`),
    /--region us-east-1$/,
    'the events of global services are in one Region',
  )
  t.equal(askedIn('aws kms list-grants --key-id k', 'eu-west-1'), 'aws kms list-grants --key-id k --region eu-west-1')
  for (const command of [
    'aws iam get-role --role-name app',
    'aws s3api head-bucket --bucket data',
    'aws sqs get-queue-url --queue-name a --region us-east-1',
    'aws sqs list-queues | head',
  ])
    t.equal(askedIn(command, 'eu-west-1'), command)
  t.equal(askedIn('aws sqs list-queues', '<Region>'), 'aws sqs list-queues')
})
