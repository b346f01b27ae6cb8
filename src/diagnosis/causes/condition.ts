import { addToIdentity } from '../fixes.ts'
import { facts, finding, type Finding } from '../finding.ts'
import { conditionFacts, placeOf } from '../places.ts'
import { conditionFixes, isOfAddress } from './condition-fixes.ts'
import { kindOfKey, resolvedValue, sentValue } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import type { Confidence } from '../diagnosis.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'

/** AWS did not say so, and nobody knows what the request had for the key: the condition is a suspect, no more. */
const isOpen = (s: Situation, read: ReadStatement): boolean =>
  s.denial.policyType !== 'identity-based' &&
  s
    .layer(read.policyType)
    ?.unknowns.some(({ policy, statement }) => policy === read.policy && statement === read.statement) === true

/** An identity-based Allow covers action and resource, but its condition did not hold. */
export function allowWithCondition(s: Situation, read: ReadStatement, asked: Confidence): Finding {
  const confidence = asked === 'evaluated' && isOpen(s, read) ? 'possible' : asked
  const [condition = null, ...further] = decisiveConditions(s, read)
  const key = condition === null ? null : kindOfKey(condition.key)
  const untagged = condition === null ? null : withoutTags(s, condition)
  if (untagged !== null) return { ...untagged, confidence, facts: { ...untagged.facts, ...facts(placeOf(read)) } }
  const code = key === 'mfa' ? 'mfa-required' : key === 'boundary' ? 'boundary-required' : 'condition-mismatch'
  const fixes = condition === null ? [] : conditionFixes(s, read, condition)
  return finding(code, confidence, fixes, {
    boundary: key === 'boundary' ? condition?.values[0] : null,
    policyType: read.policyType,
    effect: read.effect,
    ...placeOf(read),
    ...conditionFacts(condition, further),
    unmet: condition !== null && isOfAddress(s, condition) ? 'by-service' : null,
    here: resolvedValue(s, condition),
    sent: sentValue(s, condition),
  })
}

/** One of several resources of the call, of a type that takes no tags in the request: a statement of its own. */
function withoutTags(s: Situation, condition: ReadCondition): Finding | null {
  if (kindOfKey(condition.key) !== 'sent-tag' || s.action === null || s.resource === null) return null
  const types = s.actionFacts?.resourceTypes ?? []
  const kind = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:([^/:]+)/u.exec(s.resource)
  const isOf = (pattern: string): boolean =>
    pattern.startsWith(`arn:\${Partition}:${kind?.[1] ?? ''}:`) && pattern.includes(`:${kind?.[2] ?? ''}/`)
  const takesTags = (keys: readonly string[]): boolean =>
    keys.some((name) => name.toLowerCase().startsWith('aws:requesttag/'))
  const own = types.find(({ arnPattern }) => isOf(arnPattern))
  const others = types.some(({ conditionKeys }) => takesTags(conditionKeys))
  if (own === undefined || takesTags(own.conditionKeys) || !others) return null
  return finding('companion-resource-needed', 'evaluated', [addToIdentity(s, [s.action], [s.resource])], {
    resources: s.resource,
    types: kind?.[2],
  })
}
