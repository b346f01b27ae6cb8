import t from 'tap'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import type { EvidenceEvent } from '../../src/evidence/question.ts'
import { createEvidenceCache } from '../../src/evidence/cache.ts'
import { ask, counter, settings } from '../helper/evidence.ts'
import { startFakeAws, type FakeWorld } from '../helper/fake-aws.ts'
import { redisMissing, startRedis } from '../helper/redis.ts'

const world: FakeWorld = {
  home: '111122223333',
  accounts: { '111122223333': { roles: { app: { inline: { one: { Version: '2012-10-17', Statement: [] } } } } } },
}

t.test('a cache in Redis', { skip: redisMissing() }, async (t) => {
  const fake = await startFakeAws(t, world)
  const redis = await startRedis(t)
  const events: EvidenceEvent['code'][] = []
  const replica = async () => {
    const observe = counter()
    const log = ({ code }: EvidenceEvent) => events.push(code)
    const gatherer = await createGatherer(settings({ REDIS_URL: redis.url }), { observe, log })
    t.teardown(() => gatherer.close())
    await gatherer.collect(ask({ account: '777788889999', role: 'nobody' }))
    // The connection is made meanwhile; until it stands the memory is used.
    await new Promise((resolve) => setTimeout(resolve, 200))
    return { gatherer, observe }
  }
  const [one, two] = [await replica(), await replica()]
  fake.calls.length = 0

  t.test("one replica's fetch serves the other", async (t) => {
    const first = await one.gatherer.collect(ask({ role: 'app' }))
    const calls = fake.count()
    t.equal(calls, 4)
    const second = await two.gatherer.collect(ask({ role: 'app' }))
    t.equal(fake.count(), calls)
    t.strictSame(second, first, 'and its age is told')
    t.ok(two.observe.seen.includes('hit'))
  })

  t.test('no-cache reads again, for both', async (t) => {
    const before = fake.count()
    const fresh = await two.gatherer.collect(ask({ role: 'app', fresh: true }))
    t.equal(fake.count(), before + 4)
    const other = await one.gatherer.collect(ask({ role: 'app' }))
    t.equal(fake.count(), before + 4)
    t.strictSame(other.sources, fresh.sources)
  })

  t.test('one that hangs holds nobody up for long, and only once', async (t) => {
    redis.hang()
    const times: number[] = []
    for (let at = 0; at < 3; at += 1) {
      const started = performance.now()
      t.strictSame((await one.gatherer.collect(ask({ role: 'app' }))).gaps, [])
      times.push(performance.now() - started)
    }
    redis.wake()
    t.ok(times[0]! < 1500, 'the first')
    t.ok(Math.max(...times.slice(1)) < 200, 'the next ones do without')
    t.ok(events.includes('redis-away'))
    events.length = 0
  })

  t.test('killed midway: goes on, in memory', async (t) => {
    fake.latency = 100
    const under = one.gatherer.collect(ask({ role: 'app', fresh: true }))
    await redis.kill()
    t.strictSame((await under).gaps, [], 'the read under way')
    fake.latency = 0
    const started = performance.now()
    t.strictSame((await one.gatherer.collect(ask({ role: 'app' }))).gaps, [])
    t.strictSame((await two.gatherer.collect(ask({ role: 'app' }))).gaps, [])
    t.ok(performance.now() - started < 1500, 'nobody waits for Redis')
    const calls = fake.count()
    await two.gatherer.collect(ask({ role: 'app' }))
    t.equal(fake.count(), calls, 'what was read meanwhile is remembered')
    t.ok(events.includes('redis-away'))
  })
})

t.test('in memory: stale while it is read anew, errors not kept', async (t) => {
  const observe = counter()
  const cache = await createEvidenceCache(undefined, { observe })
  t.teardown(() => cache.close())
  let reads = 0
  const life = () => ({ ttl: 1, stale: 10 })
  const read = () =>
    cache.get('key', { life }, () => {
      reads += 1
      return Promise.resolve(reads)
    })
  t.equal(await read(), 1)
  t.equal(await read(), 1)
  await new Promise((resolve) => setTimeout(resolve, 1300))
  t.equal(await read(), 1, 'the old one at once')
  await new Promise((resolve) => setTimeout(resolve, 20))
  t.equal(await read(), 2, 'then the new one')
  t.strictSame(observe.seen, ['miss', 'hit', 'stale', 'hit'])
  const failing = () => cache.get('other', { life }, () => Promise.reject(new Error('no')))
  await t.rejects(failing())
  t.equal(await cache.get('other', { life }, () => Promise.resolve('yes')), 'yes')
})
