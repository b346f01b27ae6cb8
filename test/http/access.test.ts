import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
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

t.test('unknown keys are limited before they are looked at; proven ones are not locked out', async (t) => {
  const { server } = await buildTestApp(t, { HOST: '0.0.0.0', API_KEYS_FILE: keysFile(t.testdir()), RATE_LIMIT: '0' })
  t.equal((await post(server, '/v1/diagnoses', paste, bearer(keys.text))).status, 200)
  const statuses: number[] = []
  for (let i = 0; i < 25; i += 1)
    statuses.push((await post(server, '/v1/diagnoses', paste, bearer(`guess-number-${i}-of-many`))).status)
  t.equal(statuses[0], 401)
  t.equal(statuses.at(-1), 429)
  t.equal((await post(server, '/v1/diagnoses', paste, bearer(keys.text))).status, 200)
  const unproven = await post(server, '/v1/diagnoses', paste, bearer(keys.full))
  t.equal(unproven.status, 429)
  t.ok(Number(unproven.headers['retry-after']) > 0)
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
