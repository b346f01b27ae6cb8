import type { TextView } from '../text-view.ts'
import { gatherRuns } from './runs.ts'

/*
 * A quote that was filled to a width, and whose lines an editor put together: `> … Request ID: > 7d3c2b1a-…`. Signs
 * of quoting that are left inside of such a line stand where its words would have gone over the width.
 */

const quoted = /^> {0,3}(?=[^\s>])[^\n]{60,20000}$/gm
const inner = /[ ]>[ ]/g
const widest = 90
const narrowest = 40
const mostSigns = 200

/** The text without them; `null` where there are none. */
export function withoutInnerQuotes(text: string): TextView | null {
  const runs = gatherRuns(text)
  let found = false
  for (const { 0: line, index } of text.matchAll(quoted)) {
    const signs = signsIn(line)
    for (const sign of signs) runs.skip(index + sign, index + sign + 2)
    found ||= signs.length > 0
  }
  return found ? runs.view() : null
}

/** Where they stand, if all of them are the ends of lines. */
function signsIn(line: string): readonly number[] {
  const signs = [...line.matchAll(inner)].map(({ index }) => index)
  if (signs.length === 0 || signs.length > mostSigns) return []
  const starts = [line.startsWith('> ') ? 2 : 1, ...signs.map((sign) => sign + 3)]
  const pieces = starts.map((start, at) => line.slice(start, signs[at] ?? line.length))
  const width = Math.max(...pieces.map((piece) => piece.length))
  const isFull = (piece: string, next: string): boolean =>
    piece.length >= narrowest && piece.length + 1 + (/^\S{0,200}/.exec(next)?.[0].length ?? 0) > width
  const filled = pieces.slice(0, -1).every((piece, at) => isFull(piece, pieces[at + 1] ?? ''))
  return filled && width <= widest ? signs : []
}
