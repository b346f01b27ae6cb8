import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { withinLimit, type HttpAnswer } from '../../src/lambda/answer-limit.ts'
import { createHandler, type Handler } from '../../src/lambda/handler.ts'
import { isText } from '../../src/lambda/text-types.ts'
import { buildTestApp } from '../helper/app.ts'
import { uncounted } from '../helper/service.ts'

const key = 'a-key-of-a-test-of-lambda'
const domain = 'abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-west-1.on.aws'
const invocation = { awsRequestId: '8f507cfc-xmpl-4697-b07a-ac58fc914c95' }
const samples = JSON.parse(readFileSync('data/sample-pastes.json', 'utf8')) as readonly { readonly text: string }[]
const tutorial = samples[0]?.text ?? ''

function keysFile(t: Test): string {
  const path = join(t.testdir(), 'keys.json')
  const sha256 = createHash('sha256').update(key).digest('hex')
  writeFileSync(path, JSON.stringify({ keys: [{ name: 'full', sha256, scopes: ['text', 'policies', 'batch'] }] }))
  return path
}

interface Started {
  readonly handle: Handler
  readonly logged: () => string
}

async function start(t: Test, environment: Readonly<Record<string, string>> = {}): Promise<Started> {
  const written: string[] = []
  const settings = { EVIDENCE: 'sample', API_KEYS_FILE: keysFile(t), ALLOWED_HOSTS: domain, ...environment }
  const handle = await createHandler(settings, { write: (line: string) => void written.push(line) })
  return { handle, logged: () => written.join('') }
}

interface Over extends Readonly<Record<string, unknown>> {
  readonly headers?: Readonly<Record<string, string>>
}

/** A request to a function URL as https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html prints it. */
function urlEvent(method: string, path: string, { headers, ...over }: Over = {}): Record<string, unknown> {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    cookies: ['theme=dark', 'seen=1'],
    headers: {
      'accept-encoding': 'gzip, deflate',
      authorization: `Bearer ${key}`,
      'content-type': 'text/plain',
      host: domain,
      'user-agent': 'curl/8.5.0',
      'x-amzn-trace-id': 'Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e',
      'x-forwarded-for': '205.255.255.176',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...headers,
    },
    requestContext: {
      accountId: 'anonymous',
      apiId: domain.split('.')[0],
      domainName: domain,
      domainPrefix: domain.split('.')[0],
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '205.255.255.176', userAgent: 'curl/8.5.0' },
      requestId: 'e1506fd5-9e7b-434f-bd42-4f8fa224b599',
      routeKey: '$default',
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: 1773342238000,
    },
    isBase64Encoded: false,
    ...over,
  }
}

const diagnose = (over: Over = {}): Record<string, unknown> =>
  urlEvent('POST', '/v1/diagnoses', { body: tutorial, ...over })

const bodyOf = ({ body }: HttpAnswer): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>

t.test('the tutorial’s paste is answered as it is over a socket', async (t) => {
  const { handle, logged } = await start(t)
  const plain = await handle(diagnose(), invocation)
  t.equal(plain.statusCode, 200)
  t.equal(plain.isBase64Encoded, false)
  t.match(plain.headers['content-type'], /^application\/json/)
  t.match(plain.headers['content-security-policy'], /default-src 'none'/)
  t.match(bodyOf(plain), {
    diagnoses: [{ causes: [{ code: 'missing-allow', remedies: [{ statement: { Action: 's3:ListAllMyBuckets' } }] }] }],
  })

  const encoded = { body: Buffer.from(tutorial).toString('base64'), isBase64Encoded: true }
  t.equal((await handle(diagnose(encoded), invocation)).body, plain.body, 'a body in base64, as HTTP APIs send it')

  const { server } = await buildTestApp(t, { EVIDENCE: 'sample' })
  const headers = { host: 'localhost', 'content-type': 'text/plain' }
  const socket = await server.inject({ method: 'POST', url: '/v1/diagnoses', headers, payload: tutorial })
  t.strictSame(bodyOf(plain)['diagnoses'], socket.json<Record<string, unknown>>()['diagnoses'])
  t.match(logged(), '"audit":true')
  t.notMatch(logged(), /i-000000000000/, 'and the text is in no log')
})

t.test('query strings arrive whole, and other routes answer too', async (t) => {
  const { handle } = await start(t)
  const queryStringParameters = { format: 'markdown', locale: 'ko' }
  const korean = await handle(
    diagnose({ rawQueryString: 'format=markdown&locale=ko', queryStringParameters }),
    invocation,
  )
  t.match(korean.headers['content-type'], /^text\/markdown/)
  t.match(korean.body, /[가-힣]/)
  const principal = 'arn:aws:iam::111122223333:role/nightly,weekly'
  const hinted = await handle(
    diagnose({ body: 'AccessDenied: s3:GetObject', queryStringParameters: { principal } }),
    invocation,
  )
  t.match(hinted.body, 'nightly,weekly', 'a comma splits nothing')

  const page = await handle(urlEvent('GET', '/'), invocation)
  t.match(page.body, /<!doctype html>/i)
  const alive = await handle(urlEvent('GET', '/healthz', { headers: { authorization: '' } }), invocation)
  t.equal(alive.statusCode, 200)

  const headers = { 'content-type': 'application/x-ndjson' }
  const lines = [1, 2, 3].map((id) => JSON.stringify({ id, text: tutorial })).join('\n')
  const body = Buffer.from(lines).toString('base64')
  const stream = await handle(
    urlEvent('POST', '/v1/diagnoses/stream', { headers, body, isBase64Encoded: true }),
    invocation,
  )
  t.equal(stream.statusCode, 200)
  t.equal(stream.body.trim().split('\n').length, 3, 'a small batch is answered in one piece')

  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
  const accept = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' }
  const tools = await handle(urlEvent('POST', '/mcp', { headers: accept, body: JSON.stringify(list) }), invocation)
  t.match(tools.body, 'diagnose_access_denied')
})

