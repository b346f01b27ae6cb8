/** Many fixed words, looked up at once. */
interface WordIndex<T> {
  /** The first place from `from` on where one of the words may stand; -1 where there is none. */
  next(text: string, from: number): number
  /** What belongs to the words that stand at this place, the longest word first. */
  at(text: string, place: number): readonly T[]
}

interface Entry<T> {
  readonly word: string
  readonly value: T
}

/** Words that start alike, told apart by the first character at which they differ. */
interface Fork<T> {
  readonly at: number
  /** The word that all others start with. */
  readonly whole: Entry<T> | undefined
  readonly next: ReadonlyMap<number, Entry<T> | Fork<T>>
}

const indexedCharacters = 3
const bits = 5
const keys = 1 << (bits * indexedCharacters)
const none: readonly never[] = []

/**
 * At nearly every place of a text its next four characters tell that no word starts there, so that one pass finds
 * all words, however many there are.
 */
export function indexWords<T>(words: ReadonlyMap<string, T>): WordIndex<T> {
  const groups: Entry<T>[][] = []
  const groupOf = new Uint16Array(keys)
  const follows = new Uint8Array(keys)
  for (const [word, value] of words) {
    if (word.length < indexedCharacters) throw new Error(`too short to be indexed: ${word}`)
    const key = keyAt(word, 0)
    const known = groups[(groupOf[key] ?? 0) - 1]
    if (known === undefined) groupOf[key] = groups.push([{ word, value }])
    else known.push({ word, value })
    if (word.length > indexedCharacters) follows[keyAt(word, 1)] = 1
    else for (let code = 0; code < 1 << bits; code++) follows[nextKey(key, code)] = 1
  }
  const roots = [undefined, ...groups.map((group) => forkOf(group))]
  return {
    next(text, from) {
      let key = keyAt(text, from)
      for (let place = from; place + indexedCharacters <= text.length; place++) {
        const end = place + indexedCharacters
        const following = nextKey(key, end < text.length ? text.charCodeAt(end) : 0)
        if (groupOf[key] !== 0 && follows[following] !== 0) return place
        key = following
      }
      return -1
    },
    at(text, place) {
      let found: T[] | undefined
      let node = roots[groupOf[keyAt(text, place)] ?? 0]
      while (node !== undefined) {
        const entry = 'next' in node ? node.whole : node
        if (entry !== undefined && text.startsWith(entry.word, place)) (found ??= []).unshift(entry.value)
        node = 'next' in node ? node.next.get(text.charCodeAt(place + node.at)) : undefined
      }
      return found ?? none
    },
  }
}

/** Five bits of each character: that others share them only means to look closer. */
const nextKey = (key: number, code: number): number => ((key << bits) | (code & 31)) & (keys - 1)

const keyAt = (text: string, at: number): number =>
  nextKey(nextKey(nextKey(0, text.charCodeAt(at)), text.charCodeAt(at + 1)), text.charCodeAt(at + 2))

function forkOf<T>(entries: readonly Entry<T>[]): Entry<T> | Fork<T> | undefined {
  const [first] = entries
  if (first === undefined || entries.length === 1) return first
  let at = 0
  while (at < first.word.length && entries.every(({ word }) => word[at] === first.word[at])) at++
  const branches = new Map<number, Entry<T>[]>()
  for (const entry of entries) {
    const code = entry.word.charCodeAt(at)
    branches.set(code, [...(branches.get(code) ?? []), entry])
  }
  const next = new Map<number, Entry<T> | Fork<T>>()
  for (const [code, branch] of branches) {
    const node = Number.isNaN(code) ? undefined : forkOf(branch)
    if (node !== undefined) next.set(code, node)
  }
  return { at, whole: entries.find(({ word }) => word.length === at), next }
}
