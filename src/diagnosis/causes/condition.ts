import { shellLine } from '../../remedy/commands/shell.ts'
import { act, addToIdentity, editStatement } from '../fixes.ts'
import { facts, finding, type Finding } from '../finding.ts'
import { conditionFacts, placeOf, withoutKey } from '../places.ts'
import { isImpossible, kindOfKey, sentValue, type KeyKind } from './condition-keys.ts'
import { withoutImpossible } from './impossible-key.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { Confidence } from '../diagnosis.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'

/** The condition that failed: the engine's word first, then the likeliest to be absent. */
export function failedCondition(s: Situation, read: ReadStatement): ReadCondition | null {
  const layer = s.layer(read.policyType)
  const missed = layer?.nearMisses
    .filter(({ policy, statement }) => policy === read.policy && statement === read.statement)
    .flatMap(({ because }) => because)
    .find(({ element }) => element === 'Condition')
  const open = layer?.unknowns.find(({ policy, statement }) => policy === read.policy && statement === read.statement)
  const named = missed?.key ?? open?.key ?? null
  const byEngine = read.conditions.find(({ key }) => key.toLowerCase() === named?.toLowerCase())
  const likely = read.conditions
    .filter((condition) => !holdsByItself(condition))
    .toSorted((a, b) => rank(s, a) - rank(s, b))[0]
  if (likely === undefined) return byEngine ?? null
  return byEngine === undefined || holdsByItself(byEngine) || rank(s, likely) < rank(s, byEngine) ? likely : byEngine
}

/** `Null: true` asks that nothing is sent, which most calls do. */
const holdsByItself = ({ operator, key, values }: ReadCondition): boolean =>
  /^null$/iu.test(operator) && values.every((value) => value === 'true') && kindOfKey(key) === 'sent-tag'

const order: readonly KeyKind[] = [
  'mfa',
  'boundary',
  'sent-tag',
  'sent-header',
  'resource-tag',
  'organization',
  'network',
  'other',
]
const rank = (s: Situation, { key }: ReadCondition): number =>
  isImpossible(s, key) ? -1 : order.indexOf(kindOfKey(key))

/** AWS did not say so, and nobody knows what the request had for the key: the condition is a suspect, no more. */
const isOpen = (s: Situation, read: ReadStatement): boolean =>
  s.denial.policyType !== 'identity-based' &&
  s
    .layer(read.policyType)
    ?.unknowns.some(({ policy, statement }) => policy === read.policy && statement === read.statement) === true

/** An identity-based Allow covers action and resource, but its condition did not hold. */
export function allowWithCondition(s: Situation, read: ReadStatement, asked: Confidence): Finding {
  const confidence = asked === 'evaluated' && isOpen(s, read) ? 'possible' : asked
  const condition = failedCondition(s, read)
  const key = condition === null ? null : kindOfKey(condition.key)
  const untagged = condition === null ? null : withoutTags(s, condition)
  if (untagged !== null) return { ...untagged, confidence, facts: { ...untagged.facts, ...facts(placeOf(read)) } }
  const code = key === 'mfa' ? 'mfa-required' : key === 'boundary' ? 'boundary-required' : 'condition-mismatch'
  const fixes = code === 'mfa-required' ? [mfaSession(s)] : condition === null ? [] : fixesFor(s, read, condition)
  return finding(code, confidence, fixes, {
    boundary: key === 'boundary' ? condition?.values[0] : null,
    policyType: read.policyType,
    effect: read.effect,
    ...placeOf(read),
    ...conditionFacts(condition),
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

export const mfaSession = (s: Situation): Fix =>
  act(
    'session',
    'use-mfa-session',
    {},
    {
      command: shellLine([
        ...['aws', 'sts', 'get-session-token', '--serial-number'],
        `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:mfa/${s.denial.roleOrUserName ?? '<UserName>'}`,
        ...['--token-code', '<Code>'],
      ]),
    },
  )

function fixesFor(s: Situation, read: ReadStatement, condition: ReadCondition): readonly Fix[] {
  const action = s.action ?? '<Action>'
  const resource = s.resource ?? s.resourcePattern ?? '<ResourceArn>'
  const values = { key: condition.key, values: condition.values.join(', ') }
  if (isImpossible(s, condition.key)) return withoutImpossible(s, read, condition, action, resource)
  switch (kindOfKey(condition.key)) {
    case 'sent-tag':
      return [act('other', 'send-tags-in-create-call', values)]
    case 'resource-tag': {
      // The tag stood for "ours"; the exact ARN is as narrow.
      const kept = Object.entries(withoutKey(read.source, condition.key).Condition ?? {})
      const block = kept.length === 0 ? null : Object.fromEntries(kept)
      return [
        addToIdentity(s, [action], [resource], { condition: block }),
        act('other', 'tag-resource', values, { alternative: true }),
      ]
    }
    case 'mfa':
      return [mfaSession(s)]
    case 'boundary':
      return [act('other', 'pass-boundary', values)]
    case 'sent-header':
    case 'network':
    case 'organization':
    case 'other':
      return [
        act('other', 'meet-condition', values),
        editStatement(s, read, null, read.source, {
          step: 'correct-condition',
          readiness: 'needs-review',
          alternative: true,
        }),
      ]
  }
}
