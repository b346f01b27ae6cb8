import { Redis } from 'ioredis'
import type { EvidencePorts } from './question.ts'

/** Redis is an accelerator: one that does not answer at once is passed over. */
const redisMilliseconds = 250
/** One that hangs is asked again after this time, by a ping and not at the cost of a request. */
const pauseMilliseconds = 5000

/** A Redis that may be away at any time. */
export interface RedisConnection {
  readonly client: Redis
  /** The cache tells here of commands that failed. */
  readonly log: Readonly<Record<'debug' | 'warn' | 'error', () => void>>
  answers(): boolean
  /** Do without it for a while. */
  readonly pause: () => void
  close(): Promise<void>
}

export function connectRedis(url: string, { log }: EvidencePorts): RedisConnection {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: redisMilliseconds,
    connectTimeout: 1000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5000),
  })
  let away = false
  let closed = false
  let again: NodeJS.Timeout | undefined
  const isAway = (): void => {
    if (away) return
    away = true
    log?.({ level: 'warn', code: 'redis-away', values: {} })
  }
  const askAgain = (): void => {
    if (closed) return
    again = setTimeout(() => void client.ping().then(isBack, askAgain), pauseMilliseconds).unref()
  }
  const pause = (): void => {
    isAway()
    if (again === undefined) askAgain()
  }
  client.on('error', isAway)
  const isBack = (): void => {
    if (away) log?.({ level: 'info', code: 'redis-back', values: {} })
    away = false
    clearTimeout(again)
    again = undefined
  }
  client.on('ready', isBack)
  return {
    client,
    log: { debug: () => undefined, warn: () => undefined, error: pause },
    pause,
    answers: () => client.status === 'ready' && again === undefined,
    close: () => {
      closed = true
      clearTimeout(again)
      client.disconnect()
      return Promise.resolve()
    },
  }
}
