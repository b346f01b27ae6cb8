import { isObject } from '../iam/json.ts'
import type { Span, ToldDocument } from './denial.ts'
import { findPolicies } from './policy-text.ts'

/**
 * The policies at these places, as far as they are JSON and may be the ones in force of a principal or a resource; of
 * lone statements one after another a document is made.
 */
export function readToldPolicies(text: string, places: readonly Span[]): readonly ToldDocument[] {
  const documents: ToldDocument[] = []
  let lone: { readonly statements: readonly ToldDocument[]; readonly end: number } | null = null
  for (const [start, end] of places) {
    if (isElsewhere(text.slice(Math.max(0, start - wordsBefore), start))) continue
    const read = parsed(text.slice(start, end))
    if (read === null) documents.push(...withoutBraces(text.slice(start + 1, end - 1)))
    else if ('Statement' in read) documents.push(read)
    else if ('Effect' in read) {
      const before: readonly ToldDocument[] =
        lone !== null && /^[\s,]*$/.test(text.slice(lone.end, start)) ? lone.statements : []
      lone = { statements: [...before, read], end }
      if (before.length > 0) documents.pop()
      documents.push(documentOf(lone.statements))
    }
  }
  return documents
}

const documentOf = (statements: readonly ToldDocument[]): ToldDocument => ({
  Version: '2012-10-17',
  Statement: statements,
})

/** What is left of a document whose brackets do not match: its statements. */
function withoutBraces(text: string): readonly ToldDocument[] {
  const statements = findPolicies(text)
    .map(([start, end]) => parsed(text.slice(start, end)))
    .flatMap((one) => (one !== null && 'Effect' in one ? [one] : []))
  return statements.length === 0 ? [] : [documentOf(statements)]
}

const wordsBefore = 80

/** Other policy types, whose documents look the same, and parameters of a call. */
const otherTypes =
  /\b(?:SCPs?|RCPs?|service[ -]control|resource[ -]control|organi[sz]ation(?:al|s|['\u2019]s)?[ -](?:unit[ -])?polic(?:y|ies)|guard[ -]?rails?|boundar(?:y|ies)|session[ -]polic(?:y|ies)|end-?points?|vpce)\b[^{}]*$/i
const parameter = /--[a-z-]{0,30}(?:policy|document)(?:[ =][^{}\n]{0,10})?$/

/** What is not yet in force when the error came: the policy that mended it, or that somebody asks about. */
const answer =
  /(?:(?<!(?:\bnot|n['\u2019]t|\bnever)[^{}.;\n]{0,24})\b(?:fixed|solved|resolved) (?:it|this|that|the \w{2,20})\b|\bsolution (?:is|was)\b|\bshould (?:I|we) (?:add|attach|use|write)\b|\byou (?:need|have|will need) to (?:add|attach)\b)[^{}]{0,60}$/i

const isElsewhere = (before: string): boolean =>
  otherTypes.test(before) || parameter.test(before) || answer.test(before)

/** JSON as people paste it: escaped within other JSON, with typographic quotes, with a comma too many. */
function parsed(text: string): ToldDocument | null {
  const plain = text.includes('\\"') ? text.replace(/\\n/g, '\n').replace(/\\+"/g, '"') : text
  try {
    const value: unknown = JSON.parse(plain.replace(/[\u201C\u201D]/g, '"').replace(/,(?=\s{0,200}[}\]])/g, ''))
    return isObject(value) ? value : null
  } catch {
    return null
  }
}
