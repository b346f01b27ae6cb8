import type { JsonObjectSeen } from './json-objects.ts'
import { quoting, yamlLineAbove, yamlLineAt, type YamlLine } from './yaml-lines.ts'

/*
 * Records of CloudTrail as YAML: `--output yaml`, and what viewers of logs make of them. Keys and their values, by their
 * columns; more of YAML is not in them, and a message of AWS may stand there without the quotes that it needs.
 */

const sign = /^(?:[ \t>|]{0,40}- {1,3}|[ \t>|]{0,40})eventName:[ \t]/gm
const mostRecords = 200
const longest = 20_000

/** The text from its first character on is `key: value`; deeper keys may be written with dots. */
const member = /^(?<name>[A-Za-z][\w.-]{0,80}):(?:[ \t]{1,40}(?<value>.{0,20000}))?$/su
/** The value stands on the lines below. */
const folded = /^[>|][+-]?$/

/** In order, and apart. */
export function findYamlRecords(text: string): readonly JsonObjectSeen[] {
  const found: JsonObjectSeen[] = []
  if (!text.includes('eventName:')) return found
  let done = 0
  for (const { index } of text.matchAll(sign)) {
    if (index < done) continue
    const lines = linesRound(text, index, Math.max(done, index - longest))
    const [first, last] = [lines[0], lines.at(-1)]
    if (first === undefined || last === undefined) continue
    const value = valueOf(lines)
    // A call that went well, and what stands round it may tell of the error.
    if ('errorCode' in value) found.push({ value, span: [first.start, last.end] })
    done = last.end
    if (found.length === mostRecords) break
  }
  return found
}

/** The lines of one object round one of its own. */
function linesRound(text: string, at: number, from: number): readonly YamlLine[] {
  const own = yamlLineAt(text, at, quoting)
  const isFirst = ({ isItem, column }: YamlLine): boolean => isItem && column === own.column
  const belongs = ({ column, text }: YamlLine): boolean =>
    text !== '' && (column > own.column || (column === own.column && member.test(text)))
  const above: YamlLine[] = []
  for (let line = own; !isFirst(line);) {
    const higher = yamlLineAbove(text, line, from, quoting)
    if (higher === null || !belongs(higher)) break
    above.push(higher)
    line = higher
  }
  const below: YamlLine[] = []
  for (let line = own; line.end + 1 < text.length && line.end - at < longest;) {
    line = yamlLineAt(text, line.end + 1, quoting)
    if (!belongs(line) || isFirst(line)) break
    below.push(line)
  }
  return [...above.reverse(), own, ...below]
}

type Value = Record<string, unknown>

/** Names come from the paste: none is there before. */
const nothing = (): Value => Object.create(null) as Value

interface Level {
  readonly column: number
  readonly value: Value
}

/** Every line is a member of the object whose column is its own, or goes on with the value above it. */
function valueOf(lines: readonly YamlLine[]): Value {
  const root = nothing()
  let levels: readonly Level[] = [{ column: lines[0]?.column ?? 0, value: root }]
  let last: { readonly column: number; readonly of: Value; readonly name: string; readonly isFolded: boolean } | null =
    null
  for (const { column, text } of lines) {
    const { name, value } = (last?.isFolded === true && column > last.column ? null : member.exec(text)?.groups) ?? {}
    if (name === undefined) {
      if (last !== null) last.of[last.name] = joined(last.of[last.name], text)
      continue
    }
    const isDeeper = last !== null && column > last.column
    if (isDeeper && last !== null) levels = [...levels, { column, value: objectAt(last.of, last.name) }]
    else while (levels.length > 1 && (levels.at(-1)?.column ?? 0) > column) levels = levels.slice(0, -1)
    const [own, key] = placeOf(levels.at(-1)?.value ?? root, name)
    const isFolded = folded.test(value ?? '')
    const plain = isFolded ? '' : plainOf(value ?? '')
    if (plain !== null) own[key] = plain
    last = { column, of: own, name: key, isFolded }
  }
  return root
}

const joined = (value: unknown, more: string): string => (typeof value === 'string' ? `${value} ${more}`.trim() : more)

/** `userIdentity.arn`: the member of a member. */
function placeOf(value: Value, name: string): readonly [Value, string] {
  const parts = name.split('.').slice(0, 6)
  let own = value
  for (const part of parts.slice(0, -1)) own = objectAt(own, part)
  return [own, parts.at(-1) ?? name]
}

function objectAt(of: Value, name: string): Value {
  const known = of[name]
  if (typeof known === 'object' && known !== null) return known as Value
  const value = nothing()
  of[name] = value
  return value
}

/** Without its quotes; `null` for what tells that there is none. */
function plainOf(value: string): string | null {
  const text = value.trim()
  const quoted = /^(?:"([^"]{0,20000})"|'((?:[^']|''){0,20000})')$/.exec(text)
  if (quoted !== null) return quoted[1] ?? quoted[2]?.replaceAll("''", "'") ?? ''
  return /^(?:null|~|\[\]|\{\})?$/.test(text) ? null : text
}
