import { Buffer } from 'node:buffer'
import { arnParts } from './arn-value.ts'
import { isHiddenText, markedText, openedArn } from '../../iam/hidden-text.ts'
import { mayFit } from '../hidden-arn.ts'
import { sixParts, type RequestFacts } from '../request-facts.ts'
import { fillIn, isVariable, matchTemplate, parseTemplate, withoutValueIsNo, type Template } from '../template.ts'
import { maybe, no, truthOf, yes, type Truth } from '../truth.ts'
import { compileTokens, matchesWildcard, type Token } from '../wildcard.ts'
import { parseInstant } from './dates.ts'
import { contains, parseIpRange } from './ip-range.ts'

/** One value of a condition, made ready to be tested against one value of the request. */
export interface ValueTest {
  /** `null` for operators that take no policy variables. */
  readonly template: Template | null
  /** Every value passes, so that only the presence of the key counts. */
  readonly takesAll: boolean
  readonly test: (found: string, facts: RequestFacts) => Truth
  /** Of a value that somebody hid, as a wildcard for all that it may be; `null` where it is shown. */
  readonly opened?: ValueTest | null
}

/** Makes a test of a policy's value. `variables`: the document's Version has them. */
export type Prepare = (wanted: string, variables: boolean) => ValueTest

const fixed = (test: (found: string) => boolean): ValueTest => ({
  template: null,
  takesAll: false,
  test: (found) => truthOf(test(found)),
})

export const stringEquals: Prepare = (wanted, variables) => {
  const template = parseTemplate(wanted, { wildcards: false, variables })
  return {
    template,
    takesAll: false,
    test: (found, facts) => withoutValueIsNo(matchTemplate(template, found, facts)),
  }
}

export const stringEqualsIgnoreCase: Prepare = (wanted, variables) => {
  const template = parseTemplate(wanted, { wildcards: false, variables })
  const test = (found: string, facts: RequestFacts): Truth => {
    const filled = fillIn(template, facts)
    if (filled === 'no-value') return no
    const lower = filled.tokens.map((token) => (typeof token === 'string' ? token.toLowerCase() : token))
    const fits = matchesWildcard(compileTokens(lower), found.toLowerCase())
    return fits && filled.unknownKeys.length > 0 ? maybe : truthOf(fits)
  }
  return { template, takesAll: false, test }
}

export const stringLike: Prepare = (wanted, variables) => {
  const template = parseTemplate(wanted, { wildcards: true, variables })
  return {
    template,
    takesAll: /^\*+$/u.test(wanted),
    test: (found, facts) => withoutValueIsNo(matchTemplate(template, found, facts)),
  }
}

/** ArnEquals and ArnLike are the same: six parts one by one, wildcards inside a part. */
export const arnLike: Prepare = (wanted, variables) => {
  const template = parseTemplate(wanted, { wildcards: true, variables })
  const ready =
    template.fixed === null ? null : arnParts(template.tokens.filter((token): token is Token => !isVariable(token)))
  const test = (found: string, facts: RequestFacts): Truth => {
    const parts = sixParts(found)
    if (parts === null) return no
    if (template.fixed !== null)
      return truthOf(ready?.every((part, i) => matchesWildcard(part, parts[i] ?? '')) ?? false)
    const filled = fillIn(template, facts)
    if (filled === 'no-value') return no
    const pattern = arnParts(filled.tokens)
    // An unknown variable may bring colons of its own, so too few parts prove nothing.
    if (pattern === null)
      return filled.unknownKeys.length > 0 && matchesWildcard(compileTokens(filled.tokens), found) ? maybe : no
    const fits = pattern.every((part, i) => matchesWildcard(part, parts[i] ?? ''))
    return fits && filled.unknownKeys.length > 0 ? maybe : truthOf(fits)
  }
  return { template, takesAll: false, test }
}

export const bool: Prepare = (wanted, variables) => {
  const template = parseTemplate(wanted, { wildcards: false, variables })
  const equals = stringEqualsIgnoreCase(wanted, variables)
  const test = (found: string, facts: RequestFacts): Truth =>
    /^(?:true|false)$/iu.test(found) ? equals.test(found, facts) : no
  return { template, takesAll: false, test }
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)$/u
const parseDecimal = (text: string): number | null => (decimal.test(text.trim()) ? Number(text) : null)

type Compare = (found: number, wanted: number) => boolean

/** A comparison of two values read by `parse`; what cannot be read never matches. */
const comparing =
  (parse: (text: string) => number | null) =>
  (compare: Compare): Prepare =>
  (text) => {
    const wanted = parse(text)
    return fixed((value) => {
      const found = parse(value)
      return wanted !== null && found !== null && compare(found, wanted)
    })
  }

export const numeric = comparing(parseDecimal)
export const date = comparing(parseInstant)

export const compare: Readonly<Record<'equals' | 'less' | 'lessOrEqual' | 'greater' | 'greaterOrEqual', Compare>> = {
  equals: (found, wanted) => found === wanted,
  less: (found, wanted) => found < wanted,
  lessOrEqual: (found, wanted) => found <= wanted,
  greater: (found, wanted) => found > wanted,
  greaterOrEqual: (found, wanted) => found >= wanted,
}

export const ipAddress: Prepare = (text) => {
  const range = parseIpRange(text)
  return fixed((value) => {
    const found = parseIpRange(value)
    return range !== null && found !== null && contains(range, found)
  })
}

const bytesOf = (text: string): Buffer | null =>
  text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/u.test(text) ? Buffer.from(text, 'base64') : null

export const binaryEquals: Prepare = (text) => {
  const wanted = bytesOf(text)
  return fixed((value) => {
    const found = bytesOf(value)
    return wanted !== null && found?.equals(wanted) === true
  })
}

/** The test of a policy's value, beside one for what it may be where somebody hid it. */
export const testOf = (prepare: Prepare, wanted: string, variables: boolean): ValueTest => {
  const test = prepare(wanted, variables)
  const pattern = openedArn(wanted)
  if (pattern === wanted) return test
  // What takes no variables compares numbers, dates or addresses.
  return { ...test, opened: stringLike(test.template === null ? '*' : pattern, variables) }
}

/** What is hidden, on either side, may be what the other has; hidden alike in both it is the same. */
export const testHidden = (one: ValueTest, found: string, facts: RequestFacts): Truth => {
  const { template, opened = null, test } = one
  const wanted = template?.source ?? null
  if (opened === null && !isHiddenText(found)) return test(found, facts)
  if (wanted === found) return yes
  const literal = wanted?.includes('***') === true ? no : test(found, facts)
  if (literal !== no) return literal
  if (isHiddenText(found)) return wanted === null || mayFit(openedArn(wanted), markedText(found)) ? maybe : no
  return opened?.test(found, facts) === no ? no : maybe
}

/** `Null`: the value says whether the key must be missing. */
export const nullTest = (wanted: readonly string[], missing: boolean | undefined): Truth => {
  const texts = wanted.map((value) => value.toLowerCase())
  const accepts = (state: boolean): boolean => texts.includes(String(state))
  if (missing !== undefined) return truthOf(accepts(missing))
  return accepts(true) === accepts(false) ? (accepts(true) ? yes : no) : maybe
}
