import type { FastifyBaseLogger } from 'fastify'
import type { Metrics } from './metrics.ts'

/** Why a request was turned away although there is nothing wrong with it. */
const reasons = [
  // It would have waited too long for the processor.
  'processor',
  // As many as allowed are being answered, or their bodies are too large together.
  'requests',
  'streams',
  'slack',
  // The event loop or the memory is in trouble all the same.
  'pressure',
  'rate-limit',
  // Too many keys that nobody has came from its address.
  'unknown-keys',
  // It took too long to arrive.
  'late',
] as const
export type RefusalReason = (typeof reasons)[number]

export interface Refusals {
  count(reason: RefusalReason): void
  close(): void
}

const everyMilliseconds = 10_000

/** Counts refusals, and logs their number now and then: a line for each would make an overload worse. */
export function countRefusals(metrics: Metrics, logger: FastifyBaseLogger): Refusals {
  let refused: Partial<Record<RefusalReason, number>> = {}
  let timer: NodeJS.Timeout | undefined
  // There from the start, so that the first refusal is seen as a rise.
  for (const reason of reasons) metrics.refused(reason, 0)
  function tell(): void {
    clearTimeout(timer)
    if (timer !== undefined) logger.warn({ refused }, 'requests were refused')
    timer = undefined
    refused = {}
  }
  return {
    count(reason) {
      metrics.refused(reason, 1)
      refused[reason] = (refused[reason] ?? 0) + 1
      timer ??= setTimeout(tell, everyMilliseconds).unref()
    },
    close: tell,
  }
}
