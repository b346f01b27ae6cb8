import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { sign } from '../../src/slack/signature.ts'
import { buildTestApp, post, type TestApp } from '../helper/app.ts'
import { rawRequest, rawText } from '../helper/raw-request.ts'

/**
 * Canaries in every place where a caller can put something, at trace level: secrets come back in no reply, and
 * nothing at all that was sent stands in a log line, a metric or an error.
 */

const secrets = {
  key: ['AKIA', 'CANARY7777777777'].join(''),
  temporary: ['ASIA', 'CANARY7777777777'].join(''),
  token: `IQoJb3JpZ2lu${'Canary7x'.repeat(12)}`,
  web: `eyJ${'Canary7x'.repeat(4)}.eyJ${'Canary7x'.repeat(6)}.${'Canary7x'.repeat(4)}`,
  url: `https://b.s3.amazonaws.com/k?X-Amz-Signature=${'c0ffee77'.repeat(8)}`,
  blob: `Encoded authorization failure message: ${'Canary7_'.repeat(30)}`,
  details: 'https://eu-west-1.console.aws.amazon.com/iam/authorization-details/canary7canary7',
} as const
/** What of them must not be seen again. */
const hidden = ['CANARY7777', 'Canary7xCanary7x', 'c0ffee77c0ffee77', 'Canary7_Canary7_', 'canary7canary7']
const canary = 'KanarienvogelSiebenSiebenSieben'
const all = Object.values(secrets).join('\n')
const sentence = (principal: string, resource: string): string =>
  `User: arn:aws:sts::111122223333:assumed-role/${principal} is not authorized to perform: s3:GetObject on resource: ${resource} because no identity-based policy allows the s3:GetObject action`
const paste = `${canary}\n${all}\n${sentence(`${canary}/${secrets.key}`, `arn:aws:s3:::${canary}/${secrets.temporary}`)}`

const signingSecret = 'a-signing-secret-of-a-test'
const json = { 'content-type': 'application/json' }
const mcp = { ...json, accept: 'application/json, text/event-stream' }

function slackHeaders(body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': sign(signingSecret, timestamp, body),
  }
}

const document = {
  Version: '2012-10-17',
  Statement: [{ Sid: canary, Effect: 'Deny', Action: 's3:*', Resource: `arn:aws:s3:::${canary}/${secrets.key}` }],
}
const evidence = {
  policies: { 'identity-based': [{ name: `${canary}-${secrets.key}`, document }] },
  context: { [`aws:PrincipalTag/${secrets.key}`]: secrets.token },
}
const call = (name: string, args: unknown): object => ({
  jsonrpc: '2.0',
  id: secrets.key,
  method: 'tools/call',
  params: { name, arguments: args },
})
const command = new URLSearchParams({ command: '/why-denied', text: paste, user_id: 'U7CANARYMEMBER' }).toString()

