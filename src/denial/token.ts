import { hasGapBefore, sliceOf, type SqueezedText } from './squeezed-text.ts'

// Punctuation of East Asian prose that no AWS name holds.
const foreignStop = /[\u3001\u3002\u300a-\u301f\uff01-\uff0f\uff1f\u2026]/

/**
 * Where a word of the text ends: at the first blank or quote, at a tag, or at a bracket that it did not open.
 * Placeholders such as `<account id>`, `{role}` and `[ID]` belong to the word, blanks inside them too.
 */
export function tokenEnd(squeezed: SqueezedText, start: number, limit: number): number {
  const last = Math.min(limit, squeezed.text.length)
  let index = start
  while (index < last) {
    if (index > start && hasGapBefore(squeezed, index)) return index
    const character = squeezed.text[index] ?? ''
    if (closers.has(character)) {
      const placeholder = placeholderEnd(squeezed, index)
      // `assumed-role/<redacted` was cut by whoever masked it.
      if (placeholder === null && !(character === '<' && isCutPlaceholder(squeezed, index))) return index
      index = placeholder ?? index + 1
    } else if ('()>]}\\'.includes(character) || foreignStop.test(character)) return index
    else index++
  }
  return last
}

const closers = new Map([
  ['<', '>'],
  ['{', '}'],
  ['[', ']'],
])

function placeholderEnd(squeezed: SqueezedText, index: number): number | null {
  const close = squeezed.text.slice(index, index + 60).indexOf(closers.get(squeezed.text[index] ?? '') ?? '')
  if (close < 2) return null
  const end = index + close + 1
  return /^.[\w $][\w .#$/-]*.$/.test(sliceOf(squeezed, index, end)) ? end : null
}

const isCutPlaceholder = (squeezed: SqueezedText, index: number): boolean =>
  /^<[a-z]/.test(squeezed.text.slice(index, index + 2)) && squeezed.text[index - 1] === '/'

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
