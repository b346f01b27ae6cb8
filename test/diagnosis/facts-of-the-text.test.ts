import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, identity } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const codesOf = async (text: string): Promise<readonly string[]> =>
  (await diagnosesOf(text))[0]?.causes.map(({ code }) => code) ?? []

const refused = (role: string, action: string): string =>
  `AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/${role}/abc is not authorized to perform: ${action} on resource: arn:aws:ssm:eu-west-1:111122223333:parameter/shop/db`

t.test('a permission that the text gives to the other role of a task', async (test) => {
  const [onTask, onExecution] = [' (I attached the policy to the task role)', ' (it is attached to the execution role)']
  test.equal((await codesOf(refused('ecsTaskExecutionRole', 'ssm:GetParameters') + onTask))[0], 'ecs-role-confusion')
  test.equal((await codesOf(refused('shop-task', 'ssm:GetParameter') + onExecution))[0], 'ecs-role-confusion')
  test.equal((await codesOf(refused('ecsTaskExecutionRole', 'ssm:GetParameters') + onExecution))[0], 'missing-allow')
  test.equal((await codesOf(refused('shop-task', 'ssm:GetParameter') + onTask))[0], 'missing-allow')
  test.equal((await codesOf(refused('shop-admin', 'ssm:GetParameter') + onExecution))[0], 'missing-allow')
})

t.test('a role that can be assumed a little later, and a deny that goes with 2FA', async (test) => {
  const lambda =
    'An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: The role defined for the function cannot be assumed by Lambda.'
  test.equal((await codesOf(`${lambda} (with a sleep 20 before it, it works)`))[0], 'propagation-delay')
  test.equal((await codesOf(`${lambda} (even with a sleep 20 before it, the same)`))[0], 'trust-policy')
  const denied =
    'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:ListQueues on resource: * with an explicit deny'
  test.equal((await codesOf(`${denied} (in the console with two-factor it works)`))[0], 'mfa-required')
  test.not((await codesOf(`${denied} (my GitHub 2FA works)`))[0], 'mfa-required')
})

t.test('what the error tells besides its name', async (test) => {
  const first = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]
  const region = await first(
    "An error occurred (AuthorizationHeaderMalformed) when calling the GetObject operation: The authorization header is malformed; the region 'us-west-2' is wrong; expecting 'ap-south-1'",
  )
  test.match(region, { code: 'wrong-region', facts: { region: 'ap-south-1', why: 'expected' } })
  const clock = await first(
    'SignatureDoesNotMatch: Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z (20260101T002500Z - 15 min.)',
  )
  test.match(clock, { code: 'signature-mismatch', facts: { why: 'clock' } })
  const sentence =
    'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.'
  test.notMatch(await first(sentence), { facts: { why: 'clock' } })
  const unknown = 'InvalidClientTokenId: The security token included in the request is invalid.'
  const key = "accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: '…'"
  test.match(await first(`${unknown} ${key}`), { facts: { why: 'no-session-token' } })
  test.notMatch(await first(`${unknown} ${key}, sessionToken: '…'`), { facts: { why: 'no-session-token' } })
  test.notMatch(await first(`${unknown} accessKeyId: 'AKIAIOSFODNN7EXAMPLE'`), { facts: { why: 'no-session-token' } })
  test.notMatch(await first(`${unknown} in ASIA PACIFIC`), { facts: { why: 'no-session-token' } })
  const search = (user: string): string =>
    `no permissions for [indices:data/read/search] and User [name=${user}, roles=[]]`
  test.match(await first(search('reports')), { remedies: [{ step: 'map-opensearch-user' }] })
  test.match(await first(search('arn:aws:iam::111122223333:role/search')), {
    remedies: [{ step: 'map-opensearch-role' }],
  })
})

t.test('no call is named, and the policy that was read has one kind of ARN alone', async (test) => {
  const first = async (actions: readonly string[], resources: readonly string[]) => {
    const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: resources } }
    const policies = { 'identity-based': [{ name: 'app', document }] }
    const text = 'AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403), bucket amzn-s3-demo-logs'
    return (await diagnosesOf(text, policies))[0]?.causes[0]
  }
  const [bucket, objects] = ['arn:aws:s3:::amzn-s3-demo-logs', 'arn:aws:s3:::amzn-s3-demo-logs/*']
  test.match(await first(['s3:*'], [bucket]), { code: 'object-arn-needed', confidence: 'possible' })
  test.match(await first(['s3:*'], [objects]), { code: 'bucket-arn-needed', confidence: 'possible' })
  test.match(await first(['s3:GetObject', 's3:ListBucket'], [objects]), { code: 'bucket-arn-needed' })
  test.match(await first(['s3:*'], [bucket, objects]), { code: 'missing-allow' })
  test.match(await first(['s3:*'], ['arn:aws:s3:::amzn-s3-demo-site/*']), { code: 'missing-allow' })
})

