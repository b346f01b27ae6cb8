import type { Fix } from '../../remedy/fix.ts'
import { act, addToIdentity, allow, editStatement } from '../fixes.ts'
import { withoutKey } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { withValue } from './condition-edits.ts'
import { kindOfKey, sentValue } from './condition-keys.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { isPresence } from './sent-tags.ts'
import { tagPrincipal } from './tag-principal.ts'
import type { tagOfRequest } from './untagged.ts'
import { corrected, widened, widenedTo, type Unmet } from './unmet-condition.ts'

/* Conditions on tags: of the resource, of the caller, of what the call creates. */

/** `Null` asks for the tag, whatever its value, or that there is none. */
export const tagResource = (condition: ReadCondition): Fix => {
  const { key, operator, values } = condition
  if (!isPresence(condition)) return act('other', 'tag-resource', { key, values: values.join(', ') })
  return values.includes('true')
    ? act('other', 'meet-condition', { key, operator, values: 'true' })
    : act('other', 'tag-resource', { key })
}

/** The tag has to be there, or says that something is so. */
export const isMark = (condition: ReadCondition): boolean =>
  isPresence(condition) || condition.values.every((value) => /^(?:true|yes|1|\*|\?\*)$/iu.test(value))

const mostTags = 3

/** A resource that lacks one of the tags may lack the others too: nobody knows any of them. */
export const tagsOfResource = (
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
): readonly ReadCondition[] => {
  const others = decisiveConditions(s, read).filter(
    ({ key }) => key !== condition.key && kindOfKey(key) === 'resource-tag',
  )
  return [condition, ...others].slice(0, mostTags)
}

/** `ec2:CreateAction` and its like: AWS itself writes there which call creates what is tagged. */
export const isOfCreation = ({ key }: ReadCondition): boolean => /^[a-z0-9-]{2,40}:createaction$/iu.test(key)

/**
 * The call that makes what has no id yet (`volume/*`), and sets its first tags: `CreateVolume`, or a launch. `null` for
 * what is there already; a place for the name where nobody can tell.
 */
function whatCreates(s: Situation, resource: string, listed: readonly string[]): string | null {
  const type = /^arn:[^:]*:ec2:[^:]*:[^:]*:([a-z-]{1,40})\/\*$/u.exec(resource)?.[1]
  if (type === undefined) return null
  const named = `Create-${type}`.replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase())
  const isFree = (name: string): boolean => !listed.includes(name) && s.catalogue.find(`ec2:${name}`) !== null
  return [named, 'RunInstances'].find(isFree) ?? '<CreateAction>'
}

/**
 * Tags on what is there already carry no such key, and nobody can send it: they take a statement of their own, limited
 * by the tags that mark what may be tagged. Where another call creates the resource, its name belongs in the condition.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
 */
export function onWhatIsThere(s: Situation, { read, condition, action, resource }: Unmet): readonly Fix[] {
  const edit = widened(s, read, condition)
  if (edit.edit !== null) return [{ ...edit, alternative: false }]
  const creating = whatCreates(s, resource, condition.values)
  const after = creating === null ? null : withValue(read.source, condition, creating)
  if (after !== null) return [{ ...widenedTo(s, read, condition, after), alternative: false }]
  const kept = withoutKey(read.source, condition.key).Condition ?? {}
  const tagged = { StringEquals: { ...kept['StringEquals'], 'aws:ResourceTag/<TagKey>': '<TagValue>' } }
  return [
    addToIdentity(s, [action], [resource], { condition: { ...kept, ...tagged }, values: { onlyAt: condition.key } }),
    corrected(read, condition, true),
  ]
}

/** The condition is put right where the statement is for what is created alone; else that gets a statement of its own. */
export function onNewResource(
  s: Situation,
  read: ReadStatement,
  { key, operator }: ReadCondition,
  { after, isAlone }: NonNullable<ReturnType<typeof tagOfRequest>>,
  action: string,
  resource: string,
): readonly Fix[] {
  const condition = after.Condition ?? null
  if (!isAlone || read.policyKind === 'aws-managed')
    return [addToIdentity(s, [action], [resource], { condition, values: { past: key }, readiness: 'needs-review' })]
  return [
    editStatement(s, read, allow([action], read.resources, condition), after, {
      step: 'correct-condition',
      values: { key, operator, unmet: 'new-resource' },
      readiness: 'needs-review',
    }),
  ]
}

const ofCaller = /^\$\{aws:PrincipalTag\/([^}]{1,128})\}$/iu

/** The tag of the resource has to be that of the caller. */
export const isOfCaller = ({ values }: ReadCondition): boolean => values.some((value) => ofCaller.test(value))

/** The caller has no such tag, so that no tag of the resource is the same: the caller's comes first. */
export function tagsOfCaller(s: Situation, read: ReadStatement, condition: ReadCondition): readonly Fix[] {
  const had = sentValue(s, condition)
  const isTagged = had !== null && had !== 'absent'
  return [
    tagPrincipal(s, { ...callersTag(condition), values: isTagged ? [had] : [] }),
    ...(isTagged ? [] : [tagResource({ ...condition, values: [] })]),
    corrected(read, condition, true),
  ]
}

export const callersTag = ({ values, ...condition }: ReadCondition): ReadCondition => {
  const name = values.map((value) => ofCaller.exec(value)?.[1]).find((one) => one !== undefined) ?? '<TagKey>'
  return { ...condition, key: `aws:PrincipalTag/${name}`, values: [] }
}
