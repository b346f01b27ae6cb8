/** A line of a stream; `null` where it was longer than allowed. */
export type Line = string | null

interface LineSplitter {
  /** The lines that end in this chunk. */
  push(chunk: Buffer): readonly Line[]
  /** The last line, where no line break ends it. */
  end(): readonly Line[]
}

const newline = 0x0a
const firstCapacity = 4096

/**
 * Splits a stream of bytes into lines. Only the line that goes on in the next chunk is held, so that memory is bounded
 * by the longest line allowed: the bytes of a longer one are passed over.
 */
export function createLineSplitter(longest: number): LineSplitter {
  let held = Buffer.alloc(0)
  let heldBytes = 0
  const hold = (piece: Buffer): void => {
    const bytes = heldBytes + piece.length
    if (bytes > held.length && bytes <= longest) {
      const grown = Buffer.allocUnsafe(Math.min(longest, Math.max(firstCapacity, 2 * held.length, bytes)))
      held.copy(grown, 0, 0, heldBytes)
      held = grown
    }
    if (bytes <= longest) piece.copy(held, heldBytes)
    heldBytes = bytes
  }
  const release = (): Line => {
    const line = heldBytes > longest ? null : held.toString('utf8', 0, heldBytes)
    heldBytes = 0
    if (held.length > firstCapacity) held = Buffer.alloc(0)
    return line
  }
  return {
    push(chunk) {
      const lines: Line[] = []
      let start = 0
      for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
        if (heldBytes > 0) {
          hold(chunk.subarray(start, end))
          lines.push(release())
        } else lines.push(end - start > longest ? null : chunk.toString('utf8', start, end))
        start = end + 1
      }
      if (start < chunk.length) hold(chunk.subarray(start))
      return lines
    },
    end: () => (heldBytes > 0 ? [release()] : []),
  }
}
