import type { Span } from './denial.ts'

/*
 * Statements of policies in YAML, by their indentation.
 */

/** A list of statements, or a lone one, and the keys over it from the nearest on. */
interface YamlBlock {
  readonly span: Span
  readonly keys: readonly string[]
}

const sign = /^ *(?:- +)?["']?Effect["']?: *["']?(?:Allow|Deny)["']? *(?:#[^\n]*)?\r?$/gm

const elements =
  /^(?:- +)?["']?(?:Sid|Effect|Action|NotAction|Resource|NotResource|Principal|NotPrincipal|Condition)["']?:/
const key = /^(?:- +)?["']?([\w.-]{1,60})["']?: *(?:#.*)?$/

const mostBlocks = 100
const longest = 20_000
const mostKeys = 3

/** In order, and apart. */
export function findYamlBlocks(text: string): readonly YamlBlock[] {
  const blocks: YamlBlock[] = []
  let until = 0
  for (const { index } of text.matchAll(sign)) {
    if (index < until) continue
    const block = blockRound(text, index, Math.max(until, index - longest))
    blocks.push(block)
    until = block.span[1]
    if (blocks.length === mostBlocks) break
  }
  return blocks
}

interface Line {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly indent: number
  readonly isItem: boolean
  /** Where its key stands, after the dash of an item. */
  readonly column: number
  readonly isBlank: boolean
}

function lineAt(text: string, start: number, longest: number): Line {
  const newline = text.indexOf('\n', start)
  const end = newline === -1 ? text.length : newline
  const whole = text.slice(start, Math.min(end, start + longest)).trimEnd()
  const line = whole.trimStart()
  const indent = whole.length - line.length
  const dash = /^-(?: +|$)/.exec(line)?.[0].length ?? 0
  const isBlank = line === '' || line.startsWith('#')
  return { start, end, text: line, indent, isItem: dash > 0, column: indent + dash, isBlank }
}

/** The level of the items; -1 for a statement that is none. */
const belongs = (line: Line, list: number, column: number): boolean =>
  list === -1
    ? line.indent > column || (line.indent === column && (line.isItem || elements.test(line.text)))
    : line.indent > list || (line.isItem && line.indent === list)

function blockRound(text: string, at: number, from: number): YamlBlock {
  const first = lineAt(text, at, longest)
  let list = first.isItem ? first.indent : -1
  let start = at
  let above: Line | null = null
  for (let line = before(text, first, from); line !== null; line = before(text, line, from)) {
    if (line.isBlank) continue
    // The item whose first element is another one.
    if (list === -1 && line.isItem && line.column === first.column && elements.test(line.text)) list = line.indent
    if (!belongs(line, list, first.column)) {
      above = line
      break
    }
    if (list === -1 ? line.indent === first.column : line.isItem && line.indent === list) start = line.start
  }
  let end = first.end
  for (let next = first.end + 1; next < text.length && next - at < longest;) {
    const line = lineAt(text, next, longest)
    if (!line.isBlank && !belongs(line, list, first.column)) break
    if (!line.isBlank) end = line.end
    next = line.end + 1
  }
  return { span: [start, end], keys: keysFrom(text, above, list === -1 ? first.column : list, from) }
}

function before(text: string, { start }: Line, from: number): Line | null {
  if (start - 1 <= from) return null
  const previous = text.lastIndexOf('\n', start - 2) + 1
  return previous < from ? null : lineAt(text, previous, longest)
}

/** The keys over it: each the next that stands further left. */
function keysFrom(text: string, above: Line | null, column: number, from: number): readonly string[] {
  const keys: string[] = []
  let level = column + 1
  for (let line = above; line !== null && keys.length < mostKeys; line = before(text, line, from)) {
    if (line.isBlank || line.column >= level) continue
    const name = key.exec(line.text)?.[1]
    if (name === undefined) break
    keys.push(name)
    level = line.column
  }
  return keys
}
