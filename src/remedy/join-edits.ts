import { ownValue } from '../iam/own-value.ts'
import { list, type ConditionBlock, type OneOrMore, type Statement } from '../iam/policy-document.ts'

type Value = string | number | boolean

const unite = <T extends Value>(a: OneOrMore<T>, b: OneOrMore<T>): OneOrMore<T> => {
  const values = [...new Set([...list(a), ...list(b)])]
  const [only] = values
  return values.length === 1 && only !== undefined ? only : values
}

const uniteConditions = (a: ConditionBlock, b: ConditionBlock): ConditionBlock => {
  const operators = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return Object.fromEntries(
    operators.map((operator) => {
      const [one, two] = [ownValue(a, operator) ?? {}, ownValue(b, operator) ?? {}]
      const keys = [...new Set([...Object.keys(one), ...Object.keys(two)])]
      return [
        operator,
        Object.fromEntries(keys.map((key) => [key, unite(ownValue(one, key) ?? [], ownValue(two, key) ?? [])])),
      ]
    }),
  )
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Two edits of the same statement as one: actions, resources and, in a Deny, exemptions add up. `null` where joining
 * an Allow under other conditions would take from one what it gives the other.
 */
export const joinEdits = (a: Statement, b: Statement): Statement | null => {
  const isDeny = a.Effect === 'Deny'
  if (!isDeny && !sameJson(a.Condition, b.Condition)) return null
  const joinable = (part: 'Action' | 'Resource' | 'NotAction' | 'NotResource'): Partial<Statement> => {
    const [one, two] = [a[part], b[part]]
    return one === undefined || two === undefined ? {} : { [part]: unite(one, two) }
  }
  // What an edit took out of a Deny's own lists would come back by joining them.
  const lists = isDeny
    ? { ...joinable('NotAction'), ...joinable('NotResource') }
    : { ...joinable('Action'), ...joinable('Resource') }
  const conditions = { ...a.Condition, ...b.Condition }
  return {
    ...a,
    ...lists,
    ...(Object.keys(conditions).length === 0
      ? {}
      : { Condition: uniteConditions(a.Condition ?? {}, b.Condition ?? {}) }),
  }
}
