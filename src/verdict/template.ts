import type { RequestFacts } from './request-facts.ts'
import { maybe, no, truthOf, type Truth } from './truth.ts'
import { anyRun, compileTokens, matchesWildcard, tokensOf, type Token, type Wildcard } from './wildcard.ts'

/** `${key}` or `${key, 'fallback'}`. */
interface PolicyVariable {
  readonly key: string
  readonly fallback: string | null
}

/** A policy's value: text, wildcards where the element takes them, and policy variables in Version 2012-10-17. */
export interface Template {
  readonly source: string
  readonly tokens: readonly (Token | PolicyVariable)[]
  /** Ready to match; `null` where variables have to be filled in first. */
  readonly fixed: Wildcard | null
}

/** `no-value`: a variable in it is known to be absent and has no default. */
export type TemplateMatch = Truth | 'no-value'

interface TemplateSyntax {
  readonly wildcards: boolean
  readonly variables: boolean
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
export const parseTemplate = (source: string, { wildcards, variables }: TemplateSyntax): Template => {
  const tokens: (Token | PolicyVariable)[] = []
  const addText = (text: string): void => {
    // Not spread: a policy may hold more wildcards than a call takes arguments.
    if (text !== '') for (const token of wildcards ? tokensOf(text) : [text]) tokens.push(token)
  }
  let start = 0
  while (variables) {
    const open = source.indexOf('${', start)
    const close = open < 0 ? -1 : source.indexOf('}', open)
    if (close < 0) break
    addText(source.slice(start, open))
    const body = source.slice(open + 2, close)
    const variable = parseVariable(body)
    if (typeof variable === 'string') tokens.push(variable)
    else if (variable !== null) tokens.push(variable)
    else addText(source.slice(open, close + 1))
    start = close + 1
  }
  addText(source.slice(start))
  return { source, tokens, fixed: isFilled(tokens) ? compileTokens(tokens) : null }
}

/** A variable, the literal character that `${*}`, `${?}` and `${$}` stand for, or `null` for no variable at all. */
const parseVariable = (body: string): PolicyVariable | string | null => {
  if (body === '*' || body === '?' || body === '$') return body
  const comma = body.indexOf(',')
  if (comma < 0) return body.trim() === '' ? null : { key: body.trim().toLowerCase(), fallback: null }
  const key = body.slice(0, comma).trim().toLowerCase()
  const quoted = body.slice(comma + 1).trim()
  if (key === '' || quoted.length < 2 || !quoted.startsWith("'") || !quoted.endsWith("'")) return null
  return { key, fallback: quoted.slice(1, -1) }
}

export const isVariable = (token: Token | PolicyVariable): token is PolicyVariable => typeof token === 'object'

const isFilled = (tokens: readonly (Token | PolicyVariable)[]): tokens is readonly Token[] => !tokens.some(isVariable)

interface Filled {
  readonly tokens: readonly Token[]
  /** Variables whose key is unknown: a wildcard stands in their place. */
  readonly unknownKeys: readonly string[]
}

/** Puts the request's values in place of the variables. Substituted text is literal, a `*` in it too. */
export const fillIn = (template: Template, facts: RequestFacts): Filled | 'no-value' => {
  const tokens: Token[] = []
  const unknownKeys: string[] = []
  for (const token of template.tokens) {
    if (!isVariable(token)) {
      tokens.push(token)
      continue
    }
    const values = facts.key(token.key)
    if (values === undefined) {
      unknownKeys.push(token.key)
      tokens.push(anyRun)
      continue
    }
    // Variables take single-valued keys only; a list of several leaves the variable without a value.
    const text = values === null ? token.fallback : values.length === 1 ? values[0] : null
    if (text === null || text === undefined) return 'no-value'
    tokens.push(text)
  }
  return { tokens, unknownKeys }
}

export const matchTemplate = (template: Template, text: string, facts: RequestFacts): TemplateMatch => {
  if (template.fixed !== null) return truthOf(matchesWildcard(template.fixed, text))
  const filled = fillIn(template, facts)
  if (filled === 'no-value') return 'no-value'
  const fits = matchesWildcard(compileTokens(filled.tokens), text)
  return fits && filled.unknownKeys.length > 0 ? maybe : truthOf(fits)
}

/** In conditions a variable without a value makes the value match nothing. */
export const withoutValueIsNo = (match: TemplateMatch): Truth => (match === 'no-value' ? no : match)

/** Keys that the variables of these templates hang on and that the request leaves open. */
export const unknownVariables = (templates: readonly Template[], facts: RequestFacts): readonly string[] => [
  ...new Set(
    templates.flatMap(({ tokens, source }) =>
      tokens.flatMap((token) =>
        isVariable(token) && facts.key(token.key) === undefined ? [spelled(token.key, source)] : [],
      ),
    ),
  ),
]

/** The key as the policy writes it. */
const spelled = (key: string, source: string): string => {
  const at = source.toLowerCase().indexOf(`\${${key}`)
  return at < 0 ? key : source.slice(at + 2, at + 2 + key.length)
}
