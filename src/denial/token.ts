import { hasGapBefore, sliceOf, type SqueezedText } from './squeezed-text.ts'

const bracketOrBackslash = new Uint8Array(0x80)
for (const character of '()<>[]{}\\') bracketOrBackslash[character.charCodeAt(0)] = 1

/** Goes on with any word. */
const isOfWord = (code: number): boolean => (code < 0x80 ? bracketOrBackslash[code] === 0 : !isForeignStop(code))

/** Punctuation of East Asian prose that no AWS name holds. */
const isForeignStop = (code: number): boolean =>
  code === 0x2026 ||
  code === 0x3001 ||
  code === 0x3002 ||
  (code >= 0x300a && code <= 0x301f) ||
  (code >= 0xff01 && code <= 0xff0f) ||
  code === 0xff1f

/**
 * Where a word of the text ends: at the first blank or quote, at a tag, or at a bracket that it did not open.
 * Placeholders such as `<account id>`, `{role}` and `[ID]` belong to the word, blanks inside them too.
 */
export function tokenEnd(squeezed: SqueezedText, start: number, limit: number): number {
  const last = Math.min(limit, squeezed.text.length)
  let index = start
  while (index < last) {
    if (index > start && hasGapBefore(squeezed, index)) return index
    const code = squeezed.text.charCodeAt(index)
    if (isOfWord(code) || isMaskedField(squeezed, start, index)) index++
    else if (closers.has(code)) {
      const placeholder = placeholderEnd(squeezed, index)
      // `assumed-role/<redacted` was cut by whoever masked it.
      if (placeholder === null && !isCutPlaceholder(squeezed, start, index)) return index
      index = placeholder ?? index + 1
    } else return index
  }
  return last
}

/** `arn:aws:sqs:…:orders`: dots in place of a field. */
const isMaskedField = ({ text }: SqueezedText, start: number, index: number): boolean =>
  text.startsWith('\u2026:', index) && text.startsWith('arn:', start)

/** What closes a placeholder, by the code of what opens it. */
const closers = new Map([
  [0x3c, '>'],
  [0x7b, '}'],
  [0x5b, ']'],
])

function placeholderEnd(squeezed: SqueezedText, index: number): number | null {
  const close = squeezed.text.slice(index, index + 60).indexOf(closers.get(squeezed.text.charCodeAt(index)) ?? '')
  const end = index + close + 1
  // `arn:aws:iam::{}:role/app`, from a template that was not filled in.
  if (close === 1) return /^[:/]\{\}$/.test(squeezed.text.slice(index - 1, end)) ? end : null
  if (close < 2) return null
  return /^.[\p{L}\p{N}_ $][\p{L}\p{N}_ .#$/-]*\n?[\p{L}\p{N}_ .#$/-]*.$/u.test(sliceOf(squeezed, index, end))
    ? end
    : null
}

const isCutPlaceholder = (squeezed: SqueezedText, start: number, index: number): boolean =>
  /^<[a-z]/.test(squeezed.text.slice(index, index + 2)) &&
  (squeezed.text[index - 1] === '/' || (squeezed.text[index - 1] === ':' && squeezed.text.startsWith('arn:', start)))

/** Drops the punctuation of the sentence round a word, but neither `...` nor brackets that belong together. */
export function trimmedEnd(squeezed: SqueezedText, start: number, end: number): number {
  let last = end
  while (last > start) {
    const character = squeezed.text[last - 1] ?? ''
    if (character === '.' && squeezed.text.startsWith('..', Math.max(start, last - 3))) break
    if (!'.,;:!?|'.includes(character)) break
    last--
  }
  return last
}
