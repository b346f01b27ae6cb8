import { Redis } from 'ioredis'
import t, { type Test } from 'tap'
import { startFakeAws } from '../helper/fake-aws.ts'
import { freePort } from '../helper/moto.ts'
import { startProxy } from '../helper/proxy.ts'
import { redisMissing, startRedis, type TestRedis } from '../helper/redis.ts'
import { startService, type Service } from '../helper/service.ts'

/** Two replicas of the built service behind a proxy, with one Redis for both. */

const paste = (session: number): string =>
  `User: arn:aws:sts::111122223333:assumed-role/app/i-${session} is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action`
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

interface Pair {
  readonly url: string
  readonly replicas: readonly Service[]
  /** Ends one and starts it anew, as an update does; its exit code. */
  roll(index: number): Promise<number | null>
}

async function startPair(t: Test, environment: Readonly<Record<string, string>>): Promise<Pair> {
  const ports = [await freePort(), await freePort()]
  const start = (port: number | undefined): Promise<Service> =>
    startService(t, {
      LOG_LEVEL: 'info',
      SHUTDOWN_DELAY_MS: '400',
      TRUST_PROXY: '127.0.0.1',
      ...environment,
      PORT: String(port),
    })
  const replicas = await Promise.all(ports.map(start))
  const { url } = await startProxy(t, ports)
  return {
    url,
    replicas,
    async roll(index) {
      const code = await (replicas[index]?.stop('SIGTERM') ?? null)
      replicas[index] = await start(ports[index])
      return code
    },
  }
}

interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly replica: string | null
  readonly gaps: boolean
}

async function ask(url: string, session = 0): Promise<Answer> {
  const answer = await fetch(`${url}/v1/diagnoses`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: paste(session),
  })
  const text = await answer.text()
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    replica: answer.headers.get('x-replica'),
    gaps: /"policyType":"identity-based","reason"/.test(text),
  }
}

interface Load {
  /** Ends it, and tells how often each status was seen and how long the slowest took. */
  end(): Promise<{ readonly statuses: Readonly<Record<string, number>>; readonly slowest: number }>
}

function startLoad(url: string, workers = 8): Load {
  const statuses: Record<string, number> = {}
  let slowest = 0
  let running = true
  let session = 0
  const work = Array.from({ length: workers }, async () => {
    while (running) {
      const began = performance.now()
      const { status, gaps } = await ask(url, (session += 1)).catch(() => ({ status: 0, gaps: false }))
      const name = gaps ? `${status} with gaps` : String(status)
      statuses[name] = (statuses[name] ?? 0) + 1
      slowest = Math.max(slowest, performance.now() - began)
    }
  })
  return {
    async end() {
      running = false
      await Promise.all(work)
      return { statuses, slowest }
    },
  }
}

/** How often each replica has told of something. A busy machine may add an outage of its own to those made here. */
const timesTold = (pair: Pair, code: string): readonly number[] =>
  pair.replicas.map(({ output }) => output().split(`"${code}"`).length - 1)

/** Waits until it holds; false where it never does. */
async function comesTrue(holds: () => boolean): Promise<boolean> {
  for (let i = 0; i < 300 && !holds(); i += 1) await pause(50)
  return holds()
}

/** Each replica has told of a further outage. */
const isAway = (pair: Pair, before: readonly number[]): Promise<boolean> =>
  comesTrue(() => timesTold(pair, 'redis-away').every((times, index) => times > (before[index] ?? 0)))

/** Each outage that a replica told of has ended. */
const isBack = (pair: Pair): Promise<boolean> =>
  comesTrue(() => String(timesTold(pair, 'redis-back')) === String(timesTold(pair, 'redis-away')))

/** Redis has keys of both kinds that we put there. */
async function keysIn(redis: TestRedis): Promise<{ readonly rates: number; readonly evidence: number }> {
  const client = new Redis(redis.url)
  const keys = await client.keys('*')
  client.disconnect()
  const rates = keys.filter((key) => key.startsWith('access-denied-explainer~rate~')).length
  return { rates, evidence: keys.filter((key) => key.includes('access-denied-explainer~1~')).length }
}

