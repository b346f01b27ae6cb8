import t from 'tap'
import { limitPlaces } from '../../src/http/places.ts'
import { createQueue, type Queue, type Work } from '../../src/http/queue.ts'
import { rateStore } from '../../src/http/rate-store.ts'

interface Clockwork {
  time: number
  /** Ends the turn: everything that was put off until then is done. */
  turn(): void
  /** Takes so many milliseconds when it is run. */
  work(log: string[], name: string, milliseconds?: number, gone?: boolean): Work
  readonly idle: () => boolean
  readonly queue: Queue
}

function clockwork(limit: number): Clockwork {
  let later: (() => void)[] = []
  let after: (() => void)[] = []
  const clock: Clockwork = {
    time: 0,
    turn() {
      const now = later
      later = []
      for (const work of now) work()
      const ended = after
      after = []
      for (const told of ended) told()
    },
    work: (log, name, milliseconds = 1, gone = false) => ({
      run() {
        log.push(name)
        clock.time += milliseconds
      },
      refuse: () => void log.push(`no ${name}`),
      isGone: () => gone,
    }),
    idle: () => later.length === 0,
    queue: createQueue(limit, {
      now: () => clock.time,
      nextTurn: (work) => later.push(work),
      afterWork: (told) => void after.push(told),
    }),
  }
  return clock
}

t.test('what arrives in a turn is done together at its end, in order', (t) => {
  const clock = clockwork(100)
  const log: string[] = []
  t.ok(clock.queue.enter(clock.work(log, 'one')))
  t.ok(clock.queue.enter(clock.work(log, 'two')))
  t.equal(clock.queue.waiting(), 2)
  t.strictSame(log, [])
  clock.turn()
  t.strictSame(log, ['one', 'two'])
  t.ok(clock.idle(), 'and nothing goes on in a queue that is empty')
  t.end()
})

t.test('a turn does as much as takes 4 ms, by what requests took of late', (t) => {
  const perTurn = (milliseconds: number): readonly number[] => {
    const clock = clockwork(100_000)
    const log: string[] = []
    for (let i = 0; i < 300; i += 1) clock.queue.enter(clock.work(log, String(i), milliseconds))
    const counts: number[] = []
    while (log.length < 300) {
      const before = log.length
      clock.turn()
      counts.push(log.length - before)
    }
    return counts.slice(0, -1)
  }
  t.equal(perTurn(1)[0], 4, 'a millisecond each, before anything is known')
  t.equal(perTurn(0.5).at(-1), 7)
  t.ok(
    perTurn(0.001).every((count) => count <= 64),
    'the next ones may be slower',
  )
  t.equal(perTurn(20).at(-1), 1, 'one at least')
  t.end()
})

t.test('where reading and refusing take long, work takes as long', (t) => {
  const share = (reading: number): number => {
    const clock = clockwork(1000)
    const log: string[] = []
    for (let turn = 0; turn < 200; turn += 1) {
      for (let i = 0; i < 50; i += 1) clock.queue.enter(clock.work(log, 'done', 0.5))
      clock.time += reading
      clock.turn()
    }
    return (log.filter((entry) => entry === 'done').length * 0.5) / clock.time
  }
  t.ok(share(10) > 0.45, String(share(10)))
  t.ok(share(40) > 0.3, 'but for no longer than 20 ms')
  t.end()
})

t.test('a few may always wait; beyond them only as many as will be answered in time', (t) => {
  const clock = clockwork(100)
  const log: string[] = []
  let taken = 0
  while (clock.queue.enter(clock.work(log, String(taken), 5))) taken += 1
  t.equal(taken, 81, '80 ms at one a millisecond, before anything is known of the pace')
  for (let i = 0; i < 100; i += 1) clock.turn()
  t.strictSame(
    log.filter((entry) => !entry.startsWith('no ')),
    Array.from({ length: 32 }, (_, index) => String(index)),
    'at 5 ms each only those are answered that may always wait',
  )
  t.equal(log.length, 81, 'and all others are told')
  taken = 0
  while (clock.queue.enter(clock.work([], ''))) taken += 1
  t.equal(taken, 32, 'the pace is known now')
  t.end()
})

t.test('the wait of what is taken in has a bound, however long the overload lasts', (t) => {
  const clock = clockwork(100)
  const waits: number[] = []
  let refused = 0
  for (let turn = 0; turn < 5000; turn += 1) {
    // Three arrive for each that is answered.
    for (let i = 0; i < 12; i += 1) {
      const since = clock.time
      const refuse = (): void => {
        refused += 1
      }
      const run = (): void => {
        waits.push(clock.time - since)
        clock.time += 1
      }
      if (!clock.queue.enter({ run, refuse, isGone: () => false })) refuse()
    }
    clock.turn()
  }
  const first = Math.max(...waits.slice(0, 1000))
  const last = Math.max(...waits.slice(-1000))
  t.ok(first <= 84 && last <= 84, `${first} ms in the beginning, ${last} ms at the end`)
  t.ok(waits.length > 19_990, `and every millisecond answers one: ${waits.length}`)
  t.ok(refused > 39_000)
  t.end()
})

t.test('who has gone away costs no turn', (t) => {
  const clock = clockwork(100)
  const log: string[] = []
  for (const name of ['one', 'two', 'three', 'four', 'five']) clock.queue.enter(clock.work(log, name, 1, true))
  clock.queue.enter(clock.work(log, 'six'))
  clock.turn()
  t.strictSame(log, ['six'])
  t.end()
})

t.test('slices of long work go behind requests, but not for ever', async (t) => {
  const clock = clockwork(1000)
  const log: string[] = []
  clock.time = 5
  for (let i = 0; i < 50; i += 1) clock.queue.enter(clock.work(log, 'request'))
  const slices = [1, 2, 3].map((index) => clock.queue.nextSlice().then(() => log.push(`slice ${index}`)))
  for (let i = 0; i < 60; i += 1) {
    clock.turn()
    await Promise.resolve()
  }
  await Promise.all(slices)
  const places = log.flatMap((entry, index) => (entry === 'request' ? [] : [`${entry} at ${index}`]))
  t.strictSame(places, ['slice 1 at 16', 'slice 2 at 37', 'slice 3 at 52'])
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
