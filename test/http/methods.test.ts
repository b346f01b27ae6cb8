import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import t from 'tap'
import { buildTestApp } from '../helper/app.ts'

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'TRACE'

t.test('a known path says which methods it offers', async (t) => {
  const { server } = await buildTestApp(t, { SLACK_SIGNING_SECRET: 'a-secret-of-slack-000001' })
  const rows: readonly (readonly [url: string, methods: readonly Method[], allow: string])[] = [
    ['/v1/diagnoses', ['GET', 'PUT', 'PATCH', 'DELETE', 'TRACE'], 'POST'],
    ['/v1/diagnoses?format=text', ['GET'], 'POST'],
    ['/v1/diagnoses/stream', ['GET', 'PUT'], 'POST'],
    ['/v1/evaluations', ['GET', 'DELETE'], 'POST'],
    ['/v1/causes', ['POST', 'DELETE'], 'GET, HEAD'],
    ['/v1/causes/missing-allow', ['POST', 'PUT'], 'GET, HEAD'],
    ['/mcp', ['GET', 'DELETE', 'PUT'], 'POST'],
    ['/integrations/slack/commands', ['GET'], 'POST'],
    ['/healthz', ['POST'], 'GET, HEAD'],
    ['/metrics', ['POST'], 'GET, HEAD'],
    ['/', ['POST'], 'GET, HEAD'],
    ['/assets/style.css', ['PUT'], 'GET, HEAD'],
  ]
  for (const [url, methods, allow] of rows)
    for (const method of methods)
      await t.test(`${method} ${url}`, async (t) => {
        const answer = await server.inject({ method, url, headers: { host: 'localhost' } })
        t.equal(answer.statusCode, 405)
        t.equal(answer.headers.allow, allow)
        t.match(answer.headers['content-type'], /^application\/problem\+json/)
        t.match(answer.json(), { status: 405, code: 'method-not-allowed', detail: `Offered here: ${allow}.` })
      })
  const head = await server.inject({ method: 'HEAD', url: '/v1/diagnoses', headers: { host: 'localhost' } })
  t.match(head, { statusCode: 405, body: '', headers: { allow: 'POST' } })
})

t.test('everything else is as it was', async (t) => {
  const { server } = await buildTestApp(t)
  const ask = (method: Method, url: string) => server.inject({ method, url, headers: { host: 'localhost' } })
  t.equal((await ask('GET', '/v1/nothing')).statusCode, 404)
  t.equal((await ask('POST', '/v1/diagnoses/')).statusCode, 404)
  t.match(await ask('HEAD', '/v1/causes'), { statusCode: 200, body: '' })
  t.equal((await ask('OPTIONS', '/v1/diagnoses')).statusCode, 405, 'without CORS')
  t.equal((await ask('OPTIONS', '/v1/nothing')).statusCode, 404)
})

t.test('a page of an allowed origin asks before it sends', async (t) => {
  const origin = 'https://runbook.example.com'
  const { server } = await buildTestApp(t, { CORS_ORIGINS: origin })
  const preflight = { host: 'localhost', origin, 'access-control-request-method': 'POST' }
  const answer = await server.inject({ method: 'OPTIONS', url: '/v1/diagnoses', headers: preflight })
  t.match(answer, { statusCode: 204, headers: { 'access-control-allow-origin': origin } })
})

t.test('the rules of access come first, and no body is read', async (t) => {
  const key = 'key-with-every-scope-0001'
  const keys = join(t.testdir(), 'keys.json')
  const sha256 = createHash('sha256').update(key).digest('hex')
  writeFileSync(keys, JSON.stringify({ keys: [{ name: 'one', sha256, scopes: ['text'] }] }))
  const { server } = await buildTestApp(t, { HOST: '0.0.0.0', API_KEYS_FILE: keys, RATE_LIMIT: '2' })
  const put = async (headers: Readonly<Record<string, string>>, url = '/v1/diagnoses'): Promise<number> => {
    const sent = { host: 'localhost', 'content-type': 'application/json', ...headers }
    return (await server.inject({ method: 'PUT', url, headers: sent, payload: '{' })).statusCode
  }
  const authorization = `Bearer ${key}`
  t.equal(await put({}), 401)
  t.equal(await put({ authorization }, '/v1/diagnoses/stream'), 403, 'the scope is another')
  t.equal(await put({ authorization, host: 'evil.example' }), 403)
  t.equal(await put({ authorization, origin: 'https://evil.example' }), 403)
  t.equal(await put({ authorization }), 405)
  t.equal(await put({ authorization }), 405)
  t.equal(await put({ authorization }), 429)
})
