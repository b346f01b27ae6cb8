import type { Span } from './denial.ts'
import type { TextView } from './text-view.ts'

/**
 * The cleaned text without blanks, line breaks and quotes, in lower case: fixed words are found in it however a
 * terminal, a mail client or a log cut the lines. Values are read from the cleaned text, through `at`.
 */
export interface SqueezedText {
  readonly view: TextView
  readonly text: string
  /** Index into the cleaned text for each character here. */
  readonly at: readonly number[]
}

const isDropped = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x22 || code === 0x27 || code === 0x60

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true })

export function squeeze(view: TextView): SqueezedText {
  const at = new Array<number>(view.text.length + 1)
  // Nearly all pastes are Latin-1, which is read and written faster.
  const latin1 = Buffer.allocUnsafe(view.text.length)
  const length = fill(latin1, at, view.text, 0xff)
  if (length !== null) return { view, text: latin1.toString('latin1', 0, length), at }
  const out = new Uint16Array(view.text.length)
  const whole = fill(out, at, view.text, 0xffff) ?? 0
  return { view, text: utf16.decode(out.subarray(0, whole)), at }
}

/** How many characters are left; `null` where one of them is beyond the highest that fits. */
function fill(out: Uint8Array | Uint16Array, at: number[], source: string, highest: number): number | null {
  let length = 0
  for (let index = 0; index < source.length; index++) {
    const code = source.charCodeAt(index)
    if (isDropped(code)) continue
    if (code > highest) return null
    out[length] = code >= 0x41 && code <= 0x5a ? code + 0x20 : code
    at[length] = index
    length++
  }
  at[length] = source.length
  at.length = length + 1
  return length
}

/** Fixed words in the form in which they are looked up. */
export const squeezeWords = (words: string): string => words.replace(/[\s"'`]+/g, '').toLowerCase()

const viewIndex = (squeezed: SqueezedText, index: number): number => squeezed.at[index] ?? squeezed.view.text.length

/** What stands in the cleaned text between two places of the squeezed text, blanks and quotes inside included. */
export function sliceOf(squeezed: SqueezedText, start: number, end: number): string {
  if (end <= start) return ''
  return squeezed.view.text.slice(viewIndex(squeezed, start), viewIndex(squeezed, end - 1) + 1)
}

/** The same on one line: terminals break lines inside of names. */
export const withoutBreaks = (text: string): string => (text.includes('\n') ? text.replace(/\s*\n\s*/g, '') : text)

/** What was dropped before this character: blanks, line breaks, quotes. */
export function gapBefore(squeezed: SqueezedText, index: number): string {
  const start = index === 0 ? 0 : viewIndex(squeezed, index - 1) + 1
  return squeezed.view.text.slice(start, viewIndex(squeezed, index))
}

export const hasGapBefore = (squeezed: SqueezedText, index: number): boolean =>
  index === 0 || viewIndex(squeezed, index) !== viewIndex(squeezed, index - 1) + 1

export function spanOf(squeezed: SqueezedText, start: number, end: number): Span {
  if (end <= start) return squeezed.view.spanOf(viewIndex(squeezed, start), viewIndex(squeezed, start))
  return squeezed.view.spanOf(viewIndex(squeezed, start), viewIndex(squeezed, end - 1) + 1)
}
