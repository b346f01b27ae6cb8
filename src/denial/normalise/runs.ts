import type { Span } from '../denial.ts'
import type { TextView } from '../text-view.ts'

/**
 * Gathers a text from runs of another. A run keeps its length, but for one that is a single character and stands for
 * all that it was written as, so that a few numbers for each run tell where every character came from.
 */
export interface Runs {
  copy(start: number, end: number): void
  put(code: number, start: number, end: number): void
  view(): TextView
}

// Half a pair is no character.
const loneSurrogate = /\p{Surrogate}/gu

export function gatherRuns(source: string): Runs {
  const parts: string[] = []
  const places: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  let length = 0
  const add = (part: string, start: number, end: number): void => {
    parts.push(part)
    places.push(length)
    starts.push(start)
    ends.push(end)
    length += part.length
  }
  /** The run that holds a character. */
  const runAt = (index: number): number => {
    let low = 0
    let high = places.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((places[middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    return low
  }
  const startOf = (index: number): number => {
    if (index >= length) return source.length
    const run = runAt(index)
    return (starts[run] ?? 0) + index - (places[run] ?? 0)
  }
  const endOf = (index: number): number => {
    const run = runAt(index)
    const isLast = index + 1 === (places[run + 1] ?? length)
    return isLast ? (ends[run] ?? 0) : (starts[run] ?? 0) + index + 1 - (places[run] ?? 0)
  }
  const spanOf = (start: number, end: number): Span => {
    const until = Math.min(end, length)
    return start < until ? [startOf(start), endOf(until - 1)] : [startOf(start), startOf(start)]
  }
  return {
    copy: (start, end) => {
      if (end > start) add(source.slice(start, end), start, end)
    },
    put: (code, start, end) => add(String.fromCharCode(code), start, end),
    view: () => ({ text: parts.join('').replace(loneSurrogate, '\ufffd'), spanOf }),
  }
}
