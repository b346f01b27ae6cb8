import type { Clue, Span } from '../denial.ts'
import { indexWords } from '../fixed-words.ts'
import { withoutSoftBreaks } from '../normalise/soft-breaks.ts'
import type { TextView } from '../text-view.ts'
import { isOfDoneTransfer } from '../transfer-line.ts'
import { windowsOfBrokenWords } from './broken-words.ts'
import type { ClueShape } from './clue-shape.ts'
import { clueShapes } from './clue-shapes.ts'
import { isToldInProse } from './told-in-prose.ts'

/** Circumstances are told near the error; in a long log they would be somebody else's. */
const textLimit = 128 * 1024
const occurrencesPerPhrase = 6
/** Of requests in a log the last one counts, however many there were, and of errors each has its own. */
const eventsPerPhrase = 1000
const windowAfter = 400

/** A phrase and the shapes that it speaks for: several may share one. */
interface Phrase {
  readonly length: number
  readonly shapes: { readonly shape: ClueShape; readonly order: number }[]
  /** How many of its places count: without values to read, all say the same. */
  most: number
  /** All of its shapes want it as words of a sentence. */
  inProse: boolean
}

const isOfEach = ({ values, ofNextError }: ClueShape): boolean => values?.['in'] === 'header' || ofNextError === true

const listed = new Map<string, Phrase>()
for (const [order, { shape, phrase }] of clueShapes
  .flatMap((shape) => shape.phrases.map((phrase) => ({ shape, phrase })))
  .entries()) {
  const known = listed.get(phrase)
  const most = shape.capture === undefined ? 1 : isOfEach(shape) ? eventsPerPhrase : occurrencesPerPhrase
  const inProse = shape.inProse === true
  if (known === undefined) listed.set(phrase, { length: phrase.length, shapes: [{ shape, order }], most, inProse })
  else {
    known.shapes.push({ shape, order })
    known.most = Math.max(known.most, most)
    known.inProse &&= inProse
  }
}

const phrases = indexWords(listed)

/** Every clue in the paste, wherever a frame or a terminal broke its lines, in order of appearance. What a denial is read from tells no circumstance beside it. */
export function findClues(view: TextView, read: readonly Span[] = []): readonly Clue[] {
  const text = view.text.slice(0, textLimit)
  const found: Found[] = []
  const isTold = (at: number, end: number): boolean =>
    isToldInProse(text, at, end) && !holdsPlace(read, view.spanOf(at, end))
  const places = placesIn(lowerCase(text).replaceAll('\n', ' '), isTold)
  for (const place of places) found.push(...readPlace(place, text, isTold))
  for (const { text: joined, seam, place } of windowsOfBrokenWords(text)) {
    const isToldHere = (at: number, end: number): boolean => isToldInProse(joined, at, end)
    for (const one of placesIn(lowerCase(joined).replaceAll('\n', ' '), isToldHere))
      if (one.at < seam && one.at + one.phrase.length > seam)
        for (const clue of readPlace(one, joined, isToldHere))
          found.push({ ...clue, start: place(clue.start), end: place(clue.end), at: place(clue.at) })
  }
  found.sort((a, b) => a.start - b.start || a.order - b.order || a.at - b.at)
  return distinct(found).map(({ kind, values, start, end, standsAlone }) => ({
    kind,
    values,
    span: view.spanOf(start, end),
    ...(standsAlone && { standsAlone }),
  }))
}

/** What the shapes of a phrase read where it stands. */
function readPlace(
  { phrase, at }: Place,
  text: string,
  isTold: (at: number, end: number) => boolean,
): readonly Found[] {
  if (text[at] === '\n' || text[at + phrase.length - 1] === '\n') return []
  return phrase.shapes.flatMap(({ shape, order }) => {
    if (shape.inProse === true && !phrase.inProse && !isTold(at, at + phrase.length)) return []
    const clue = readAt(shape, order, phrase.length, at, text)
    return clue === null || (clue.kind === 's3-uri' && isOfDoneTransfer(text, clue.start)) ? [] : [clue]
  })
}

