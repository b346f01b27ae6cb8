import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { sign } from '../../src/slack/signature.ts'
import { buildTestApp, post, type TestApp } from '../helper/app.ts'

/** What those who run the service see: ids, traces, and a line for each diagnosis, whichever way it was asked for. */

const sentence = (account: string): string =>
  `User: arn:aws:sts::${account}:assumed-role/SecretRole/SecretSession is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action`
const paste = sentence('111122223333')

const lines = (app: TestApp, message: string): readonly Record<string, unknown>[] =>
  app
    .logged()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === message)

t.test('an audit line for each diagnosis, on every way in', async (t) => {
  const signingSecret = 'a-signing-secret-of-a-test'
  const app = await buildTestApp(t, { SLACK_SIGNING_SECRET: signingSecret })
  const line = { audit: true, caller: 'anonymous', account: '111122223333', cause: 'missing-allow' }
  let seen = 0
  const audited = (name: string, expected: readonly object[]): void => {
    const found = lines(app, 'diagnosed')
    t.match(found.slice(seen), expected, name)
    t.equal(found.length - seen, expected.length, `${name}: one for each`)
    seen = found.length
  }
  await post(app.server, '/v1/diagnoses', paste)
  audited('one', [line])
  await post(app.server, '/v1/diagnoses', `${paste}\n${paste.replaceAll('ListQueues', 'CreateQueue')}`)
  audited('two', [line, line])
  const records = [{ text: paste }, { text: 'nothing' }, { text: sentence('444455556666') }]
  await post(app.server, '/v1/diagnoses/stream', records.map((one) => JSON.stringify(one)).join('\n'), {
    'content-type': 'application/x-ndjson',
  })
  audited('a stream', [line, { ...line, account: '444455556666' }])
  const call = { name: 'diagnose_access_denied', arguments: { text: paste } }
  await post(
    app.server,
    '/mcp',
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: call },
    { accept: 'application/json, text/event-stream' },
  )
  audited('a tool', [line])
  const body = new URLSearchParams({ command: '/why-denied', text: paste, user_id: 'U2CERLKJA' }).toString()
  const timestamp = String(Math.floor(Date.now() / 1000))
  await post(app.server, '/integrations/slack/commands', body, {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(signingSecret, timestamp, body),
  })
  audited('Slack', [{ ...line, caller: 'slack:U2CERLKJA' }])
  await post(app.server, '/v1/diagnoses', 'nothing of AWS')
  audited('nothing recognised', [])
  t.notMatch(app.logged(), 'Secret', 'never what was pasted')
})

t.test('an account is logged where it is one', async (t) => {
  const app = await buildTestApp(t)
  for (const account of ['111122223333', '00000000000', '4111111111111111', 'pasted'])
    await post(app.server, '/v1/diagnoses', sentence(account))
  t.strictSame(
    lines(app, 'diagnosed').map(({ account }) => account),
    ['111122223333', '00000000000', null, null],
  )
})

t.test('a request has an id in its reply, its log lines and its errors', async (t) => {
  const app = await buildTestApp(t)
  const first = await post(app.server, '/v1/diagnoses', paste)
  const id = String(first.headers['x-request-id'])
  t.match(id, /^[0-9a-f-]{36}$/)
  t.match(lines(app, 'diagnosed')[0], { reqId: id })
  for (const [name, headers] of Object.entries({ 'a 404': {}, 'a refusal': { host: 'evil.example' } })) {
    const answer = await post(app.server, '/nowhere', paste, headers)
    t.equal(answer.json()['instance'], `urn:request:${String(answer.headers['x-request-id'])}`, name)
    t.match(lines(app, 'answered').at(-1), { reqId: answer.headers['x-request-id'] }, name)
  }
  const given: readonly (readonly [name: string, id: string, taken: boolean])[] = [
    ['a UUID', '0b6d6a3c-7f5e-4f7e-9d6b-0c2d5f1a9e11', true],
    ['32 digits', '0b6d6a3c7f5e4f7e9d6b0c2d5f1a9e11', true],
    ['words', 'SecretRole', false],
    ['a line break', '0b6d6a3c-7f5e-4f7e-9d6b-0c2d5f1a9e11 x', false],
    ['too long', '0'.repeat(5000), false],
  ]
  for (const [name, value, taken] of given) {
    const answer = await post(app.server, '/v1/diagnoses', paste, { 'x-request-id': value })
    t.equal(answer.headers['x-request-id'] === value, taken, name)
  }
})

t.test('what is too much has no line of its own, but a sum', async (t) => {
  const shown = (app: TestApp): readonly Record<string, unknown>[] =>
    lines(app, 'answered').filter(({ level, status }) => Number(level) >= 30 && (status === 429 || status === 503))
  const limited = await buildTestApp(t, { RATE_LIMIT: '2' })
  for (let i = 0; i < 7; i += 1) await post(limited.server, '/v1/diagnoses', paste)
  await limited.server.close()
  t.strictSame(shown(limited), [])
  t.match(lines(limited, 'requests were refused'), [{ refused: { 'rate-limit': 5 } }])

  const file = join(t.testdir({}), 'keys.json')
  writeFileSync(file, JSON.stringify({ keys: [] }))
  const guarded = await buildTestApp(t, { API_KEYS_FILE: file })
  for (let i = 0; i < 23; i += 1)
    await post(guarded.server, '/v1/diagnoses', paste, { authorization: `Bearer invented-${i}` })
  await guarded.server.close()
  t.strictSame(shown(guarded), [])
  t.match(lines(guarded, 'requests were refused'), [{ refused: { 'unknown-keys': 3 } }])
  t.equal(
    lines(guarded, 'answered').filter(({ status }) => status === 401).length,
    20,
    'what is refused as unknown has',
  )
})

t.test('log lines name the trace that a request belongs to', async (t) => {
  const app = await buildTestApp(t)
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
  await post(app.server, '/v1/diagnoses', paste, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` })
  t.match(lines(app, 'diagnosed')[0], { traceId })
  t.match(lines(app, 'answered')[0], { traceId })
  await post(app.server, '/v1/diagnoses', paste, { traceparent: 'SecretRole' })
  t.equal(lines(app, 'diagnosed')[1]?.['traceId'], undefined)
})

t.test('metrics count what happened, by labels that nobody can paste', async (t) => {
  const app = await buildTestApp(t, { EVIDENCE: 'sample' })
  await post(app.server, '/v1/diagnoses', paste)
  await post(app.server, '/v1/diagnoses', 'nothing')
  await post(app.server, '/nowhere/SecretRole', 'x')
  const { body } = await app.server.inject({ url: '/metrics', headers: { host: 'localhost' } })
  for (const line of [
    /^ade_http_request_duration_seconds_count\{method="POST",route="\/v1\/diagnoses",status="200"\} 1$/m,
    /^ade_http_request_duration_seconds_count\{method="POST",route="\/v1\/diagnoses",status="422"\} 1$/m,
    /^ade_http_request_duration_seconds_count\{method="POST",route="unknown",status="404"\} 1$/m,
    /^ade_causes_total\{code="[a-z-]+"\} 1$/m,
  ])
    t.match(body, line)
  t.notMatch(body, 'Secret')
})