const role = { inline: { one: { Version: '2012-10-17', Statement: [] } } }

t.test('under load', { skip: redisMissing(), timeout: 180_000 }, async (t) => {
  const redis = await startRedis(t)
  const fake = await startFakeAws(t, { home: '111122223333', accounts: { '111122223333': { roles: { app: role } } } })
  const pair = await startPair(t, {
    EVIDENCE: 'aws',
    AWS_ENDPOINT_URL: fake.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
    REDIS_URL: redis.url,
    RATE_LIMIT: '1000000',
    EVIDENCE_TIMEOUT_MS: '10000',
  })
  const [one, two] = pair.replicas
  await ask(pair.url)

  await t.test('restarted one after the other: no request fails', async (t) => {
    const load = startLoad(pair.url)
    for (const index of [0, 1]) {
      await pause(500)
      t.equal(await pair.roll(index), 0, 'exit code')
    }
    await pause(500)
    const { statuses } = await load.end()
    t.strictSame(Object.keys(statuses), ['200'], JSON.stringify(statuses))
    t.ok((statuses['200'] ?? 0) > 100)
    t.not(pair.replicas[0], one)
    t.not(pair.replicas[1], two)
    t.match(await keysIn(redis), { rates: 1, evidence: Number }, 'one count for both')
  })

  await t.test('Redis is killed and comes back: no request fails, and it is used again', async (t) => {
    const before = timesTold(pair, 'redis-away')
    const load = startLoad(pair.url)
    await pause(500)
    await redis.kill()
    await pause(1500)
    await redis.restart()
    t.ok(await isAway(pair, before), 'both noticed')
    t.ok(await isBack(pair), 'both found it again')
    await pause(500)
    const { statuses } = await load.end()
    t.strictSame(Object.keys(statuses), ['200'], JSON.stringify(statuses))
    t.match(await keysIn(redis), { rates: 1, evidence: Number })
  })

  await t.test('Redis hangs and wakes up: no request fails or waits long', async (t) => {
    const before = timesTold(pair, 'redis-away')
    const load = startLoad(pair.url)
    await pause(500)
    redis.hang()
    await pause(3000)
    redis.wake()
    const { statuses, slowest } = await load.end()
    t.strictSame(Object.keys(statuses), ['200'], JSON.stringify(statuses))
    t.ok(slowest < 3000, `the slowest took ${Math.round(slowest)} ms`)
    t.ok(await isAway(pair, before), 'both noticed')
    t.ok(await isBack(pair), 'both found it again')
  })
})

t.test('one rate limit for both', { skip: redisMissing(), timeout: 120_000 }, async (t) => {
  const redis = await startRedis(t)
  const pair = await startPair(t, { EVIDENCE: 'none', REDIS_URL: redis.url, RATE_LIMIT: '10' })
  const { url } = pair
  /** One after the other, so that both are asked in turn. */
  const askOften = async (times: number): Promise<readonly Answer[]> => {
    const answers: Answer[] = []
    for (let i = 0; i < times; i += 1) answers.push(await ask(url))
    return answers
  }
  const count = (answers: readonly Answer[], status: number): number =>
    answers.filter((answer) => answer.status === status).length

  const together = await askOften(30)
  t.equal(new Set(together.map(({ replica }) => replica)).size, 2, 'both were asked')
  t.equal(count(together, 200), 10)
  t.equal(count(together, 429), 20)
  for (const { status, retryAfter } of together) if (status === 429) t.match(retryAfter, /^[1-9]\d?$/)

  const before = timesTold(pair, 'redis-away')
  await redis.kill()
  t.ok(await isAway(pair, before), 'both noticed')
  const alone = await askOften(30)
  t.equal(count(alone, 200), 20, 'each by itself while Redis is away')
  t.equal(count(alone, 429), 10)

  await redis.restart()
  t.ok(await isBack(pair), 'both found it again')
  const again = await askOften(30)
  t.equal(count(again, 200), 10, 'together again, in a Redis that had forgotten')
  t.equal(count(again, 429), 20)
})
