/**
 * Who waits for the processor, in order. Left alone, requests wait in the kernel, where nobody counts them: in each
 * turn of its event loop Node reads every socket that has something and takes in one new connection. So a turn does
 * little here, the rest waits in this queue, and the queue is no longer than can be answered in time. What a turn does
 * is done together, after all sockets were read: with a visit to the kernel between any two requests, each takes half
 * as long again.
 */
export interface Queue {
  /** False: it would wait longer than the limit. Else it is run later, or refused where that proves to be too late. */
  enter(work: Work): boolean
  /** For long work in slices: when the next one may be done. Requests go first, but not for ever. */
  nextSlice(): Promise<void>
  readonly waiting: () => number
}

export interface Work {
  run(): void
  refuse(): void
  /** Nobody waits for it any more. */
  isGone(): boolean
}

interface Clock {
  now(): number
  /** After all sockets were read once. */
  nextTurn(work: () => void): void
  /** When all that a turn began is done as far as it can be, before sockets are read; later, if that took no time. */
  afterWork(told: () => void): void
}

/** The least work of a turn, and the most where reading the sockets took as long: otherwise the process would do nothing but refuse. */
const turnMilliseconds = { least: 4, most: 20 }
/** However fast they were of late: the next ones may be slow. */
const mostTogether = 64
/** Slices get a turn after this time, however many requests wait. */
const sliceEveryMilliseconds = 20
/** So few may wait however long it takes: a process that has just begun is slow, not overloaded. */
const alwaysMayWait = 32
/** Fraction of the limit that an expected wait may take: a request that will be refused is refused at once, not after it has waited. */
const mostExpected = 0.8
/** How much one turn counts in the time that a turn takes. */
const weight = 1 / 8

const nodesClock: Clock = {
  now: () => performance.now(),
  nextTurn: setImmediate,
  // Timers that are due come before sockets.
  afterWork: (told) => void setTimeout(told, 0),
}

export function createQueue(limitMilliseconds: number, clock: Clock = nodesClock): Queue {
  const requests: { readonly work: Work; readonly since: number; readonly behind: number }[] = []
  const slices: (() => void)[] = []
  let isScheduled = false
  let stepBegan: number | null = null
  let sliceAt = 0
  /** Milliseconds from one request to the next, of late, whatever was done between them. */
  let pace = 1
  /** Milliseconds of work for a request, of late. */
  let cost = 1
  /** Requests of the last turn. */
  let run = 0
  let workEnded: number | null = null

  function schedule(): void {
    if (isScheduled) return
    isScheduled = true
    clock.nextTurn(step)
  }

  function step(): void {
    isScheduled = false
    const time = clock.now()
    if (slices.length > 0 && (requests.length === 0 || time - sliceAt >= sliceEveryMilliseconds)) {
      sliceAt = time
      slices.shift()?.()
    } else runSome(time)
    if (requests.length + slices.length > 0) schedule()
    if (requests.length === 0) stepBegan = null
  }

  function runSome(time: number): void {
    if (stepBegan !== null && run > 0) pace += ((time - stepBegan) / run - pace) * weight
    const reading = workEnded === null ? 0 : time - workEnded
    stepBegan = time
    workEnded = null
    run = 0
    const { least, most } = turnMilliseconds
    const room = Math.max(least, Math.min(most, reading)) / cost
    const together = Math.max(1, Math.min(mostTogether, Math.floor(room)))
    for (let next = requests.shift(); next !== undefined; next = requests.shift()) {
      if (next.work.isGone()) continue
      if (next.behind < alwaysMayWait || time - next.since <= limitMilliseconds) {
        next.work.run()
        run += 1
        if (run >= together) break
      } else next.work.refuse()
    }
    if (run > 0) clock.afterWork(() => endWork(time))
  }

  function endWork(began: number): void {
    // A turn that took no time is over before this is told.
    if (began !== stepBegan) return
    workEnded = clock.now()
    cost += ((workEnded - began) / run - cost) * weight
  }

  return {
    enter(work) {
      const behind = requests.length
      if (behind >= alwaysMayWait && behind * pace > mostExpected * limitMilliseconds) return false
      requests.push({ work, since: clock.now(), behind })
      schedule()
      return true
    },
    nextSlice: () =>
      new Promise((resolve) => {
        slices.push(resolve)
        schedule()
      }),
    waiting: () => requests.length,
  }
}
