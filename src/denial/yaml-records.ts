import type { JsonObjectSeen } from './json-objects.ts'

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

interface Line {
  readonly start: number
  readonly end: number
  /** Where its text stands, after blanks, marks of quoting and the dash of an item. */
  readonly column: number
  readonly isItem: boolean
  readonly text: string
}

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

function lineAt(text: string, start: number): Line {
  const newline = text.indexOf('\n', start)
  const end = newline === -1 ? text.length : newline
  const whole = text.slice(start, Math.min(end, start + longest))
  const lead = /^[ \t>|]{0,40}/.exec(whole)?.[0].length ?? 0
  const dash = /^- {1,3}/.exec(whole.slice(lead, lead + 4))?.[0].length ?? 0
  return { start, end, column: lead + dash, isItem: dash > 0, text: whole.slice(lead + dash).trimEnd() }
}

/** The lines of one object round one of its own. */
function linesRound(text: string, at: number, from: number): readonly Line[] {
  const own = lineAt(text, at)
  const belongs = ({ column, text }: Line): boolean =>
    text !== '' && (column > own.column || (column === own.column && member.test(text)))
  const above: Line[] = []
  for (let line = own; !(line.isItem && line.column === own.column) && line.start - 1 > from;) {
    const start = text.lastIndexOf('\n', line.start - 2) + 1
    if (start < from) break
    line = lineAt(text, start)
    if (!belongs(line)) break
    above.push(line)
  }
  const below: Line[] = []
  for (let line = own; line.end + 1 < text.length && line.end - at < longest;) {
    line = lineAt(text, line.end + 1)
    if (!belongs(line) || (line.isItem && line.column === own.column)) break
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
function valueOf(lines: readonly Line[]): Value {
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
