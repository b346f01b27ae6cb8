/** A line of a stream, or the fact that it was longer than allowed. */
export type Line = { readonly text: string } | { readonly tooLong: true }

const newline = 0x0a

/**
 * Splits a stream of bytes into lines, a batch per chunk that arrived. Memory is bounded by the longest line allowed:
 * the bytes of a longer one are passed over.
 */
export async function* splitLines(source: AsyncIterable<Buffer>, longest: number): AsyncGenerator<readonly Line[]> {
  let held: Buffer[] = []
  let heldBytes = 0
  let overflow = false
  const take = (piece: Buffer): void => {
    heldBytes += piece.length
    if (heldBytes > longest) overflow = true
    if (overflow) held = []
    else held.push(piece)
  }
  const finish = (): Line => {
    const line: Line = overflow ? { tooLong: true } : { text: Buffer.concat(held).toString('utf8') }
    held = []
    heldBytes = 0
    overflow = false
    return line
  }
  for await (const chunk of source) {
    const lines: Line[] = []
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end))
      lines.push(finish())
      start = end + 1
    }
    if (start < chunk.length) take(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (heldBytes > 0) yield [finish()]
}
