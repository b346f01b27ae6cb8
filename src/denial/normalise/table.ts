import type { TextView } from '../text-view.ts'

/*
 * Tables of SAM and CloudFormation events break every cell over lines of its own, so that one sentence stands in
 * pieces beside pieces of other cells. Unfolded, each cell is one line.
 */

const firstColumn = /ResourceStatus\s/
const lastColumn = 'ResourceStatusReason'
const longestHeader = 600
const columnName = /\S+/g
const rowStart = /^[A-Z]+_[A-Z_]+/
const mostTables = 20

interface Piece {
  readonly start: number
  readonly end: number
}

/** What a line has of a cell. */
interface Part extends Piece {
  /** The word at the end of a full line, which may go on in the next one. */
  readonly tail: string | null
}

/** The text with its event tables read cell by cell; the same text where it has none. */
export function unfoldTables(text: string): TextView | null {
  const pieces: Piece[] = []
  let done = 0
  let tables = 0
  let at = text.indexOf(lastColumn)
  for (; at !== -1 && tables < mostTables; at = text.indexOf(lastColumn, at + 1)) {
    const before = text.slice(Math.max(0, at - longestHeader), at)
    const start = at - before.length + before.lastIndexOf('\n') + 1
    const columns = columnsOf(text.slice(start, at + lastColumn.length))
    if (start < done || columns.length < 3) continue
    const newline = text.indexOf('\n', at)
    if (newline === -1) break
    const body = readBody(text, newline + 1, columns)
    if (body.pieces.length === 0) continue
    pieces.push({ start: done, end: start }, ...body.pieces)
    done = body.end
    at = Math.max(at, body.end - 1)
    tables++
  }
  return tables === 0 ? null : viewOf(text, [...pieces, { start: done, end: text.length }])
}

/** Where the columns begin. What a log or a list puts before every line stands in front of the first one. */
function columnsOf(header: string): readonly number[] {
  const lead = Math.max(0, header.search(firstColumn))
  return [...header.slice(lead).matchAll(columnName)].map((name) => lead + name.index)
}

/** Lines up to the table's end, gathered per row and cell. An empty piece stands for a line break. */
function readBody(text: string, start: number, columns: readonly number[]): { pieces: readonly Piece[]; end: number } {
  const pieces: Piece[] = []
  let cells: Part[][] = []
  let position = start
  let rules = 0
  let widest = Number.POSITIVE_INFINITY
  const flush = (): void => {
    for (const cell of cells) if (cell.length > 0) pieces.push(...cell, { start: position, end: position })
    cells = columns.map(() => [])
  }
  while (position < text.length) {
    const newline = text.indexOf('\n', position)
    const end = newline === -1 ? text.length : newline
    const line = text.slice(position, end)
    const own = line.slice(columns[0])
    if (/^-{20,}\s*$/.test(own)) {
      rules++
      widest = (/-+\s*$/.exec(line)?.[0] ?? '').trimEnd().length
      if (rules > 1) break
    } else if (own.trim() === '') break
    else {
      if (rowStart.test(own) && line.slice(columns[2] ?? 0).trim() !== '' && !isContinued(line, columns)) flush()
      addLine(line, { offset: position, widest }, columns, cells)
    }
    position = end + 1
  }
  flush()
  return { pieces, end: Math.min(position, text.length) }
}

/** `UPDATE_ROLLBACK_IN_PRO` goes on in the next line as `GRESS`: only a line with a type starts a row. */
const isContinued = (line: string, columns: readonly number[]): boolean =>
  !line.slice(columns[1] ?? 0, columns[2]).includes('::')

interface Place {
  readonly offset: number
  /** How wide the table is, by its rule: the last column ends there. */
  readonly widest: number
}

function addLine(line: string, { offset, widest }: Place, columns: readonly number[], cells: Part[][]): void {
  const last = (columns[0] ?? 0) + widest
  for (const [index, column] of columns.entries()) {
    const raw = line.slice(column, columns[index + 1])
    const text = raw.trimEnd()
    if (text.trim() === '') continue
    const lead = text.length - text.trimStart().length
    // The blank after a cell's text keeps words apart; where the cell was full, the word goes on.
    const next = columns[index + 1]
    const size = (next === undefined ? last : next - 1) - column
    // Longer than the last column is what was put together of several lines: the last of them may not be full.
    const full = text.length >= size && (next !== undefined || text.length % size === 0)
    const cell = cells[index]
    const before = cell?.at(-1)
    if (before !== undefined && before.tail !== null && isParted(before.tail, text.trimStart(), size))
      cell?.push({ start: offset, end: offset, tail: null })
    cell?.push({
      start: offset + column + lead,
      end: offset + column + text.length + (full ? 0 : Math.min(1, raw.length - text.length)),
      tail: full ? text.slice(text.lastIndexOf(' ') + 1) : null,
    })
  }
}

/** Only a word that is longer than a cell is cut: of shorter ones the first just ended where the cell did. */
const isParted = (tail: string, next: string, size: number): boolean =>
  /\w$/.test(tail) && /^\w/.test(next) && tail.length + (/^\S*/.exec(next)?.[0].length ?? 0) <= size

function viewOf(text: string, pieces: readonly Piece[]): TextView {
  const parts: string[] = []
  const starts: number[] = []
  const origins: number[] = []
  let length = 0
  for (const { start, end } of pieces) {
    const part = end > start ? text.slice(start, end) : '\n'
    starts.push(length)
    origins.push(start)
    parts.push(part)
    length += part.length
  }
  const originOf = (index: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= index) low = middle
      else high = middle - 1
    }
    return Math.min(text.length, (origins[low] ?? 0) + index - (starts[low] ?? 0))
  }
  return {
    text: parts.join(''),
    // A cell's pieces stand in different lines: the span reaches from the first to the last of them.
    spanOf: (start, end) =>
      end <= start ? [originOf(start), originOf(start)] : [originOf(start), originOf(end - 1) + 1],
  }
}
