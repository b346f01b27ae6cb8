import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { act, editStatement } from '../fixes.ts'
import { conditionFacts, placeOf } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { correctionOf, withSentValue } from './condition-edits.ts'
import { tagResource } from './tag-conditions.ts'
import { tagPrincipal } from './tag-principal.ts'
import { kindOfKey, resolvedValue, sentValue } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { carriesNoMfa, mfaSession } from './mfa-session.ts'
import { sendTags } from './sent-tags.ts'

/** The Allow of the resource's side that would let the caller in, but for its condition. */
export function heldByCondition(s: Situation, type: PolicyType): ReadStatement | null {
  const layer = s.layer(type)
  const missed = layer?.nearMisses.find(
    ({ effect, because }) =>
      effect === 'Allow' && because.length > 0 && because.every(({ element }) => element === 'Condition'),
  )
  const open = layer?.unknowns.find(({ effect, kind }) => effect === 'Allow' && kind === 'context-key')
  const at = missed ?? open
  const held = s
    .statements(type)
    .find((one) => one.effect === 'Allow' && one.policy === at?.policy && one.statement === at.statement)
  return held ?? null
}

/** That condition is what refused: it is met or corrected, and going past it is for its owner to decide. */
export function conditionOfSide(
  s: Situation,
  held: ReadStatement,
  asked: Confidence,
  into: { readonly kind: RemedyKind; readonly attachTo: string },
  past: readonly Fix[],
): Finding | null {
  const [condition, ...further] = decisiveConditions(s, held)
  // A condition of the caller's own side goes by the same code, and has to be told as well.
  const own = s.layer('identity-based')?.result
  if (condition === undefined || own === 'implicitDeny' || own === 'unknown') return null
  const isOpen = s.layer(held.policyType)?.result === 'unknown' && s.denial.policyType !== held.policyType
  return finding(
    'condition-mismatch',
    asked === 'evaluated' && isOpen ? 'possible' : asked,
    sideFixes(s, held, condition, into, past),
    {
      policyType: held.policyType,
      effect: 'Allow',
      ...placeOf(held),
      ...conditionFacts(condition, further),
      here: resolvedValue(s, condition),
      sent: sentValue(s, condition),
    },
  )
}

export function sideFixes(
  s: Situation,
  held: ReadStatement,
  condition: ReadCondition,
  into: { readonly kind: RemedyKind; readonly attachTo: string },
  past: readonly Fix[],
): readonly Fix[] {
  const correction = correctionOf(s, held.source, condition)
  if (correction !== null)
    return [
      editStatement(s, held, null, correction.after, {
        ...into,
        step: 'correct-condition',
        values: { key: condition.key, operator: condition.operator, unmet: correction.unmet },
        readiness: 'needs-review',
      }),
    ]
  const kind = kindOfKey(condition.key)
  // Another service than the one that called cannot make this call.
  const widened = kind === 'source' || kind === 'called-via' ? withSentValue(s, held.source, condition) : null
  if (widened !== null)
    return [
      editStatement(s, held, null, widened, {
        ...into,
        step: 'widen-condition',
        values: { key: condition.key },
        readiness: 'needs-review',
      }),
    ]
  const met = meetable(s, condition)
  // Nobody is let in without MFA where it is asked for, but who cannot show it.
  if (met !== null && kindOfKey(condition.key) === 'mfa') return [met]
  const going = past.map((one): Fix => ({
    ...one,
    values: { ...one.values, past: condition.key },
    readiness: 'needs-review',
    alternative: met !== null,
  }))
  return met === null ? going : [met, ...going]
}

/** What the caller can do itself; `null` for what is settled by who calls, or when. */
function meetable(s: Situation, condition: ReadCondition): Fix | null {
  const values = { key: condition.key, values: condition.values.join(', ') }
  switch (kindOfKey(condition.key)) {
    case 'mfa':
      return carriesNoMfa(s) ? null : mfaSession(s)
    case 'caller-tag':
      return tagPrincipal(s, condition)
    case 'called-via':
      return act('other', 'call-through-service', values)
    case 'resource-tag':
      return tagResource(condition)
    case 'sent-tag':
      return sendTags(s, condition)
    case 'boundary':
    case 'sent-header':
    case 'network':
    case 'other':
      return act('other', 'meet-condition', values)
    case 'time':
    case 'source':
    case 'caller':
    case 'organization':
    case 'resource-owner':
    case 'no-such-key':
      return null
  }
}
