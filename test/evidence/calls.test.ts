import t from 'tap'
import { createGate } from '../../src/evidence/aws/calls.ts'
import { createEvidenceCache } from '../../src/evidence/cache.ts'

t.test('calls to AWS: so many at once, so many waiting, no more', async (t) => {
  const gate = createGate(2, 2)
  const { signal } = new AbortController()
  const log: string[] = []
  const enter = (name: string, until = signal): Promise<void> =>
    gate.enter(until).then((refusal) => void log.push(`${name} ${refusal ?? 'in'}`))
  await Promise.all([enter('one'), enter('two')])
  const three = enter('three')
  const four = enter('four')
  await enter('five')
  t.strictSame(log, ['one in', 'two in', 'five QueueFull'], 'the fifth is told at once')
  gate.leave()
  await three
  gate.leave()
  await four
  t.strictSame(log.slice(3), ['three in', 'four in'], 'in order')
  gate.leave()
  gate.leave()
  await enter('six')
  t.equal(log.at(-1), 'six in')
})

t.test('a call whose time is over leaves the queue, and nobody waits behind it', async (t) => {
  const gate = createGate(1, 2)
  const patient = new AbortController().signal
  const hasty = new AbortController()
  await gate.enter(patient)
  const one = gate.enter(hasty.signal)
  const two = gate.enter(patient)
  t.equal(await gate.enter(patient), 'QueueFull')
  hasty.abort()
  t.equal(await one, 'Deadline')
  const three = gate.enter(patient)
  gate.leave()
  t.equal(await two, null)
  gate.leave()
  t.equal(await three, null, 'its place in the queue was free again')
})

t.test('a clock that is set back or ahead: what was read is read again, not kept for as long', async (t) => {
  let shift = 0
  const wall = Date.now
  Date.now = () => wall() + shift
  t.teardown(() => {
    Date.now = wall
  })
  const cache = await createEvidenceCache(undefined, {})
  t.teardown(() => cache.close())
  let reads = 0
  const read = (): Promise<number> =>
    cache.get('key', { life: () => ({ ttl: 60, stale: 240 }) }, () => Promise.resolve((reads += 1)))
  const day = 86_400_000
  t.equal(await read(), 1)
  t.equal(await read(), 1)
  shift = -day
  t.equal(await read(), 2, 'it would have been kept for a day')
  t.equal(await read(), 2)
  shift = day
  // The store reads its clock once a second.
  await new Promise((resolve) => setTimeout(resolve, 1100))
  t.equal(await read(), 3)
  t.equal(await read(), 3)
})
