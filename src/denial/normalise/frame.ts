import type { TextView } from '../text-view.ts'
import { gatherRuns } from './runs.ts'
import { isCutWord, type Line } from './unwrap.ts'

/*
 * Panels and log viewers of terminals draw a bar on both sides of every line and pad what is shorter. A line that
 * reaches its bar was cut there, in the middle of a word where need be.
 */

const bar = '\u2502'
const anyEnd = /\u2502[ \t\r]*\n/u

interface Framed extends Line {
  /** A bar closes it, and what it holds reaches the bar. */
  readonly closed: boolean
  readonly full: boolean
  readonly opened: boolean
}

/** The text without the bars of such a frame, and with the words together that it cut; `null` where there is none. */
export function unframe(text: string): TextView | null {
  if (!anyEnd.test(text)) return null
  const lines = framedLines(text)
  const runs = gatherRuns(text)
  let found = false
  for (const [at, line] of lines.entries()) {
    const [before, next] = [lines[at - 1], lines[at + 1]]
    const goesOn = line.closed && next?.opened === true
    const isInside = goesOn || (line.opened && before?.closed === true)
    if (line.opened && isInside) runs.skip(line.start, line.start + line.indent)
    if (!goesOn) {
      if (line.closed && isInside) runs.skip(line.end, endOf(text, line.end))
      continue
    }
    found = true
    const isCut = line.full && isCutWord(text, line, next)
    // The bar of the next line is skipped with its own line.
    runs.skip(line.end, isCut ? next.start : endOf(text, line.end))
  }
  return found ? runs.view() : null
}

const endOf = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from)
  return newline === -1 ? text.length : newline
}

function framedLines(text: string): readonly Framed[] {
  const lines: Framed[] = []
  for (let start = 0; start <= text.length;) {
    const stop = endOf(text, start)
    lines.push(framed(text, start, stop))
    start = stop + 1
  }
  return lines
}

function framed(text: string, start: number, stop: number): Framed {
  const printed = text.slice(start, stop)
  const opening = /^[ \t]{0,8}\u2502 ?/u.exec(printed)?.[0].length ?? 0
  const whole = printed.trimEnd()
  const closed = whole.length > opening && whole.endsWith(bar)
  const inner = closed ? whole.slice(0, -1).trimEnd() : whole
  // A table has bars inside of its lines.
  const isTable = inner.slice(opening).includes(bar)
  return {
    start,
    end: start + inner.length,
    indent: opening,
    closed: closed && !isTable,
    full: closed && whole.length - inner.length <= 2,
    opened: opening > 0 && !isTable,
  }
}
