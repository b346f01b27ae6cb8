import t from 'tap'
import { problemSchema } from '../../src/http/problem.ts'
import { sign } from '../../src/slack/signature.ts'
import { buildTestApp } from '../helper/app.ts'
import { mutateJson, mutateText, type Random } from '../helper/mutate.ts'
import { runs, search, seed } from '../helper/search.ts'

/**
 * Requests that are nearly right: whatever the body, the query and the headers are, the answer is no 5xx, valid
 * UTF-8, JSON where it says so, and nothing of it is logged. A tenth of the runs of `test/fuzz.test.ts`.
 */
const most = Math.ceil(runs / 10)
t.comment(`seed ${String(seed)}, ${String(most)} runs`)

const paste =
  'User: arn:aws:sts::111122223333:assumed-role/reporter/i-0 is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::photos/a because no identity-based policy allows the s3:GetObject action'
const document = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::photos/${aws:username}/*' }],
}
const policies = {
  'identity-based': [{ name: 'read', document, kind: 'inline' }],
  'service-control': [{ level: 'root', policies: [{ name: 'guard', document: JSON.stringify(document) }] }],
  session: null,
}
const context = { 'aws:username': 'kim', 'aws:TagKeys': ['a', 'b'], 'aws:SourceVpce': null }
const record = {
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  errorCode: 'AccessDenied',
  userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/kim', accountId: '111122223333' },
}
const evaluation = {
  principal: { type: 'user', arn: 'arn:aws:iam::111122223333:user/kim' },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::photos/kim/a',
  resourceAccount: '111122223333',
  context,
  contextComplete: true,
  policies,
}
const question = {
  text: paste,
  hints: { principal: 'arn:aws:iam::111122223333:user/kim', resource: 'arn:aws:s3:::photos/a', region: 'eu-west-1' },
  evidence: { policies, context, contextComplete: false },
  locale: 'ko',
}
const call = (name: string, args: unknown): object => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, arguments: args },
})

const signingSecret = 'a-signing-secret-of-a-test'
const json = { 'content-type': 'application/json' }
interface Route {
  readonly url: string
  readonly bodies: readonly unknown[]
  readonly headers: Readonly<Record<string, string>>
}
const routes: readonly Route[] = [
  { url: '/v1/diagnoses', bodies: [question, { text: paste }, record, { Records: [record] }], headers: json },
  { url: '/v1/diagnoses', bodies: [paste], headers: { 'content-type': 'text/plain' } },
  { url: '/v1/evaluations', bodies: [evaluation], headers: json },
  {
    url: '/v1/diagnoses/stream',
    bodies: [{ id: 1, text: paste }, record, { detail: record }],
    headers: { 'content-type': 'application/x-ndjson' },
  },
  {
    url: '/mcp',
    bodies: [
      call('diagnose_access_denied', question),
      call('evaluate_request', evaluation),
      [call('evaluate_request', evaluation), { jsonrpc: '2.0', id: 2, method: 'tools/list' }],
      { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {} } },
    ],
    headers: { ...json, accept: 'application/json, text/event-stream' },
  },
  { url: '/integrations/slack/commands', bodies: [{ command: '/why-denied', text: paste }], headers: {} },
  {
    url: '/integrations/slack/interactions',
    bodies: [{ payload: { type: 'message_action', message: { text: paste, blocks: [{ text: paste }] }, user: {} } }],
    headers: {},
  },
]
const queries = ['?format=markdown', '?locale=ko', '?redacted=1&format=slack', '?evidence=1', '?principal=a&region=b']
const types = ['application/json', 'text/plain', 'application/x-ndjson', 'application/x-www-form-urlencoded', 'a/b']
/** Header values that Node's client would send. */
const headerValue = (random: Random): string =>
  mutateText(['application/json', 'text/markdown;q=0.5, */*', 'no-cache', '12'], random, 60).replace(
    /[^\t\x20-\x7e]/g,
    '',
  )

interface Sent {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** No role has this name, so a log line with it quotes what was sent. */
const canary = 'Fuzzkanarienvogel'

function hostile(random: Random): Sent {
  const route = random.pick(routes)
  const whole = random.pick(route.bodies)
  const value = random.chance(8) ? whole : mutateJson(whole, random)
  const plain = typeof value === 'string' ? value : JSON.stringify(value)
  const text = random.chance(3) ? mutateText([plain], random, 400) : plain
  const body = `${route.url.includes('slack') ? form(value) : text}${random.chance(4) ? canary : ''}`
  const query = random.chance(3) ? mutateText(queries, random, 60).replace(/[^\x21-\x7e]/g, '') : ''
  return {
    url: route.url + (query === '' || query.startsWith('?') ? query : `?${query}`),
    headers: {
      ...route.headers,
      ...(route.url.includes('slack') ? slackHeaders(body) : {}),
      ...(random.chance(12) ? { 'content-type': random.pick(types) } : {}),
      ...(random.chance(8) ? { accept: headerValue(random) } : {}),
      ...(random.chance(8)
        ? { [random.pick(['x-request-id', 'traceparent', 'origin', 'cache-control'])]: headerValue(random) }
        : {}),
    },
    body,
  }
}

function form(value: unknown): string {
  const entries: readonly [string, unknown][] = Object.entries(
    typeof value === 'object' && value !== null ? value : { text: value },
  )
  const fields = new URLSearchParams()
  for (const [name, field] of entries) fields.append(name, typeof field === 'string' ? field : JSON.stringify(field))
  return fields.toString()
}

function slackHeaders(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(signingSecret, timestamp, body),
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
/** A string that was in the JSON, with an escape for a lone surrogate; throws where it is no JSON. */
const halfCharacter = /\p{Surrogate}/u
const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => stringsOf(JSON.parse(line)))
const stringsOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flat().map(stringsOf).join('\n')
      : ''

t.test('requests', { timeout: 0 }, async (t) => {
  const app = await buildTestApp(t, { EVIDENCE: 'sample', SLACK_SIGNING_SECRET: signingSecret })
  const statuses: Record<string, number> = {}
  const problemWith = async ({ url, headers, body }: Sent): Promise<string | null> => {
    const logged = app.logged().length
    const given = { host: 'localhost', ...headers }
    const { statusCode, ...answer } = await app.server.inject({ method: 'POST', url, headers: given, payload: body })
    statuses[String(statusCode)] = (statuses[String(statusCode)] ?? 0) + 1
    const text = utf8.decode(answer.rawPayload)
    if (statusCode >= 500) return `${String(statusCode)}: ${text.slice(0, 300)}`
    const type = String(answer.headers['content-type'])
    if (type.startsWith('application/problem+json')) problemSchema.parse(JSON.parse(text))
    if (/json/.test(type)) for (const line of linesOf(text)) if (halfCharacter.test(line)) return 'half a character'
    return app.logged().slice(logged).includes(canary) ? 'what was sent is in the log' : null
  }
  t.strictSame(await search(hostile, problemWith, most), [])
  t.comment(JSON.stringify(statuses))
  for (const status of ['200', '400', '422']) t.ok(statuses[status] !== undefined || runs < 5000, status)
  t.notOk('polluted' in {})
})
