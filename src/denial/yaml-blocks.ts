import type { Span } from './denial.ts'
import { yamlLineAbove, yamlLineAt, type YamlLine } from './yaml-lines.ts'

/*
 * Statements of policies in YAML, by their indentation.
 */

/** A list of statements, or a lone one, and the keys over it from the nearest on. */
interface YamlBlock {
  readonly span: Span
  readonly keys: readonly string[]
}

const sign = /^ *(?:- +)?["']?Effect["']?: *["']?(?:Allow|Deny)["']? *(?:#[^\n]*)?\r?$/gm

const elements = /^["']?(?:Sid|Effect|Action|NotAction|Resource|NotResource|Principal|NotPrincipal|Condition)["']?:/
const key = /^["']?([\w.-]{1,60})["']?: *(?:#.*)?$/

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

const isBlank = ({ text, isItem }: YamlLine): boolean => !isItem && (text === '' || text.startsWith('#'))

/** The level of the items; -1 for a statement that is none. */
const belongs = (line: YamlLine, list: number, column: number): boolean =>
  list === -1
    ? line.indent > column || (line.indent === column && (line.isItem || elements.test(line.text)))
    : line.indent > list || (line.isItem && line.indent === list)

function blockRound(text: string, at: number, from: number): YamlBlock {
  const first = yamlLineAt(text, at)
  let list = first.isItem ? first.indent : -1
  let start = at
  let above: YamlLine | null = null
  for (let line = yamlLineAbove(text, first, from); line !== null; line = yamlLineAbove(text, line, from)) {
    if (isBlank(line)) continue
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
    const line = yamlLineAt(text, next)
    if (!isBlank(line) && !belongs(line, list, first.column)) break
    if (!isBlank(line)) end = line.end
    next = line.end + 1
  }
  return { span: [start, end], keys: keysFrom(text, above, list === -1 ? first.column : list, from) }
}

/** The keys over it: each the next that stands further left. */
function keysFrom(text: string, above: YamlLine | null, column: number, from: number): readonly string[] {
  const keys: string[] = []
  let level = column + 1
  for (let line = above; line !== null && keys.length < mostKeys; line = yamlLineAbove(text, line, from)) {
    if (isBlank(line) || line.column >= level) continue
    const name = key.exec(line.text)?.[1]
    if (name === undefined) break
    keys.push(name)
    level = line.column
  }
  return keys
}
