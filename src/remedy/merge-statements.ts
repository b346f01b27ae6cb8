import { list, type OneOrMore, type Statement } from '../iam/policy-document.ts'
import { sidFor, uniqueSid } from './sid.ts'

const oneOrMore = (values: readonly string[]): OneOrMore<string> => {
  const [first] = values
  return values.length === 1 && first !== undefined ? first : values
}

const sorted = (values: OneOrMore<string> | undefined): readonly string[] => [...new Set(list(values))].toSorted()

/** Statements that may be joined speak of the same effect, principals and conditions, and name what they allow. */
const frameOf = (statement: Statement): string | null =>
  statement.NotAction !== undefined || statement.NotResource !== undefined
    ? null
    : JSON.stringify([statement.Effect, statement.Principal, statement.NotPrincipal, statement.Condition])

/** Joins by a key: all statements with the same key become one, by `join`. */
const joinBy = (
  statements: readonly Statement[],
  keyOf: (statement: Statement) => string | null,
  join: (a: Statement, b: Statement) => Statement,
): readonly Statement[] => {
  const joined = new Map<string, Statement>()
  statements.forEach((statement, index) => {
    const key = keyOf(statement) ?? `alone ${String(index)}`
    const other = joined.get(key)
    joined.set(key, other === undefined ? statement : join(other, statement))
  })
  return [...joined.values()]
}

const unite = (a: OneOrMore<string> | undefined, b: OneOrMore<string> | undefined): readonly string[] =>
  sorted([...list(a), ...list(b)])

/**
 * Fewer statements that allow exactly the same: the same actions on several resources become one, and then several
 * actions on the same resources. Nothing is ever combined crosswise, which would allow more.
 */
export const mergeStatements = (statements: readonly Statement[]): readonly Statement[] => {
  const frame = (statement: Statement, part: unknown): string | null => {
    const base = frameOf(statement)
    return base === null ? null : JSON.stringify([base, part])
  }
  const byActions = joinBy(
    statements,
    (one) => frame(one, [sorted(one.Action), one.Resource === undefined]),
    (a, b) => (a.Resource === undefined ? a : { ...a, Resource: unite(a.Resource, b.Resource) }),
  )
  const byResources = joinBy(
    byActions,
    (one) => frame(one, one.Resource === undefined ? null : sorted(one.Resource)),
    (a, b) => ({ ...a, Action: unite(a.Action, b.Action) }),
  )
  const taken = new Set<string>()
  return byResources.map((statement) => {
    const Sid = uniqueSid(statement.Sid ?? sidFor(statement), taken)
    taken.add(Sid)
    return {
      ...statement,
      Sid,
      ...(statement.Action === undefined ? {} : { Action: oneOrMore(list(statement.Action)) }),
      ...(statement.Resource === undefined ? {} : { Resource: oneOrMore(list(statement.Resource)) }),
    }
  })
}
