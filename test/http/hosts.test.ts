import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { buildTestApp, post } from '../helper/app.ts'
import { rawRequest, rawText } from '../helper/raw-request.ts'

/** A foreign page or a rebound name must not read a loopback service, however it asks. */

const routes = [
  'GET /',
  'GET /assets/app.js',
  'GET /assets/samples.json',
  'GET /assets/nothing.js',
  'GET /docs',
  'GET /docs/',
  'GET /docs/json',
  'GET /docs/static/swagger-ui.css',
  'GET /openapi.yaml',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /v1/causes',
  'GET /v1/causes/missing-allow',
  'GET /nowhere',
  'HEAD /healthz',
  'OPTIONS /v1/diagnoses',
  'OPTIONS *',
  'POST /v1/diagnoses',
  'POST /v1/diagnoses/stream',
  'POST /v1/evaluations',
  'POST /mcp',
  'GET /mcp',
  'DELETE /mcp',
  'POST /integrations/slack/commands',
  'POST /integrations/slack/interactions',
] as const

async function listen(t: Test, environment: Readonly<Record<string, string>> = {}): Promise<number> {
  const { server } = await buildTestApp(t, { SLACK_SIGNING_SECRET: 'a-signing-secret', ...environment })
  await server.listen({ host: '127.0.0.1', port: 0 })
  return (server.server.address() as AddressInfo).port
}

t.test('on every route, under the security headers of all others', async (t) => {
  const port = await listen(t, { CORS_ORIGINS: 'https://tools.example' })
  const refusals = {
    'host-not-allowed': ['Host: rebound.example'],
    'origin-not-allowed': ['Host: localhost', 'Origin: https://evil.example'],
  }
  for (const route of routes)
    for (const [code, headers] of Object.entries(refusals)) {
      const answer = await rawRequest(port, rawText(`${route} HTTP/1.1`, [...headers, 'Content-Length: 0']))
      t.equal(answer.status, 403, `${route}: ${code}`)
      if (!route.startsWith('HEAD')) t.match(answer.text, `"code":"${code}"`)
      t.match(answer.header('content-security-policy'), /default-src 'none'/, route)
      t.equal(answer.header('x-content-type-options'), 'nosniff', route)
      t.equal(answer.header('cache-control'), 'no-store', route)
      t.equal(answer.header('access-control-allow-origin'), undefined, route)
    }
})

t.test('what counts as the name that was asked for', async (t) => {
  const port = await listen(t)
  const rows: readonly (readonly [name: string, target: string, headers: readonly string[], status: number])[] = [
    ['a name', '/healthz', ['Host: localhost'], 200],
    ['a port', '/healthz', ['Host: localhost:1'], 200],
    ['upper case', '/healthz', ['Host: LocalHost'], 200],
    ['a trailing dot', '/healthz', ['Host: localhost.'], 200],
    ['IPv6', '/healthz', ['Host: [::1]:8080'], 200],
    ['an address that is not listed', '/healthz', ['Host: 0.0.0.0'], 403],
    ['an address in another form', '/healthz', ['Host: 2130706433'], 403],
    ['IPv4 in IPv6', '/healthz', ['Host: [::ffff:127.0.0.1]'], 403],
    ['a name beneath', '/healthz', ['Host: localhost.evil.example'], 403],
    ['something after the address', '/healthz', ['Host: [::1]evil.example'], 403],
    ['a port that is none', '/healthz', ['Host: localhost:evil.example'], 403],
    ['a user', '/healthz', ['Host: localhost@evil.example'], 403],
    ['two names', '/healthz', ['Host: localhost, evil.example'], 403],
    ['two headers', '/healthz', ['Host: localhost', 'Host: evil.example'], 403],
    ['an empty name', '/healthz', ['Host:'], 403],
    ['no header', '/healthz', [], 403],
    ['a target with the name', 'http://localhost/healthz', ['Host: localhost'], 200],
    ['a target with another name', 'http://evil.example/healthz', ['Host: localhost'], 403],
    ['a header with another name than the target', 'http://localhost/healthz', ['Host: evil.example'], 403],
    ['X-Forwarded-Host of anybody', '/healthz', ['Host: evil.example', 'X-Forwarded-Host: localhost'], 403],
    ['Origin: null', '/healthz', ['Host: localhost', 'Origin: null'], 403],
    ['an Origin of another port', '/healthz', ['Host: localhost:80', 'Origin: http://localhost:81'], 403],
    ['an empty Origin', '/healthz', ['Host: localhost', 'Origin:'], 403],
    ['two Origins', '/healthz', ['Host: localhost', 'Origin: http://localhost', 'Origin: https://evil.example'], 403],
  ]
  for (const [name, target, headers, status] of rows)
    t.equal((await rawRequest(port, rawText(`GET ${target} HTTP/1.1`, headers))).status, status, name)
  const old = await rawRequest(port, 'GET /healthz HTTP/1.0\r\n\r\n')
  t.equal(old.status, 403, 'HTTP/1.0 without a Host')
  t.match(old.text, '"code":"host-not-allowed"')
})

t.test('X-Forwarded-Host of a trusted proxy counts, beside the Host', async (t) => {
  const paste = 'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:ListQueues'
  const { server } = await buildTestApp(t, { TRUST_PROXY: '127.0.0.1', PUBLIC_URL: 'https://explainer.example' })
  const rows: readonly (readonly [name: string, headers: Readonly<Record<string, string>>, status: number])[] = [
    ['the public name', { 'x-forwarded-host': 'explainer.example' }, 200],
    ['another name', { 'x-forwarded-host': 'evil.example' }, 403],
    ['the public name behind another', { host: 'evil.example', 'x-forwarded-host': 'explainer.example' }, 403],
    ['the own page', { 'x-forwarded-host': 'explainer.example', origin: 'https://explainer.example' }, 200],
    ['another page', { 'x-forwarded-host': 'explainer.example', origin: 'https://evil.example' }, 403],
  ]
  for (const [name, headers, status] of rows)
    t.equal((await post(server, '/v1/diagnoses', paste, headers)).status, status, name)

  const far = await buildTestApp(t, { TRUST_PROXY: '10.0.0.0/8', PUBLIC_URL: 'https://explainer.example' })
  const own = await post(far.server, '/v1/diagnoses', paste, { 'x-forwarded-host': 'evil.example' })
  t.equal(own.status, 200, 'of somebody else it is not read')
})

t.test('what never reaches a route has the headers too', async (t) => {
  const port = await listen(t)
  const bytes = {
    'a path that cannot be decoded': rawText('GET /%ff HTTP/1.1', ['Host: localhost']),
    'bytes that are no request': 'SSH-2.0-scanner\r\n\r\n',
    'headers that are too large': rawText('GET / HTTP/1.1', ['Host: localhost', `X-Long: ${'x'.repeat(20_000)}`]),
    'a length and chunks': rawText('POST / HTTP/1.1', ['Host: a', 'Content-Length: 1', 'Transfer-Encoding: chunked']),
  }
  for (const [name, text] of Object.entries(bytes)) {
    const answer = await rawRequest(port, text)
    t.match(answer.status, /^4\d\d$/, name)
    t.match(answer.header('content-type'), /^application\/problem\+json/, name)
    t.match(answer.header('content-security-policy'), /default-src 'none'/, name)
    t.equal(answer.header('x-content-type-options'), 'nosniff', name)
    t.equal(answer.header('cache-control'), 'no-store', name)
  }
})
