import type { TextView } from '../text-view.ts'
import { gatherRuns, type Runs } from './runs.ts'

/*
 * Text that was made safe for its way: percent-encoded in an address or a form (`…?error=User%3A+arn%3Aaws…`),
 * quoted-printable in the source of a mail (`is not author=` and `ized` on the next line), or JSON in a table as CSV, with
 * its quotes doubled (`{""eventName"": ""GetObject""}`).
 */

const newline = 0x0a
const blank = 0x20

/** The text with what is encoded in it decoded; `null` where nothing is. */
export function decodeTransfer(text: string): TextView | null {
  if (isQuotedPrintable(text)) return decodeQuotedPrintable(text)
  if (text.includes('""') && doubledKey.test(text)) return decodeDoubled(text)
  return encodedSentence.test(text) ? decodePercents(text) : null
}

/**
 * What denials say, of which a blank was encoded: once, or several times, each a `25` more. ARNs and keys of objects may be
 * encoded by themselves, and stay.
 */
const encodedSentence =
  /(?:%((?:25){0,3})20|\+)(?:not(?:%(?:25){0,3}20|\+)authori[sz]ed|explicit(?:%(?:25){0,3}20|\+)deny)|access(?:%((?:25){0,3})20|\+)denied/i
const blankAsPlus = /\+(?:not\+authori|explicit\+deny)|access\+denied/i

/** At the end of a text that was cut. */
const cutEscape = /%(?:25){0,3}(?:2|[\da-f])?$/i

/** Words that hold such a sentence: an address, the body of a form. Its parameters become lines. */
function decodePercents(text: string): TextView {
  const runs = gatherRuns(text)
  const whole = cutEscape.exec(text)?.index ?? text.length
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    const sentence = encodedSentence.exec(word)
    if (sentence === null) continue
    const times = (sentence[1] ?? sentence[2] ?? '').length / 2
    const encoded = new RegExp(`%(?:25){0,${times}}([\\da-f]{2})`, 'iy')
    const separator = new RegExp(times === 0 ? '&' : `&|%(?:25){0,${times - 1}}26`, 'y')
    const isForm = blankAsPlus.test(word)
    const end = Math.min(index + word.length, whole)
    for (let at = index; at < end;) {
      separator.lastIndex = at
      if (separator.test(text)) {
        runs.put(newline, at, separator.lastIndex)
        at = separator.lastIndex
      } else if (text[at] === '%') at = putCharacter(runs, text, at, encoded)
      else {
        if (isForm && text[at] === '+') runs.put(blank, at, at + 1)
        at++
      }
    }
    if (end === whole) runs.skip(whole, text.length)
  }
  return runs.view()
}

const doubledKey = /[{,\s]""[\w.:@-]{1,60}""\s?:/
const quote = 0x22

function decodeDoubled(text: string): TextView {
  const runs = gatherRuns(text)
  for (let at = text.indexOf('""'); at !== -1; at = text.indexOf('""', at + 2)) runs.put(quote, at, at + 2)
  return runs.view()
}

const declared = /^content-transfer-encoding:[ \t]*quoted-printable/im
/** Such lines are full: `KEY=` with nothing behind it is shorter. */
const fullLine = /^[^\n]{64,75}=\r?\n/gm
const fewestFullLines = 2

function isQuotedPrintable(text: string): boolean {
  if (!text.includes('=\n') && !text.includes('=\r\n')) return false
  if (declared.test(text)) return true
  const full = text.match(fullLine)?.length ?? 0
  return full >= fewestFullLines || (full > 0 && /=3D|=E2=80|=C2=A0|=20\r?\n/.test(text))
}

function decodeQuotedPrintable(text: string): TextView {
  const runs = gatherRuns(text)
  const shape = /=([\dA-F]{2})/y
  for (let at = text.indexOf('='); at !== -1; at = text.indexOf('=', at)) {
    const lineBreak = text[at + 1] === '\r' ? at + 2 : at + 1
    if (text[lineBreak] === '\n') {
      runs.skip(at, lineBreak + 1)
      at = lineBreak + 1
    } else at = putCharacter(runs, text, at, shape)
  }
  return runs.view()
}

/** Puts the character whose bytes are written from here on, and gives the place behind it. */
function putCharacter(runs: Runs, text: string, start: number, shape: RegExp): number {
  const bytes: number[] = []
  let end = start
  for (let most = 1; bytes.length < most;) {
    shape.lastIndex = end
    const byte = Number.parseInt(shape.exec(text)?.[1] ?? '', 16)
    if (Number.isNaN(byte)) return start + 1
    if (bytes.length === 0) most = bytesOf(byte)
    bytes.push(byte)
    end = shape.lastIndex
  }
  const character = Buffer.from(bytes).toString('utf8')
  runs.put(character.length === 1 ? character.charCodeAt(0) : 0xfffd, start, end)
  return end
}

/** Of a character in UTF-8, by its first byte. */
const bytesOf = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)
