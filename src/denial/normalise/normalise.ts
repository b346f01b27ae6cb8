import type { TextView } from '../text-view.ts'
import { plainCharacter } from './characters.ts'
import { asterisk, readEmphasis } from './emphasis.ts'
import { readAnsi, readEntity, readEscape, readTag } from './escapes.ts'
import { unframe } from './frame.ts'
import { joinLiterals } from './joined-literals.ts'
import { withoutInnerQuotes } from './joined-quotes.ts'
import { linePrefixEnd } from './line-prefix.ts'
import { gatherRuns } from './runs.ts'
import { unfoldTables } from './table.ts'
import { decodeTransfer } from './transfer-encoding.ts'
import { unwrap } from './unwrap.ts'

/** What stands in the paste at some place, decoded: `code` is -1 where nothing remains of it. */
export interface Decoded {
  readonly code: number
  readonly end: number
}

const newline = 0x0a
const blank = 0x20

/**
 * Cleans a paste: escapes of JSON, XML, Markdown and terminals decoded, frames, quoting and timestamps at line
 * starts dropped, exotic quotes, hyphens and blanks replaced by plain ones. One pass, never longer than the paste.
 */
export function normalise(paste: string): TextView {
  const decoded = decodeTransfer(paste)
  return decoded === null ? unframed(paste) : viewThrough(decoded, unframed(decoded.text))
}

function unframed(paste: string): TextView {
  const inside = unframe(paste)
  return inside === null ? unwrapped(paste) : viewThrough(inside, unwrapped(inside.text))
}

function unwrapped(paste: string): TextView {
  const quote = withoutInnerQuotes(paste)
  return quote === null ? unwrappedLines(paste) : viewThrough(quote, unwrappedLines(quote.text))
}

function unwrappedLines(paste: string): TextView {
  const whole = unwrap(paste)
  return whole === null ? unfold(paste) : viewThrough(whole, unfold(whole.text))
}

const viewThrough = (outer: TextView, inner: TextView): TextView => ({
  text: inner.text,
  spanOf: (start, end) => outer.spanOf(...inner.spanOf(start, end)),
})

function unfold(paste: string): TextView {
  const unfolded = unfoldTables(paste)
  if (unfolded === null) return clean(paste)
  return viewThrough(unfolded, clean(unfolded.text))
}

function clean(text: string): TextView {
  const cleaned = cleanCharacters(text)
  const joined = joinLiterals(cleaned.text)
  return joined === null ? cleaned : viewThrough(cleaned, joined)
}

function cleanCharacters(text: string): TextView {
  const runs = gatherRuns(text)
  let position = linePrefixEnd(text, 0)
  if (position > 0) runs.skip(0, position)
  let previous = newline
  while (position < text.length) {
    const code = text.charCodeAt(position)
    // Runs of blanks become one, and none follows a line break.
    const isSpare = code === blank && (previous === blank || previous === newline)
    if (!isSpare && (code === blank || isPlain(code))) {
      previous = code
      position++
      continue
    }
    const decoded = isSpare ? { code: -1, end: blanksEnd(text, position) } : decodeAt(text, position)
    const next = decoded.code === newline ? linePrefixEnd(text, decoded.end) : decoded.end
    const remains = decoded.code !== -1 && !(decoded.code === blank && (previous === blank || previous === newline))
    if (remains) {
      previous = decoded.code
      if (decoded.code !== code || decoded.end !== position + 1) runs.put(decoded.code, position, decoded.end)
      if (next !== decoded.end) runs.skip(decoded.end, next)
    } else runs.skip(position, next)
    position = next
  }
  return runs.view()
}

function blanksEnd(text: string, start: number): number {
  let end = start
  while (text.charCodeAt(end) === blank) end++
  return end
}

/** Stays as it is, whatever stands around it. */
const isPlain = (code: number): boolean => (code < 0x80 ? plain[code] === 1 : plainCharacter(code) === code)

const plain = new Uint8Array(0x80).fill(1)
for (const character of '\t\n\v\f\r\u001b &*<[\\') plain[character.charCodeAt(0)] = 0

function decodeAt(text: string, position: number): Decoded {
  const code = text.charCodeAt(position)
  const end = position + 1
  switch (code) {
    case 0x09: // tab
    case 0x0b:
    case 0x0c:
      return { code: blank, end }
    case 0x0d: // carriage return
      return { code: text.charCodeAt(end) === newline ? -1 : newline, end }
    case 0x1b: // escape
    case 0x5b: // [
      return readAnsi(text, position) ?? { code: code === 0x1b ? -1 : code, end }
    case 0x26: // &
      return readEntity(text, position) ?? { code, end }
    case asterisk:
      return readEmphasis(text, position)
    case 0x3c: // <
      return readTag(text, position) ?? { code, end }
    case 0x5c: // backslash
      return readEscape(text, position)
    default:
      return code < 0x80 ? { code, end } : { code: plainCharacter(code), end }
  }
}
