import t from 'tap'
import { replySchema, type Reply } from '../../src/reply/schema.ts'
import { problemSchema } from '../../src/http/problem.ts'
import { buildTestApp, post, type Answer } from '../helper/app.ts'

/** The tutorial's own paste: prompt line, blank line and an account of 11 digits. */
const tutorialPaste = `ubuntu@ip-127-00-00-000:~$ aws s3 ls

An error occurred (AccessDenied) when calling the ListBuckets operation: User: arn:aws:sts::00000000000:assumed-role/example-for-ec2/i-000000000000 is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`

const replyOf = (answer: Answer): Reply => replySchema.parse(JSON.parse(answer.text))

for (const EVIDENCE of ['none', 'sample'])
  t.test(`the tutorial's paste with EVIDENCE=${EVIDENCE}`, async (t) => {
    const { server } = await buildTestApp(t, { EVIDENCE })
    const answer = await post(server, '/v1/diagnoses', tutorialPaste)
    t.equal(answer.status, 200)
    const reply = replyOf(answer)
    t.equal(reply.diagnoses.length, 1)
    const [diagnosis] = reply.diagnoses
    t.match(diagnosis?.denial, {
      class: 'authorization',
      principal: 'arn:aws:sts::00000000000:assumed-role/example-for-ec2/i-000000000000',
      principalType: 'assumed-role',
      accountId: '00000000000',
      roleOrUserName: 'example-for-ec2',
      sessionName: 'i-000000000000',
      action: 's3:ListAllMyBuckets',
      resource: null,
      policyType: 'identity-based',
      effect: 'implicit',
      operation: 'ListBuckets',
    })
    const [cause] = diagnosis?.causes ?? []
    t.equal(cause?.code, 'missing-allow')
    t.equal(cause?.confidence, EVIDENCE === 'none' ? 'stated' : 'evaluated')
    const [remedy] = cause?.remedies ?? []
    t.match(remedy, {
      kind: 'add-identity-statement',
      readiness: 'ready',
      statement: { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' },
      target: { policyType: 'identity-based', attachTo: 'role/example-for-ec2' },
      verification: { decision: 'allowed', alsoAllowed: [] },
    })
    t.match(remedy?.commands?.awsCli, /aws iam put-role-policy --role-name example-for-ec2 /)
    if (EVIDENCE === 'sample') {
      t.equal(diagnosis?.evidence.source, 'sample')
      t.match(JSON.stringify(diagnosis?.verdict?.assumptions), /matched-by-name/)
    }

    const markdown = await post(server, '/v1/diagnoses', tutorialPaste, { accept: 'text/markdown' })
    t.match(markdown.type, /^text\/markdown/)
    t.match(markdown.text, /"Action": "s3:ListAllMyBuckets"/)
    if (EVIDENCE === 'sample') t.match(markdown.text, /sample/i, 'the sample account is said')
    const text = await post(server, '/v1/diagnoses?format=text', tutorialPaste)
    t.match(text.type, /^text\/plain/)
    t.match(text.text, /s3:ListAllMyBuckets/)
    const blocks = await post(server, '/v1/diagnoses', tutorialPaste, { accept: 'application/vnd.slack.blocks+json' })
    t.ok(Array.isArray(blocks.json()['blocks']))
  })

t.test('hints alone ask about a request', async (t) => {
  const { server } = await buildTestApp(t, { EVIDENCE: 'sample' })
  const answer = await post(server, '/v1/diagnoses', {
    hints: { principal: 'arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-0', action: 's3:ListAllMyBuckets' },
  })
  t.equal(answer.status, 200)
  const [diagnosis] = replyOf(answer).diagnoses
  t.equal(diagnosis?.denial.format, 'hints')
  t.equal(diagnosis?.causes[0]?.code, 'missing-allow')
})

t.test('hints fill what the text does not say and never override it', async (t) => {
  const { server } = await buildTestApp(t)
  const text = 'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:SendMessage'
  const hints = { action: 'sqs:DeleteQueue', resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs' }
  const [diagnosis] = replyOf(await post(server, '/v1/diagnoses', { text, hints })).diagnoses
  t.match(diagnosis?.requests[0], { action: 'sqs:SendMessage', resource: hints.resource })
  t.equal(diagnosis?.denial.resource, null, 'the denial is what the text says')
})

t.test('evidence in the request is evaluated', async (t) => {
  const { server } = await buildTestApp(t)
  const text =
    'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:jobs'
  const policies = {
    'identity-based': [
      {
        name: 'send',
        document: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:other' },
          ],
        },
      },
    ],
  }
  const [diagnosis] = replyOf(await post(server, '/v1/diagnoses', { text, evidence: { policies } })).diagnoses
  t.equal(diagnosis?.evidence.source, 'request')
  t.equal(diagnosis?.verdict?.decision, 'implicitDeny')
  t.equal(diagnosis?.causes[0]?.code, 'resource-arn-mismatch')
})

