import { isDeepStrictEqual } from 'node:util'
import { ownValue } from '../iam/own-value.ts'
import { list, type ConditionBlock, type PrincipalElement, type Statement } from '../iam/policy-document.ts'

type Value = string | number | boolean
type Listed = Value | readonly Value[] | undefined
type Lists = Readonly<Record<string, Listed>>

const oneOrMore = (values: readonly Value[]): Value | readonly Value[] => {
  const [only] = values
  return values.length === 1 && only !== undefined ? only : values
}

/** What was there before, without what either edit took out, with what either put in; `undefined` if nothing is left. */
const joinLists = (before: Listed, a: Listed, b: Listed): Listed => {
  if (isDeepStrictEqual(a, b)) return a
  const [base, one, two] = [new Set(list(before)), new Set(list(a)), new Set(list(b))]
  const kept = [...new Set([...one, ...two])].filter((value) => !base.has(value) || (one.has(value) && two.has(value)))
  return kept.length === 0 ? undefined : oneOrMore(kept)
}

const joinRecords = (before: Lists, a: Lists, b: Lists): Lists =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) => {
      const joined = joinLists(ownValue(before, key), ownValue(a, key), ownValue(b, key))
      return joined === undefined ? [] : [[key, joined]]
    }),
  )

const joinConditions = (before: ConditionBlock, a: ConditionBlock, b: ConditionBlock): ConditionBlock =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((operator) => {
      const [was, one, two] = [before, a, b].map((block) => ownValue(block, operator) ?? {})
      const keys = joinRecords(was ?? {}, one ?? {}, two ?? {})
      return Object.keys(keys).length === 0 ? [] : [[operator, keys as ConditionBlock[string]]]
    }),
  )

const joinPrincipals = (
  before: PrincipalElement | undefined,
  a: PrincipalElement,
  b: PrincipalElement,
): PrincipalElement => {
  if (a === '*' || b === '*') return isDeepStrictEqual(a, before) ? b : a
  return joinRecords(before === '*' ? {} : (before ?? {}), a, b) as Exclude<PrincipalElement, '*'>
}

const lists = ['Action', 'NotAction', 'Resource', 'NotResource'] as const
const elements = [...lists, 'Principal', 'NotPrincipal', 'Condition'] as const
type Element = (typeof elements)[number]

const changedIn = (before: Statement, after: Statement): readonly Element[] =>
  elements.filter((element) => !isDeepStrictEqual(before[element], after[element]))

/** Whom a Deny names, by its Principal or by a test of the principal's ARN. */
const deniedBy = ({ Principal, Condition }: Statement): readonly string[] => [
  ...(typeof Principal === 'object' ? list(Principal['AWS']) : []),
  ...Object.values(Condition ?? {}).flatMap((keys) =>
    Object.entries(keys).flatMap(([key, values]) =>
      key.toLowerCase() === 'aws:principalarn' ? list(values).map(String) : [],
    ),
  ),
]

/**
 * A list of which the two edits together leave nothing would go with its condition, and the Deny would hit everybody:
 * then it stays as it was, and those who were taken out are exempted.
 */
const sparingBoth = (before: Statement, a: Statement, b: Statement): Statement => {
  const out = deniedBy(before).filter((arn) => !deniedBy(a).includes(arn) || !deniedBy(b).includes(arn))
  const key = 'aws:PrincipalArn'
  const operator = 'ArnNotEquals'
  const present = list(before.Condition?.[operator]?.[key])
  const block = { ...before.Condition?.[operator], [key]: oneOrMore([...new Set([...present, ...out])]) }
  return { ...before, Condition: { ...before.Condition, [operator]: block } }
}

const losesList = (a: Statement, b: Statement, joined: Statement): boolean => {
  const holds = (statement: Statement): readonly string[] => [
    ...(typeof statement.Principal === 'object' ? Object.keys(statement.Principal) : []),
    ...Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.keys(keys).map((key) => `${operator} ${key}`),
    ),
  ]
  const [one, two, left] = [holds(a), holds(b), holds(joined)]
  return one.some((name) => two.includes(name) && !left.includes(name))
}

/**
 * Two edits of the same statement as one: what each put in is there, what each took out is gone. `null` for an Allow
 * of which they change several parts, since each would give the other's part what it gives its own.
 */
export const joinEdits = (before: Statement, a: Statement, b: Statement): Statement | null => {
  if (isDeepStrictEqual(a, b)) return a
  const isDeny = before.Effect === 'Deny'
  const parts = new Set([...changedIn(before, a), ...changedIn(before, b)])
  const widens = parts.has('Condition') && !isDeepStrictEqual(a.Condition, b.Condition)
  if (!isDeny && (parts.size > 1 || widens)) return null
  const rest = Object.entries(a).filter(([element]) => !elements.some((one) => one === element))
  const joined = Object.fromEntries([
    ...rest,
    ...elements.flatMap((element): readonly (readonly [string, unknown])[] => {
      const value = joinElement(element, before, a, b)
      return value === undefined ? [] : [[element, value]]
    }),
  ]) as unknown as Statement
  const ordered = inOrderOf(before, joined)
  if (isDeny && isOfNothing(before, ordered)) return withoutActions(ordered)
  return isDeny && losesList(a, b, ordered) ? sparingBoth(before, a, b) : ordered
}

/** Both edits took an action or a resource out, and none is left. */
const isOfNothing = (before: Statement, after: Statement): boolean =>
  (after.Action === undefined && after.NotAction === undefined) ||
  (after.Resource === undefined && after.NotResource === undefined && before.Resource !== undefined)

/** As a Deny of nothing is written, which no policy can hold. */
const withoutActions = (statement: Statement): Statement => {
  const rest = Object.entries(statement).filter(([element]) => element !== 'Action' && element !== 'NotAction')
  return Object.fromEntries(rest) as unknown as Statement
}

const joinElement = (element: Element, before: Statement, a: Statement, b: Statement): unknown => {
  switch (element) {
    case 'Condition': {
      const condition = joinConditions(before.Condition ?? {}, a.Condition ?? {}, b.Condition ?? {})
      return Object.keys(condition).length === 0 ? undefined : condition
    }
    case 'Principal':
    case 'NotPrincipal': {
      const [one, two] = [a[element], b[element]]
      return one === undefined || two === undefined ? (one ?? two) : joinPrincipals(before[element], one, two)
    }
    default:
      return joinLists(before[element], a[element], b[element])
  }
}

/** The elements of a statement where they stood, new ones behind: a diff then shows what has changed. */
const inOrderOf = (before: Statement, after: Statement): Statement => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const now = new Map(Object.entries(after))
  return Object.fromEntries(
    names.flatMap((name) => (now.has(name) ? [[name, now.get(name)]] : [])),
  ) as unknown as Statement
}
