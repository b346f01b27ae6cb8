import { gapBefore, hasGapBefore, type SqueezedText } from '../squeezed-text.ts'
import type { Range } from '../template.ts'

const blobRun = /[a-z0-9_+/=-]+/y
const longest = 20_000
// Words that follow a blob without belonging to it.
const stops = /^(?:statuscode|requestid|launching|error|failed|terraform|with|on|at)/

/**
 * The blob of an encoded authorization message, which terminals wrap over many lines. `null` where a placeholder
 * stands in its place.
 */
export function readBlob(squeezed: SqueezedText, start: number): Range | null {
  blobRun.lastIndex = start
  const run = blobRun.exec(squeezed.text)
  if (run === null) return null
  const runEnd = Math.min(start + run[0].length, start + longest)
  let end = pieceEnd(squeezed, start, runEnd)
  const width = end - start
  while (end < runEnd) {
    const next = pieceEnd(squeezed, end, runEnd)
    if (!continues(squeezed, end, next, width)) break
    end = next
  }
  return end - start >= 3 ? { start, end } : null
}

function pieceEnd(squeezed: SqueezedText, start: number, limit: number): number {
  let index = start + 1
  while (index < limit && !hasGapBefore(squeezed, index)) index++
  return index
}

/** A further piece of a wrapped blob is as long as the others, or looks like nothing that people write. */
function continues(squeezed: SqueezedText, start: number, end: number, width: number): boolean {
  const gap = gapBefore(squeezed, start)
  if (/["'`]/.test(gap) || gap.split('\n').length > 2) return false
  const piece = squeezed.text.slice(start, end)
  if (stops.test(piece)) return false
  return end - start >= 30 || (gap.includes('\n') && width >= 30 && /[0-9_-]/.test(piece))
}