t.test('answers in Korean where asked', async (t) => {
  const { server } = await buildTestApp(t)
  const answer = await post(server, '/v1/diagnoses?locale=ko', tutorialPaste)
  t.match(replyOf(answer).diagnoses[0]?.summary, /[가-힣]/)
})

t.test('a neighbour of a denial is named and gets no statement', async (t) => {
  const { server } = await buildTestApp(t)
  const text =
    'An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.'
  const [diagnosis] = replyOf(await post(server, '/v1/diagnoses', text)).diagnoses
  t.equal(diagnosis?.denial.class, 'credential')
  t.equal(diagnosis?.causes[0]?.code, 'credentials-expired')
  t.strictSame(diagnosis?.causes[0]?.remedies.map(({ statement }) => statement).filter(Boolean), [])
})

t.test('what cannot be answered is said in a problem document', async (t) => {
  const { server } = await buildTestApp(t)
  const rows: readonly (readonly [string, unknown, Record<string, string>, number, string])[] = [
    ['an empty text', '', {}, 422, 'nothing-recognised'],
    ['blanks', ' \n\t ', {}, 422, 'nothing-recognised'],
    ['an empty object', {}, {}, 422, 'nothing-recognised'],
    ['binary', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 131) % 256)), {}, 422, 'nothing-recognised'],
    ['no denial', 'The quick brown fox jumps over the lazy dog.', {}, 422, 'nothing-recognised'],
    ['2 MiB of text', 'x'.repeat(2 * 1024 * 1024), {}, 413, 'too-large'],
    ['5 MiB', 'x'.repeat(5 * 1024 * 1024), {}, 413, 'too-large'],
    ['a wrong content type', '<a/>', { 'content-type': 'application/xml' }, 415, 'unsupported-media-type'],
    ['malformed JSON', '{"text": ', { 'content-type': 'application/json' }, 400, 'malformed-request'],
    [
      'deeply nested JSON',
      `{"text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      { 'content-type': 'application/json' },
      422,
      'invalid-request',
    ],
    ['a text that is a number', { text: 5 }, {}, 422, 'invalid-request'],
    ['a format that is not offered', tutorialPaste, { accept: 'image/png' }, 406, 'not-acceptable'],
    ['another host', tutorialPaste, { host: 'evil.example' }, 403, 'host-not-allowed'],
    ['another origin', tutorialPaste, { origin: 'https://evil.example' }, 403, 'origin-not-allowed'],
  ]
  for (const [name, body, headers, status, code] of rows)
    await t.test(name, async (t) => {
      const answer = await post(server, '/v1/diagnoses', body, headers)
      t.equal(answer.status, status)
      t.match(answer.type, /^application\/problem\+json/)
      t.equal(problemSchema.parse(answer.json()).code, code)
    })
  const wrongQuery = await post(server, '/v1/diagnoses?format=pdf', tutorialPaste)
  t.match(wrongQuery.json(), { status: 422, code: 'invalid-request' })
  const elsewhere = await post(server, '/v1/nothing', {})
  t.match(elsewhere.json(), { status: 404, code: 'not-found' })
})

t.test('redacted principals still get an answer', async (t) => {
  const { server } = await buildTestApp(t)
  for (const account of ['00000000000', '************', 'XXXXXXXXXXXX', '<account>']) {
    const text = `User: arn:aws:sts::${account}:assumed-role/app/s is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action`
    const answer = await post(server, '/v1/diagnoses', text)
    t.equal(answer.status, 200, account)
    t.equal(replyOf(answer).diagnoses[0]?.causes[0]?.code, 'missing-allow', account)
  }
})

t.test('nothing pasted reaches a log, even at trace level', async (t) => {
  const app = await buildTestApp(t, { EVIDENCE: 'sample' })
  const canary = 'CanaryRole7391'
  const text = `${tutorialPaste.replace('example-for-ec2', canary)} AKIAIOSFODNN7EXAMPLE`
  await post(app.server, '/v1/diagnoses', text)
  await post(app.server, `/v1/diagnoses?principal=arn:aws:iam::111122223333:user/${canary}`, { text })
  await post(app.server, '/v1/diagnoses', `{"text": "${canary}`, { 'content-type': 'application/json' })
  await post(app.server, '/v1/diagnoses', { text: 7, [canary]: canary })
  t.match(app.logged(), /diagnosed/)
  t.notMatch(app.logged(), new RegExp(canary))
  t.notMatch(app.logged(), /AKIA/)
})

