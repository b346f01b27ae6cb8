import type { Span } from './denial.ts'
import { findCutStatements } from './told/cut-statements.ts'
import { findYamlBlocks } from './yaml-blocks.ts'

/*
 * Policies beside an error: they tell what is granted, never what was asked.
 */

/** Keys and values that only statements of policies have, in JSON and in Terraform's form. */
const statementSign =
  /\bStatement\\{0,3}["'\u201C\u201D]?\s{0,8}[:=]\s{0,40}[[{]|\b[Ee]ffect\\{0,3}["'\u201C\u201D]?\s{0,8}[:=]\s{0,8}\\{0,3}["'\u201C\u201D](?:Allow|Deny)\\{0,3}["'\u201C\u201D]/g

/**
 * What holds whole statements by another name: Terraform's data source, a block of it that was pasted alone, and the
 * constructor of the CDK.
 */
const containerSign =
  /\baws_iam_policy_document"\s{1,4}"([\w-]{1,80})"\s{0,4}\{|^[ \t>]{0,40}statement[ \t]{0,4}\{(?=[ \t\r]*(?:$|#|\/\/))|\bPolicyStatement\(/gm

/** In YAML on a line of other words, with what belongs to the statement below it. */
const yamlStatement =
  /(?:^|(?<=[ \t]))(?:-[ \t]+)?Effect:[ \t]*["']?(?:Allow|Deny)["']?[ \t]*$(?:\r?\n[ \t]*(?:-[ \t]|["']?(?:Sid|Action|NotAction|Resource|NotResource|Principal|Condition)["']?:)[^\n]*)*/gm

/** Where a policy stands, or a lone statement of one. */
export interface PolicyPlace {
  readonly span: Span
  readonly notation: 'braces' | 'container' | 'yaml' | 'cut' | 'unread'
  /** In YAML the keys over it, from the nearest on. */
  readonly keys: readonly string[]
}

/** Nobody pastes more of them, and each is looked for from its sign on. */
const mostStatements = 200
const longest = 20_000

/** Where policies and lone statements of them stand: in order, and apart. */
export function findPolicies(text: string): readonly PolicyPlace[] {
  const apart: PolicyPlace[] = []
  for (const place of placesOf(text)) if (place.span[0] >= (apart.at(-1)?.span[1] ?? 0)) apart.push(place)
  return apart
}

/** The text with these places blanked out, so that everything else keeps its own. */
export function blanked(text: string, places: readonly PolicyPlace[]): string {
  const parts: string[] = []
  let done = 0
  for (const { span } of places) {
    const [start, end] = span
    parts.push(text.slice(done, start), text.slice(start, end).replace(/[^\s]/g, ' '))
    done = end
  }
  return done === 0 ? text : parts.join('') + text.slice(done)
}

function placesOf(text: string): readonly PolicyPlace[] {
  const places: PolicyPlace[] = [...containersIn(text)]
  let until = 0
  let count = 0
  for (const sign of text.matchAll(statementSign)) {
    if (sign.index < until || ++count > mostStatements) continue
    const span = objectRound(text, sign.index, Math.max(until, sign.index - longest))
    if (span === null) continue
    places.push({ span, notation: 'braces', keys: [] })
    until = span[1]
  }
  for (const { span, keys } of findYamlBlocks(text)) places.push({ span, notation: 'yaml', keys })
  for (const { 0: block, index } of text.matchAll(yamlStatement))
    places.push({ span: [index, index + block.length], notation: 'unread', keys: [] })
  if (places.length === 0) for (const span of findCutStatements(text)) places.push({ span, notation: 'cut', keys: [] })
  return places.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])
}

function containersIn(text: string): readonly PolicyPlace[] {
  const places: PolicyPlace[] = []
  let until = 0
  let count = 0
  // The name of a data source that was cut off tells of the statements in it.
  let cut: readonly string[] = []
  for (const { 0: sign, 1: name, index } of text.matchAll(containerSign)) {
    if (index < until || ++count > mostStatements) continue
    const end = closing(text, index + sign.search(/[({]/), sign.endsWith('(') ? '()' : '{}')
    if (name !== undefined) cut = end === null ? [name] : []
    if (end === null) continue
    places.push({ span: [index, end], notation: 'container', keys: sign.endsWith('(') ? [] : cut })
    until = end
  }
  return places
}

/** The innermost braces round a place; `null` where they do not close. */
function objectRound(text: string, at: number, from: number): Span | null {
  let depth = 0
  let start = -1
  for (let index = at - 1; index >= from && start === -1; index--) {
    if (text[index] === '}') depth++
    else if (text[index] === '{' && depth-- === 0) start = index
  }
  if (start === -1) return null
  const end = closing(text, start, '{}')
  return end === null ? null : [start, end]
}

/** Behind the bracket that closes the one at this place. */
function closing(text: string, start: number, [open, close]: string): number | null {
  let depth = 0
  for (let index = start; index < Math.min(text.length, start + longest); index++) {
    if (text[index] === open) depth++
    else if (text[index] === close && --depth === 0) return index + 1
  }
  return null
}
