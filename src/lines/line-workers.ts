import { Worker } from 'node:worker_threads'
import { errorLine, type AskedLine, type ExplainedLine } from './explain-line.ts'
import type { Answered, Asked, WorkerData } from './worker-messages.ts'

/** Threads that explain lines of streams beside the one that answers requests. */
export interface LineWorkers {
  /**
   * The answers, in order; it never rejects. `null` where no thread came to it: then the lines are the caller's to
   * explain.
   */
  explain(lines: readonly AskedLine[], options: Asked['options']): Promise<readonly ExplainedLine[] | null>
  /** Batches of one stream that are worth having under way: one for each thread and one that waits. */
  readonly underWay: number
  close(): Promise<void>
}

interface Settings extends WorkerData {
  /** Threads at most; each is started when all others have something to do. */
  readonly count: number
  /** Told when a thread ends by itself. */
  readonly failed: (error: unknown) => void
}

export function openLineWorkers(script: URL, { count, version, failed }: Settings): LineWorkers {
  const threads = new Set<Thread>()
  let mayStart = count > 0
  let isClosed = false
  const start = (): Thread => {
    const thread = new Thread(script, { version }, (error) => {
      threads.delete(thread)
      if (isClosed) return
      // One that never answered would not the next time either: its script, or this system, is at fault.
      if (!thread.hasAnswered) mayStart = false
      failed(error)
    })
    threads.add(thread)
    return thread
  }
  const choose = (): Thread | null => {
    if (!mayStart) return null
    const [least] = [...threads].sort((one, other) => one.waiting - other.waiting)
    return least !== undefined && (least.waiting === 0 || threads.size >= count) ? least : start()
  }
  return {
    underWay: count + 1,
    explain: (lines, options) => choose()?.explain(lines, options) ?? Promise.resolve(null),
    close: async () => {
      isClosed = true
      mayStart = false
      await Promise.all([...threads].map((thread) => thread.close()))
    },
  }
}

/** A young generation as large as Node's own takes 80 MiB more and is no faster here. */
const resourceLimits = { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 256 }

type Told = (lines: readonly ExplainedLine[] | null) => void

class Thread {
  hasAnswered = false
  readonly #worker: Worker
  readonly #asked = new Map<number, { readonly lines: readonly AskedLine[]; readonly told: Told }>()
  #batches = 0

  constructor(script: URL, workerData: WorkerData, ended: (error: unknown) => void) {
    let why: unknown = new Error('a thread ended')
    // Its environment is empty: it needs none of it, least of all credentials.
    this.#worker = new Worker(script, { workerData, env: {}, resourceLimits })
    this.#worker.on('message', ({ batch, lines }: Answered) => {
      this.hasAnswered = true
      this.#asked.get(batch)?.told(lines)
      this.#asked.delete(batch)
      if (this.waiting === 0) this.#worker.unref()
    })
    this.#worker.on('error', (error) => (why = error))
    this.#worker.on('exit', () => {
      ended(why)
      const [current, ...others] = this.#asked.values()
      this.#asked.clear()
      current?.told(this.hasAnswered ? current.lines.map(lost) : null)
      for (const { told } of others) told(null)
    })
  }

  get waiting(): number {
    return this.#asked.size
  }

  explain(lines: readonly AskedLine[], options: Asked['options']): Promise<readonly ExplainedLine[] | null> {
    this.#batches += 1
    const batch = this.#batches
    return new Promise((told) => {
      this.#asked.set(batch, { lines, told })
      // A thread holds the process only while somebody waits for it.
      this.#worker.ref()
      this.#worker.postMessage({ batch, lines, options } satisfies Asked)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}

/** What ended a thread might end the process, so it is not tried there. */
const lost = ({ id }: AskedLine): ExplainedLine => ({
  line: errorLine(id, 'internal', 'This line could not be answered.'),
  diagnosed: [],
})
