import t from 'tap'
import { limitPlaces } from '../../src/http/places.ts'
import { createQueue, type Queue } from '../../src/http/queue.ts'
import { rateStore } from '../../src/http/rate-store.ts'

interface Clockwork {
  time: number
  /** Ends the turn: everything that was put off until then is done. */
  turn(milliseconds?: number): void
  readonly idle: () => boolean
  readonly queue: Queue
}

function clockwork(limit: number): Clockwork {
  let later: (() => void)[] = []
  const clock: Clockwork = {
    time: 0,
    turn(milliseconds = 1) {
      const now = later
      later = []
      for (const work of now) work()
      clock.time += milliseconds
    },
    idle: () => later.length === 0,
    queue: createQueue(limit, { now: () => clock.time, nextTurn: (work) => later.push(work) }),
  }
  return clock
}

function work(log: string[], name: string, gone = false) {
  return {
    run: () => void log.push(name),
    refuse: () => void log.push(`no ${name}`),
    isGone: () => gone,
  }
}

t.test('what comes early in a turn is done at once, the rest waits in order', (t) => {
  const clock = clockwork(100)
  const log: string[] = []
  t.ok(clock.queue.isFree())
  clock.time += 2
  t.ok(clock.queue.isFree(), 'little was done yet')
  clock.time += 2
  t.notOk(clock.queue.isFree(), 'the turn was long enough')
  t.ok(clock.queue.enter(work(log, 'one')))
  t.ok(clock.queue.enter(work(log, 'two')))
  t.equal(clock.queue.waiting(), 2)
  t.strictSame(log, [])
  clock.turn()
  t.strictSame(log, ['one'])
  t.notOk(clock.queue.isFree(), 'nobody overtakes')
  clock.turn()
  t.strictSame(log, ['one', 'two'])
  clock.turn()
  t.ok(clock.queue.isFree())
  clock.turn()
  t.ok(clock.idle(), 'and nothing goes on in a queue that is empty')
  t.end()
})

t.test('a few may always wait; beyond them only as many as will be answered in time', (t) => {
  const clock = clockwork(100)
  const log: string[] = []
  let taken = 0
  while (clock.queue.enter(work(log, String(taken)))) taken += 1
  t.equal(taken, 81, '80 ms at one a millisecond, before anything is known of the pace')
  for (let i = 0; i < 100; i += 1) clock.turn(5)
  t.strictSame(
    log.filter((entry) => !entry.startsWith('no ')),
    Array.from({ length: 32 }, (_, index) => String(index)),
    'at 5 ms each only those are answered that may always wait',
  )
  t.equal(log.length, 81, 'and all others are told')
  taken = 0
  while (clock.queue.enter(work([], ''))) taken += 1
  t.equal(taken, 32, 'the pace is known now')
  t.end()
})

t.test('the wait of what is taken in has a bound, however long the overload lasts', (t) => {
  const clock = clockwork(100)
  const waits: number[] = []
  let refused = 0
  for (let turn = 0; turn < 20_000; turn += 1) {
    // Three arrive for each that is answered.
    for (let i = 0; i < 3; i += 1) {
      const since = clock.time
      const refuse = (): void => {
        refused += 1
      }
      const run = (): void => {
        waits.push(clock.time - since)
      }
      if (!clock.queue.enter({ run, refuse, isGone: () => false })) refuse()
    }
    clock.turn(1)
  }
  const first = Math.max(...waits.slice(0, 1000))
  const last = Math.max(...waits.slice(-1000))
  t.ok(first <= 81 && last <= 81, `${first} ms in the beginning, ${last} ms at the end`)
  t.ok(waits.length > 19_990, `and every turn answers one: ${waits.length}`)
  t.ok(refused > 39_000)
  t.end()
})

t.test('who has gone away costs no turn', (t) => {
  const clock = clockwork(100)
  const log: string[] = []
  for (const name of ['one', 'two']) clock.queue.enter(work(log, name, true))
  clock.queue.enter(work(log, 'three'))
  clock.turn()
  t.strictSame(log, ['three'])
  t.end()
})

t.test('slices of long work go behind requests, but not for ever', async (t) => {
  const clock = clockwork(1000)
  const log: string[] = []
  clock.time = 5
  for (let i = 0; i < 50; i += 1) clock.queue.enter(work(log, 'request'))
  const slices = [1, 2, 3].map((index) => clock.queue.nextSlice().then(() => log.push(`slice ${index}`)))
  for (let i = 0; i < 60; i += 1) {
    clock.turn()
    await Promise.resolve()
  }
  await Promise.all(slices)
  const places = log.flatMap((entry, index) => (entry === 'request' ? [] : [`${entry} at ${index}`]))
  t.strictSame(places, ['slice 1 at 15', 'slice 2 at 35', 'slice 3 at 52'])
  t.end()
})

t.test('places are given back once', (t) => {
  const places = limitPlaces(2)
  const leave = places.enter()
  t.ok(leave)
  const other = places.hold()
  t.equal(places.enter(), null)
  leave?.()
  leave?.()
  t.equal(places.inside(), 1)
  t.ok(places.enter())
  const held = places.hold()
  t.equal(places.inside(), 3, 'what was promised is counted and not refused')
  other()
  held()
  t.equal(places.inside(), 1)
  t.end()
})

t.test('large bodies keep out only each other', (t) => {
  const places = limitPlaces(10, 100)
  const first = places.enter(250)
  t.ok(first, 'one that is too large for the room gets in alone')
  t.equal(places.enter(1), null)
  t.ok(places.enter(0))
  first?.()
  t.ok(places.enter(60))
  t.ok(places.enter(40))
  t.equal(places.enter(1), null)
  t.end()
})

t.test('the rate limit counts by a clock that nobody sets, and forgets those who came first', (t) => {
  let time = 1000
  const Store = rateStore(null, () => time)
  const store = new Store({})
  const count = (key: string): { current: number; ttl: number } => {
    let counted = { current: 0, ttl: 0 }
    store.incr(
      key,
      (_error, result) => {
        counted = result ?? counted
      },
      60_000,
      3,
    )
    return counted
  }
  t.strictSame(count('a'), { current: 1, ttl: 60_000 })
  time += 20_000
  t.strictSame(count('a'), { current: 2, ttl: 40_000 })
  t.strictSame(count('b'), { current: 1, ttl: 60_000 })
  const wall = Date.now
  Date.now = () => wall() - 86_400_000
  time += 40_000
  t.strictSame(count('a'), { current: 1, ttl: 60_000 }, 'a new minute, though the wall clock went back a day')
  Date.now = wall
  for (let i = 0; i < 10_000; i += 1) count(`caller ${i}`)
  t.equal(count('b').current, 1, 'as if new')
  t.end()
})
