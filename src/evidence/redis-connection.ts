import { Redis } from 'ioredis'
import type { EvidencePorts } from './question.ts'

/** Redis is an accelerator: one that does not answer at once is passed over. */
const redisMilliseconds = 250
/** One that hangs is asked again after this time. */
const pauseMilliseconds = 5000

/** A Redis that may be away at any time. */
export interface RedisConnection {
  readonly client: Redis
  /** The cache tells here of commands that failed. */
  readonly log: Readonly<Record<'debug' | 'warn' | 'error', () => void>>
  answers(): boolean
  /** Do without it for a while. */
  pause(): void
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
  let pausedUntil = 0
  const isAway = (): void => {
    if (away) return
    away = true
    log?.({ level: 'warn', code: 'redis-away', values: {} })
  }
  const pause = (): void => {
    pausedUntil = Date.now() + pauseMilliseconds
    isAway()
  }
  client.on('error', isAway)
  client.on('ready', () => {
    if (away) log?.({ level: 'info', code: 'redis-back', values: {} })
    away = false
  })
  return {
    client,
    log: { debug: () => undefined, warn: () => undefined, error: pause },
    pause,
    answers: () => client.status === 'ready' && Date.now() >= pausedUntil,
    close: () => {
      client.disconnect()
      return Promise.resolve()
    },
  }
}
