import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AnswersOf, LinesTogether } from '../lines/lines-together.ts'
import type { AskedLine } from '../lines/explain-line.ts'
import { createLineSplitter, type Line } from './lines.ts'
import type { Queue } from './queue.ts'

/** The answer to a line, empty where the line said nothing; or what has to be explained for it. */
export type Answer = string | AskedLine

interface AnswerOptions {
  /** Bytes of the longest line that is read. */
  readonly longest: number
  readonly answer: (line: Line) => Answer
  readonly together: LinesTogether
  readonly queue: Pick<Queue, 'nextSlice'>
}

/** Denials that are explained together. */
const mostTogether = 32
/** Characters of the lines that wait for them. */
const mostHeld = 256 * 1024
/** Bytes that are read while a denial waits, whatever they say: blank lines and lines too long have no answer that counts. */
const mostRead = 4 * 1024 * 1024
/** Characters per write; a slow reader holds the stream back here. */
const writtenAtOnce = 64 * 1024
/** How long a stream works before it lets others work. */
const sliceMilliseconds = 4
/** The clock is looked at after so many lines: most take a few microseconds. */
const linesBetweenLooks = 16

/**
 * The answers to lines, in order. Denials are explained together: with a hundred records read between any two of them,
 * the whole stream takes a tenth longer. They wait for one another only as long as more lines are there to be read, so
 * whoever waits for an answer before he writes the next line gets it at once.
 */
export async function* answerLines(source: AsyncIterable<Buffer>, options: AnswerOptions): AsyncGenerator<string> {
  const { answer, together } = options
  const splitter = createLineSplitter(options.longest)
  const slices = slicesOf(options.queue)
  const row = new Row()
  const underWay: Batch[] = []
  async function* finishAllBut(most: number): AsyncGenerator<string> {
    for (const batch of underWay.splice(0, underWay.length - most)) yield* finish(batch, slices)
  }
  for await (const chunk of withPauses(source, () => row.work + underWay.length > 0)) {
    for (const line of chunk === pause ? [] : splitter.push(chunk)) {
      row.add(answer(line), line)
      if (row.isFull()) {
        underWay.push(row.begin(together))
        yield* finishAllBut(together.underWay)
      }
      if (slices.isOver(1)) await slices.next()
    }
    if (chunk !== pause && row.work + underWay.length > 0 && row.waits(chunk.length)) continue
    underWay.push(row.begin(together))
    yield* finishAllBut(0)
  }
  for (const line of splitter.end()) row.add(answer(line), line)
  underWay.push(row.begin(together))
  yield* finishAllBut(0)
}

/** Lines whose denials are being explained. */
interface Batch {
  readonly entries: readonly Answer[]
  readonly answers: AnswersOf
}

/** Answers and work in the order of their lines. */
class Row {
  work = 0
  #held = 0
  #read = 0
  #entries: Answer[] = []

  add(answer: Answer, line: Line): void {
    // A blank line has no answer: a stream may hold any number of them.
    if (answer === '') return
    this.#entries.push(answer)
    if (typeof answer === 'string') this.#held += answer.length
    else {
      this.#held += line?.length ?? 0
      this.work += 1
    }
  }

  isFull(): boolean {
    return this.work >= mostTogether || this.#held >= mostHeld
  }

  /** After so many bytes more: may what is in it wait for further lines? */
  waits(bytes: number): boolean {
    this.#read += bytes
    return this.#read < mostRead
  }

  /** The row is empty from then on. */
  begin(together: LinesTogether): Batch {
    const entries = this.#entries
    this.#entries = []
    this.work = 0
    this.#held = 0
    this.#read = 0
    return { entries, answers: together.begin(entries.filter((entry) => typeof entry !== 'string')) }
  }
}

async function* finish({ entries, answers }: Batch, slices: Slices): AsyncGenerator<string> {
  let out = ''
  let explained = 0
  for (const entry of entries) {
    // Nearly all answers are there at once, and waiting for nothing costs time.
    if (typeof entry === 'string') out += entry
    else {
      out += await answers(explained)
      explained += 1
      if (slices.isOver(linesBetweenLooks)) await slices.next()
    }
    if (out.length < writtenAtOnce) continue
    yield out
    out = ''
  }
  if (out !== '') yield out
}

const pause = Symbol('nothing to read')

/** The chunks, and a pause where none is there to be read while something waits for it. */
async function* withPauses(
  source: AsyncIterable<Buffer>,
  isWaitedFor: () => boolean,
): AsyncGenerator<Buffer | typeof pause> {
  const chunks = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      const chunk = chunks.next()
      // A failure is handled where the chunk is awaited; once the reader of the answers is gone, nobody awaits it.
      chunk.catch(() => undefined)
      if (isWaitedFor() && (await Promise.race([chunk, quiet()])) === pause) yield pause
      const next = await chunk
      if (next.done === true) return
      yield next.value
    }
  } finally {
    await chunks.return?.()
  }
}

/** Sockets are read between one turn and the next. */
async function quiet(): Promise<typeof pause> {
  await nextTurn()
  await nextTurn()
  return pause
}

interface Slices {
  isOver(lines: number): boolean
  next(): Promise<void>
}

function slicesOf(queue: Pick<Queue, 'nextSlice'>): Slices {
  let began = performance.now()
  let unlooked = 0
  return {
    isOver(lines) {
      unlooked += lines
      if (unlooked < linesBetweenLooks) return false
      unlooked = 0
      return performance.now() - began >= sliceMilliseconds
    },
    async next() {
      await queue.nextSlice()
      began = performance.now()
    },
  }
}
