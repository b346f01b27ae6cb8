import type { Span } from './denial.ts'

/*
 * Policies beside an error: they tell what is granted, never what was asked.
 */

/** Keys and values that only statements of policies have, in JSON and in Terraform's form. */
const statementSign =
  /\bStatement\\{0,3}["'\u201C\u201D]?\s{0,8}[:=]\s{0,40}[[{]|\b[Ee]ffect\\{0,3}["'\u201C\u201D]?\s{0,8}[:=]\s{0,8}\\{0,3}["'\u201C\u201D](?:Allow|Deny)\\{0,3}["'\u201C\u201D]/g

/** In YAML, with what belongs to the statement below it. */
const yamlStatement =
  /(?:^|(?<=[ \t]))(?:-[ \t]+)?Effect:[ \t]*["']?(?:Allow|Deny)["']?[ \t]*$(?:\r?\n[ \t]*(?:-[ \t]|["']?(?:Sid|Action|NotAction|Resource|NotResource|Principal|Condition)["']?:)[^\n]*)*/gm

/** Nobody pastes more of them, and each is looked for from its sign on. */
const mostStatements = 200
const longest = 20_000

/** Where policies and lone statements of them stand: in order, and apart. */
export function findPolicies(text: string): readonly Span[] {
  const apart: Span[] = []
  for (const place of placesOf(text)) if (place[0] >= (apart.at(-1)?.[1] ?? 0)) apart.push(place)
  return apart
}

/** The text with these places blanked out, so that everything else keeps its own. */
export function blanked(text: string, places: readonly Span[]): string {
  const parts: string[] = []
  let done = 0
  for (const [start, end] of places) {
    parts.push(text.slice(done, start), text.slice(start, end).replace(/[^\s]/g, ' '))
    done = end
  }
  return done === 0 ? text : parts.join('') + text.slice(done)
}

function placesOf(text: string): readonly Span[] {
  const places: Span[] = []
  let until = 0
  let count = 0
  for (const sign of text.matchAll(statementSign)) {
    if (sign.index < until || ++count > mostStatements) continue
    const place = objectRound(text, sign.index, Math.max(until, sign.index - longest))
    if (place === null) continue
    places.push(place)
    until = place[1]
  }
  for (const { 0: block, index } of text.matchAll(yamlStatement)) places.push([index, index + block.length])
  return places.sort((a, b) => a[0] - b[0] || b[1] - a[1])
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
  depth = 0
  for (let index = start; index < Math.min(text.length, start + longest); index++) {
    if (text[index] === '{') depth++
    else if (text[index] === '}' && --depth === 0) return [start, index + 1]
  }
  return null
}
