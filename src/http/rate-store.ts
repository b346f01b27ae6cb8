import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { RedisConnection } from '../evidence/redis-connection.ts'

interface Counted {
  readonly current: number
  /** Milliseconds until counting begins anew. */
  readonly ttl: number
}

const keyPrefix = 'access-denied-explainer~rate~'
/** So that many callers cannot fill the memory; who was new longest ago is forgotten first. */
const mostCallers = 10_000
const countInRedis = `
local current = redis.call('INCR', KEYS[1])
if current == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {current, redis.call('PTTL', KEYS[1])}`

/**
 * Counts for the rate limit: in Redis for all replicas together, and in this process while Redis does not answer. The
 * process counts by a clock that nobody sets.
 */
export function rateStore(
  redis: RedisConnection | null,
  now = (): number => performance.now(),
): FastifyRateLimitStoreCtor {
  const counts = new Map<string, { current: number; readonly until: number }>()

  function countHere(key: string, window: number): Counted {
    const time = now()
    const known = counts.get(key)
    if (known !== undefined && known.until > time) {
      known.current += 1
      return { current: known.current, ttl: known.until - time }
    }
    counts.delete(key)
    counts.set(key, { current: 1, until: time + window })
    const [oldest] = counts.size > mostCallers ? counts.keys() : []
    if (oldest !== undefined) counts.delete(oldest)
    return { current: 1, ttl: window }
  }

  async function countShared({ client, pause }: RedisConnection, key: string, window: number): Promise<Counted> {
    try {
      const [current, ttl] = (await client.eval(countInRedis, 1, keyPrefix + key, window)) as [number, number]
      return { current, ttl }
    } catch {
      pause()
      return countHere(key, window)
    }
  }

  return class implements FastifyRateLimitStore {
    incr(key: string, callback: (error: Error | null, result?: Counted) => void, window: number): void {
      if (redis?.answers() !== true) callback(null, countHere(key, window))
      else void countShared(redis, key, window).then((counted) => callback(null, counted))
    }

    child(): this {
      return this
    }
  }
}
