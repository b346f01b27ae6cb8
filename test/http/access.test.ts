import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { scopes } from '../../src/http/api-keys.ts'
import { buildTestApp, post } from '../helper/app.ts'

const keys = {
  full: 'key-with-every-scope-0001',
  text: 'key-for-texts-only-000002',
  metrics: 'key-for-metrics-00000003',
}

function keysFile(folder: string): string {
  const path = join(folder, 'keys.json')
  const entry = (name: string, key: string, scopes: readonly string[]): object => ({
    name,
    sha256: createHash('sha256').update(key).digest('hex'),
    scopes,
  })
  const entries = [
    entry('full', keys.full, ['text', 'policies', 'batch', 'metrics']),
    entry('text', keys.text, ['text']),
    entry('metrics', keys.metrics, ['metrics']),
  ]
  writeFileSync(path, JSON.stringify({ keys: entries }))
  return path
}

const paste =
  'User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-0 is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action'
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` })

t.test('keys and scopes beyond loopback', async (t) => {
  const { server } = await buildTestApp(t, {
    HOST: '0.0.0.0',
    API_KEYS_FILE: keysFile(t.testdir()),
    EVIDENCE: 'sample',
  })
  const none = await post(server, '/v1/diagnoses', paste)
  t.match(none.json(), { status: 401, code: 'not-authenticated' })
  t.equal(none.headers['www-authenticate'], 'Bearer')
  t.equal((await post(server, '/v1/diagnoses', paste, bearer('a-key-that-nobody-knows'))).status, 401)
  t.equal((await post(server, '/v1/diagnoses', paste, { authorization: `Basic ${keys.full}` })).status, 401)

  const full = await post(server, '/v1/diagnoses', paste, bearer(keys.full))
  t.equal(full.status, 200)
  t.match(full.text, /"policyDocument":\{/)
  const text = await post(server, '/v1/diagnoses', paste, bearer(keys.text))
  t.equal(text.status, 200)
  t.notMatch(text.text, /"policyDocument":\{/, 'without the scope "policies" no document is quoted')

  t.equal((await post(server, '/v1/evaluations', {}, bearer(keys.metrics))).status, 403)
  const ndjson = { 'content-type': 'application/x-ndjson' }
  t.equal((await post(server, '/v1/diagnoses/stream', '', { ...bearer(keys.text), ...ndjson })).status, 403)
  t.equal((await post(server, '/v1/diagnoses/stream', '', { ...bearer(keys.full), ...ndjson })).status, 200)

  const get = (url: string, headers: Record<string, string> = {}): Promise<{ statusCode: number }> =>
    server.inject({ url, headers: { host: 'localhost', ...headers } })
  t.equal((await get('/metrics')).statusCode, 401)
  t.equal((await get('/metrics', bearer(keys.text))).statusCode, 403)
  t.equal((await get('/metrics', bearer(keys.metrics))).statusCode, 200)
  for (const open of ['/', '/healthz', '/readyz', '/openapi.yaml', '/v1/causes', '/docs/'])
    t.equal((await get(open)).statusCode, 200, `${open} needs no key`)
})

t.test('each scope opens its own routes and no others', async (t) => {
  const folder = t.testdir()
  const path = join(folder, 'keys.json')
  const keyOf = (scope: string): string => `key-for-the-scope-${scope}`
  const entries = scopes.map((scope) => ({
    name: scope,
    sha256: createHash('sha256').update(keyOf(scope)).digest('hex'),
    scopes: [scope],
  }))
  writeFileSync(path, JSON.stringify({ keys: entries }))
  const { server } = await buildTestApp(t, { HOST: '0.0.0.0', API_KEYS_FILE: path, RATE_LIMIT: '0' })
  const json = { 'content-type': 'application/json' }
  const mcp = { ...json, accept: 'application/json, text/event-stream' }
  const routes = [
    ['POST', '/v1/diagnoses', 'text', json],
    ['POST', '/v1/diagnoses/stream', 'batch', { 'content-type': 'application/x-ndjson' }],
    ['POST', '/v1/evaluations', 'text', json],
    ['POST', '/mcp', 'text', mcp],
    ['GET', '/mcp', 'text', {}],
    ['DELETE', '/mcp', 'text', {}],
    ['GET', '/metrics', 'metrics', {}],
    ['HEAD', '/metrics', 'metrics', {}],
  ] as const
  for (const [method, url, needed, headers] of routes) {
    const ask = async (key: Record<string, string>): Promise<number> =>
      (await server.inject({ method, url, headers: { host: 'localhost', ...headers, ...key }, payload: '{}' }))
        .statusCode
    t.equal(await ask({}), 401, `${method} ${url} without a key`)
    for (const scope of scopes) {
      const status = await ask(bearer(keyOf(scope)))
      if (scope === needed) t.notMatch(status, /^40[13]$/, `${method} ${url} with ${scope}`)
      else t.equal(status, 403, `${method} ${url} with ${scope}`)
    }
  }
})

t.test('unknown keys are limited before they are looked at; proven ones are not locked out', async (t) => {
  const { server } = await buildTestApp(t, { HOST: '0.0.0.0', API_KEYS_FILE: keysFile(t.testdir()), RATE_LIMIT: '0' })
  t.equal((await post(server, '/v1/diagnoses', paste, bearer(keys.text))).status, 200)
  const statuses: number[] = []
  for (let i = 0; i < 25; i += 1)
    statuses.push((await post(server, '/v1/diagnoses', paste, bearer(`guess-number-${i}-of-many`))).status)
  t.strictSame(statuses, [...Array<number>(20).fill(401), ...Array<number>(5).fill(429)])
  t.equal((await post(server, '/v1/diagnoses', paste, bearer(keys.text))).status, 200)
  const unproven = await post(server, '/v1/diagnoses', paste, bearer(keys.full))
  t.equal(unproven.status, 429)
  t.ok(Number(unproven.headers['retry-after']) > 0)
})

t.test('right keys never count as wrong ones, however many share an address', async (t) => {
  const folder = t.testdir()
  const many = Array.from({ length: 30 }, (_, index) => `key-number-${index}-of-thirty`)
  const path = join(folder, 'keys.json')
  const entries = many.map((key, index) => ({
    name: `team-${index}`,
    sha256: createHash('sha256').update(key).digest('hex'),
    scopes: ['text'],
  }))
  writeFileSync(path, JSON.stringify({ keys: entries }))
  const { server } = await buildTestApp(t, { HOST: '0.0.0.0', API_KEYS_FILE: path })
  for (const key of many) t.equal((await post(server, '/v1/diagnoses', paste, bearer(key))).status, 200)
})

t.test('wrong keys are counted per address', async (t) => {
  const environment = { HOST: '0.0.0.0', API_KEYS_FILE: keysFile(t.testdir()), TRUST_PROXY: '127.0.0.1' }
  const { server } = await buildTestApp(t, environment)
  const ask = async (key: string, address: string): Promise<number> =>
    (await post(server, '/v1/evaluations', {}, { ...bearer(key), 'x-forwarded-for': address })).status
  for (let i = 0; i < 20; i += 1) await ask(`guess-number-${i}-of-many`, `2001:db8:0:1::${i}`)
  t.equal(await ask('one-guess-too-many', '2001:db8:0:1:ffff::1'), 429, 'a caller has a whole /64')
  t.equal(await ask(keys.text, '2001:db8:0:2::1'), 422, 'another network is not concerned')
  t.equal(await ask(keys.text, '198.51.100.7'), 422)
})

t.test('keys come in the header and nowhere else', async (t) => {
  const { server } = await buildTestApp(t, { HOST: '0.0.0.0', API_KEYS_FILE: keysFile(t.testdir()) })
  const rows: readonly (readonly [name: string, query: string, headers: Record<string, string>, status: number])[] = [
    ['lower case', '', { authorization: `bearer ${keys.text}` }, 200],
    ['two blanks', '', { authorization: `Bearer  ${keys.text}` }, 401],
    ['no scheme', '', { authorization: keys.text }, 401],
    ['a key and more', '', { authorization: `Bearer ${keys.text} x` }, 401],
    ['two keys', '', { authorization: `Bearer ${keys.text}, Bearer ${keys.full}` }, 401],
    ['an empty key', '', { authorization: 'Bearer ' }, 401],
    ['a key beyond all length', '', { authorization: `Bearer ${keys.text.repeat(40)}` }, 401],
    ['the hash of a key', '', bearer(createHash('sha256').update(keys.text).digest('hex')), 401],
    ['in the query', `?access_token=${keys.text}&key=${keys.text}&api_key=${keys.text}`, {}, 401],
    ['in a cookie', '', { cookie: `key=${keys.text}` }, 401],
    ['in a header of its own', '', { 'x-api-key': keys.text }, 401],
  ]
  for (const [name, query, headers, status] of rows) {
    const answer = await post(server, `/v1/diagnoses${query}`, paste, headers)
    t.equal(answer.status, status, name)
    if (status === 401) t.equal(answer.headers['www-authenticate'], 'Bearer', name)
  }
})

t.test('no key is logged, right or wrong', async (t) => {
  const { server, logged } = await buildTestApp(t, { HOST: '0.0.0.0', API_KEYS_FILE: keysFile(t.testdir()) })
  const wrong = 'a-key-that-nobody-knows'
  for (const key of [keys.text, keys.full, wrong]) {
    await post(server, '/v1/diagnoses', paste, bearer(key))
    await post(server, `/v1/diagnoses?key=${key}`, paste, bearer(key))
  }
  t.match(logged(), /"caller":"full"/)
  for (const key of [keys.text, keys.full, wrong]) {
    t.notOk(logged().includes(key))
    t.notOk(logged().includes(createHash('sha256').update(key).digest('hex')), 'nor its hash')
  }
})

t.test('the rate limit counts per key', async (t) => {
  const { server } = await buildTestApp(t, { HOST: '0.0.0.0', API_KEYS_FILE: keysFile(t.testdir()), RATE_LIMIT: '3' })
  const statuses: number[] = []
  for (let i = 0; i < 4; i += 1) statuses.push((await post(server, '/v1/diagnoses', paste, bearer(keys.text))).status)
  t.strictSame(statuses, [200, 200, 200, 429])
  const limited = await post(server, '/v1/diagnoses', paste, bearer(keys.text))
  t.match(limited.json(), { code: 'too-many-requests' })
  t.ok(Number(limited.headers['retry-after']) > 0)
  t.equal((await post(server, '/v1/diagnoses', paste, bearer(keys.full))).status, 200, 'another key has its own')
  t.equal((await server.inject({ url: '/healthz', headers: { host: 'localhost' } })).statusCode, 200)
})

t.test('without a limit on loopback', async (t) => {
  const { server } = await buildTestApp(t)
  for (let i = 0; i < 150; i += 1) t.equal((await post(server, '/v1/evaluations', [])).status, 422)
})

t.test('CORS is off unless an origin is named', async (t) => {
  const closed = await buildTestApp(t)
  const same = await post(closed.server, '/v1/diagnoses', paste, {
    host: 'localhost:8080',
    origin: 'http://localhost:8080',
  })
  t.equal(same.status, 200, 'the own page may ask')
  t.equal(same.headers['access-control-allow-origin'], undefined)
  t.equal(
    (await post(closed.server, '/v1/diagnoses', paste, { host: 'localhost:8080', origin: 'http://localhost:3000' }))
      .status,
    403,
  )

  const open = await buildTestApp(t, { CORS_ORIGINS: 'https://tools.example' })
  const named = await post(open.server, '/v1/diagnoses', paste, { origin: 'https://tools.example' })
  t.equal(named.headers['access-control-allow-origin'], 'https://tools.example')
  t.equal(named.headers['access-control-allow-credentials'], undefined)
  const preflight = (origin: string) =>
    open.server.inject({
      method: 'OPTIONS',
      url: '/v1/diagnoses',
      headers: { host: 'localhost', origin, 'access-control-request-method': 'POST' },
    })
  t.equal((await preflight('https://tools.example')).statusCode, 204)
  t.equal((await preflight('https://evil.example')).statusCode, 403)
})

t.test('every answer carries the strict headers', async (t) => {
  const { server } = await buildTestApp(t)
  const asked = ['/', '/v1/causes', '/healthz', '/nowhere', '/v1/causes/nowhere'].map((url) => ({
    url,
    host: 'localhost',
  }))
  for (const { url, host } of [...asked, { url: '/', host: 'rebound.example' }]) {
    const { headers } = await server.inject({ url, headers: { host } })
    t.match(headers['content-security-policy'], /default-src 'none'/, url)
    t.notMatch(headers['content-security-policy'], /unsafe/, url)
    t.equal(headers['x-content-type-options'], 'nosniff', url)
    t.equal(headers['x-frame-options'], 'SAMEORIGIN', url)
    t.equal(headers['referrer-policy'], 'no-referrer', url)
  }
})

t.test('PUBLIC_URL and ALLOWED_HOSTS name further hosts', async (t) => {
  const { server } = await buildTestApp(t, { PUBLIC_URL: 'https://explainer.example', ALLOWED_HOSTS: 'other.example' })
  for (const host of ['explainer.example', 'other.example:8443', 'localhost'])
    t.equal((await post(server, '/v1/diagnoses', paste, { host })).status, 200, host)
  const proxied = { host: 'explainer.example', origin: 'https://explainer.example' }
  t.equal((await post(server, '/v1/diagnoses', paste, proxied)).status, 200)
})
