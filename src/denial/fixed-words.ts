/** The words of a list that stand at a place of a text, longest first. */
export type WordsAt = (text: string, at: number) => readonly string[]

const indexedCharacters = 3
const none: readonly string[] = []

/**
 * Looks up many fixed words at once: at nearly every place of a text its next three characters tell that no word starts
 * there, so that one pass finds all, however many there are.
 */
export function indexWords(words: Iterable<string>): WordsAt {
  const byStart = new Map<number, string[]>()
  // In reverse order, what a word starts with comes after it.
  for (const word of [...words].sort((a, b) => (a < b ? 1 : -1))) {
    if (word.length < indexedCharacters) throw new Error(`too short to be indexed: ${word}`)
    const start = startAt(word, 0)
    const others = byStart.get(start)
    if (others === undefined) byStart.set(start, [word])
    else others.push(word)
  }
  return (text, at) => {
    const possible = byStart.get(startAt(text, at))
    return possible === undefined ? none : possible.filter((word) => text.startsWith(word, at))
  }
}

/** Seven bits of each character: that others share them only means to look closer. */
const startAt = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 127) << 14) | ((text.charCodeAt(at + 1) & 127) << 7) | (text.charCodeAt(at + 2) & 127)
