/** Any run of characters, also none. */
export const anyRun = Symbol('*')
/** Exactly one character. */
const anyOne = Symbol('?')

export type Token = string | typeof anyRun | typeof anyOne

/** Text without `*`; at the offsets in `holes` any character fits. */
interface Piece {
  readonly text: string
  readonly holes: readonly number[]
}

/** A pattern cut at its `*`: the first and the last piece are anchored, those between are searched from the left. */
export interface Wildcard {
  readonly first: Piece
  readonly middle: readonly Piece[]
  /** `null`: the pattern has no `*`. */
  readonly last: Piece | null
  readonly minLength: number
}

// Most pieces have no holes and most patterns no middle: shared, so that thousands of statements stay small in memory.
const none: readonly never[] = []
const nothing: Piece = { text: '', holes: none }
const pieceOf = (text: string, holes: readonly number[]): Piece =>
  holes.length > 0 ? { text, holes } : text === '' ? nothing : { text, holes: none }

/** Reads `*` and `?` as wildcards and everything else as it stands. */
export const tokensOf = (pattern: string): readonly Token[] => {
  const tokens: Token[] = []
  let start = 0
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i]
    if (char !== '*' && char !== '?') continue
    if (i > start) tokens.push(pattern.slice(start, i))
    tokens.push(char === '*' ? anyRun : anyOne)
    start = i + 1
  }
  if (start < pattern.length) tokens.push(pattern.slice(start))
  return tokens
}

export const compileTokens = (tokens: readonly Token[]): Wildcard => {
  const pieces: Piece[] = []
  let text = ''
  let holes: number[] = []
  for (const token of tokens) {
    if (token === anyRun) {
      pieces.push(pieceOf(text, holes))
      text = ''
      holes = []
    } else if (token === anyOne) {
      holes.push(text.length)
      text += '?'
    } else text += token
  }
  pieces.push(pieceOf(text, holes))
  const minLength = pieces.reduce((sum, piece) => sum + piece.text.length, 0)
  const last = pieces.length > 1 ? (pieces.at(-1) ?? null) : null
  const middle = pieces.slice(1, -1).filter((p) => p.text !== '')
  return {
    first: pieces[0] ?? nothing,
    middle: middle.length > 0 ? middle : none,
    last,
    minLength,
  }
}

export const compileWildcard = (pattern: string): Wildcard => compileTokens(tokensOf(pattern))

/** Whole-string match. Each piece is taken at its leftmost place, which never loses a match: nothing is gone back to. */
export const matchesWildcard = (wildcard: Wildcard, text: string): boolean => {
  const { first, middle, last, minLength } = wildcard
  if (last === null) return text.length === minLength && fitsAt(first, text, 0)
  if (text.length < minLength || !fitsAt(first, text, 0)) return false
  const end = text.length - last.text.length
  if (!fitsAt(last, text, end)) return false
  let position = first.text.length
  for (const piece of middle) {
    const found = find(piece, text, position, end)
    if (found < 0) return false
    position = found + piece.text.length
  }
  return position <= end
}

const find = (piece: Piece, text: string, from: number, end: number): number => {
  const lastStart = end - piece.text.length
  if (piece.holes.length === 0) {
    const found = text.indexOf(piece.text, from)
    return found <= lastStart ? found : -1
  }
  if (piece.text.length * (end - from) > mostCompared) return findInBits(piece, text, from, end)
  for (let start = from; start <= lastStart; start++) if (fitsAt(piece, text, start)) return start
  return -1
}

/** Pairs of characters that are compared one by one; no ARN comes near. */
const mostCompared = 100_000

/**
 * Follows every start at once, one bit each, so that what repeats in text and pattern costs a 32nd of its square.
 * https://en.wikipedia.org/wiki/Bitap_algorithm
 */
const findInBits = ({ text: piece, holes }: Piece, text: string, from: number, end: number): number => {
  const words = (piece.length + 31) >>> 5
  const anywhere = new Int32Array(words)
  for (const hole of holes) set(anywhere, hole)
  const masks = new Map<string, Int32Array>()
  let hole = 0
  for (let i = 0; i < piece.length; i++) {
    const char = piece[i] ?? ''
    if (holes[hole] === i) hole++
    else masks.set(char, set(masks.get(char) ?? Int32Array.from(anywhere), i))
  }
  const open = new Int32Array(words)
  const last = piece.length - 1
  for (let at = from; at < end; at++) {
    const mask = masks.get(text[at] ?? '') ?? anywhere
    let carry = 1
    for (let word = 0; word < words; word++) {
      const before = open[word] ?? 0
      open[word] = ((before << 1) | carry) & (mask[word] ?? 0)
      carry = before >>> 31
    }
    if (((open[last >>> 5] ?? 0) & (1 << (last & 31))) !== 0) return at - last
  }
  return -1
}

const set = (mask: Int32Array, bit: number): Int32Array => {
  mask[bit >>> 5] = (mask[bit >>> 5] ?? 0) | (1 << (bit & 31))
  return mask
}

const fitsAt = (piece: Piece, text: string, offset: number): boolean => {
  if (piece.holes.length === 0) return text.startsWith(piece.text, offset)
  let hole = 0
  for (let i = 0; i < piece.text.length; i++) {
    if (piece.holes[hole] === i) hole++
    else if (piece.text[i] !== text[offset + i]) return false
  }
  return offset + piece.text.length <= text.length
}
