import { createCache, type Cache } from 'async-cache-dedupe'
import type { EvidencePorts } from './question.ts'
import type { RedisConnection } from './redis-connection.ts'

/** Seconds: how long a value is served as it is, and how long after that while it is being read anew. */
export interface Life {
  readonly ttl: number
  readonly stale: number
}

/** One fetch for everybody who asks at the same time; shared by all replicas where there is a Redis. */
export interface EvidenceCache {
  get<T>(key: string, options: Options<T>, fetch: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

interface Options<T> {
  readonly life: (value: T) => Life
  /** Read again, whatever is there. */
  readonly fresh?: boolean
  /**
   * Of a reading that may take longer than anybody waits: what is there stays until the new value has come, and is
   * given to who asks for a fresh one after so many milliseconds.
   */
  readonly keptAfter?: number
}

interface Entry extends Life {
  readonly value: unknown
  readonly at: number
}

interface Asked {
  readonly key: string
  readonly fetch: () => Promise<Entry>
}

const mostEntries = 10_000
const keyPrefix = 'access-denied-explainer~1~'

type Store = Pick<Cache, 'clear'> & { readonly evidence: (asked: Asked) => Promise<Entry> }

/** In memory; with a Redis URL in Redis while that answers, and in memory again while it does not. */
export async function createEvidenceCache(redisUrl: string | undefined, ports: EvidencePorts): Promise<EvidenceCache> {
  const memory = openStore({ type: 'memory', options: { size: mostEntries } })
  // Loaded only where it is used: its client costs a start more than the cache does.
  const redis = ports.redis ?? (redisUrl === undefined ? null : await connect(redisUrl, ports))
  const shared = redis === null ? null : openStore({ type: 'redis', options: { client: redis.client, log: redis.log } })
  const store = (): Store => (shared !== null && redis?.answers() === true ? shared : memory)
  const now = ports.now ?? Date.now

  async function forget(asked: Asked): Promise<void> {
    // The memory too: it may have to step in at any moment.
    await memory.clear('evidence', asked)
    if (store() !== memory) await shared?.clear('evidence', asked).catch(() => redis?.pause())
  }

  const renewals = new Map<string, Promise<Entry>>()

  /** One at a time; a value that is not to be kept replaces none. */
  function renew(asked: Asked, kept: Entry): Promise<Entry> {
    const running = renewals.get(asked.key)
    if (running !== undefined) return running
    const renewal = asked
      .fetch()
      .then(async (entry) => {
        if (entry.ttl === 0) return kept
        await forget(asked)
        await store().evidence({ key: asked.key, fetch: () => Promise.resolve(entry) })
        return entry
      })
      .catch(() => kept)
      .finally(() => renewals.delete(asked.key))
    renewals.set(asked.key, renewal)
    return renewal
  }

  return {
    get: async <T>(
      key: string,
      { life, fresh = false, keptAfter }: Options<T>,
      fetch: () => Promise<T>,
    ): Promise<T> => {
      const started = now()
      let reading: Promise<Entry> | undefined
      const begin = async (): Promise<Entry> => {
        try {
          const value = await fetch()
          return { value, at: now(), ...life(value) }
        } catch (error) {
          reading = undefined
          throw error
        }
      }
      // Once for one question, whoever of the stores asks for it.
      const asked: Asked = { key, fetch: () => (reading ??= begin()) }
      if (fresh && keptAfter === undefined) await forget(asked)
      const used = store()
      // Redis may go away between any two commands.
      const read = (): Promise<Entry> =>
        used.evidence(asked).catch((error: unknown) => {
          if (used === memory) throw error
          redis?.pause()
          return memory.evidence(asked)
        })
      let entry = await read()
      if (isOutOfTime(entry, now())) {
        await forget(asked)
        entry = await read()
      }
      if (fresh && keptAfter !== undefined && entry.at < started)
        entry = await within(keptAfter, renew(asked, entry), entry)
      const age = (now() - entry.at) / 1000
      // A stale value makes its reader fetch too, but what he is given is older.
      ports.observe?.cache(reading !== undefined && entry.at >= started ? 'miss' : age > entry.ttl ? 'stale' : 'hit')
      // What was put in is what comes out: keys are made per type of value.
      return entry.value as T
    },
    close: () => redis?.close() ?? Promise.resolve(),
  }
}

/** The value, or what is there in its place when it does not come in time. */
async function within<T>(milliseconds: number, value: Promise<T>, instead: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(instead), milliseconds)
  })
  try {
    return await Promise.race([value, late])
  } finally {
    clearTimeout(timer)
  }
}

const connect = async (url: string, ports: EvidencePorts): Promise<RedisConnection> =>
  (await import('./redis-connection.ts')).connectRedis(url, ports)

/** Clocks of replicas differ by less than this. */
const skewSeconds = 60

/** From the future, or older than it may be: a clock was set back, and what is kept would stay for as long. */
function isOutOfTime({ at, ttl, stale }: Entry, now: number): boolean {
  const age = (now - at) / 1000
  return age < -skewSeconds || age > ttl + stale + skewSeconds
}

type Storage = NonNullable<Parameters<typeof createCache>[0]>['storage']

function openStore(storage: NonNullable<Storage>): Store {
  return createCache({ ttl: 1, storage }).define(
    'evidence',
    {
      ttl: ({ ttl }: Entry) => ttl,
      stale: ({ stale }: Entry) => stale,
      serialize: ({ key }: Asked) => keyPrefix + key,
    },
    ({ fetch }: Asked) => fetch(),
  )
}
