import { parseJson, parseJsonObject } from '../iam/json.ts'
import type { Span } from './denial.ts'

export interface JsonObjectSeen {
  readonly value: Readonly<Record<string, unknown>>
  readonly span: Span
}

// Names that only the objects have that we look for: CloudTrail records, their envelopes, decoded messages.
const telling =
  /"(?:Records|userIdentity|eventVersion|eventSource|detail-type|explicitDeny|DecodedMessage|matchedStatements)"\s*:/g
const mostObjects = 2000
const mostRetries = 12

/**
 * The JSON objects of AWS's own making in a text, outermost ones, also where prose or a shell prompt stands round
 * them. Linear: what was searched once is not searched again.
 */
export function findJsonObjects(text: string): readonly JsonObjectSeen[] {
  const found: JsonObjectSeen[] = []
  let done = 0
  let retries = 0
  telling.lastIndex = 0
  for (let key = telling.exec(text); key !== null && found.length < mostObjects; key = telling.exec(text)) {
    if (key.index < done) continue
    const start = outermostBrace(text, done, key.index)
    if (start === null) {
      done = key.index
      continue
    }
    const end = closingBracket(text, start)
    const value = end === null ? null : readObject(text.slice(start, end))
    if (value === null && retries < mostRetries) {
      // What stands round the object was cut off or is no JSON: `{"log": "{…}`.
      retries++
      done = start + 1
      telling.lastIndex = key.index
      continue
    }
    // An object that was cut off reaches to the end: nothing behind it can be whole.
    if (end === null) break
    if (value !== null) found.push({ value, span: [start, end] })
    done = end
    telling.lastIndex = end
  }
  return found
}

const stringOrComment = /"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[^*]*\*\/|^[ \t]*#[^\n]*|^[ \t]*(?:\.{3}|\u2026),?[ \t]*$/gm
const stringOrLastComma = /"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g

const anyString = /"(?:[^"\\]|\\.)*"/gs

/** A mail or a terminal breaks lines also in the middle of what stands in quotes, where JSON takes no break. */
export const withBreaksEscaped = (json: string): string =>
  json.replace(anyString, (string) => string.replaceAll('\n', / /.test(string) ? String.raw`\n` : ''))

/** JSON, or JSON as people show it: broken within its strings, with comments behind its members and dots in place of others. */
function readObject(shown: string): Readonly<Record<string, unknown>> | null {
  const whole = parseJsonObject(shown)
  if (whole !== null) return whole
  const text = withBreaksEscaped(shown)
  const read = text === shown ? null : parseJsonObject(text)
  if (read !== null || !/\/\/|\/\*|^[ \t]*#|^[ \t]*(?:\.{3}|\u2026)/m.test(text)) return read
  const outside = (found: string): string => (found.startsWith('"') ? found : '')
  return parseJsonObject(text.replace(stringOrComment, outside).replace(stringOrLastComma, outside))
}

// A string in JSON that holds such an object: what CloudWatch Logs Insights, Athena and most shippers of logs print.
const tellingInString = /\\"(?:userIdentity|eventVersion|eventSource)\\"\s*:/g

/** The objects that stand as a JSON string each. Linear, as above. */
export function findQuotedObjects(text: string): readonly JsonObjectSeen[] {
  const found: JsonObjectSeen[] = []
  let done = 0
  tellingInString.lastIndex = 0
  for (let key = tellingInString.exec(text); key !== null && found.length < mostObjects;) {
    const opening = text.slice(done, key.index).lastIndexOf('"{')
    const start = done + opening
    const end = opening === -1 ? key.index : stringEnd(text, start)
    const json = opening === -1 ? null : parseJson(text.slice(start, end + 1))
    const value = typeof json === 'string' ? parseJsonObject(json) : null
    if (value !== null) found.push({ value, span: [start + 1, end] })
    done = Math.max(end, key.index)
    tellingInString.lastIndex = Math.max(done, tellingInString.lastIndex)
    key = tellingInString.exec(text)
  }
  return found
}

/** The first brace since `from` that is still open at `until`. */
function outermostBrace(text: string, from: number, until: number): number | null {
  const open: number[] = []
  let inString = false
  for (let index = from; index < until; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"' || character === '\n') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') open.push(index)
    else if (character === '}') open.pop()
  }
  return open[0] ?? null
}

const quote = 0x22
const backslash = 0x5c
const openBrace = 0x7b
const closeBrace = 0x7d
const closeSquare = 0x5d

/** Where the quote stands that closes a string. */
export function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, start, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, start: number, at: number): boolean {
  let first = at
  while (first - 1 > start && text.charCodeAt(first - 1) === backslash) first--
  return (at - first) % 2 === 1
}

/** Behind the bracket that closes the one at `start`; `null` where none does. Brackets of the other kind do not count. */
export function closingBracket(text: string, start: number): number | null {
  const open = text.charCodeAt(start)
  const close = open === openBrace ? closeBrace : closeSquare
  let depth = 0
  for (let index = start; index < text.length; index++) {
    const character = text.charCodeAt(index)
    if (character === quote) index = stringEnd(text, index)
    else if (character === open) depth++
    else if (character === close && --depth === 0) return index + 1
  }
  return null
}
