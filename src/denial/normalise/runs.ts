import type { Span } from '../denial.ts'
import type { TextView } from '../text-view.ts'

/**
 * A text put together from a source that is read from its start to its end, which remembers where each of its
 * characters came from. What nobody speaks of goes into it as it is.
 */
export interface Runs {
  /** One character in place of all that it was written as. */
  put(code: number, from: number, to: number): void
  skip(from: number, to: number): void
  /** The text, with all that is left of the source. */
  view(): TextView
}

// Half a pair is no character.
const loneSurrogate = /\p{Surrogate}/gu

export function gatherRuns(source: string): Runs {
  const parts: string[] = []
  let length = 0
  /** How far the source is in the parts. */
  let done = 0
  // Pairs of a place of the text and the place in the source that it comes from. From there both go on in step.
  const marks: number[] = [0, 0]
  const copy = (end: number): void => {
    if (end === done) return
    parts.push(source.slice(done, end))
    length += end - done
    done = end
  }
  return {
    put(code, from, to) {
      copy(from)
      // Most escapes end with the character that they stand for.
      if (source.charCodeAt(to - 1) === code) {
        done = to - 1
        marks.push(length + 1, to)
        return
      }
      parts.push(String.fromCharCode(code))
      length += 1
      done = to
      marks.push(length, to)
    },
    skip(from, to) {
      copy(from)
      // What stands before ends here, and not where the source goes on.
      if (marks.at(-2) !== length) marks.push(length, from)
      marks.push(length, to)
      done = to
    },
    view() {
      copy(source.length)
      return { text: parts.join('').replace(loneSurrogate, '\ufffd'), spanOf: spans(marks, length, source.length) }
    },
  }
}

function spans(marks: readonly number[], length: number, sourceLength: number): (start: number, end: number) => Span {
  /** The last of the marks at this place or before it. */
  const markAt = (place: number): number => {
    let low = 0
    let high = marks.length / 2 - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((marks[2 * middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return 2 * low
  }
  const startOf = (place: number): number => {
    if (place >= length) return sourceLength
    const mark = markAt(place)
    return (marks[mark + 1] ?? 0) + place - (marks[mark] ?? 0)
  }
  const endOf = (place: number): number => {
    const next = markAt(place) + 2
    return marks[next] === place + 1 ? (marks[next + 1] ?? 0) : startOf(place) + 1
  }
  return (start, end) => {
    const last = Math.min(end, length) - 1
    return start <= last ? [startOf(start), endOf(last)] : [startOf(start), startOf(start)]
  }
}
