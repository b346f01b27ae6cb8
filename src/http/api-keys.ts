import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import * as z from 'zod'

export const scopes = ['text', 'policies', 'batch', 'metrics'] as const
export type Scope = (typeof scopes)[number]

export interface ApiKey {
  readonly name: string
  readonly scopes: ReadonlySet<Scope>
}

const keysFileSchema = z.object({
  keys: z.array(
    z.object({
      name: z.string().regex(/^[\w.@-]{1,64}$/),
      sha256: z.string().regex(/^[0-9a-f]{64}$/i, 'must be the SHA-256 of the key in hexadecimal'),
      scopes: z.array(z.enum(scopes)).min(1),
    }),
  ),
})

export interface ApiKeys {
  /** The key's name and scopes, or `null`. Takes the same time for every wrong key. */
  find(key: string): ApiKey | null
}

interface Entry extends ApiKey {
  readonly hash: Buffer
}

/**
 * Keys are long and random, so a plain SHA-256 is enough: there is no word list to try. The file is read again
 * when it changes; while it is broken the keys that were read last stay in force.
 */
export function openApiKeys(path: string, onProblem: (message: string) => void, now: () => number = Date.now): ApiKeys {
  // The stamp first: an edit between the two is then read a second later.
  let stamp = fileStamp(path)
  let entries = readKeys(path)
  let checkedAt = now()
  let broken: string | null = null
  const warnOfNone = (): void => {
    if (entries.length === 0) onProblem('API_KEYS_FILE holds no key: nobody is let in')
  }
  warnOfNone()
  function refresh(): void {
    const time = now()
    if (Math.abs(time - checkedAt) < 1000) return
    checkedAt = time
    const current = fileStamp(path)
    if (current === stamp) return
    try {
      entries = readKeys(path)
      stamp = current
      broken = null
      warnOfNone()
    } catch {
      // Said once for each state of the file, not once a second.
      if (broken !== current)
        onProblem('API_KEYS_FILE could not be read again; the keys that were read last stay in force')
      broken = current
    }
  }
  return {
    find(key) {
      refresh()
      const hash = createHash('sha256').update(key).digest()
      let found: Entry | null = null
      for (const entry of entries) if (timingSafeEqual(entry.hash, hash)) found = entry
      return found
    },
  }
}

function fileStamp(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path)
    return `${mtimeMs}:${size}:${ino}`
  } catch {
    return 'cannot be looked at'
  }
}

function readKeys(path: string): readonly Entry[] {
  const { keys } = keysFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  return keys.map(({ name, sha256, scopes: granted }) => ({
    name,
    hash: Buffer.from(sha256, 'hex'),
    scopes: new Set(granted),
  }))
}