t.test('a pasted bucket policy lets somebody do everything to the bucket, and nothing to its objects', async (test) => {
  const role = 'arn:aws:iam::111122223333:role/uploader'
  const first = async (Principal: unknown, operation: string, Resource: unknown) => {
    const Statement = [{ Effect: 'Allow', Principal, Action: 's3:*', Resource }]
    const text = `An error occurred (AccessDenied) when calling the ${operation} operation: Access Denied\n${JSON.stringify({ Statement })}`
    const cause = (await diagnosesOf(text))[0]?.causes[0]
    return { code: cause?.code, statement: cause?.remedies[0]?.statement }
  }
  const [bucket, objects] = ['arn:aws:s3:::amzn-s3-demo-logs', 'arn:aws:s3:::amzn-s3-demo-logs/*']
  test.match(await first({ AWS: role }, 'PutObject', bucket), {
    code: 'object-arn-needed',
    statement: { Principal: { AWS: role }, Action: 's3:PutObject', Resource: objects },
  })
  const open = await first('*', 'GetObject', bucket)
  test.match(open, { code: 'object-arn-needed', statement: { Principal: { AWS: '<PrincipalArn>' } } }, 'not everybody')
  test.match(await first({ AWS: role }, 'ListObjectsV2', objects), { code: 'bucket-arn-needed' })
  test.notMatch(await first({ AWS: role }, 'PutObject', [bucket, objects]), { code: 'object-arn-needed' })
})

t.test('what is told of a document or a role is no refusal of the caller', async (test) => {
  const message = async (text: string) =>
    (await answerOf(text))?.causes.flatMap(({ remedies }) => remedies.map((one) => one.message ?? '')).join('\n') ?? ''
  const stale =
    'api error MalformedPolicy: Invalid principal in policy, operation error S3: PutBucketPolicy ("AWS": "AROA27HJSWAHEXAMPLE00")'
  test.match(await message(stale), /Could you help with this\?/)
  test.notMatch(await message(stale), /was denied/)
  const lambda =
    'An error occurred (InvalidParameterValueException) when calling the CreateFunction operation: The role defined for the function cannot be assumed by Lambda.'
  test.match(await message(lambda), /role cannot be assumed by/)
  test.notMatch(await message(lambda), /was denied/)
})

t.test('what comes next is not what was refused', async (test) => {
  const next = async (resource: string) =>
    (
      await answerOf(
        `User: arn:aws:iam::111122223333:user/ana is not authorized to perform: ssm:StartSession on resource: ${resource} because no identity-based policy allows the ssm:StartSession action`,
      )
    )?.next.map((one) => one.resource ?? '') ?? []
  test.match((await next('arn:aws:ssm:eu-west-1::document/AWS-StartSSHSession')).join(), /:instance\/<InstanceId>/)
  test.match((await next('arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc')).join(), /:document\/<DocumentName>/)
})

