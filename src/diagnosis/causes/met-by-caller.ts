import type { Fix } from '../../remedy/fix.ts'
import { isGlobalService } from '../../requests/context.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { meetBoundary } from './boundary.ts'
import { callingService } from './condition-edits.ts'
import { tagResource } from './tag-conditions.ts'
import { isOfNoRegion, kindOfKey, knownValue } from './condition-keys.ts'
import { routedTo } from './routed-inference.ts'
import { isPresence, sendTags } from './sent-tags.ts'
import { tagPrincipal } from './tag-principal.ts'

/** The one value that passes, as the CLI takes it. */
function demandedEncryption({ key, values }: ReadCondition): { readonly sse?: string } {
  const [only = '', ...others] = values
  const isAlgorithm =
    key.toLowerCase() === 's3:x-amz-server-side-encryption' && /^(?:AES256|aws:kms(?::dsse)?)$/u.test(only)
  return isAlgorithm && others.length === 0 ? { sse: only } : {}
}

/** The end of the time for which a Deny holds. */
export const endOf = (deny: ReadStatement | null): ReadCondition | undefined =>
  deny?.conditions.find(({ key, operator }) => kindOfKey(key) === 'time' && /^DateLessThan/iu.test(operator))

/** What the caller itself can do about a condition of a Deny. */
export function meetable(s: Situation, condition: ReadCondition): Fix | null {
  const values = { key: condition.key, values: condition.values.join(', ') }
  const isDeniedWithout = /not(?!.*values:)/iu.test(condition.operator) || asksToBeAbsent(condition)
  switch (kindOfKey(condition.key)) {
    case 'sent-header':
      return act(
        'other',
        condition.key.toLowerCase().includes('encryption') ? 'send-encryption-header' : 'meet-condition',
        isDeniedWithout ? { ...values, ...demandedEncryption(condition) } : values,
      )
    case 'sent-tag':
      return isDeniedWithout ? sendTags(s, condition, 'Deny') : act('other', 'meet-condition', values)
    case 'boundary':
      return meetBoundary(s, condition.values[0] ?? '<BoundaryArn>')
    case 'caller-tag':
      return isDeniedWithout ? tagPrincipal(s, condition) : null
    case 'called-via':
      if (isDeniedWithout && callingService(s, condition) !== null) return null
      return isDeniedWithout ? act('other', 'call-through-service', values) : act('other', 'meet-condition', values)
    case 'caller':
      return s.denial.principalType === 'root' ? act('switch-principal', 'use-other-role', { instead: 'root' }) : null
    case 'organization':
    case 'resource-owner':
      // What is asked for is somebody else's: perhaps the name is wrong.
      return isDeniedWithout &&
        /^aws:resource/iu.test(condition.key) &&
        typeof knownValue(s, condition.key) !== 'string'
        ? act('not-iam', 'check-resource-exists', { resource: s.resource ?? '' })
        : null
    case 'mfa':
    case 'source':
    case 'no-such-key':
      return null
    case 'time':
      return /^DateLessThan/iu.test(condition.operator) && condition.values.length === 1
        ? act('not-iam', 'wait-until', { until: condition.values[0] ?? '' })
        : null
    case 'resource-tag':
      return isDeniedWithout && !isPresence(condition) ? tagOf(condition) : act('other', 'meet-condition', values)
    case 'network':
      return act('other', 'meet-condition', values)
    case 'other':
      if (condition.key.toLowerCase() !== 'aws:requestedregion') return act('other', 'meet-condition', values)
      if (isOfNoRegion(s, condition)) return act('other', 'use-geographic-profile', values)
      return isGlobalService(s.service ?? '') ? null : withinRegions(s, condition, values)
  }
}

/** Where the values are those of the caller's own tags, nobody knows which. */
const tagOf = (condition: ReadCondition): Fix =>
  tagResource(condition.values.some((value) => value.includes('${')) ? { ...condition, values: [] } : condition)

const withinRegions = (s: Situation, condition: ReadCondition, values: Readonly<Record<string, string>>): Fix => {
  const routed = routedTo(s, condition)
  return routed === null
    ? act('other', 'stay-within-rule', values)
    : act('other', 'use-geographic-profile', { ...values, routed })
}

/** `Null: true` in a Deny: what is not sent is what is denied. */
const asksToBeAbsent = ({ operator, values }: ReadCondition): boolean =>
  /^null$/iu.test(operator) && values.every((value) => value === 'true')
