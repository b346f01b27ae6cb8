import { facts, finding, type Finding } from '../finding.ts'
import { conditionFacts, placeOf } from '../places.ts'
import { conditionFixes, isOfAddress } from './condition-fixes.ts'
import { variableIn } from './arn-variable.ts'
import { kindOfKey, resolvedValue, sentValue } from './condition-keys.ts'
import { isOfServicesAlone } from './keys-of-services.ts'
import { isCarried } from './boundary.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { besideTagged } from './types-with-tags.ts'
import { withoutOwnTags, withoutSentTags } from './untagged.ts'
import type { Confidence, Facts } from '../diagnosis.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'

/** AWS did not say so, and nobody knows what the request had for the key: the condition is a suspect, no more. */
const isOpen = (s: Situation, read: ReadStatement): boolean =>
  s.denial.policyType !== 'identity-based' &&
  s
    .layer(read.policyType)
    ?.unknowns.some(({ policy, statement }) => policy === read.policy && statement === read.statement) === true &&
  !read.conditions.some((one) => isOfServicesAlone(s, read, one))

/** What a variable in the values comes to: one without a value lets nobody through. */
function variableFacts(s: Situation, conditions: readonly ReadCondition[]): Facts {
  const open = conditions.filter((condition) => resolvedValue(s, condition) === null)
  const found = variableIn(s, open.flatMap(({ values }) => values).join(' '))
  return found === null ? {} : facts({ variables: found.variables, variable: found.variable, here: found.here })
}

/** An identity-based Allow covers action and resource, but its condition did not hold. */
export function allowWithCondition(s: Situation, read: ReadStatement, asked: Confidence): Finding {
  const confidence = asked === 'evaluated' && isOpen(s, read) ? 'possible' : asked
  const [condition = null, ...further] = decisiveConditions(s, read)
  const key = condition === null ? null : kindOfKey(condition.key)
  const untagged =
    condition === null ? null : (withoutSentTags(s, read, condition) ?? withoutOwnTags(s, read, condition))
  if (untagged !== null) return { ...untagged, confidence, facts: { ...untagged.facts, ...facts(placeOf(read)) } }
  const code = key === 'mfa' ? 'mfa-required' : key === 'boundary' ? 'boundary-required' : 'condition-mismatch'
  const [first, ...more] = condition === null ? [] : conditionFixes(s, read, condition)
  const beside = condition === null || read.policyType !== 'identity-based' ? [] : besideTagged(s, read, condition)
  const fixes = first === undefined ? [] : [first, ...beside, ...more]
  return finding(code, confidence, fixes, {
    boundary: key === 'boundary' ? condition?.values[0] : null,
    carried: key === 'boundary' ? isCarried(s) : null,
    policyType: read.policyType,
    effect: read.effect,
    ...placeOf(read),
    ...conditionFacts(condition, further),
    unmet: condition !== null && isOfAddress(s, condition) ? 'by-service' : null,
    here: resolvedValue(s, condition),
    ...variableFacts(s, condition === null ? [] : [condition, ...further]),
    sent: condition !== null && isOfServicesAlone(s, read, condition) ? 'absent' : sentValue(s, condition),
  })
}