type Ask = readonly [name: string, url: string, body: string | object, headers?: Readonly<Record<string, string>>]
const asks: readonly Ask[] = [
  ['text', '/v1/diagnoses', paste],
  ...['json', 'markdown', 'text', 'slack'].map((format): Ask => [format, `/v1/diagnoses?format=${format}`, paste]),
  ['a public copy', '/v1/diagnoses?redacted=1&format=markdown', paste],
  ['a body', '/v1/diagnoses', { text: paste, evidence, hints: { principal: secrets.key, resource: secrets.url } }],
  [
    'hints alone',
    '/v1/diagnoses',
    { hints: { principal: secrets.token, action: 's3:GetObject', resource: secrets.url } },
  ],
  [
    'hints in the query',
    `/v1/diagnoses?principal=${secrets.key}&resource=${encodeURIComponent(secrets.url)}`,
    'AccessDenied',
  ],
  ['a query that is wrong', `/v1/diagnoses?region=${canary}&format=${secrets.key}&locale=${canary}`, paste],
  [
    'nothing recognised',
    '/v1/diagnoses',
    `${canary} ${all.replace(/^Encoded.*$/m, '').replace(/^.*authorization-details.*$/m, '')}`,
  ],
  ['malformed JSON', '/v1/diagnoses', `{"text": "${canary}", ${secrets.key}`, json],
  ['wrong types', '/v1/diagnoses', { text: 7, evidence: { context: { [secrets.key]: 7, [canary]: 7 } } }],
  ['a content type', '/v1/diagnoses', paste, { 'content-type': `application/${canary}` }],
  ['an Accept', '/v1/diagnoses', paste, { accept: `image/${canary}` }],
  [
    'headers',
    '/v1/diagnoses',
    paste,
    {
      'x-canary': canary,
      'user-agent': canary,
      cookie: canary,
      referer: canary,
      'x-request-id': canary,
      traceparent: canary,
      'x-forwarded-for': canary,
    },
  ],
  ['a wrong key', '/v1/diagnoses', paste, { authorization: `Bearer ${canary}` }],
  ['a wrong host', '/v1/diagnoses', paste, { host: `${canary}.example` }],
  ['a wrong origin', '/v1/diagnoses', paste, { origin: `https://${canary}.example` }],
  ['a path', `/${canary}/${secrets.key}?${canary}`, paste],
  ['a cause', `/v1/causes/${canary}`, ''],
  [
    'an evaluation',
    '/v1/evaluations',
    {
      principal: { type: 'user', arn: secrets.key },
      action: 's3:GetObject',
      resource: secrets.url,
      policies: evidence.policies,
      context: evidence.context,
    },
  ],
  [
    'an evaluation that is wrong',
    '/v1/evaluations',
    { principal: { type: canary }, action: canary, context: { [secrets.key]: 7 } },
  ],
  [
    'lines',
    '/v1/diagnoses/stream',
    [
      { id: secrets.key, text: paste },
      { id: secrets.token, text: `${canary} ${all}` },
      { id: secrets.key, [canary]: 1 },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n') + `\n{"${secrets.key}`,
    { 'content-type': 'application/x-ndjson' },
  ],
  ['a tool', '/mcp', call('diagnose_access_denied', { text: paste, evidence }), mcp],
  [
    'a tool with wrong arguments',
    '/mcp',
    call('diagnose_access_denied', { text: 7, evidence: { context: { [secrets.key]: 7 } } }),
    mcp,
  ],
  ['another tool', '/mcp', call('evaluate_request', { action: canary, context: { [secrets.key]: 7 } }), mcp],
  ['a tool that is none', '/mcp', call(secrets.key, {}), mcp],
  ['a slash command', '/integrations/slack/commands', command, slackHeaders(command)],
  [
    'a slash command that is not signed',
    '/integrations/slack/commands',
    `${command}&x=${canary}`,
    slackHeaders(command),
  ],
]

async function checked(t: Test, app: TestApp, name: string, text: string, status: number): Promise<void> {
  for (const secret of hidden) t.notOk(text.includes(secret), `${name}: no secret in the reply`)
  t.ok(status < 500, `${name}: ${status}`)
  if (status >= 400)
    t.notOk(text.includes(canary) && !text.includes('/evidence/context/'), `${name}: nothing in the error`)
  const metrics = await app.server.inject({ url: '/metrics', headers: { host: 'localhost' } })
  for (const [where, written] of [
    ['log', app.logged()],
    ['metrics', metrics.body],
  ] as const) {
    for (const found of [...hidden, canary, canary.toLowerCase()])
      t.notOk(written.includes(found), `${name}: ${where} without ${found.slice(0, 12)}`)
  }
}

t.test('nothing that is sent is written anywhere, and no secret comes back', async (t) => {
  for (const EVIDENCE of ['sample', 'none']) {
    const app = await buildTestApp(t, { EVIDENCE, SLACK_SIGNING_SECRET: signingSecret })
    for (const [name, url, body, headers] of asks) {
      const answer = await post(app.server, url, body, headers)
      await checked(t, app, name, answer.text + JSON.stringify(answer.headers), answer.status)
    }
    t.match(app.logged(), /"msg":"diagnosed"/)
    t.match(app.logged(), /"msg":"answered"/)
  }
})

t.test('nor what is no request at all', async (t) => {
  const app = await buildTestApp(t)
  await app.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.server.address() as AddressInfo
  const host = 'Host: localhost'
  const bytes: Readonly<Record<string, string>> = {
    'no HTTP': `${canary} ${secrets.key}\r\n\r\n`,
    'a method': rawText(`${canary.toUpperCase()} / HTTP/1.1`, [host]),
    'a path that cannot be decoded': rawText(`GET /${canary}/${secrets.key}%ff?${secrets.key}=%zz HTTP/1.1`, [host]),
    'a header that is none': rawText('GET / HTTP/1.1', [host, `${canary} ${secrets.key}: x`]),
    'a header that is too large': rawText('GET / HTTP/1.1', [host, `X: ${`${canary}${secrets.key}`.repeat(400)}`]),
    'chunks that are none': rawText(
      'POST /v1/diagnoses HTTP/1.1',
      [host, 'Transfer-Encoding: chunked'],
      `${canary}\r\n${secrets.key}`,
    ),
    'a body of another length': rawText(
      'POST /v1/diagnoses HTTP/1.1',
      [host, 'Content-Length: 3', 'Content-Type: text/plain'],
      `${canary} ${secrets.key}`,
    ),
  }
  for (const [name, text] of Object.entries(bytes)) {
    const answer = await rawRequest(port, text)
    await checked(t, app, name, answer.text, answer.status)
  }
})

t.test('a failure of ours is logged without what it quotes', async (t) => {
  const app = await buildTestApp(t)
  const pastedStack = `${canary}\n    at ${canary} (file:///x.js:1:1)\n    at ${secrets.key}`
  app.server.log.error({ err: new Error(pastedStack) }, 'failed')
  app.server.log.error({ err: Object.assign(new SyntaxError(pastedStack), { code: `${canary} x` }) }, 'failed')
  const changed = new Error('first')
  changed.message = pastedStack
  app.server.log.error({ err: changed, req: { method: 'GET', url: `/${canary}` } }, 'failed')
  t.match(app.logged(), /"type":"SyntaxError","stack":"\s+at /)
  t.notMatch(app.logged(), canary)
  t.notMatch(app.logged(), 'CANARY')
})
