import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { replySchema, type ReplyDiagnosis } from '../src/reply/schema.ts'
import { startFakeAws, type FakeAws, type FakeWorld, type Trouble } from './helper/fake-aws.ts'
import { freePort } from './helper/moto.ts'
import { startService, uncounted, type Service } from './helper/service.ts'

/**
 * The built service with something broken around it: a clear answer all the same, and it recovers by itself. Redis is
 * killed in test/http/replicas.test.ts and test/evidence/redis.test.ts.
 */

const paste =
  'User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-0 is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action'

async function ask(url: string): Promise<{ status: number; diagnosis: ReplyDiagnosis | undefined; seconds: number }> {
  const began = performance.now()
  const answer = await fetch(`${url}/v1/diagnoses`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: paste,
  })
  const body: unknown = await answer.json()
  const seconds = (performance.now() - began) / 1000
  return { status: answer.status, diagnosis: answer.ok ? replySchema.parse(body).diagnoses[0] : undefined, seconds }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits for something that takes its time; says what it waited for when it does not come. */
async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await holds());) {
    if (Date.now() > end) throw new Error(`never ${what}`)
    await pause(100)
  }
}

/** Read from AWS: nothing is missing, and the cause follows from the policies. */
async function isWhole(t: Test, url: string, name: string): Promise<void> {
  const { status, diagnosis } = await ask(url)
  t.equal(status, 200, name)
  t.equal(identityGap(diagnosis), undefined, `${name}: no gap`)
  t.match(diagnosis?.causes[0], { code: 'missing-allow', confidence: 'evaluated' }, name)
}

/** Not read: told from the text, with a gap that says why, and in time. */
async function isFromText(t: Test, url: string, reason: RegExp): Promise<void> {
  const { status, diagnosis, seconds } = await ask(url)
  t.equal(status, 200)
  t.match(diagnosis?.causes[0], { code: 'missing-allow', confidence: 'stated' })
  t.match(identityGap(diagnosis), reason)
  t.ok(seconds < 5, `${seconds} s`)
  t.equal((await fetch(`${url}/readyz`)).status, 200, 'readiness does not hang on AWS')
}

const identityGap = (diagnosis: ReplyDiagnosis | undefined): string | undefined =>
  diagnosis?.evidence.gaps.find(({ policyType }) => policyType === 'identity-based')?.reason

const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }
const unrelated = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] }
const worldWith = (document: object): FakeWorld => ({
  home: '111122223333',
  accounts: { '111122223333': { roles: { 'example-for-ec2': { inline: { one: document } } } } },
})
const world = worldWith(unrelated)

const startReading = (
  t: Test,
  endpoint: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Service> =>
  startService(t, {
    EVIDENCE: 'aws',
    AWS_ENDPOINT_URL: endpoint,
    EVIDENCE_TIMEOUT_MS: '1500',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    ...environment,
  })

t.test('AWS cannot be reached, and then it can', async (t) => {
  const port = await freePort()
  const { url } = await startReading(t, `http://127.0.0.1:${port}`)
  await isFromText(t, url, /failed|timeout/)
  await startFakeAws(t, world, port)
  await isWhole(t, url, 'reached')
})

t.test('a name that does not resolve, and then does', async (t) => {
  const fake = await startFakeAws(t, world)
  const service = await startReading(t, fake.endpoint.replace('127.0.0.1', 'aws.test'), {
    NODE_OPTIONS: '--import ./test/helper/names.mjs',
  })
  await isFromText(t, service.url, /failed|timeout/)
  process.kill(service.pid, 'SIGCONT')
  await pause(100)
  await isWhole(t, service.url, 'resolved')
})

const troubles: readonly { readonly name: string; readonly trouble: Trouble; readonly says: RegExp }[] = [
  { name: 'IAM throttles', trouble: 'throttle', says: /throttled|timeout/ },
  { name: 'IAM fails inside', trouble: 'error', says: /failed|timeout/ },
  { name: 'IAM takes the request and never answers', trouble: 'hang', says: /timeout/ },
  { name: 'connections to IAM break in the middle', trouble: 'drop', says: /failed|timeout/ },
]
t.test('AWS in trouble: a gap that says so, and the next read is whole again', { timeout: 90_000 }, async (t) => {
  const fake = await startFakeAws(t, world)
  const { url } = await startReading(t, fake.endpoint)
  for (const { name, trouble, says } of troubles)
    await t.test(name, async (t) => {
      fake.trouble = (action) => (action.startsWith('iam:') ? trouble : null)
      await isFromText(t, url, says)
      fake.trouble = () => null
      // Whatever was read in between is not kept.
      await until('whole again', async () => identityGap((await ask(url)).diagnosis) === undefined)
      await isWhole(t, url, 'over')
      await forget(url, fake)
    })
  await t.test('IAM is slow', async (t) => {
    fake.latency = 3000
    await isFromText(t, url, /timeout/)
    fake.latency = 0
    await until('whole again', async () => identityGap((await ask(url)).diagnosis) === undefined)
    await isWhole(t, url, 'fast again')
  })
})

/** What is cached is read again, so that the next trouble meets a reader and not a cache. */
async function forget(url: string, fake: FakeAws): Promise<void> {
  fake.trouble = () => 'error'
  await fetch(`${url}/v1/diagnoses`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'cache-control': 'no-cache' },
    body: paste,
  })
  fake.trouble = () => null
}

