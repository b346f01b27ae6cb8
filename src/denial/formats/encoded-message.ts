import { gapBefore, hasGapBefore, sliceOf, type SqueezedText } from '../squeezed-text.ts'
import type { Range } from '../template.ts'

const longest = 20_000
// Words that follow a blob without belonging to it.
const stops = /^(?:statuscode|requestid|launching|error|failed|terraform|with|on|at)/

/**
 * The blob of an encoded authorization message, which terminals wrap over many lines. `null` where a placeholder
 * stands in its place.
 */
export function readBlob(squeezed: SqueezedText, start: number): Range | null {
  const limit = Math.min(squeezed.text.length, start + longest)
  let end = pieceEnd(squeezed, start, limit)
  const width = end - start
  while (end < limit) {
    const next = pieceEnd(squeezed, end, limit)
    if (next === end || !continues(squeezed, end, next, width)) break
    end = next
  }
  return end - start >= 3 && !isProse(squeezed, start, end) ? { start, end } : null
}

/** `message:`, and nothing behind it: what comes next is the first word of a sentence, or of another paragraph. */
function isProse(squeezed: SqueezedText, start: number, end: number): boolean {
  if (end - start > longestWord) return false
  if (!/^[A-Z]?[a-z]{1,14}$/.test(sliceOf(squeezed, start, end)) || isOneLetter.test(squeezed.text.slice(start, end)))
    return false
  return (
    /\n\s*\n/.test(gapBefore(squeezed, start)) ||
    (gapBefore(squeezed, end) === ' ' && /[a-z]/.test(squeezed.text[end] ?? ''))
  )
}

const longestWord = 15

/** `xxxx`: put in the place of the blob. */
const isOneLetter = /^(.)\1*$/

function pieceEnd(squeezed: SqueezedText, start: number, limit: number): number {
  let index = start
  while (
    index < limit &&
    isBlobCharacter(squeezed.text.charCodeAt(index)) &&
    (index === start || !hasGapBefore(squeezed, index))
  )
    index++
  return index
}

/** Letters, digits and `_ - + / =`; the squeezed text has no capitals. */
const isBlobCharacter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x2f && code <= 0x39) ||
  code === 0x5f ||
  code === 0x2d ||
  code === 0x2b ||
  code === 0x3d

/** A further piece of a wrapped blob is as long as the others, or looks like nothing that people write. */
function continues(squeezed: SqueezedText, start: number, end: number, width: number): boolean {
  const gap = gapBefore(squeezed, start)
  if (/["'`]/.test(gap) || gap.split('\n').length > 2) return false
  const piece = squeezed.text.slice(start, end)
  if (stops.test(piece)) return false
  return end - start >= 30 || (gap.includes('\n') && width >= 30 && /[0-9_-]/.test(piece))
}
