import type { Clue } from '../denial.ts'
import { indexWords } from '../fixed-words.ts'
import type { TextView } from '../text-view.ts'
import type { ClueShape } from './clue-shape.ts'
import { clueShapes } from './clue-shapes.ts'

/** Circumstances are told near the error; in a long log they would be somebody else's. */
const textLimit = 128 * 1024
const occurrencesPerPhrase = 6
const windowAfter = 400

interface Listed {
  readonly shape: ClueShape
  readonly phrase: string
  readonly order: number
}

/** The shapes that each phrase speaks for; several may share one. */
const listed = new Map<string, Listed[]>()
for (const [order, { shape, phrase }] of clueShapes
  .flatMap((shape) => shape.phrases.map((phrase) => ({ shape, phrase })))
  .entries())
  listed.set(phrase, [...(listed.get(phrase) ?? []), { shape, phrase, order }])

const phrasesAt = indexWords(listed.keys())

/** Every clue in the paste, in order of appearance. */
export function findClues(view: TextView): readonly Clue[] {
  const text = view.text.slice(0, textLimit)
  const lower = asciiLower(text)
  const places = placesOf(lower)
  const found = [...places.keys()]
    .flatMap((phrase) => listed.get(phrase) ?? [])
    .sort((a, b) => a.order - b.order)
    .flatMap(({ shape, phrase }) => (places.get(phrase) ?? []).map((at) => readAt(shape, phrase, at, text)))
    .filter((clue) => clue !== null)
  return distinct(found.toSorted((a, b) => a.start - b.start)).map(({ kind, values, start, end }) => ({
    kind,
    values,
    span: view.spanOf(start, end),
  }))
}

interface Found {
  readonly kind: string
  readonly values: Readonly<Record<string, string>>
  readonly start: number
  readonly end: number
}

/** Where each phrase stands, at its first occurrences. */
function placesOf(lower: string): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (let at = 0; at < lower.length; at++)
    for (const phrase of phrasesAt(lower, at)) {
      const known = places.get(phrase)
      if (known === undefined) places.set(phrase, [at])
      else if (known.length < occurrencesPerPhrase && at >= (known.at(-1) ?? 0) + phrase.length) known.push(at)
    }
  return places
}

function readAt(shape: ClueShape, phrase: string, at: number, text: string): Found | null {
  if (shape.capture === undefined)
    return { kind: shape.kind, values: shape.values ?? {}, start: at, end: at + phrase.length }
  const from = Math.max(0, at - (shape.before ?? 0))
  const match = shape.capture.exec(text.slice(from, at + windowAfter))
  if (match === null) return null
  const values = Object.entries(match.groups ?? {}).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return {
    kind: shape.kind,
    values: { ...shape.values, ...Object.fromEntries(values) },
    start: from + match.index,
    end: from + match.index + match[0].length,
  }
}

/** The same kind with the same values is one clue, wherever it stands. */
function distinct(found: readonly Found[]): readonly Found[] {
  const seen = new Set<string>()
  return found.filter(({ kind, values }) => {
    const key = JSON.stringify([kind, values])
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

/** Lower case of A to Z only, so that every character keeps its place. */
const asciiLower = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