t.test('half-open sockets: the deadline holds, and the next connection is used', async (t) => {
  const port = await freePort()
  const sockets = new Set<{ destroy(): void }>()
  const mute = createServer((socket) => sockets.add(socket))
  await new Promise<void>((resolve) => mute.listen(port, '127.0.0.1', resolve))
  const end = (): void => {
    for (const socket of sockets) socket.destroy()
    mute.close()
  }
  t.teardown(end)
  const { url } = await startReading(t, `http://127.0.0.1:${port}`, { EVIDENCE_TIMEOUT_MS: '800' })
  await isFromText(t, url, /timeout/)
  end()
  await startFakeAws(t, world, port)
  await until('whole', async () => identityGap((await ask(url)).diagnosis) === undefined)
  await isWhole(t, url, 'answered')
})

t.test('a snapshot replaced by garbage, and then by a good one', { timeout: 90_000 }, async (t) => {
  const file = join(t.testdir(), 'account.json')
  const sample = readFileSync('data/sample-account.json', 'utf8')
  writeFileSync(file, sample)
  const service = await startService(t, { EVIDENCE: 'snapshot', SNAPSHOT_FILE: file })
  const firstCause = async (): Promise<unknown> => (await ask(service.url)).diagnosis?.causes[0]
  t.match(await firstCause(), { code: 'missing-allow', confidence: 'evaluated' })
  const kept = (): number => service.output().split('"snapshot-kept"').length - 1
  const garbage: readonly (readonly [string, () => void])[] = [
    ['half a file', () => writeFileSync(file, sample.slice(0, 300))],
    ['nothing', () => writeFileSync(file, '')],
    ['JSON of something else', () => writeFileSync(file, '{"hello": "world"}')],
    ['no file', () => rmSync(file)],
  ]
  for (const [index, [name, replace]] of garbage.entries()) {
    replace()
    await until(`kept for ${name}`, () => kept() === index + 1)
    t.match(await firstCause(), { code: 'missing-allow', confidence: 'evaluated' }, name)
  }
  mkdirSync(file)
  await pause(2500)
  t.match(await firstCause(), { code: 'missing-allow', confidence: 'evaluated' }, 'a folder without one')
  rmSync(file, { recursive: true })
  // Written beside it and put in place, as a job does that refreshes it.
  const next = JSON.parse(sample) as { RoleDetailList: { RoleName: string; RolePolicyList: object[] }[] }
  const role = next.RoleDetailList.find(({ RoleName }) => RoleName === 'example-for-ec2')
  role?.RolePolicyList.push({ PolicyName: 'new', PolicyDocument: allow })
  writeFileSync(`${file}.new`, JSON.stringify(next))
  renameSync(`${file}.new`, file)
  await until('read the new one', async () => (await ask(service.url)).diagnosis?.verdict?.decision === 'allowed')
  t.notMatch(await firstCause(), { code: 'missing-allow' }, 'the new one counts')
  copyFileSync('data/sample-account.json', file)
  await until('read the old one', async () => (await ask(service.url)).diagnosis?.verdict?.decision !== 'allowed')
})