interface Found {
  readonly kind: string
  readonly values: Readonly<Record<string, string>>
  readonly start: number
  readonly end: number
  /** The place of its phrase in the list of all. */
  readonly order: number
  /** Where the phrase stands. */
  readonly at: number
  readonly standsAlone: boolean
  readonly ofNextError?: true
}

interface Place {
  readonly phrase: Phrase
  readonly at: number
}

/** Where each phrase stands, at its first occurrences. */
function placesIn(lower: string, isTold: (at: number, end: number) => boolean): readonly Place[] {
  const places: Place[] = []
  const seen = new Map<Phrase, { count: number; end: number }>()
  for (let at = phrases.next(lower, 0); at !== -1; at = phrases.next(lower, at + 1))
    for (const phrase of phrases.at(lower, at)) {
      const known = seen.get(phrase)
      if (phrase.inProse && known?.count !== phrase.most && !isTold(at, at + phrase.length)) continue
      if (known === undefined) seen.set(phrase, { count: 1, end: at + phrase.length })
      else if (known.count === phrase.most || at < known.end) continue
      else {
        known.count++
        known.end = at + phrase.length
      }
      places.push({ phrase, at })
    }
  return places
}

function readAt(shape: ClueShape, order: number, length: number, at: number, text: string): Found | null {
  const { kind, capture, standsAlone, ofNextError } = shape
  const told = shape.values ?? none
  if (capture === undefined) return { kind, values: told, start: at, end: at + length, order, at, standsAlone }
  const from = Math.max(0, at - (shape.before ?? 0))
  const window = text.slice(from, at + windowAfter)
  const match = matchIn(window, shape, capture) ?? matchIn(softened(text, from, at), shape, capture)
  if (match === null) return null
  const values: Record<string, string> = { ...told }
  let isEmpty = told === none
  for (const name in match.groups) {
    const value = match.groups[name]
    if (!value) continue
    values[name] = value
    isEmpty = false
  }
  const start = from + match.index
  return {
    kind,
    values: isEmpty ? none : values,
    start,
    end: start + match[0].length,
    order,
    at,
    standsAlone,
    ...(ofNextError && { ofNextError }),
  }
}

const matchIn = (window: string | null, { needs }: ClueShape, capture: RegExp): RegExpExecArray | null =>
  window === null || needs?.test(window) === false ? null : capture.exec(window)

/** So much of the line in front tells whether it is full. */
const lineInFront = 45

/** The same window, with what a terminal or a mail made lines of their own put together. */
function softened(text: string, from: number, at: number): string | null {
  const end = at + windowAfter
  if (!text.slice(from, end).includes('\n')) return null
  const start = Math.max(0, from - lineInFront)
  const window = text.slice(start, end)
  const folded = withoutSoftBreaks(window)
  return folded === window ? null : folded.slice(from - start)
}

const none: Readonly<Record<string, string>> = {}

/** Whether a place lies in one of the spans, which come in order and apart. */
function holdsPlace(spans: readonly Span[], [start, end]: Span): boolean {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.[1] ?? 0) <= start) low = middle + 1
    else high = middle
  }
  return (spans[low]?.[0] ?? Infinity) < end
}

/** The same kind with the same values is one clue, at its first place, of headers the last; one of them that stands alone speaks for all. */
function distinct(found: readonly Found[]): readonly Found[] {
  const seen = new Map<string, Found>()
  for (const clue of found) {
    const named = clue.values === none ? clue.kind : clue.kind + JSON.stringify(clue.values)
    const key = clue.ofNextError === true ? `${String(clue.at)} ${named}` : named
    const first = seen.get(key)
    if (first === undefined) seen.set(key, clue)
    else if (clue.values['in'] === 'header') {
      seen.delete(key)
      seen.set(key, clue)
    } else if (clue.standsAlone && !first.standsAlone) seen.set(key, { ...first, standsAlone: true })
  }
  return [...seen.values()]
}

// The only characters beyond ASCII whose small letters are ASCII, or more than one.
const misleading = /[\u0130\u212a]/

/** Lower case in which every character keeps its place. */
const lowerCase = (text: string): string =>
  misleading.test(text) ? text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text.toLowerCase()
