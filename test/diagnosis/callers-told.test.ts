import t from 'tap'
import { allow, bare, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const listing = `${bare('ListObjectsV2')}\n$ aws s3 ls s3://harbour-logs`
const user = 'arn:aws:iam::111122223333:user/mina'
const role = 'arn:aws:iam::111122223333:role/shipper'
const session = 'arn:aws:sts::111122223333:assumed-role/shipper/run-7'
const first = async (...asked: Parameters<typeof diagnosesOf>) => (await diagnosesOf(...asked))[0]
const callerIn = async (text: string) => (await first(text))?.denial.principal ?? null

t.test('who called, in the words beside a bare refusal', async (t) => {
  for (const [told, caller] of [
    [`I am ${user}.`, user],
    [`(${user}, Windows 11)`, user],
    [`$ aws sts get-caller-identity\n{"UserId":"AIDAEXAMPLE","Account":"111122223333","Arn":"${user}"}`, user],
    [`{\n    "UserId": "AROAEXAMPLE:run-7",\n    "Account": "111122223333",\n    "Arn": "${session}"\n}`, session],
    [`The task runs with the task role ${role}.`, role],
    [`Role ${role} reads the logs.`, role],
    [`running as ${session}`, session],
  ] as const)
    t.equal(await callerIn(`${listing}\n${told}`), caller, told)
  const found = await first(`${listing}\nI am ${user}`, identity(allow('athena:*')))
  t.equal(found?.causes[0]?.remedies[0]?.target?.attachTo, 'user/mina')
})

t.test('who did not call', async (t) => {
  for (const told of [
    `The bucket policy allows the user ${user}.`,
    `It runs fine: as ${user} it works.`,
    `aws s3 sync --role-arn ${role}`,
    `I am ${user}, and the job uses the role ${role}.`,
  ])
    t.equal(await callerIn(`${listing}\n${told}`), null, told)
  t.equal(await callerIn(`${bare('AssumeRole')} with the role ${role}`), null, 'it is about the role')
})

t.test('whose bucket it is', async (t) => {
  const text = `${listing}\nI am ${user}; the bucket harbour-logs is in account 444455556666.`
  const found = await first(text, identity(allow('athena:*')))
  t.equal(found?.causes[0]?.code, 'cross-account-identity-side')
  const own = await first(text.replace('444455556666', '111122223333'), identity(allow('athena:*')))
  t.equal(own?.causes[0]?.code, 'missing-allow')
})

t.test('a told caller leaves open what a bare answer leaves open', async (t) => {
  const text = `${bare('GetObject')} (user ${user}, bucket harbour, key may/log.gz)`
  const found = await first(text, identity(allow('s3:GetObject', 'arn:aws:s3:::harbour/*')))
  t.equal(found?.requests[0]?.resource, 'arn:aws:s3:::harbour/may/log.gz')
  t.equal(found?.causes[0]?.code, 's3-missing-object-403')
  const alone = await first(`${bare('PutObject')} (role x, bucket harbour)`)
  t.equal(alone?.requests[0]?.resourcePatterns[0] ?? alone?.requests[0]?.resource, 'arn:aws:s3:::harbour/<ObjectName>')
  const policy = await first(`${bare('PutObject')} (no bucket policy, bucket too)`)
  t.notMatch(JSON.stringify(policy?.requests[0]), /:::(?:policy|too)/)
})

t.test('whose function it is', async (t) => {
  const text =
    'Lambda does not have permission to access the ECR image. Check the ECR permissions. ImageUri 444455556666.dkr.ecr.eu-west-1.amazonaws.com/tools:4, the function runs in account 111122223333'
  const statement = (await first(text))?.causes[0]?.remedies[0]?.statement
  t.match(statement, {
    Principal: { Service: 'lambda.amazonaws.com' },
    Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:*' } },
  })
})

t.test('whoever signs in through Identity Center is no user', async (t) => {
  const asked = (said: string, by = 'user/build'): string =>
    `User: arn:aws:${by.startsWith('user') ? 'iam' : 'sts'}::444455556666:${by} is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:eu-west-1:444455556666:jobs ${said}`
  const first = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]
  for (const said of [
    '(the profile is an SSO role of the shop account)',
    "\nI'm logged in with SSO",
    '\nmy credentials come from IAM Identity Center',
    '\nWe signed in via AWS SSO before that',
  ])
    t.match(await first(asked(said)), { code: 'wrong-principal', facts: { why: 'static-keys' } }, said)
  for (const said of [
    '\nthis is a plain user and the profile is not an SSO role',
    '\nIf the profile is an SSO role it works',
    '\nThe queue is for the SSO user guide',
  ])
    t.equal((await first(asked(said)))?.code, 'missing-allow', said)
  const role = await first(
    asked('(the profile is an SSO role)', 'assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ana'),
  )
  t.equal(role?.code, 'missing-allow', 'that is who asked')
})
