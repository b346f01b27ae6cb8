import type { Span } from '../denial.ts'
import type { TextView } from '../text-view.ts'
import { plainCharacter } from './characters.ts'
import { readAnsi, readEntity, readEscape, readTag } from './escapes.ts'
import { linePrefixEnd } from './line-prefix.ts'
import { unfoldTables } from './table.ts'

/** What stands in the paste at some place, decoded: `code` is -1 where nothing remains of it. */
export interface Decoded {
  readonly code: number
  readonly end: number
}

const newline = 0x0a
const blank = 0x20
const asterisk = 0x2a

/**
 * Cleans a paste: escapes of JSON, XML, Markdown and terminals decoded, frames, quoting and timestamps at line
 * starts dropped, exotic quotes, hyphens and blanks replaced by plain ones. One pass, never longer than the paste.
 */
export function normalise(paste: string): TextView {
  const unfolded = unfoldTables(paste)
  if (unfolded === null) return clean(paste)
  const cleaned = clean(unfolded.text)
  return { text: cleaned.text, spanOf: (start, end) => unfolded.spanOf(...cleaned.spanOf(start, end)) }
}

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true })

function clean(text: string): TextView {
  const out = new Uint16Array(text.length)
  const starts = new Uint32Array(text.length)
  const ends = new Uint32Array(text.length)
  let length = 0
  let position = linePrefixEnd(text, 0)
  while (position < text.length) {
    const decoded = decodeAt(text, position)
    const code = decoded.code
    const previous = length > 0 ? out[length - 1] : newline
    // Runs of blanks become one, and none follows a line break.
    if (code !== -1 && !(code === blank && (previous === blank || previous === newline))) {
      out[length] = code
      starts[length] = position
      ends[length] = decoded.end
      length++
    }
    position = code === newline ? linePrefixEnd(text, decoded.end) : decoded.end
  }
  const cleaned = utf16.decode(out.subarray(0, length))
  return {
    text: cleaned,
    spanOf: (start, end) => spanBetween(starts, ends, start, Math.min(end, length), text.length),
  }
}

function spanBetween(starts: Uint32Array, ends: Uint32Array, start: number, end: number, whole: number): Span {
  if (start >= end) {
    const at = starts[start] ?? whole
    return [at, at]
  }
  return [starts[start] ?? whole, ends[end - 1] ?? whole]
}

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

/** `**bold**` loses its asterisks; longer runs are redactions and stay, unless they close a bold line. */
function readEmphasis(text: string, position: number): Decoded {
  let end = position + 1
  while (end < position + 4 && text.charCodeAt(end) === asterisk) end++
  const closes = end - position === 2 && (text.charCodeAt(position - 1) !== asterisk || closesBoldLine(text, end))
  return closes ? { code: -1, end } : { code: asterisk, end: position + 1 }
}

function closesBoldLine(text: string, end: number): boolean {
  const next = text.charCodeAt(end)
  if (!Number.isNaN(next) && next !== newline && next !== 0x0d) return false
  const line = text.slice(text.lastIndexOf('\n', end - 1) + 1, end).trimStart()
  return line.startsWith('**') && line[2] !== '*'
}
