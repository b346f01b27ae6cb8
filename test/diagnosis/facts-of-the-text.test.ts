import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

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
