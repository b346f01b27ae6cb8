/**
 * Who waits for the processor, in order. Left alone, requests wait in the kernel, where nobody counts them: in each
 * turn of its event loop Node reads every socket that has something and takes in one new connection. So a turn does
 * little here, the rest waits in this queue, and the queue is no longer than can be answered in time.
 */
export interface Queue {
  /** Nothing waits and this turn has done little: the work may be done at once. */
  isFree(): boolean
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

export interface Clock {
  now(): number
  /** After all sockets were read once. */
  nextTurn(work: () => void): void
}

/** What a turn does of what arrives in it; new connections, probes among them, wait for no longer than this. */
const turnMilliseconds = 4
/** Slices get a turn after this time, however many requests wait. */
const sliceEveryMilliseconds = 20
/** So few may wait however long it takes: a process that has just begun is slow, not overloaded. */
const alwaysMayWait = 32
/** Share of the limit that a wait may seem to take: who is refused should hear it at once, not when he has waited. */
const mostExpected = 0.8
/** How much one turn counts in the time that a turn takes. */
const weight = 1 / 16

const nodesClock: Clock = { now: () => performance.now(), nextTurn: setImmediate }

export function createQueue(limitMilliseconds: number, clock: Clock = nodesClock): Queue {
  const requests: { readonly work: Work; readonly since: number; readonly behind: number }[] = []
  const slices: (() => void)[] = []
  let isScheduled = false
  let turnBegan: number | null = null
  let stepBegan: number | null = null
  let sliceAt = 0
  /** Milliseconds from one request's turn to the next, of late. */
  let pace = 1

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
    } else runNext(time)
    if (requests.length + slices.length > 0) schedule()
    if (requests.length === 0) stepBegan = null
  }

  function runNext(time: number): void {
    if (stepBegan !== null) pace += (time - stepBegan - pace) * weight
    stepBegan = time
    for (let next = requests.shift(); next !== undefined; next = requests.shift()) {
      if (next.work.isGone()) continue
      if (next.behind < alwaysMayWait || time - next.since <= limitMilliseconds) {
        next.work.run()
        return
      }
      next.work.refuse()
    }
  }

  function endTurn(): void {
    turnBegan = null
  }

  return {
    isFree() {
      if (requests.length > 0) return false
      if (turnBegan !== null) return clock.now() - turnBegan < turnMilliseconds
      turnBegan = clock.now()
      clock.nextTurn(endTurn)
      return true
    },
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