t.test('text goes as it is, everything else in base64', (t) => {
  const text = ['application/json; charset=utf-8', 'application/problem+json', 'text/markdown', 'image/svg+xml']
  const slack = ['application/vnd.slack.blocks+json', 'application/x-ndjson', 'application/yaml', 'text/css', undefined]
  for (const type of [...text, ...slack]) t.ok(isText(type), type ?? 'none')
  for (const type of ['image/png', 'font/woff2', 'application/octet-stream', 'application/gzip'])
    t.notOk(isText(type), type)
  t.end()
})

t.test('a function is reached from outside: keys, names and origins as anywhere', async (t) => {
  const { handle } = await start(t)
  const status = async (over: Over): Promise<number> => (await handle(diagnose(over), invocation)).statusCode
  t.equal(await status({ headers: { authorization: '' } }), 401)
  t.equal(await status({ headers: { authorization: 'Bearer a-key-that-nobody-knows' } }), 401)
  t.equal(await status({ headers: { host: 'attacker.example' } }), 403)
  t.equal(await status({ headers: { origin: 'https://attacker.example' } }), 403)
  t.equal(await status({ headers: { origin: `https://${domain}` } }), 200, 'its own page')
  t.equal((await handle(urlEvent('GET', '/metrics'), invocation)).statusCode, 403, 'metrics need their scope')
  const guess = { headers: { authorization: 'Bearer another-unknown-key' } }
  const many = await Promise.all(Array.from({ length: 25 }, () => status(guess)))
  t.ok(many.includes(429), 'guessing is limited by the address that Lambda tells')
})

t.test('no start without keys, and Slack is refused', async (t) => {
  await t.rejects(createHandler({ EVIDENCE: 'none' }), { message: /API_KEYS_FILE/ })
  await t.rejects(createHandler({ EVIDENCE: 'none', HOST: '127.0.0.1' }), { message: /API_KEYS_FILE/ })
  await t.rejects(start(t, { SLACK_SIGNING_SECRET: 'a-secret-of-a-test' }), { message: /SLACK_SIGNING_SECRET/ })
})

t.test('events of other shapes fail with a word', async (t) => {
  const { handle } = await start(t)
  const old = { version: '1.0', httpMethod: 'GET', path: '/', requestContext: {} }
  for (const event of [{}, null, old, { Records: [] }])
    await t.rejects(handle(event, invocation), { message: /payload format 2\.0/ }, JSON.stringify(event))
})

t.test('waking up is no overload', async (t) => {
  const { handle } = await start(t)
  // As after a freeze: the clock has moved, no timer has fired.
  const sleep = new Int32Array(new SharedArrayBuffer(4))
  for (let turn = 0; turn < 3; turn += 1) {
    Atomics.wait(sleep, 0, 0, 2000)
    await setImmediate()
  }
  t.equal((await handle(diagnose(), invocation)).statusCode, 200)
})

t.test('an answer that Lambda cannot take becomes a problem document', async (t) => {
  const { handle } = await start(t)
  const denial = (name: number): string =>
    `User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/s is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::bucket-${name}/${'k'.repeat(2000)} because no identity-based policy allows the s3:GetObject action`
  const body = Array.from({ length: 200 }, (_, name) => denial(name)).join('\n')
  const answer = await handle(diagnose({ body }), invocation)
  t.equal(answer.statusCode, 413)
  t.match(answer.headers['content-type'], 'application/problem+json')
  t.match(answer.headers['content-security-policy'], /default-src 'none'/)
  t.match(bodyOf(answer), { code: 'too-large', instance: `urn:request:${invocation.awsRequestId}` })
  t.equal((await handle(diagnose({ body: denial(0) }), invocation)).statusCode, 200, 'one of them is answered')
})

t.test('the limit counts what is sent: the body escaped, in bytes', (t) => {
  const status = (body: string): number => withinLimit({ statusCode: 200, headers: {}, body }, 'id').statusCode
  const room = 6 * 1024 * 1024 - JSON.stringify({ statusCode: 200, headers: {}, body: '' }).length
  t.equal(status('a'.repeat(room)), 200)
  t.equal(status('a'.repeat(room + 1)), 413)
  t.equal(status('"'.repeat(room / 2 + 1)), 413, 'quotes count twice')
  t.equal(status('가'.repeat(room / 3 + 1)), 413, 'letters of three bytes')
  t.equal(status('\u001b'.repeat(Math.ceil(room / 6) + 1)), 413, 'control characters six times')
  t.end()
})

t.test('the built entry is the handler that the template names', async (t) => {
  const script = `const { handler } = await import('./dist/bundle/lambda.js')
const answer = await handler(${JSON.stringify(diagnose())}, ${JSON.stringify(invocation)})
process.stderr.write(String(answer.statusCode))`
  const system = { ...uncounted, PATH: process.env['PATH'] }
  const env = { ...system, EVIDENCE: 'sample', API_KEYS_FILE: keysFile(t), ALLOWED_HOSTS: domain }
  const run = promisify(execFile)
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], { env })
  t.equal(stderr, '200')
  t.match(stdout, '"audit":true', 'its lines are out when it has answered')
  const bare = run(process.execPath, ['dist/bundle/lambda.js'], { env: system })
  await t.rejects(bare, { message: /API_KEYS_FILE/ }, 'and does not start without keys')
})
