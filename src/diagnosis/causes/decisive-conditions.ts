import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { isImpossible, kindOfKey, type KeyKind } from './condition-keys.ts'
import { isOfServicesAlone } from './keys-of-services.ts'

/**
 * The conditions on which a statement hangs, the first to look at first: those of an Allow that did not hold, all of a
 * Deny, since each that fails keeps it from applying.
 */
export function decisiveConditions(s: Situation, read: ReadStatement): readonly ReadCondition[] {
  const among = read.effect === 'Deny' ? read.conditions : unmetIn(s, read)
  const rank = (condition: ReadCondition): number =>
    isNeverMet(s, read, condition) ? -1 : order.indexOf(kindOfKey(condition.key))
  return among.toSorted((a, b) => rank(a) - rank(b))
}

/** The conditions of a statement that the engine found to fail. */
export const missedConditions = (s: Situation, read: ReadStatement): readonly ReadCondition[] => {
  const missed = s
    .layer(read.policyType)
    ?.nearMisses.filter(({ policy, statement }) => policy === read.policy && statement === read.statement)
    .flatMap(({ because }) =>
      because.flatMap(({ element, key }) => (element === 'Condition' && key !== null ? [key] : [])),
    )
  const keys = new Set(missed?.map((key) => key.toLowerCase()))
  return read.conditions.filter(({ key }) => keys.has(key.toLowerCase()))
}

/** What no request has, else what the engine found to fail, else what it left open, else what may be absent. */
function unmetIn(s: Situation, read: ReadStatement): readonly ReadCondition[] {
  const layer = s.layer(read.policyType)
  const isThis = ({ policy, statement }: { readonly policy: string; readonly statement: number }): boolean =>
    policy === read.policy && statement === read.statement
  const named = (keys: readonly (string | null)[]): readonly ReadCondition[] =>
    read.conditions.filter(({ key }) => keys.some((one) => one?.toLowerCase() === key.toLowerCase()))
  const candidates = [
    read.conditions.filter((condition) => isNeverMet(s, read, condition) || fitsCaller(s, condition) === false),
    missedConditions(s, read),
    named(layer?.unknowns.filter(isThis).map(({ key }) => key) ?? []),
    read.conditions,
  ]
  return (
    candidates
      .map((some) => some.filter((one) => !holdsByItself(one) && fitsCaller(s, one) !== true))
      .find((some) => some.length > 0) ?? []
  )
}

/** `Null: true` asks that nothing is sent, which most calls do. */
const holdsByItself = ({ operator, key, values }: ReadCondition): boolean =>
  /^null$/iu.test(operator) && values.every((value) => value === 'true') && kindOfKey(key) === 'sent-tag'

/** `kms:CallerAccount` follows from who calls; `null` for other keys, or where that is not known. */
const fitsCaller = (s: Situation, { key, operator, values }: ReadCondition): boolean | null =>
  key.toLowerCase() === 'kms:calleraccount' && /^string(?:equals|like)$/iu.test(operator) && s.callerAccount !== null
    ? values.includes(s.callerAccount)
    : null

const order: readonly KeyKind[] = [
  'no-such-key',
  'mfa',
  'boundary',
  'sent-tag',
  'sent-header',
  'resource-tag',
  'organization',
  'network',
  'other',
  'caller-tag',
  'called-via',
  'time',
  'resource-owner',
  'source',
  'caller',
]

/** No request for the action has the key, or none of whoever calls. */
const isNeverMet = (s: Situation, read: ReadStatement, condition: ReadCondition): boolean =>
  isImpossible(s, condition.key) || isOfServicesAlone(s, read, condition)
