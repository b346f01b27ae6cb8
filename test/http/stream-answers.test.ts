import t from 'tap'
import { answerLines, type Answer } from '../../src/http/stream-answers.ts'

/** Chunks that are there at once, each time one is asked for. */
function endless(first: string, chunk: Buffer, most: number): { source: AsyncGenerator<Buffer>; read: () => number } {
  let read = 0
  async function* source(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from(first))
    for (; read < most; read += chunk.length) yield chunk
  }
  return { source: source(), read: () => read }
}

const mebibyte = 1024 * 1024
const asked = 'a denial'
/** As the route answers: what is blank has no answer. */
const answer = (line: string | null): Answer => {
  if (line === null) return 'too large\n'
  return line.trim() === '' ? '' : { id: null, text: line }
}
const options = (underWay: number) => ({
  longest: mebibyte,
  answer,
  together: { underWay, begin: () => () => Promise.resolve('explained\n') },
  queue: { nextSlice: () => Promise.resolve() },
})

const rest: readonly { readonly name: string; readonly chunk: Buffer }[] = [
  { name: 'blank lines', chunk: Buffer.alloc(64 * 1024, '\n') },
  { name: 'lines of blanks', chunk: Buffer.from(`${' '.repeat(1000)}\n`.repeat(64)) },
  { name: 'a line without an end', chunk: Buffer.alloc(64 * 1024, 'x') },
]
for (const { name, chunk } of rest)
  for (const underWay of [0, 2])
    t.test(`one denial, then ${name}: it is answered, whatever follows (${underWay} under way)`, async (t) => {
      const { source, read } = endless(`${asked}\n`, chunk, 48 * mebibyte)
      const answers = answerLines(source, options(underWay))
      t.match(await answers.next(), { value: 'explained\n' })
      t.ok(read() < 24 * mebibyte, `${read()} bytes read before`)
      await answers.return(undefined)
    })

t.test('blank lines are not kept', async (t) => {
  // Each row of blanks is read before the denial behind it.
  const lines = `${'\n'.repeat(100_000)}${asked}\n`
  const kept: number[] = []
  const { together, ...others } = options(0)
  const begin = (entries: readonly unknown[]) => {
    kept.push(entries.length)
    return together.begin()
  }
  async function* source(): AsyncGenerator<Buffer> {
    yield await Promise.resolve(Buffer.from(lines.repeat(3)))
  }
  let out = ''
  for await (const part of answerLines(source(), { ...others, together: { underWay: 0, begin } })) out += part
  t.equal(out, 'explained\n'.repeat(3))
  t.strictSame(
    kept.filter((count) => count > 0),
    [3],
  )
})
