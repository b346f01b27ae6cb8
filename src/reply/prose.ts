/** A piece of a sentence: plain words, or a value that stood between backticks. */
interface ProsePart {
  readonly kind: 'words' | 'value'
  readonly text: string
}

/** Splits a sentence at its backticks. An unpaired backtick stays a character of the words. */
export function splitProse(text: string): readonly ProsePart[] {
  const pieces = text.split('`')
  const paired = pieces.length % 2 === 1 ? pieces : [...pieces.slice(0, -2), pieces.slice(-2).join('`')]
  return paired
    .map((piece, index): ProsePart => ({ kind: index % 2 === 1 ? 'value' : 'words', text: piece }))
    .filter((part) => part.text !== '')
}
