import { plainCharacter } from './characters.ts'
import type { Decoded } from './normalise.ts'

const newline = 0x0a
const blank = 0x20
const backslash = 0x5c

const ansi = new RegExp(
  [
    String.raw`\u001b\[[0-9;?]{0,24}[A-Za-z]`, // colours and cursor moves
    String.raw`\u001b\][^\u0007\u001b\n]{0,256}(?:\u0007|\u001b\\)`, // links and titles
    String.raw`\u001b[()][A-B0-2]`, // character sets
    String.raw`\[[0-9]{1,3}(?:;[0-9]{1,3}){0,5}m(?!\])`, // colours that lost their escape character
  ].join('|'),
  'y',
)
// In small letters: XML's `<Code>` is a name.
const htmlTag = /<\/?(?:b|i|u|br|hr|p|em|strong|code|pre|span|div|font|tt|td|tr|th|li|ul|mark)(?: [^<>\n]{0,200})?\/?>/y
const entity = /&(?:amp;){0,3}(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(quot|apos|lt|gt|nbsp|amp));/iy
const hex = /u00([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,5})\}|x([0-9a-f]{2})/iy
const octalEscape = /(?:033|e)(?=\[)/y

const namedEntities = new Map([
  ['quot', 0x22],
  ['apos', 0x27],
  ['lt', 0x3c],
  ['gt', 0x3e],
  ['nbsp', blank],
  ['amp', 0x26],
])

/** A colour or cursor sequence of a terminal, also one that lost its escape character on the way. */
export function readAnsi(text: string, position: number): Decoded | null {
  ansi.lastIndex = position
  return ansi.test(text) ? { code: -1, end: ansi.lastIndex } : null
}

/** Mark-up of presentation. Other tags carry meaning: `<Message>`, `<account-id>`. */
export function readTag(text: string, position: number): Decoded | null {
  htmlTag.lastIndex = position
  return htmlTag.test(text) ? { code: blank, end: htmlTag.lastIndex } : null
}

export function readEntity(text: string, position: number): Decoded | null {
  entity.lastIndex = position
  const match = entity.exec(text)
  if (match === null) return null
  const [, decimal, hexadecimal, name] = match
  const code = name
    ? (namedEntities.get(name.toLowerCase()) ?? 0x26)
    : Number.parseInt(decimal ?? hexadecimal ?? '', decimal ? 10 : 16)
  return { code: plainUnit(code), end: entity.lastIndex }
}

/**
 * A run of backslashes with what it escapes. However often a text went through JSON, `\\\"` and `\"` both stand
 * for a quote, so that the depth need not be known.
 */
export function readEscape(text: string, position: number): Decoded {
  let end = position + 1
  while (text.charCodeAt(end) === backslash) end++
  const next = text[end] ?? ''
  switch (next) {
    case 'n':
    case 'r':
      return { code: newline, end: end + 1 }
    case 't':
      return { code: blank, end: end + 1 }
    case '\n':
      return { code: newline, end: end + 1 }
    case '\r':
    case ' ':
      return readContinuation(text, end) ?? { code: backslash, end }
    case 'u':
    case 'x':
      return readHex(text, end) ?? { code: backslash, end }
    case '&':
      // An escaped quote that went through HTML.
      return readEntity(text, end) ?? { code: text.charCodeAt(end), end: end + 1 }
    case '0':
    case 'e':
      return readOctal(text, end) ?? { code: backslash, end }
    default:
      return '"\'`/*_[](){}#+-!<>|~$.:=@'.includes(next) && next !== ''
        ? { code: text.charCodeAt(end), end: end + 1 }
        : { code: backslash, end }
  }
}

// A shell's continued line, as Windows or an editor leaves it.
const lineBreak = /[ \t]{0,8}\r?\n/y

function readContinuation(text: string, position: number): Decoded | null {
  lineBreak.lastIndex = position
  return lineBreak.test(text) ? { code: newline, end: lineBreak.lastIndex } : null
}

function readHex(text: string, position: number): Decoded | null {
  hex.lastIndex = position
  const match = hex.exec(text)
  if (match === null) return null
  const code = Number.parseInt(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '', 16)
  const end = hex.lastIndex
  if (code === 0x1b) return readAnsi(text, end) ?? { code: -1, end }
  return { code: plainUnit(code), end }
}

function readOctal(text: string, position: number): Decoded | null {
  octalEscape.lastIndex = position
  return octalEscape.test(text) ? (readAnsi(text, octalEscape.lastIndex) ?? null) : null
}

function plainUnit(code: number): number {
  if (code === 0x0d || code === newline) return newline
  if (code < blank) return blank
  return code < 0x80 ? code : code > 0xffff ? 0xfffd : plainCharacter(code)
}