t.test('the disk is full for logs: requests are answered all the same', async (t) => {
  const port = await freePort()
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, ['dist/bundle/main.js'], {
    env: { ...process.env, ...uncounted, NODE_OPTIONS: '', EVIDENCE: 'sample', LOG_LEVEL: 'trace', PORT: String(port) },
    stdio: ['ignore', full, 'ignore'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  await until('ready', () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  for (let i = 0; i < 60; i += 1) t.equal((await ask(url)).status, 200)
  t.equal(child.exitCode, null, 'still running')
  child.kill('SIGTERM')
  t.equal(await new Promise((resolve) => child.once('exit', resolve)), 0, 'and it closes as always')
})

t.test('when the disk has room again the log goes on', async (t) => {
  const service = await startService(t, {
    EVIDENCE: 'sample',
    LOG_LEVEL: 'info',
    NODE_OPTIONS: '--import ./test/helper/full-disk.mjs',
  })
  for (let i = 0; i < 60; i += 1) t.equal((await ask(service.url)).status, 200)
  t.equal(service.output(), '', 'nothing could be written')
  process.kill(service.pid, 'SIGCONT')
  await until('wrote what it had kept', () => service.output().split('"audit":true').length - 1 === 60)
  await ask(service.url)
  await until('went on', () => service.output().split('"audit":true').length - 1 === 61)
})

t.test('the clock jumps a day ahead and two back', { timeout: 60_000 }, async (t) => {
  const inline: Record<string, object> = { one: unrelated }
  const fake = await startFakeAws(t, {
    home: '111122223333',
    accounts: { '111122223333': { roles: { 'example-for-ec2': { inline } } } },
  })
  const service = await startReading(t, fake.endpoint, {
    RATE_LIMIT: '100',
    NODE_OPTIONS: '--import ./test/helper/jumping-clock.mjs',
  })
  const decision = async (): Promise<unknown> => (await ask(service.url)).diagnosis?.verdict?.decision
  for (const document of [allow, unrelated, allow]) {
    const before = await decision()
    t.equal(await decision(), before, 'cached')
    inline['one'] = document
    process.kill(service.pid, 'SIGCONT')
    // The cache reads its clock once a second.
    await pause(1200)
    t.not(await decision(), before, 'what was read at another time is read again')
  }
  t.equal((await fetch(`${service.url}/readyz`)).status, 200)
})

t.test('a wrong setting stops the start with one line', { timeout: 90_000 }, async (t) => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  t.teardown(() => taken.close())
  const { port } = taken.address() as AddressInfo
  // Nobody listens there: its client tries again and again.
  const REDIS_URL = 'redis://127.0.0.1:1'
  for (const [environment, says] of [
    [{ PORT: 'x' }, /^access-denied-explainer: PORT: .*\n$/],
    [{ HOST: '0.0.0.0' }, /^access-denied-explainer: HOST is 0\.0\.0\.0.*\n$/],
    [{ HOST: '0.0.0.0', API_KEYS_FILE: '/nonexistent/keys.json' }, /^access-denied-explainer: .*API_KEYS_FILE.*\n$/],
    [{ EVIDENCE: 'snapshot', SNAPSHOT_FILE: '/nonexistent.json' }, /^access-denied-explainer: .*SNAPSHOT_FILE.*\n$/],
    [{ EVIDENCE: 'snapshot', SNAPSHOT_FILE: '/nonexistent.json', REDIS_URL }, /^access-denied-explainer: .*\n$/],
    [{ EVIDENCE: 'sample', PORT: String(port) }, /^access-denied-explainer: .*EADDRINUSE.*\n$/],
    [{ EVIDENCE: 'sample', PORT: String(port), REDIS_URL }, /^access-denied-explainer: .*EADDRINUSE.*\n$/],
    [{ EVIDENCE: 'snapshot', SNAPSHOT_FILE: t.testdir() }, /^access-denied-explainer: SNAPSHOT_FILE: .*\.json.*\n$/],
  ] as const) {
    const child = spawn(process.execPath, ['dist/bundle/main.js'], {
      env: { ...process.env, ...uncounted, NODE_OPTIONS: '', LOG_LEVEL: 'silent', ...environment },
    })
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
    const code = await new Promise((resolve) => child.once('exit', resolve))
    clearTimeout(late)
    t.equal(code, 2, JSON.stringify(environment))
    t.match(output, says)
  }
})
