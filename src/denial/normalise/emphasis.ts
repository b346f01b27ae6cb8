import type { Decoded } from './normalise.ts'

export const asterisk = 0x2a

/**
 * `**bold**` loses its asterisks, and `*emphasis*` the closing one, which a name before it would take for a wildcard.
 * Longer runs and `::**:` are redactions and stay, unless they close a bold text.
 */
export function readEmphasis(text: string, position: number): Decoded {
  let end = position + 1
  while (end < position + 4 && text.charCodeAt(end) === asterisk) end++
  if (end === position + 1 && text.charCodeAt(position - 1) !== asterisk && closesEmphasis(text, position))
    return { code: -1, end }
  const masks = ':/'.includes(text[position - 1] ?? ' ') && ':/'.includes(text[end] ?? ' ')
  const closes = end - position === 2 && !masks && (text.charCodeAt(position - 1) !== asterisk || closesBold(text, end))
  return closes ? { code: -1, end } : { code: asterisk, end: position + 1 }
}

const longestBold = 1000
const openedOrClosed = /(?<=^|[\s>|"'`])(\*\*)(?=[^\s*])|(?<=[^\s*])\*\*(?=[\s.,;:!?)"'`<\\]|$)/g
const endsText = /^[.,;!?)"'`]{0,2}(?:\s{0,8}(?:\n|$)|[<}\\])/

const closingEmphasis = /^[\w.)\]}"'`]\*(?:[\s.,;:!?)"'`<\\]|$)/
const paragraph = /\n\r?\n/
const mostAsterisks = 16

/** Only where such a text is open in the paragraph; a list's mark, a wildcard and an alias of YAML open none. */
function closesEmphasis(text: string, position: number): boolean {
  if (!closingEmphasis.test(text.slice(Math.max(0, position - 1), position + 2))) return false
  let at = position
  for (let tried = 0; tried < mostAsterisks && at > 0; tried++) {
    at = text.lastIndexOf('*', at - 1)
    if (at === -1 || position - at > longestBold) return false
    const [before, behind] = [text.slice(Math.max(0, at - 2), at), text.slice(at, at + 2)]
    if (isOpening(before) && /^\*[A-Za-z[]/.test(behind)) return !paragraph.test(text.slice(at, position))
    if (closingEmphasis.test((before.at(-1) ?? '') + behind)) return false
  }
  return false
}

/** The two characters before an asterisk that opens an emphasis. */
const isOpening = (before: string): boolean => /(?:^|[\s>|"'`(])$/.test(before) && !/[:-] $/.test(before)

/** Only where a bold text is open. */
function closesBold(text: string, end: number): boolean {
  if (!endsText.test(text.slice(end, end + 12))) return false
  const before = text.slice(Math.max(0, end - longestBold), end - 3)
  let isOpen = false
  for (const [, opening] of before.matchAll(openedOrClosed)) isOpen = opening !== undefined
  return isOpen
}
