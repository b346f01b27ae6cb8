import { identityVariable } from '../iam/identity-variable.ts'
import { list, type ConditionBlock, type PrincipalElement, type Statement } from '../iam/policy-document.ts'
import type { Remedy } from './remedy.ts'

/**
 * A marked placeholder, the six characters behind a secret's name, which nobody knows before looking them up, or the
 * identity that calls, which no message tells.
 */
const isOpen = (text: unknown): boolean =>
  typeof text === 'string' && (/<[^<>]+>/u.test(text) || text.endsWith('-??????') || text.includes(identityVariable))

const principalOf = (principal: PrincipalElement): PrincipalElement =>
  typeof principal === 'object' && Object.values(principal).some((values) => list(values).some(isOpen))
    ? '*'
    : principal

const conditionOf = (block: ConditionBlock): ConditionBlock =>
  Object.fromEntries(
    Object.entries(block).flatMap(([operator, keys]) => {
      const known = Object.entries(keys).filter(([, values]) => !list(values).some(isOpen))
      return known.length === 0 ? [] : [[operator, Object.fromEntries(known)]]
    }),
  )

const filled = (statement: Statement): Statement => ({
  ...statement,
  ...(statement.Principal === undefined ? {} : { Principal: principalOf(statement.Principal) }),
  ...(list(statement.Resource).some(isOpen) ? { Resource: '*' } : {}),
  ...(statement.Condition === undefined ? {} : { Condition: conditionOf(statement.Condition) }),
})

/**
 * The remedy as it works once its placeholders hold what belongs there: only for evaluating it. Everything else that
 * hangs on the unknown value stays unknown.
 */
export const asIfFilled = (remedy: Remedy): Remedy => {
  const { change } = remedy
  if (change === null) return remedy
  const { add, edit } = change
  return {
    ...remedy,
    change: {
      ...change,
      add: add?.Effect === 'Allow' ? filled(add) : add,
      edit: edit?.after.Effect === 'Allow' ? { ...edit, after: filled(edit.after) } : edit,
    },
  }
}
