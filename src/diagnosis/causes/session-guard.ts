import { parseArn } from '../../iam/arn.ts'
import type { Fix } from '../../remedy/fix.ts'
import { finding, type Finding } from '../finding.ts'
import { act, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import { withValues } from './condition-edits.ts'
import { kindOfKey, knownValue, sentValue } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { sendTags } from './sent-tags.ts'
import { roleLabel } from './service-trust.ts'
import { heldByCondition } from './side-condition.ts'

const ofSession = /^sts:(?:sourceidentity|transitivetagkeys)$/iu

/**
 * The trust policy allows tags or a source identity, and others than those that were sent: session tags are what
 * policies elsewhere go by, so that nothing goes past such a guard; at most the one value is added to it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required
 */
export function guardedTags(s: Situation, action: string, role: string): Finding | null {
  const held = heldByCondition(s, 'role-trust')
  if (held === null || !coversAction(held, action)) return null
  const [condition, ...further] = decisiveConditions(s, held)
  if (condition === undefined) return null
  const isOfTags = kindOfKey(condition.key) === 'sent-tag' || ofSession.test(condition.key)
  if (!isOfTags && coversAction(held, 'sts:AssumeRole')) return null
  const widening = isOfTags ? widened(s, held, condition, role) : null
  return finding(
    'trust-policy',
    s.layer('role-trust')?.blocking === true ? 'evaluated' : 'possible',
    [sendAllowed(s, condition), ...(widening === null ? [] : [widening]), without],
    {
      role,
      roleAccount: parseArn(role)?.account,
      ...placeOf(held),
      ...conditionFacts(condition, further),
      sent: sentValue(s, condition),
    },
  )
}

const without = act('other', 'skip-session-tagging', {}, { alternative: true })

const sendAllowed = (s: Situation, condition: ReadCondition): Fix =>
  (condition.key.toLowerCase() === 'aws:tagkeys' ? sendTags(s, condition) : null) ??
  act('other', 'meet-condition', {
    key: condition.key,
    operator: condition.operator,
    values: condition.values.join(', '),
  })

const takesMore = /^(?:For(?:All|Any)Values:)?String(?:Equals|Like)(?:IgnoreCase)?(?:IfExists)?$/iu

/** The list with what was sent in it: for whoever set the guard to decide. */
function widened(s: Situation, held: ReadStatement, condition: ReadCondition, role: string): Fix | null {
  const sent = [knownValue(s, condition.key) ?? []].flat()
  const missing = sent.filter((value) => !condition.values.includes(value))
  if (!takesMore.test(condition.operator) || missing.length === 0) return null
  const after = withValues(held.source, condition, { values: [...condition.values, ...missing] })
  if (after === null) return null
  return editStatement(s, held, null, after, {
    kind: 'trust-policy',
    step: 'widen-condition',
    values: { key: condition.key },
    attachTo: roleLabel(role),
    readiness: 'needs-review',
    alternative: true,
  })
}