t.test('what comes next is what the policies do not grant already', async (test) => {
  const denied =
    'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0a1b2c3d because no identity-based policy allows the ec2:RunInstances action'
  const allow = (Action: string, Resource: string) => ({
    'identity-based': [{ name: 'launch', document: { Statement: [{ Effect: 'Allow', Action, Resource }] } }],
  })
  const next = async (policies?: Policies) =>
    (await diagnosesOf(denied, policies))[0]?.next.map((one) => `${one.action} ${one.resource ?? ''}`).join('\n') ?? ''
  test.match(await next(), /RunInstances arn:aws:ec2:eu-west-1::image\//)
  test.match(await next(allow('s3:*', '*')), /RunInstances arn:aws:ec2:eu-west-1::image\//)
  const launch = await next(allow('ec2:*', 'arn:aws:ec2:*::image/*'))
  test.notMatch(launch, /:image\//)
  test.match(launch, /:security-group\//)
})

t.test('one sentence of another system is seen once', async (test) => {
  const text = 'pods is forbidden: User "ana" cannot list resource "pods" in API group "" at the cluster scope'
  test.equal((await answerOf(text))?.denial.occurrences, 1)
})

t.test('the partition of the Regions that the text names', async (test) => {
  const text = (region: string): string =>
    `$ aws iam create-policy --policy-name dns --region ${region}\nAn error occurred (MalformedPolicyDocument) when calling the CreatePolicy operation: Partition "aws" is not valid for resource "arn:aws:route53:::hostedzone/*".`
  const wanted = async (region: string) => (await diagnosesOf(text(region)))[0]?.causes[0]?.facts['wanted']
  test.equal(await wanted('cn-north-1'), 'arn:aws-cn:route53:::hostedzone/*')
  test.equal(await wanted('us-gov-west-1'), 'arn:aws-us-gov:route53:::hostedzone/*')
})

t.test('the namespace that is told goes into the trust, not any namespace', async (test) => {
  const host = 'oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111'
  const document = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${host}:sub`]: 'system:serviceaccount:*:dns' } },
    },
  }
  const refused = 'AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity'
  const edit = async (told: string): Promise<string> => {
    const [found] = await diagnosesOf(`${refused} ${told}`, { 'role-trust': [{ name: 'trust', document }] })
    return JSON.stringify(found?.causes[0]?.remedies[0]?.editedStatement)
  }
  test.match(await edit('(service account dns in namespace tools)'), /"system:serviceaccount:tools:dns"/)
  test.match(await edit('(service account dns)'), /"system:serviceaccount:\*:dns"/)
})

t.test('one call after the other, or now and then: the role may be as young as the call', async (t) => {
  const refused = 'InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.'
  const codes = async (text: string) => (await diagnosesOf(text))[0]?.causes.map(({ code }) => code)
  for (const told of [
    '\nWe call create-role, put-role-policy and create-function in one script',
    ' (CreateRole -> AttachRolePolicy -> CreateFunction back to back)',
    ' (roughly 20% of the time)',
    ' - about 15 % of the time',
  ])
    t.strictSame(await codes(refused + told), ['propagation-delay', 'trust-policy'], told)
  for (const told of [
    '',
    '\nCreateRole was called by somebody else, and CreateFunction a week later',
    '\nThe CPU is at 90% of the time budget',
  ])
    t.equal((await codes(refused + told))?.[0], 'trust-policy', told)
})

t.test('the role that was given the permission is told by its name', async (t) => {
  const asked = (role: string): string =>
    `AccessDeniedException: User: arn:aws:sts::444455556666:assumed-role/${role}/7d1f is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:444455556666:secret:mail-Ab12Cd`
  const first = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]
  for (const told of [
    ' (I attached the policy to shop-mail-task)',
    '\nWe added the permission to the role "shop-mail-task-role".',
  ]) {
    const found = await first(asked('shop-mail-exec') + told)
    t.match(found, { code: 'ecs-role-confusion', facts: { wantedRole: 'execution-role' } }, told)
    t.equal(found?.remedies[0]?.target?.attachTo, 'role/shop-mail-exec')
  }
  t.match(await first(`${asked('shop-mail-task')} (attached the policy to shop-mail-execution-role)`), {
    code: 'ecs-role-confusion',
    facts: { wantedRole: 'task-role' },
  })
  for (const told of [
    ' (I attached the policy to shop-mail-exec)',
    ' (I never attached the policy to shop-mail-task)',
    ' (I attached the policy to shop-mail-tasks-reader)',
  ])
    t.not((await first(asked('shop-mail-exec') + told))?.code, 'ecs-role-confusion', told)
})

t.test('a tool that makes a site public meets the setting', async (t) => {
  const codes = async (text: string, policies: Policies = {}) =>
    (await diagnosesOf(text, policies))[0]?.causes.map(({ code }) => code) ?? []
  for (const text of [
    'Granting public read access to "docs.example.org" ...\n  x Access Denied',
    'Making the bucket public... AccessDenied: Access Denied',
  ])
    t.strictSame(await codes(text), ['block-public-access', 'missing-allow'], text)
  t.notOk(
    (await codes('Allow public read to nobody\nuploading index.html\nAccess Denied')).includes('block-public-access'),
  )
  const all = identity(allow('s3:*'))
  const put = 'An error occurred (AccessDenied) when calling the PutBucketPolicy operation: Access Denied'
  t.strictSame(await codes(put, all), ['block-public-access', 'scp-deny'], 'the setting is a guess')
  const told = `${put} because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access`
  t.strictSame(await codes(told, all), ['block-public-access'], 'AWS says so')
})

t.test('S3 and its SDKs name the Region of the bucket, each in words of its own', async (test) => {
  const first = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]
  const told = [
    "BucketRegionError: incorrect region, the bucket is not in 'us-west-2' region at endpoint '', bucket is in 'eu-west-3' region",
    'operation error S3: ListObjectsV2, https response error StatusCode: 301, requested bucket from "us-west-2", actual location "eu-west-3"',
    'The bucket is in this region: eu-west-3. Please use this region to retry the request (Service: Amazon S3; Status Code: 301; Error Code: PermanentRedirect)',
    '<Error><Code>PermanentRedirect</Code><Endpoint>reports.s3-eu-west-3.amazonaws.com</Endpoint></Error>',
  ]
  for (const text of told)
    test.match(await first(text), {
      code: 'wrong-region',
      facts: { region: 'eu-west-3', why: 'located' },
      remedies: [{ kind: 'not-iam', values: { region: 'eu-west-3' } }],
    })
  const untold = [
    "BucketRegionError: incorrect region, the bucket is not in 'us-west-2' region",
    'An error occurred (301) when calling the HeadObject operation: Moved Permanently',
    'PermanentRedirectException: Encountered a permanent redirect while requesting https://reports.s3.us-west-2.amazonaws.com/.',
  ]
  for (const text of untold) {
    const cause = await first(text)
    test.equal(cause?.code, 'wrong-region', text)
    // The Region that was asked is not the one to set.
    test.notMatch(cause?.remedies[0], { values: { region: 'us-west-2' } })
  }
  test.equal((await diagnosesOf('curl: 301 Moved Permanently for https://www.example.com/')).length, 0)
})
