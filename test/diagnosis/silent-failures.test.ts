import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, identity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const causesOf = async (text: string, read: Policies = {}) => (await diagnosesOf(text, read))[0]?.causes ?? []

t.test('what IAM’s simulator does not allow is what is lacking', (t) => {
  const rows = [
    ['kms:Encrypt      implicitDeny', [['kms:Encrypt', null]]],
    [
      '| sns:Subscribe | allowed |\n| s3:ListBucket | implicitDeny |\n| sqs:SendMessage | implicitDeny |',
      [
        ['s3:ListBucket', null],
        ['sqs:SendMessage', null],
      ],
    ],
    [
      '{"EvaluationResults": [{"EvalActionName": "s3:PutObject", "EvalResourceName": "arn:aws:s3:::ferry-logs/a", "EvalDecision": "implicitDeny"}]}',
      [['s3:PutObject', 'arn:aws:s3:::ferry-logs/a']],
    ],
    ['An implicitDeny is what every request gets by default.', []],
    ['ferryapp:ReadTimes implicitDeny', []],
  ] as const
  for (const [text, expected] of rows)
    t.strictSame(
      parsePaste(text).denials.map(({ action, resource: on }) => [action, on]),
      expected,
      text,
    )
  t.end()
})

const excon = (method: string): string =>
  `Excon::Error::Forbidden: Expected(200) <=> Actual(403 Forbidden)\nexcon.error.response\n  :headers => { "x-amz-request-id" => "7C1D" }\n  :method => "${method}"`

t.test('Excon’s refusal of a request to S3, and what it asked for', async (t) => {
  const rows = [
    ['HEAD', 's3:GetObject'],
    ['PUT', 's3:PutObject'],
  ] as const
  for (const [method, action] of rows) {
    const [found] = await diagnosesOf(excon(method))
    t.match(found?.denial, { class: 'bare', service: 's3' })
    t.equal(found?.requests[0]?.action, action)
  }
  const address = { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } }
  const [cause] = await causesOf(
    excon('HEAD'),
    resource({
      Sid: 'Office',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::ferry/*',
      Condition: address,
    }),
  )
  t.match(cause, { code: 'explicit-deny-resource', facts: { sid: 'Office' } })
  t.same(
    await diagnosesOf('Excon::Error::Forbidden: Expected(200) <=> Actual(403 Forbidden)\n:host => "api.example.org"'),
    [],
  )
})

t.test('replicas that did not arrive, told by their status alone', async (t) => {
  const text = 'aws s3api head-object --bucket ferry-a --key x --query ReplicationStatus\n"FAILED"'
  const replicate = allow(['s3:ReplicateObject', 's3:ReplicateDelete'], 'arn:aws:s3:::ferry-b/*')
  const [lacking] = await causesOf(text)
  t.match(lacking, { code: 'service-role-missing-allow', confidence: 'possible' })
  const [key] = await causesOf(`${text}\nBoth buckets are encrypted with KMS.`, identity(replicate))
  t.match(key, { code: 'kms-behind-service' })
  t.match(
    key?.remedies.map(({ statement, target }) => [statement?.Action, target?.attachTo]),
    [
      ['kms:Decrypt', 'role/<ReplicationRoleName>'],
      ['kms:Encrypt', 'role/<ReplicationRoleName>'],
    ],
  )
  t.same(await diagnosesOf('"ReplicationStatus": "COMPLETED"'), [])
})

t.test('Rust’s SDK without credentials; in a container the token may have stayed behind', async (t) => {
  const text = 'Error: no providers in chain provided credentials'
  t.match(await causesOf(text), [{ code: 'credentials-missing' }])
  const blocked = `${text}: failed to load IMDS session token: timed out\ndocker run --rm app`
  t.match((await causesOf(blocked))[0]?.facts, { why: 'hop-limit' })
})

t.test('a function without logs may lack the permission to write them, or has not run', async (t) => {
  const text = 'log group /aws/lambda/ferry-times has not been created yet'
  const causes = await causesOf(text)
  t.strictSame(
    causes.map(({ code, confidence }) => [code, confidence]),
    [
      ['missing-allow', 'possible'],
      ['resource-not-found', 'possible'],
    ],
  )
  t.match(causes[0]?.remedies[0]?.statement, {
    Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: /:log-group:\/aws\/lambda\/ferry-times:\*$/,
  })
  const some = await causesOf(text, identity(allow('logs:CreateLogGroup', '*')))
  t.strictSame(some[0]?.remedies[0]?.statement?.Action, ['logs:CreateLogStream', 'logs:PutLogEvents'])
  const all = await causesOf(text, identity(allow('logs:*', '*')))
  t.strictSame(
    all.map(({ code }) => code),
    ['resource-not-found'],
  )
  for (const told of [
    'The lambda does not write any logs to CloudWatch.',
    'The function ran, but there are no logs in CloudWatch for this lambda.',
  ])
    t.equal((await causesOf(told))[0]?.code, 'missing-allow', told)
  t.same(await diagnosesOf('The function logs to CloudWatch.'), [])
})
