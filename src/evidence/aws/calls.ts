import type { EvidenceObserver } from '../question.ts'
import { refusalOf, type Outcome } from './outcome.ts'

/** Makes calls: few at a time, few waiting, counted, and given up when their time is over. */
export interface Calls {
  /** `action` is the permission that the call needs, `service:Operation` for the counters. */
  make<T>(action: string, send: (signal: AbortSignal) => Promise<T>): Promise<Outcome<T>>
  /** Every page of a list, one after the other, until there are enough items. */
  pages<P, T>(
    action: string,
    open: (signal: AbortSignal) => AsyncIterable<P>,
    itemsOf: (page: P) => readonly T[] | undefined,
    most?: number,
  ): Promise<Outcome<readonly T[]>>
}

/** IAM's request rates are not published: few requests in flight, and the SDK's adaptive retries, keep us polite. */
const mostInFlight = 24
/** More could not be made within the time of any request; what finds the queue full is late at once. */
const mostWaiting = 2000

export type CallsWithin = (signal: AbortSignal) => Calls

/** One limit for the whole process, however many diagnoses run. */
export function createCalls(observe: EvidenceObserver | undefined): CallsWithin {
  const gate = createGate(mostInFlight, mostWaiting)

  async function make<T>(
    signal: AbortSignal,
    action: string,
    send: (signal: AbortSignal) => Promise<T>,
  ): Promise<Outcome<T>> {
    const refusal = await gate.enter(signal)
    if (refusal !== null) return { ok: false, reason: 'timeout', action, code: refusal }
    const started = performance.now()
    const outcome = await attempt(signal, action, send)
    gate.leave()
    const [service = '', operation = ''] = action.split(':')
    if (!outcome.ok || !isEnd(outcome.value))
      observe?.awsCall(service, operation, outcome.ok ? 'ok' : outcome.reason, performance.now() - started)
    return outcome
  }

  return (signal) => ({
    make: (action, send) => make(signal, action, send),
    pages: async (action, open, itemsOf, most = Infinity) => {
      const pages = open(signal)[Symbol.asyncIterator]()
      const items: NonNullable<ReturnType<typeof itemsOf>>[number][] = []
      for (;;) {
        const page = await make(signal, action, () => pages.next())
        if (!page.ok) return page
        if (page.value.done === true) return { ok: true, value: items }
        items.push(...(itemsOf(page.value.value) ?? []))
        if (items.length >= most) return { ok: true, value: items }
      }
    },
  })
}

/** A paginator that has come to its end says so without a call. */
const isEnd = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'done' in value && value.done === true

/** The SDK heeds the signal while a request is under way, but not while it waits to retry: so we do. */
async function attempt<T>(
  signal: AbortSignal,
  action: string,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<Outcome<T>> {
  if (signal.aborted) return { ok: false, reason: 'timeout', action, code: 'Deadline' }
  let stop: () => void = () => undefined
  const late = new Promise<Outcome<T>>((resolve) => {
    stop = () => resolve({ ok: false, reason: 'timeout', action, code: 'Deadline' })
    signal.addEventListener('abort', stop, { once: true })
  })
  const sent = send(signal).then(
    (value): Outcome<T> => ({ ok: true, value }),
    (error: unknown) => refusalOf(error, action),
  )
  const outcome = await Promise.race([sent, late])
  signal.removeEventListener('abort', stop)
  return outcome
}

interface Gate {
  /** `null`: inside; the caller leaves once. */
  enter(signal: AbortSignal): Promise<'QueueFull' | 'Deadline' | null>
  leave(): void
}

export function createGate(most: number, mostWaiting: number): Gate {
  // In order of arrival. A call that times out removes itself, so that it never blocks those behind it.
  const waiting = new Set<() => void>()
  let inside = 0
  return {
    enter: (signal) => {
      if (inside < most) {
        inside += 1
        return Promise.resolve(null)
      }
      if (waiting.size >= mostWaiting) return Promise.resolve('QueueFull')
      return new Promise((resolve) => {
        const next = (): void => {
          signal.removeEventListener('abort', late)
          resolve(null)
        }
        const late = (): void => {
          waiting.delete(next)
          resolve('Deadline')
        }
        waiting.add(next)
        signal.addEventListener('abort', late, { once: true })
      })
    },
    leave: () => {
      const [next] = waiting
      if (next === undefined) inside -= 1
      else {
        waiting.delete(next)
        next()
      }
    },
  }
}
