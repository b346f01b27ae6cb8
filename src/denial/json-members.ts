import { parseJson } from '../iam/json.ts'
import { closingBracket, stringEnd, withBreaksEscaped, type JsonObjectSeen } from './json-objects.ts'

/** How an excerpt begins: a member at the start of a line, or a brace that nothing closes. */
const firstMember = /^[ \t]{0,40}\{?[ \t]{0,40}(?="[A-Za-z][\w-]{0,60}"[ \t]{0,10}:)/gm
const memberName = /"(?<name>[A-Za-z][\w-]{0,60})"\s{0,10}:\s{0,40}/y
const plainValue = /-?\d[\d.eE+-]{0,30}|true|false|null/y
/** Between two members: the comma, line ends, and the dots that stand for what was left out. */
const between = /[\s,]{0,80}(?:(?:\.{3}|\u2026|\[\.{3}\]|\/\/ ?\.{3})[\s,]{0,80})?/y
const fewestMembers = 3
const mostTries = 12

/** What only the excerpts have that we look for. */
const isTelling = (text: string): boolean => text.includes('"eventName"') && text.includes('"error')

/**
 * Excerpts of a record of CloudTrail without its outer braces, as people cut them out of the console or a log cuts them
 * off: members one after the other, from the start of a line. Linear: every start lies behind what was read, and few are tried in vain.
 */
export function findMembers(text: string): readonly JsonObjectSeen[] {
  if (!isTelling(text)) return []
  const found: JsonObjectSeen[] = []
  let tries = 0
  firstMember.lastIndex = 0
  for (let start = firstMember.exec(text); start !== null && tries < mostTries; start = firstMember.exec(text)) {
    const from = start.index + start[0].length
    const { value, end } = membersFrom(text, from)
    const isExcerpt = Object.keys(value).length >= fewestMembers && ('errorCode' in value || 'errorMessage' in value)
    if (isExcerpt) found.push({ value, span: [from, end] })
    else tries++
    firstMember.lastIndex = Math.max(end, from + 1)
  }
  return found
}

/** The members that follow one another, up to what is none. One whose value was cut inside is left out. */
function membersFrom(text: string, from: number): { readonly value: Record<string, unknown>; readonly end: number } {
  const value: Record<string, unknown> = {}
  let end = from
  for (let name = matchAt(memberName, text, from); name !== null;) {
    const start = name.index + name[0].length
    const valueEnd = endOfValue(text, start)
    if (valueEnd === null) break
    const shown = text.slice(start, valueEnd)
    const parsed = parseJson(shown) ?? cutString(shown) ?? parseJson(withBreaksEscaped(shown))
    if (parsed !== null) value[name.groups?.['name'] ?? ''] = parsed
    end = valueEnd
    name = matchAt(memberName, text, end + (matchAt(between, text, end)?.[0].length ?? 0))
  }
  return { value, end }
}

function endOfValue(text: string, start: number): number | null {
  if (text[start] === '"') {
    const end = stringEnd(text, start)
    const line = lineEnd(text, start)
    // No string of JSON goes over the end of a line: it was cut off there, unless its own quote stands at the end of one.
    if (end < line || isBroken(text.slice(start, end), text[end + 1])) return end + 1
    return end === text.length ? paragraphEnd(text, start) : line
  }
  if (text[start] === '{' || text[start] === '[') return closingBracket(text, start)
  const plain = matchAt(plainValue, text, start)
  return plain === null ? null : start + plain[0].length
}

const longestBroken = 8000

const paragraphEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n\n', from)
  return Math.min(end === -1 ? text.length : end, from + longestBroken)
}

/** A mail or a terminal broke it: the quote behind it does not begin a line, as that of the next member does. */
const isBroken = (value: string, behind: string | undefined): boolean =>
  value.length < longestBroken && !/\n[ \t]*$/.test(value) && (behind === ',' || behind === '\n')

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

/** A string without its end: the text was cut off in it. */
const cutString = (value: string): unknown =>
  value.startsWith('"') ? parseJson(withBreaksEscaped(`${value.trimEnd()}"`)) : null

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
