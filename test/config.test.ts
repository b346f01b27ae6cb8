import t from 'tap'
import { ConfigError, readConfig, settingsTable } from '../src/config.ts'

t.test('an empty environment listens on loopback, open, without a rate limit', (t) => {
  const config = readConfig({})
  t.match(config, {
    HOST: '127.0.0.1',
    PORT: 8080,
    EVIDENCE: 'auto',
    loopback: true,
    rateLimit: 0,
    SHOW_POLICIES: true,
  })
  t.end()
})

t.test('numbers as people write them', (t) => {
  t.match(readConfig({ PORT: ' 9090 ', RATE_LIMIT: '0', MAX_QUEUE_MS: '060000' }), {
    PORT: 9090,
    RATE_LIMIT: 0,
    MAX_QUEUE_MS: 60_000,
  })
  t.end()
})

t.test('an empty value is the same as none', (t) => {
  t.equal(readConfig({ PORT: '' }).PORT, 8080)
  t.end()
})

const refused: readonly { name: string; environment: Record<string, string>; says: RegExp }[] = [
  { name: 'a port that is no number', environment: { PORT: 'http' }, says: /^PORT: / },
  ...[' ', '\t', '0x1F90', '8e3', '80.0', '-1', '+80', '8 080', '1'.repeat(40)].map((PORT) => ({
    name: `the port ${JSON.stringify(PORT)}`,
    environment: { PORT },
    says: /^PORT: must be a whole number from 0 to 65535$/,
  })),
  { name: 'a rate limit of blanks, which is not "none"', environment: { RATE_LIMIT: ' ' }, says: /^RATE_LIMIT: / },
  { name: 'a time below the least', environment: { REQUEST_TIMEOUT_MS: '499' }, says: /^REQUEST_TIMEOUT_MS: / },
  { name: 'a port out of range', environment: { PORT: '70000' }, says: /^PORT: / },
  { name: 'an unknown evidence source', environment: { EVIDENCE: 'guess' }, says: /^EVIDENCE: / },
  {
    name: 'an account of 11 digits',
    environment: { ALLOWED_ACCOUNTS: '11112222333', ASSUME_ROLE_NAME: 'r' },
    says: /12-digit/,
  },
  {
    name: 'other accounts without a role to assume',
    environment: { ALLOWED_ACCOUNTS: '111122223333' },
    says: /ASSUME_ROLE_NAME/,
  },
  {
    name: 'an address that others reach, with neither keys nor consent',
    environment: { HOST: '0.0.0.0' },
    says: /API_KEYS_FILE/,
  },
  ...['::', '::ffff:127.0.0.1', '[::1]', '127.0.0.2', '10.0.0.1', 'explainer.example', 'LOCALHOST', ' 127.0.0.1'].map(
    (HOST) => ({ name: `to listen on ${HOST} without either`, environment: { HOST }, says: /API_KEYS_FILE/ }),
  ),
  { name: 'a host name with a port', environment: { ALLOWED_HOSTS: 'a.example:80' }, says: /^ALLOWED_HOSTS/ },
  { name: 'every host name', environment: { ALLOWED_HOSTS: '*' }, says: /^ALLOWED_HOSTS/ },
  { name: 'every origin', environment: { CORS_ORIGINS: '*' }, says: /^CORS_ORIGINS/ },
  { name: 'the origin of sandboxed frames', environment: { CORS_ORIGINS: 'null' }, says: /^CORS_ORIGINS/ },
  { name: 'an origin with a path', environment: { CORS_ORIGINS: 'https://a.example/' }, says: /^CORS_ORIGINS/ },
  { name: 'a proxy that is no address', environment: { TRUST_PROXY: 'proxy.example' }, says: /^TRUST_PROXY/ },
  { name: 'a number of proxies', environment: { TRUST_PROXY: '1' }, says: /^TRUST_PROXY/ },
  { name: 'a snapshot without a file', environment: { EVIDENCE: 'snapshot' }, says: /SNAPSHOT_FILE/ },
  { name: 'a Redis address of another protocol', environment: { REDIS_URL: 'http://127.0.0.1' }, says: /^REDIS_URL: / },
]
for (const { name, environment, says } of refused)
  t.test(`refuses ${name} in one line`, (t) => {
    try {
      readConfig(environment)
      t.fail('should have thrown')
    } catch (error) {
      t.ok(error instanceof ConfigError)
      t.match((error as Error).message, says)
      t.notMatch((error as Error).message, /\n/)
    }
    t.end()
  })

t.test('beyond loopback the rate limit is on', (t) => {
  t.match(readConfig({ HOST: '0.0.0.0', ALLOW_ANONYMOUS: 'true' }), { loopback: false, rateLimit: 120 })
  t.equal(readConfig({ HOST: '::', ALLOW_ANONYMOUS: '1', RATE_LIMIT: '5' }).rateLimit, 5)
  t.end()
})

t.test('loopback needs neither keys nor consent', (t) => {
  for (const HOST of ['127.0.0.1', '::1', 'localhost']) t.equal(readConfig({ HOST }).loopback, true, HOST)
  t.end()
})

t.test('lists and proxies are split', (t) => {
  const config = readConfig({ ALLOWED_HOSTS: 'a.example, b.example', TRUST_PROXY: '10.0.0.0/8,127.0.0.1,::1,loopback' })
  t.strictSame(config.ALLOWED_HOSTS, ['a.example', 'b.example'])
  t.strictSame(config.trustProxy, ['10.0.0.0/8', '127.0.0.1', '::1', 'loopback'])
  t.end()
})

t.test('the table has a row for every setting', (t) => {
  for (const name of Object.keys(readConfig({})).filter((key) => key === key.toUpperCase()))
    t.match(settingsTable(), new RegExp(`\\| \`${name}\` \\|`))
  t.end()
})
