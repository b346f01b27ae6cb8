import { goesOnAsCode } from './error-codes.ts'
import { hasGapBefore, sliceOf, squeezeWords, withoutBreaks, type SqueezedText } from './squeezed-text.ts'
import { tokenEnd, trimmedEnd } from './token.ts'

/**
 * A sentence with slots, as a contributor writes it down:
 * `operation error {service}: {operation}, https response error StatusCode: {status}[, HostID: {any}]`.
 * Spacing, quotes and case of the fixed words do not matter; `[…]` may be absent, `\\[` is a bracket of the text.
 */
export interface Template {
  /** The fixed words that it starts with, squeezed: what the text is searched for. */
  readonly anchor: string
  readonly pieces: readonly Piece[]
}

interface Words {
  readonly kind: 'words'
  readonly words: string
  /** Short words such as `on` also occur inside names: where the template has a blank, the text must have one. */
  readonly apart: boolean
}

interface Slot {
  readonly kind: 'slot'
  readonly slot: string
  readonly rule: SlotRule
  /** The fixed words that may come next: those of the optional pieces, and the first that must. */
  readonly next: readonly Words[]
}

type Piece = Words | Slot | { readonly kind: 'optional'; readonly pieces: readonly Piece[] }

export interface Range {
  readonly start: number
  readonly end: number
}

export interface Match extends Range {
  readonly slots: ReadonlyMap<string, Range>
}

interface SlotRule {
  readonly longest: number
  readonly fits: RegExp
  /** Whether a value with line breaks in it is one. */
  readonly goesOn?: (lines: string) => boolean
}

const anything: SlotRule = { longest: 300, fits: /^[^\n]*$/ }
const slotRules: Readonly<Record<string, SlotRule>> = {
  any: anything,
  account: { longest: 20, fits: /^\d{4,16}$/ },
  // Not the Region and the account of an ARN.
  action: { longest: 120, fits: /^(?![a-z]{2}-[a-z-]{2,20}-\d:)[\w-]{2,40}:(?!\*\*)[A-Za-z0-9*]{2,80}$/ },
  errorCode: { longest: 110, fits: /^[\w.#:\s-]{2,110}$/, goesOn: goesOnAsCode },
  operation: { longest: 90, fits: /^[A-Za-z][A-Za-z0-9]{2,89}$/ },
  principal: { longest: 400, fits: /^[^\n,;]{3,400}$/ },
  region: { longest: 30, fits: /^[a-z]{2}[a-z-]{0,16}-\d$/ },
  requestId: { longest: 130, fits: /^[^\s,;()<>{}[\]]{2,130}$/ },
  resource: { longest: 1200, fits: /^(?!is denied)[^\n]{1,1200}$/ },
  service: { longest: 60, fits: /^[A-Za-z0-9][\w .-]{0,59}$/ },
  status: { longest: 3, fits: /^\d{3}$/ },
  word: { longest: 80, fits: /^[\w.@/:-]{1,80}$/ },
}

export function compileTemplate(source: string): Template {
  const pieces = piecesOf(source)
  const first = pieces[0]
  if (first?.kind !== 'words') throw new Error(`a template starts with fixed words: ${source}`)
  return { anchor: first.words, pieces }
}

/** Read from the end: a slot knows what comes behind it. */
function piecesOf(source: string): readonly Piece[] {
  const pieces: Piece[] = []
  const part = /\{(\w+)\}|\[([^\]]+)\]|((?:\\[[\]]|[^{[\\])+)/g
  for (const [, slot, optional, printed] of [...source.matchAll(part)].reverse()) {
    if (slot !== undefined)
      pieces.unshift({ kind: 'slot', slot, rule: slotRules[slot] ?? anything, next: followers(pieces) })
    else if (optional !== undefined) pieces.unshift({ kind: 'optional', pieces: piecesOf(optional) })
    else if (printed !== undefined && squeezeWords(printed) !== '') {
      const words = squeezeWords(printed.replaceAll('\\', ''))
      pieces.unshift({ kind: 'words', words, apart: /^\s/.test(printed) && words.length <= 6 })
    }
  }
  return pieces
}

/** Matches a template at a place of the squeezed text. Bounded by the lengths of its slots. */
export function matchTemplate(template: Template, squeezed: SqueezedText, start: number): Match | null {
  const slots = new Map<string, Range>()
  const end = matchPieces(template.pieces, squeezed, start, slots)
  return end === null ? null : { start, end, slots }
}

function matchPieces(
  pieces: readonly Piece[],
  squeezed: SqueezedText,
  start: number,
  slots: Map<string, Range>,
): number | null {
  let position = start
  for (const piece of pieces) {
    if (piece.kind === 'words') {
      if (!squeezed.text.startsWith(piece.words, position)) return null
      position += piece.words.length
    } else if (piece.kind === 'optional') {
      position = matchPieces(piece.pieces, squeezed, position, slots) ?? position
    } else {
      const end = slotEnd(piece, squeezed, position)
      if (end === null) return null
      slots.set(piece.slot, { start: position, end })
      position = end
    }
  }
  return position
}

function followers(pieces: readonly Piece[]): readonly Words[] {
  const found: Words[] = []
  for (const piece of pieces) {
    if (piece.kind === 'words') return [...found, piece]
    if (piece.kind === 'optional') found.push(...followers(piece.pieces))
    else return found
  }
  return found
}

function slotEnd({ slot, rule, next }: Slot, squeezed: SqueezedText, start: number): number | null {
  if (next.length === 0) {
    const end = lastSlotEnd(slot, squeezed, start, start + rule.longest)
    return fits(rule, squeezed, start, end) ? end : null
  }
  const window = squeezed.text.slice(start, start + rule.longest + 80)
  let best: number | null = null
  for (const { words, apart } of next) {
    let found = window.indexOf(words)
    while (found !== -1 && found <= rule.longest) {
      const end = start + found
      if ((!apart || hasGapBefore(squeezed, end)) && fits(rule, squeezed, start, end)) {
        if (best === null || end < best) best = end
        break
      }
      found = window.indexOf(words, found + 1)
    }
  }
  return best
}

function fits({ fits, goesOn }: SlotRule, squeezed: SqueezedText, start: number, end: number): boolean {
  const text = sliceOf(squeezed, start, end)
  return fits.test(withoutBreaks(text)) && (goesOn === undefined || !text.includes('\n') || goesOn(text))
}

/** The end of a value with no fixed words behind it. Ids hold neither commas nor semicolons. */
function lastSlotEnd(slot: string, squeezed: SqueezedText, start: number, limit: number): number {
  const end = trimmedEnd(squeezed, start, tokenEnd(squeezed, start, limit))
  if (slot !== 'requestId' && slot !== 'word' && slot !== 'errorCode') return end
  const stop = squeezed.text.slice(start, end).search(/[,;]/)
  return stop === -1 ? end : start + stop
}

/** What stands in a slot, on one line. */
export function slotText(squeezed: SqueezedText, range: Range): string {
  // `403` and `Forbidden` on the next line are two words.
  return withoutBreaks(sliceOf(squeezed, range.start, range.end).replace(/^(\d{3})\s*\n\s*/, '$1 ')).trim()
}
