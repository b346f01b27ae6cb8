import type { Signal } from './signal.ts'
import type { Range } from './template.ts'

/** How far a hint may stand from the error that it explains, in characters of the squeezed text. */
export const farHint = 2000

/** From where to where signals reach. */
export function extentOf(signals: readonly Signal[]): Range {
  let start = Number.POSITIVE_INFINITY
  let end = 0
  for (const signal of signals) {
    start = Math.min(start, signal.start)
    end = Math.max(end, signal.end)
  }
  return { start, end }
}

/** The hint that stands nearest to the signals of an error: before it, inside or after it. */
export function hintNear(signals: readonly Signal[], hints: readonly Signal[], farthest: number): Signal | null {
  if (hints.length === 0) return null
  const { start, end } = extentOf(signals)
  const next = firstFrom(hints, start)
  const before = hints[next - 1]
  const after = hints[next]
  const ahead = before === undefined ? Number.POSITIVE_INFINITY : start - before.end
  // What follows an error belongs to it less often.
  const behind = after === undefined ? Number.POSITIVE_INFINITY : Math.max(0, after.start - end) * 2
  const hint = behind < ahead ? after : before
  return hint === undefined || Math.min(ahead, behind) > farthest ? null : hint
}

/** Index of the first hint that starts at a place or behind it; hints come in order. */
function firstFrom(hints: readonly Signal[], start: number): number {
  let low = 0
  let high = hints.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hints[middle]?.start ?? 0) < start) low = middle + 1
    else high = middle
  }
  return low
}
