import type { Fix } from '../../remedy/fix.ts'
import { finding, type Finding } from '../finding.ts'
import { act, addToIdentity, allow, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf, withoutKey } from '../places.ts'
import { allowsOf, identityGrants, type Situation } from '../situation.ts'
import { coversResource, type ReadCondition, type ReadStatement } from '../statements.ts'
import { isImpossibleFor } from './condition-keys.ts'
import { isOfSomeTypes } from './keys-of-types.ts'
import { takesNoArn, type RoleNeed } from './role-needs.ts'

/**
 * The role has all that the service tried, some of it under a condition that the service’s own check may not meet: a
 * statement without it would be the same permission once more. `null` where an action is missing altogether.
 */
export function onCondition(s: Situation, need: RoleNeed, attachTo: string): Finding | null {
  if (!s.wasRead('identity-based')) return null
  const onOwn = need.resource.includes('<') ? null : need.resource
  const onWhich = (action: string): string | null => (takesNoArn(action) ? '*' : onOwn)
  const held = need.actions
    .filter((action) => !identityGrants(s, action, onWhich(action)))
    .map((action) => conditional(s, action, onWhich(action)))
  const [read] = held
  if (read === undefined || held.includes(undefined)) return null
  const [condition, ...others] = read.conditions.toSorted((a, b) => rank(s, need, a) - rank(s, need, b))
  if (condition === undefined) return null
  // Nobody knows what the check had for a key that it may have.
  const confidence = isNeverWhole(s, need, condition) ? 'evaluated' : 'possible'
  return finding('condition-mismatch', confidence, [fixOf(s, read, need, condition, attachTo)], {
    policyType: read.policyType,
    effect: read.effect,
    ...placeOf(read),
    ...conditionFacts(condition, others),
    sent: isNeverWhole(s, need, condition) ? 'absent' : null,
  })
}

const conditional = (s: Situation, action: string, resource: string | null): ReadStatement | undefined =>
  allowsOf(s, 'identity-based', action).find(
    (read) => read.conditions.length > 0 && (resource === null || coversResource(read, resource)),
  )

/** One of the actions, or one of the resources that a call of it has, never has the key. */
const isNeverWhole = (s: Situation, { actions }: RoleNeed, { key }: ReadCondition): boolean =>
  actions.some((action) => isImpossibleFor(s, action, key) || isOfSomeTypes(s, action, key))

const rank = (s: Situation, need: RoleNeed, condition: ReadCondition): number =>
  isNeverWhole(s, need, condition) ? 0 : 1

/** What no call can meet comes off the actions that the service tries; what some can, its owner puts right. */
function fixOf(s: Situation, read: ReadStatement, need: RoleNeed, condition: ReadCondition, attachTo: string): Fix {
  const { key } = condition
  if (!isNeverWhole(s, need, condition)) return act('edit-statement', 'correct-condition', { policy: read.policy, key })
  const after = withoutKey(read.source, key)
  const statement = allow(need.actions, [need.resource], after.Condition ?? null)
  const wanted = need.actions.map((name) => name.toLowerCase())
  const isForThese = read.actions.length > 0 && read.actions.every((name) => wanted.includes(name.toLowerCase()))
  const more = { values: { past: key }, readiness: 'needs-review', attachTo } as const
  return isForThese && read.policyKind !== 'aws-managed'
    ? editStatement(s, read, statement, after, { step: 'correct-condition', ...more, values: { key } })
    : addToIdentity(s, need.actions, [need.resource], { condition: after.Condition ?? null, ...more })
}
