import type { Effect } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import { act, addToIdentity, editStatement } from '../fixes.ts'
import { withoutKey } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition } from '../statements.ts'
import { withValues } from './condition-edits.ts'
import { knownValue, neverSendsTags } from './condition-keys.ts'
import type { Unmet } from './unmet-condition.ts'

/** The call is there to set tags, so they are not those of anything that it creates. */
export const setsTags =
  /:(?:Create(?:OrUpdate)?Tags|(?:Tag|Untag)(?!Session)\w*|(?:Add|Remove)Tags\w*|DeleteTags|Put\w*Tagging)$/u

/** `Null` asks whether there is a tag, whatever its value. */
export const isPresence = ({ operator }: ReadCondition): boolean => /^null$/iu.test(operator)

/**
 * No other keys than these: one more than listed breaks it, and none that is missing. A Deny says the same with any
 * value that is not among them; with `ForAllValues` it hits the calls that send none of them, such as no tag at all.
 */
const isListOfAllowed = ({ key, operator }: ReadCondition, effect: Effect): boolean =>
  key.toLowerCase() === 'aws:tagkeys' &&
  (effect === 'Allow' ? /^ForAllValues:(?!.*Not)/iu : /^ForAnyValue:.*Not/iu).test(operator)

/** What the caller can send to meet a condition on the tags of the request; `null` where the request carries none. */
export function sendTags(s: Situation, condition: ReadCondition, effect: Effect = 'Allow'): Fix | null {
  const values = { key: condition.key, values: isPresence(condition) ? '' : condition.values.join(', ') }
  if (neverSendsTags(s, condition.key)) return null
  if (isListOfAllowed(condition, effect))
    return act('other', 'send-allowed-tags', { ...values, ...surplus(s, condition) })
  if (setsTags.test(s.action ?? '')) return act('other', 'send-tags-in-this-call', values)
  const type = /^arn:[^:]*:ec2:[^:]*:[^:]*:([a-z-]{1,40})\//u.exec(s.resource ?? '')?.[1]
  return act('other', 'send-tags-in-create-call', type === undefined ? values : { ...values, ofType: type })
}

const surplusOf = (s: Situation, { key, values }: ReadCondition): readonly string[] => {
  const sent = knownValue(s, key)
  return [sent ?? []].flat().filter((one) => !values.includes(one))
}

const surplus = (s: Situation, condition: ReadCondition): Readonly<Record<string, string>> => {
  const keys = surplusOf(s, condition)
  return keys.length === 0 ? {} : { surplus: keys.join(', ') }
}

/** What there is to do about such a condition of an Allow. */
export function sentTagFixes(s: Situation, unmet: Unmet): readonly Fix[] {
  const { read, condition } = unmet
  if (isPresence(condition) && condition.values.includes('true'))
    return [act('other', 'meet-condition', { key: condition.key, operator: condition.operator, values: 'true' })]
  const send = sendTags(s, condition)
  if (send === null) return [byTagsOfResource(s, unmet)]
  if (!isListOfAllowed(condition, 'Allow')) return [send]
  const added = surplusOf(s, condition)
  const after = withValues(read.source, condition, {
    values: [...condition.values, ...(added.length === 0 ? ['<TagKey>'] : added)],
  })
  if (after === null) return [send]
  return [
    send,
    editStatement(s, read, null, after, {
      step: 'widen-condition',
      values: { key: condition.key },
      readiness: 'needs-review',
      alternative: true,
    }),
  ]
}

/**
 * The action takes no tags, so the key is never there: what the resource carries already can limit it instead.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
 */
function byTagsOfResource(s: Situation, { read, condition, action, resource }: Unmet): Fix {
  const kept = withoutKey(read.source, condition.key).Condition ?? {}
  const name = /^aws:requesttag\/(.+)$/iu.exec(condition.key)?.[1]
  const [only = '', ...others] = condition.values
  const isValue = name !== undefined && others.length === 0 && /^String(?:Equals|Like)/u.test(condition.operator)
  const tag = { [`aws:ResourceTag/${name ?? '<TagKey>'}`]: isValue ? only : '<TagValue>' }
  const operator = isValue && condition.operator.startsWith('StringLike') ? 'StringLike' : 'StringEquals'
  return addToIdentity(s, [action], [resource], {
    condition: { ...kept, [operator]: { ...kept[operator], ...tag } },
    values: { onlyAt: condition.key },
    readiness: 'needs-review',
  })
}
