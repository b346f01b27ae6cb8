import type { ActionFacts, ResourceType } from '../../action-catalogue/action-catalogue.ts'
import type { Statement } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix, SplitOff } from '../../remedy/fix.ts'
import { addToIdentity, editStatement } from '../fixes.ts'
import { withoutKey } from '../places.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { splitDeny } from '../split-deny.ts'
import { coversResource, type ReadCondition, type ReadStatement } from '../statements.ts'
import { homeOf } from './attachments.ts'
import { kindOfKey } from './condition-keys.ts'
import { holdsAbsent, lacksKey } from './keys-of-types.ts'
import { setsTags } from './sent-tags.ts'
import { lacksOwnTags, lacksSentTags, takesTags } from './untagged.ts'

/*
 * One call is checked on resources of several types, and the tags that it sends are of what it creates alone. A
 * condition on them that one statement has for all types holds for the others never, or always.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
 */

/** The types that the tags of the request are of. */
const tagged = ({ resourceTypes }: ActionFacts): readonly ResourceType[] => {
  const ofCall = resourceTypes.filter(({ keysOfCall }) => takesTags('aws:requesttag', keysOfCall))
  return ofCall.length > 0
    ? ofCall
    : resourceTypes.filter(({ conditionKeys }) => takesTags('aws:requesttag', conditionKeys))
}

/** All resources of the type: `arn:aws:ec2:*:*:volume/*`. */
const allOf = (partition: string, { arnPattern }: ResourceType): string =>
  arnPattern.replace('${Partition}', partition).replace(/\$\{\w{1,60}\}/gu, '*')

/** It matches where the tag is not sent. */
const deniesUnsent = ({ operator, values }: ReadCondition): boolean =>
  /^null$/iu.test(operator)
    ? values.every((value) => value === 'true')
    : /not/iu.test(operator) && !operator.includes(':')

/** A Deny of what is sent without a tag, which refuses too what never gets one: its owner keeps it to what does. */
function keptToTagged(
  s: Situation,
  type: PolicyType,
  deny: ReadStatement,
  condition: ReadCondition,
): { readonly after: Statement; readonly beside?: readonly SplitOff[] } | null {
  if (s.action === null || s.resource === null || setsTags.test(s.action)) return null
  if (!/^aws:requesttag\//iu.test(condition.key) || !deniesUnsent(condition)) return null
  if (deny.notResources.length > 0 || !lacksSentTags(s, s.resource)) return null
  const facts = deny.notActions.length > 0 ? [null] : deny.actions.map((action) => s.catalogue.find(action))
  const all = facts.flatMap((one) => (one === null ? [null] : [taggedOf(s, one)]))
  const isWhole = deny.resources.every((arn) => arn === '*' || /^arn:[^:]*:[^:]*:[^:]*:[^:]*:\*$/u.test(arn))
  if (!isWhole) return null
  if (all.every((some) => some !== null && some.length > 0))
    return {
      after: onlyOn(
        deny.source,
        all.flatMap((some) => some ?? []),
      ),
    }
  const split = splitDeny(s, type, deny)
  const own = s.actionFacts === null ? [] : taggedOf(s, s.actionFacts)
  if (split?.by !== 'action' || own.length === 0) return null
  return { after: split.rest, beside: [...split.kept, { before: split.own, after: onlyOn(split.own, own) }] }
}

const taggedOf = (s: Situation, facts: ActionFacts): readonly string[] =>
  tagged(facts).map((type) => allOf(s.partition, type))

const onlyOn = (source: Statement, resources: readonly string[]): Statement => {
  const [only = '*', ...more] = [...new Set(resources)]
  return { ...source, Resource: more.length === 0 ? only : [only, ...more] }
}

/** The same as a change that its owner can make. */
export function keepToTagged(
  s: Situation,
  type: PolicyType,
  deny: ReadStatement,
  condition: ReadCondition,
): Fix | null {
  const kept = keptToTagged(s, type, deny, condition)
  if (kept === null) return null
  return editStatement(s, deny, null, kept.after, {
    kind: type === 'service-control' || type === 'resource-control' ? 'scp' : 'edit-statement',
    step: 'keep-to-tagged',
    values: { key: condition.key, action: s.action ?? '' },
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
    ...(kept.beside === undefined ? {} : { beside: kept.beside }),
  })
}

/**
 * What the statement names beside the denied resource and its condition never lets through, since only some types have
 * tags, or such a key: the next of the call's resources is refused as soon as this one fits.
 */
export function besideTagged(s: Situation, read: ReadStatement, condition: ReadCondition): readonly Fix[] {
  const kind = kindOfKey(condition.key)
  const { action, actionFacts } = s
  if (action === null || actionFacts === null || holdsAbsent(condition)) return []
  if (kind !== 'sent-tag' && kind !== 'resource-tag' && kind !== 'other') return []
  const lacksFor = (arn: string, { key }: ReadCondition): boolean =>
    kind === 'sent-tag'
      ? lacksSentTags(s, arn)
      : kind === 'resource-tag'
        ? lacksOwnTags(s, arn)
        : lacksKey(s, action, arn, key)
  // Such a statement is split for the denied resource already.
  if (kind === 'other' && s.resource !== null && lacksKey(s, action, s.resource, condition.key)) return []
  const lacks = (arn: string): boolean => lacksFor(arn, condition)
  const asked = actionFacts.resourceTypes.filter(({ name, required }) => required || isKeyPair(action, name))
  const among = [...read.resources, ...asked.map((type) => ofCaller(s, type))].filter(
    (arn) => !arn.endsWith(':*') && arn !== '*' && lacks(arn) && coversResource(read, arn),
  )
  const missing = [...new Set(among)].filter((arn) => !identityGrants(s, action, arn))
  if (missing.length === 0) return []
  const ofKind = read.conditions.filter(
    (one) => kindOfKey(one.key) === kind && missing.every((arn) => lacksFor(arn, one)),
  )
  const left = ofKind.reduce((source, { key }) => withoutKey(source, key), read.source)
  return [
    addToIdentity(s, [action], missing, {
      condition: left.Condition ?? null,
      values: { offType: ofKind.map(({ key }) => key).join(', ') },
    }),
  ]
}

/** Not every launch names one, and most do. */
const isKeyPair = (action: string, type: string): boolean => action === 'ec2:RunInstances' && type === 'key-pair'

/** All of the type in the place of the call. */
const ofCaller = (s: Situation, { arnPattern }: ResourceType): string =>
  arnPattern
    .replace('${Partition}', s.partition)
    .replace('${Region}', s.region ?? '*')
    .replace('${Account}', s.callerAccount ?? '*')
    .replace(/\$\{\w{1,60}\}/gu, '*')
