import t from 'tap'
import { createEvidenceCache, type Life } from '../../src/evidence/cache.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { ask, settings } from '../helper/evidence.ts'
import { startFakeAws, type FakeWorld } from '../helper/fake-aws.ts'

const long: Life = { ttl: 3600, stale: 3600 }
const kept = (): Life => long

/** Readings that end when the test says so. */
function readings() {
  const begun: ((value: string) => void)[] = []
  const read = () => new Promise<string>((resolve) => begun.push(resolve))
  return { begun, read }
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 20))

t.test('a slow reading that is asked for anew: what was there stays until it has come', async (t) => {
  let now = 1_000_000
  const cache = await createEvidenceCache(undefined, { now: () => now })
  const { begun, read } = readings()
  const get = (fresh: boolean, keptAfter = 5) => cache.get('walk', { life: kept, fresh, keptAfter }, read)
  const first = get(true)
  await soon()
  begun[0]?.('one')
  t.equal(await first, 'one', 'nothing is there yet: it is waited for')

  now += 1000
  t.equal(await get(true), 'one', 'late')
  t.equal(await get(false), 'one', 'nobody else waits')
  t.equal(await get(true), 'one')
  t.equal(begun.length, 2, 'and one reading is enough for all who ask meanwhile')

  begun[1]?.('two')
  await soon()
  t.equal(await get(false), 'two')
  now += 1000
  const inTime = get(true, 5000)
  await soon()
  begun[2]?.('three')
  t.equal(await inTime, 'three', 'in time')
  t.equal(await get(false), 'three')
  await cache.close()
})

t.test('a reading that failed replaces nothing', async (t) => {
  let now = 1_000_000
  const cache = await createEvidenceCache(undefined, { now: () => now })
  const life = (value: string): Life => (value === 'late' ? { ttl: 0, stale: 0 } : long)
  const get = (value: () => Promise<string>) => cache.get('walk', { life, fresh: true, keptAfter: 5000 }, value)
  t.equal(await get(() => Promise.resolve('one')), 'one')
  now += 1000
  t.equal(await get(() => Promise.resolve('late')), 'one')
  t.equal(await get(() => Promise.reject(new Error('away'))), 'one')
  t.equal(await get(() => Promise.resolve('two')), 'two')
  await cache.close()
})

const account = '444455556666'
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'sqs:*', Resource: '*' }] }
const world: FakeWorld = {
  home: account,
  accounts: { [account]: { roles: { app: { inline: { one: document } } } } },
  organization: {
    id: 'o-check',
    management: '111122223333',
    parents: { [account]: 'r-cd34' },
    attached: { 'r-cd34': ['p-FullAWSAccess', 'p-guard'], [account]: ['p-FullAWSAccess'] },
    documents: { 'p-guard': document },
  },
}

t.test('who checks again keeps the SCPs, however long the organization takes to be read', async (t) => {
  const fake = await startFakeAws(t, world)
  const gatherer = await createGatherer(settings({ EVIDENCE_TIMEOUT_MS: 1500 }))
  t.teardown(() => gatherer.close())
  const question = ask({ account, role: 'app', denial: { policyType: 'service-control' } })
  const scps = async (fresh: boolean) => {
    const { policies, gaps } = await gatherer.collect({ ...question, fresh })
    return { policies: policies['service-control'], gaps: gaps.filter(({ about }) => about === 'service-control') }
  }
  // The SDK is loaded by the first, which may be late; the walk goes on.
  for (let at = 0; at < 10 && (await scps(false)).gaps.length > 0; at += 1) await soon()
  const before = await scps(false)
  t.match(before, { policies: [{ level: 'r-cd34' }, { level: account }], gaps: [] })
  fake.trouble = (action) => (action.startsWith('organizations:') ? 'hang' : null)
  const calls = fake.count('organizations:DescribeOrganization')
  for (let click = 0; click < 2; click += 1) t.strictSame(await scps(true), before)
  t.strictSame(await scps(false), before)
  t.equal(fake.count('organizations:DescribeOrganization'), calls + 1, 'one walk at a time')
})
