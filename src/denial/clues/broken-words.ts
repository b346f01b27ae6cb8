/** Narrower lines end where somebody ended them. */
const narrowest = 45
const mostBreaks = 40
const before = 300
const after = 700

/** A part of the text around a break inside of a word, without that break. */
interface JoinedWindow {
  readonly text: string
  /** Where the two halves of the word meet. */
  readonly seam: number
  /** The place in the whole text of one in the window. */
  readonly place: (at: number) => number
}

const inWord = new RegExp(String.raw`(?<=[^\n]{${narrowest - 1}}[a-z])\n(?=[a-z])`, 'gu')

/**
 * Terminals cut lines at their width, in the middle of a word too. Whether a break stands in a word or between two the
 * text does not tell: put together, only what completes a phrase counts.
 */
export function* windowsOfBrokenWords(text: string): Generator<JoinedWindow> {
  let count = 0
  for (const { index } of text.matchAll(inWord)) {
    if (count++ === mostBreaks) return
    const from = Math.max(0, index - before)
    yield {
      text: text.slice(from, index) + text.slice(index + 1, index + after),
      seam: index - from,
      place: (at) => from + at + (at >= index - from ? 1 : 0),
    }
  }
}
