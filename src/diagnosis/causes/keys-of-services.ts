import type { Statement } from '../../iam/policy-document.ts'
import { isKeyOfServices } from '../../iam/keys-of-services.ts'
import { isIdentity } from '../../iam/principal.ts'
import type { Fix } from '../../remedy/fix.ts'
import { finding, none, type Finding } from '../finding.ts'
import { allow, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf, withoutKey } from '../places.ts'
import type { Situation } from '../situation.ts'
import { coversAction, type ReadCondition, type ReadStatement } from '../statements.ts'
import { withConditionAnew } from './condition-edits.ts'

/** Operators that fail where the key is absent. */
const asksForValue = /^(?:foranyvalue:)?(?:string(?:equals(?:ignorecase)?|like)|arn(?:equals|like))$/iu

/** A condition that no request of a role or a user meets: whose policies those are, nobody needs to be told. */
export const isOfServicesAlone = (
  s: Situation,
  { policyType, effect }: Pick<ReadStatement, 'policyType' | 'effect'>,
  { key, operator }: ReadCondition,
): boolean =>
  effect === 'Allow' &&
  isKeyOfServices(key) &&
  asksForValue.test(operator) &&
  (policyType === 'identity-based' || isIdentity(s.denial.principalType))

/** Of whose account or organization a resource is stands in keys that every request has. */
const meantKeys: Readonly<Record<string, string>> = {
  'aws:sourceaccount': 'aws:ResourceAccount',
  'aws:sourceorgid': 'aws:ResourceOrgID',
  'aws:sourceorgpaths': 'aws:ResourceOrgPaths',
}

/** The key that was meant in its place; where there is none, the statement without it, which limited nothing. */
function meantStatement(source: Statement, condition: ReadCondition): Statement {
  const key = meantKeys[condition.key.toLowerCase()]
  const instead = key === undefined ? null : withConditionAnew(source, condition, { ...condition, key })
  return instead ?? withoutKey(source, condition.key)
}

/** The statement of a role or user with all such conditions put right. */
export function correctedForIdentity(s: Situation, read: ReadStatement, condition: ReadCondition): Fix {
  const unfit = read.conditions.filter((one) => isOfServicesAlone(s, read, one))
  const { key, operator } = condition
  const after = unfit.reduce(meantStatement, read.source)
  const granted = allow(read.actions, read.resources, after.Condition ?? null)
  return editStatement(s, read, read.actions.length === 0 ? null : granted, after, {
    step: 'correct-condition',
    values: { key, operator, unmet: meantKeys[key.toLowerCase()] === undefined ? 'of-services' : 'of-resource' },
    readiness: 'needs-review',
  })
}

/** Another statement has all of its actions without such a condition, so that it is not missed. */
const isGrantedBeside = (s: Situation, read: ReadStatement): boolean =>
  s
    .statements('identity-based')
    .some(
      (one) =>
        one !== read &&
        one.effect === 'Allow' &&
        one.conditions.length === 0 &&
        read.actions.every((action) => coversAction(one, action)),
    )

/**
 * The text names no action, and of what the policies have for the service that refused, a statement never counts: what
 * that gives is missing, whichever of its actions it was.
 */
export function statementThatNeverCounts(s: Situation): readonly Finding[] {
  if (s.action !== null || s.denial.class !== 'bare' || s.denial.effect !== null) return none
  const isOfService = ({ actions }: ReadStatement): boolean =>
    s.service === null || actions.some((name) => name === '*' || name.toLowerCase().startsWith(`${s.service}:`))
  for (const read of s.statements('identity-based')) {
    const [condition, ...more] = read.conditions.filter((one) => isOfServicesAlone(s, read, one))
    if (condition === undefined || !isOfService(read) || isGrantedBeside(s, read)) continue
    // Without a service, what was asked for may be something else.
    return [
      finding(
        'condition-mismatch',
        s.service === null ? 'possible' : 'evaluated',
        [correctedForIdentity(s, read, condition)],
        {
          policyType: read.policyType,
          effect: read.effect,
          sent: 'absent',
          ...placeOf(read),
          ...conditionFacts(condition, more),
        },
      ),
    ]
  }
  return none
}
