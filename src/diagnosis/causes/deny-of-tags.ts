import type { Statement } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { SplitOff } from '../../remedy/fix.ts'
import { splitDeny } from '../split-deny.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { kindOfKey } from './condition-keys.ts'
import { withValues } from './condition-edits.ts'
import { tagOfRequest } from './untagged.ts'

interface Corrected {
  readonly after: Statement
  /** What is split off where the Deny is of other actions too, to which the tags of the resource are there. */
  readonly beside?: readonly SplitOff[]
}

/**
 * A Deny that asks for a tag of what the call is to create hits every such call: it has no tags before, and those that
 * the call sends go by another key. `null` where the resource is there, or the Deny cannot be put right in parts.
 */
export function tagOfNewInDeny(
  s: Situation,
  type: PolicyType,
  deny: ReadStatement,
  condition: ReadCondition,
): Corrected | null {
  const [only, ...others] = deny.resources
  const created = tagOfRequest(s, deny, condition, s.resource ?? (others.length === 0 ? (only ?? null) : null))
  if (created === null || !/not(?!.*values:)|^null$/iu.test(condition.operator)) return null
  if (created.isAlone) return { after: created.after }
  const split = splitDeny(s, type, deny)
  const name = condition.key.slice(condition.key.indexOf('/') + 1)
  const own = split?.by === 'action' ? withValues(split.own, condition, { key: `aws:RequestTag/${name}` }) : null
  if (split === null || own === null) return null
  return { after: split.rest, beside: [...split.kept, { before: split.own, after: own }] }
}

/** The very tag was given along, as the text tells: the tool set it in a call of its own, after this one. */
export const isTagTold = (s: Situation, { key }: ReadCondition): boolean =>
  kindOfKey(key) === 'sent-tag' &&
  s.told('tags-sent-told', 'tag').some((tag) => `aws:requesttag/${tag}`.toLowerCase() === key.toLowerCase())
