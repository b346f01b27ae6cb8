import { isHiddenArn, isHiddenText, withPlaces } from '../iam/hidden-text.ts'
import { list, type PolicyDocument, type Statement } from '../iam/policy-document.ts'
import type { Changed } from './change.ts'

/*
 * What somebody hid of a policy goes into no change of it: a place to fill stands there instead, or AWS would store the
 * mask.
 */

const shown = (text: string): string => (isHiddenText(text) || isHiddenArn(text) ? withPlaces(text) : text)

/** Every text of a value for which this is asked; a list in which something is hidden has no value twice. */
const each = (value: unknown, isOld: (text: string) => boolean): unknown => {
  if (typeof value === 'string') {
    const marked = shown(value)
    return marked !== value && isOld(value) ? marked : value
  }
  if (Array.isArray(value)) {
    const marked = value.map((one: unknown) => each(one, isOld))
    return marked.some((one, index) => one !== value[index]) ? [...new Set(marked)] : value
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, each(one, isOld)]))
}

const ofResource = ['Resource', 'NotResource', 'Principal', 'NotPrincipal'] as const

const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** The statement with places in it: in its conditions, and in what it has of the statement as it was read. */
export const withHiddenPlaces = (statement: Statement, before: Statement | null): Statement => {
  const old = before === null ? [] : ofResource.flatMap((element) => textsOf(before[element]))
  const isOld = (text: string): boolean => old.some((one) => text.startsWith(one))
  const changed: Record<string, unknown> = { ...statement }
  for (const element of ofResource)
    if (statement[element] !== undefined) changed[element] = each(statement[element], isOld)
  if (statement.Condition !== undefined) changed['Condition'] = each(statement.Condition, () => true)
  return changed as unknown as Statement
}

const inDocument = (document: PolicyDocument, read: PolicyDocument | null): PolicyDocument => {
  const known = new Set(list(read?.Statement).map((one) => JSON.stringify(one)))
  const statements = list(document.Statement)
  const marked = statements.map((one) => (known.has(JSON.stringify(one)) ? withHiddenPlaces(one, one) : one))
  return JSON.stringify(marked) === JSON.stringify(statements) ? document : { ...document, Statement: marked }
}

/** What stays of the document as it was read, marked before and after alike. */
export const changedWithPlaces = ({ before, after }: Changed): Changed => ({
  before: before === null ? null : inDocument(before, before),
  after: inDocument(after, before),
})
