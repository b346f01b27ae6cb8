import type { FastifyBaseLogger } from 'fastify'
import type { Metrics } from './metrics.ts'

/** Why a request was turned away although there is nothing wrong with it. */
export type RefusalReason =
  | 'processor' // it would have waited too long for the processor
  | 'requests' // as many as allowed are being answered, or their bodies are too large together
  | 'streams'
  | 'slack'
  | 'pressure' // the event loop or the memory is in trouble all the same
  | 'rate-limit'
  | 'late' // it took too long to arrive

export interface Refusals {
  count(reason: RefusalReason): void
  close(): void
}

const everyMilliseconds = 10_000

/** Counts refusals, and logs their number now and then: a line for each would make an overload worse. */
export function countRefusals(metrics: Metrics, logger: FastifyBaseLogger): Refusals {
  let refused: Partial<Record<RefusalReason, number>> = {}
  let timer: NodeJS.Timeout | undefined
  function tell(): void {
    clearTimeout(timer)
    if (timer !== undefined) logger.warn({ refused }, 'requests were refused')
    timer = undefined
    refused = {}
  }
  return {
    count(reason) {
      metrics.refused(reason)
      refused[reason] = (refused[reason] ?? 0) + 1
      timer ??= setTimeout(tell, everyMilliseconds).unref()
    },
    close: tell,
  }
}