t.test('secrets in a paste are masked in every rendering', async (t) => {
  const { server } = await buildTestApp(t)
  const secrets = [
    'AKIAIOSFODNN7EXAMPLE',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'X-Amz-Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
  ]
  const blob = 'A1b2C3d4'.repeat(40)
  const text = `AWS_ACCESS_KEY_ID=${secrets[0] ?? ''} AWS_SECRET_ACCESS_KEY=${secrets[1] ?? ''} https://b.s3.amazonaws.com/k?${secrets[2] ?? ''}
An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. User: arn:aws:iam::111122223333:user/ana is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:111122223333:instance/* because no identity-based policy allows the ec2:RunInstances action. Encoded authorization failure message: ${blob}`
  for (const format of ['json', 'markdown', 'text', 'slack']) {
    const answer = await post(server, `/v1/diagnoses?redacted=1&format=${format}`, text)
    t.equal(answer.status, 200)
    for (const secret of [...secrets, blob]) t.notOk(answer.text.includes(secret), `${format} hides it`)
  }
  const reply = replyOf(await post(server, '/v1/diagnoses', text))
  t.strictSame(reply.diagnoses[0]?.denial.encodedMessage, { present: true })
})

t.test('SHOW_POLICIES=false answers without quoting documents', async (t) => {
  const { server } = await buildTestApp(t, { EVIDENCE: 'sample', SHOW_POLICIES: 'false' })
  const reply = replyOf(await post(server, '/v1/diagnoses', tutorialPaste))
  const [diagnosis] = reply.diagnoses
  t.equal(diagnosis?.causes[0]?.remedies[0]?.policyDocument, null)
  t.equal(diagnosis?.causes[0]?.remedies[0]?.diff, null)
  for (const { nearMisses } of diagnosis?.verdict?.policyTypes ?? []) t.equal(nearMisses, null)
  t.ok(diagnosis?.causes[0]?.remedies[0]?.statement, 'the statement stays')
})

t.test('policies that a request brings bound its work', async (t) => {
  const { server } = await buildTestApp(t)
  const sentence = (index: number): string =>
    `User: arn:aws:iam::111122223333:user/ana is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::ledger/${String(index)} because no identity-based policy allows the s3:GetObject action`
  const text = Array.from({ length: 30 }, (_, index) => sentence(index)).join('\n')
  const inEach = 100
  const policies = (statements: number): object => ({
    'identity-based': Array.from({ length: statements / inEach }, (_, policy) => ({
      name: `many-${String(policy)}`,
      document: {
        Version: '2012-10-17',
        Statement: Array.from({ length: inEach }, (_, index) => ({
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Resource: `arn:aws:sqs:eu-west-1:111122223333:queue-${String(policy * inEach + index)}`,
        })),
      },
    })),
  })
  const few = replyOf(await post(server, '/v1/diagnoses', { text, evidence: { policies: policies(100) } }))
  t.equal(few.diagnoses.length, 30)
  const many = replyOf(await post(server, '/v1/diagnoses', { text, evidence: { policies: policies(4000) } }))
  t.ok(many.diagnoses.length > 0 && many.diagnoses.length < 30, String(many.diagnoses.length))
  t.match(many.notes.join(' '), new RegExp(String(many.diagnoses.length)), 'what is cut is said')
  const vast = await post(server, '/v1/diagnoses', { text, evidence: { policies: policies(15_000) } })
  t.match(vast.json(), { status: 413, code: 'too-large' })
})
