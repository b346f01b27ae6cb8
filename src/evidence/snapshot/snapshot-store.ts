import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EvidenceEvent } from '../question.ts'
import { NotASnapshot } from './scan.ts'
import { indexSnapshot, type SnapshotFile, type SnapshotIndex } from './snapshot-index.ts'

/** A snapshot on disk, read again when it changes. */
export interface SnapshotStore {
  index(): SnapshotIndex
  /** The files changed into something that is no snapshot: what is served is older than what is on disk. */
  outdated(): boolean
  close(): void
}

interface Options {
  readonly path: string
  readonly log: (event: EvidenceEvent) => void
  /** 0: never look again. */
  readonly pollMilliseconds: number
}

const progressStep = 32 * 1024 * 1024

/** Loads it once, failing where it is no snapshot; later changes that are no snapshot leave the old one in place. */
export async function openSnapshot({ path, log, pollMilliseconds }: Options): Promise<SnapshotStore> {
  let signature = await signatureOf(path)
  let index = await load(path, log)
  let outdated = false
  let busy = false

  async function reload(): Promise<void> {
    const found = await signatureOf(path).catch(() => 'gone')
    if (found === signature) return
    signature = found
    try {
      index = await load(path, log)
      outdated = false
    } catch (error) {
      outdated = true
      log({ level: 'warn', code: 'snapshot-kept', values: { readAt: index.readAt, because: reasonOf(error) } })
    }
  }

  const timer =
    pollMilliseconds === 0
      ? undefined
      : setInterval(() => {
          if (busy) return
          busy = true
          void reload().finally(() => (busy = false))
        }, pollMilliseconds)
  timer?.unref()
  return { index: () => index, outdated: () => outdated, close: () => clearInterval(timer) }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.constructor.name : 'unknown')

async function load(path: string, log: (event: EvidenceEvent) => void): Promise<SnapshotIndex> {
  const started = performance.now()
  const files: SnapshotFile[] = []
  for (const file of await filesOf(path)) {
    const [bytes, { mtime }] = await Promise.all([readFile(file), stat(file)])
    files.push({ bytes: asUtf8(bytes), writtenAt: mtime })
  }
  let told = 0
  const index = await indexSnapshot(files, (bytes, total) => {
    if (bytes - told < progressStep) return
    told = bytes
    log({ level: 'info', code: 'snapshot-loading', values: { bytes, total } })
  })
  log({
    level: 'info',
    code: 'snapshot-loaded',
    values: {
      files: files.length,
      bytes: index.bytes,
      entries: index.entries,
      accounts: index.accounts.size,
      milliseconds: Math.round(performance.now() - started),
    },
  })
  return index
}

/** The file itself, or the JSON files of a folder. */
async function filesOf(path: string): Promise<readonly string[]> {
  if (!(await stat(path)).isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => name.endsWith('.json')).sort()
  if (names.length === 0) throw new NotASnapshot('there is no .json file in the folder')
  return names.map((name) => join(path, name))
}

async function signatureOf(path: string): Promise<string> {
  const files = await filesOf(path)
  const stats = await Promise.all(files.map((file) => stat(file)))
  return stats.map(({ ino, size, mtimeMs }, at) => [files[at], ino, size, mtimeMs].join(' ')).join('\n')
}

/** PowerShell's `>` writes UTF-16 with a byte order mark. */
function asUtf8(bytes: Buffer): Buffer {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(bytes.subarray(2).toString('utf16le'))
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
