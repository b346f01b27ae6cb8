import type { Statement } from '../../iam/policy-document.ts'
import type { Fix } from '../../remedy/fix.ts'
import { act, addToIdentity, allow, editStatement } from '../fixes.ts'
import { listed, withoutKey } from '../places.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import {
  callingService,
  endpointOf,
  correctionOf,
  isSetByService,
  withSentValue,
  withValue,
  withValues,
} from './condition-edits.ts'
import { isImpossible, isMadeByService, isOfNoRegion, kindOfKey, sentValue } from './condition-keys.ts'
import { correctedForIdentity, isOfServicesAlone } from './keys-of-services.ts'
import { withoutImpossible } from './impossible-key.ts'
import { carriesNoMfa, mfaSession } from './mfa-session.ts'
import { isGlobalService } from '../../requests/context.ts'
import { resourcesFor } from './resources-for.ts'
import { meetBoundary } from './boundary.ts'
import { routedTo } from './routed-inference.ts'
import { variableIn } from './arn-variable.ts'
import { isPresence, sentTagFixes } from './sent-tags.ts'
import { tagPrincipal } from './tag-principal.ts'
import { tagOfRequest } from './untagged.ts'

/** What there is to do about a condition of an identity-based Allow that did not hold: by the caller first. */
export function conditionFixes(s: Situation, read: ReadStatement, condition: ReadCondition): readonly Fix[] {
  const action = s.action ?? '<Action>'
  const resource = s.resource ?? s.resourcePattern ?? '<ResourceArn>'
  const possible = condition.values.filter((value) => variableIn(s, value)?.variables !== 'no-value')
  const told = { key: condition.key, values: listed(possible) }
  const values = isPresence(condition) ? { ...told, operator: condition.operator } : told
  if (isImpossible(s, condition.key)) return withoutImpossible(s, read, condition, action, resource)
  if (isOfServicesAlone(s, read, condition)) return [correctedForIdentity(s, read, condition)]
  const ofNew = tagOfRequest(s, read, condition)
  if (ofNew !== null) return onNewResource(s, read, condition, ofNew, action, resource)
  const correction = correctionOf(s, read.source, condition)
  if (correction !== null)
    return [
      editStatement(s, read, null, correction.after, {
        step: 'correct-condition',
        values: { key: condition.key, operator: condition.operator, unmet: correction.unmet },
        readiness: 'needs-review',
      }),
    ]
  if (isOfCreation(condition)) return onWhatIsThere(s, read, condition, action, resource)
  // No request of this caller fits what hangs on a variable without a value.
  if (condition.values.length > 0 && possible.length === 0 && !isOfCaller(condition))
    return [corrected(read, condition, false, 'variable')]
  switch (kindOfKey(condition.key)) {
    case 'sent-tag':
      return sentTagFixes(s, read, condition, action, resource)
    case 'resource-tag':
      if (isOfCaller(condition) && possible.length === 0) return tagsOfCaller(s, read, condition)
      return [
        ...tagsOfResource(s, read, condition).map(tagResource),
        ...(isOfCaller(condition) ? [tagPrincipal(s, callersTag(condition), true)] : []),
        isMark(condition) ? pastCondition(s, read, condition, action, resource) : corrected(read, condition, true),
      ]
    case 'caller-tag':
      return [tagPrincipal(s, condition), corrected(read, condition, true)]
    case 'called-via':
      return callingService(s, condition) === null
        ? [act('other', 'call-through-service', values), corrected(read, condition, true)]
        : throughOther(s, read, condition, action, resource)
    case 'resource-owner':
      return [act('not-iam', 'check-resource-exists', { resource }), corrected(read, condition, true)]
    case 'mfa':
      return [carriesNoMfa(s) ? corrected(read, condition, false) : mfaSession(s)]
    case 'boundary':
      return [meetBoundary(s, condition.values[0] ?? '<BoundaryArn>', { values })]
    case 'time':
    case 'source':
    case 'caller':
    case 'organization':
    case 'no-such-key':
      return [corrected(read, condition, false)]
    case 'network':
      return isOfAddress(s, condition)
        ? [
            throughServices(s, read, condition, action, resource),
            act('other', 'meet-condition', values, { alternative: true }),
          ]
        : throughEndpoint(s, read, condition, action, resource)
    case 'other':
      if (/^iam:passedtoservice$/iu.test(condition.key)) return toOtherService(s, read, condition, resource)
      if (isSetByService(condition.key)) return [{ ...widened(s, read, condition), alternative: false }]
      if (/^aws:tokenissuetime$/iu.test(condition.key) && /^DateGreaterThan/iu.test(condition.operator))
        return [act('session', 'open-new-session', { before: condition.values[0] ?? '' })]
      if (isOfNoRegion(s, condition))
        return [act('other', 'use-geographic-profile', values), widened(s, read, condition)]
      if (routedTo(s, condition) !== null)
        return [
          act('other', 'use-geographic-profile', { ...values, routed: routedTo(s, condition) ?? '' }),
          widened(s, read, condition),
        ]
      if (/^aws:requestedregion$/iu.test(condition.key)) return inOtherRegion(s, read, condition, action, resource)
      return [act('other', 'meet-condition', values), widened(s, read, condition)]
    case 'sent-header':
      return [act('other', 'meet-condition', values), widened(s, read, condition)]
  }
}

/**
 * The role is handed to whom it is made for, and nobody can send another service. Where the statement is for this role
 * alone the service is added to it; a wider one would let that service have all of its roles.
 */
function toOtherService(s: Situation, read: ReadStatement, condition: ReadCondition, role: string): readonly Fix[] {
  const edit = widened(s, read, condition)
  const isOfThisRole = read.resources.length === 1 && read.resources[0] === role && edit.edit !== null
  if (isOfThisRole) return [{ ...edit, alternative: false }]
  const service = sentValue(s, condition) ?? '<Service>.amazonaws.com'
  const add = addToIdentity(s, ['iam:PassRole'], [role], {
    condition: { StringEquals: { 'iam:PassedToService': service } },
    readiness: 'needs-review',
  })
  return [add, edit]
}

/** Who reads a secret has its key through Secrets Manager, whatever other service the condition names. */
function throughOther(
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  action: string,
  resource: string,
): readonly Fix[] {
  const edit = widened(s, read, condition)
  const service = callingService(s, condition)
  const own = service === null ? null : withValues(read.source, condition, { values: [service] })
  if (own === null || (edit.edit !== null && read.resources.length === 1 && read.resources[0] === resource))
    return [{ ...edit, alternative: false }]
  const add = addToIdentity(s, [action], resourcesFor(s, action, resource), {
    condition: own.Condition ?? null,
    values: { past: condition.key },
    readiness: 'needs-review',
  })
  return [add, edit]
}

/**
 * A call is made elsewhere where the caller chooses its Region; who asks a global service cannot. One Region more in a
 * statement that has other actions or resources would open it to all of them.
 */
function inOtherRegion(
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  action: string,
  resource: string,
): readonly Fix[] {
  const values = { key: condition.key, values: listed(condition.values) }
  const there = isGlobalService(s.service ?? '') ? [] : [act('other', 'meet-condition', values)]
  const edit = widened(s, read, condition)
  const isOfThisAlone = read.actions.length === 1 && read.actions[0] === action && !read.resources.includes('*')
  if (isOfThisAlone && edit.edit !== null) return [...there, { ...edit, alternative: there.length > 0 }]
  const kept = withoutKey(read.source, condition.key).Condition ?? null
  const own = addToIdentity(s, [action], resourcesFor(s, action, resource), {
    condition: kept,
    values: { past: condition.key },
    readiness: 'needs-review',
    alternative: there.length > 0,
  })
  return [...there, own, edit]
}

/** The condition is put right where the statement is for what is created alone; else that gets a statement of its own. */
function onNewResource(
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

/** `Null` asks for the tag, whatever its value, or that there is none. */
export const tagResource = (condition: ReadCondition): Fix => {
  const { key, operator, values } = condition
  if (!isPresence(condition)) return act('other', 'tag-resource', { key, values: values.join(', ') })
  return values.includes('true')
    ? act('other', 'meet-condition', { key, operator, values: 'true' })
    : act('other', 'tag-resource', { key })
}

/** The tag has to be there, or says that something is so. */
const isMark = (condition: ReadCondition): boolean =>
  isPresence(condition) || condition.values.every((value) => /^(?:true|yes|1|\*|\?\*)$/iu.test(value))

const mostTags = 3

/** A resource that lacks one of the tags may lack the others too: nobody knows any of them. */
const tagsOfResource = (s: Situation, read: ReadStatement, condition: ReadCondition): readonly ReadCondition[] => {
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
function onWhatIsThere(
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  action: string,
  resource: string,
): readonly Fix[] {
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

/**
 * The exact ARN without the condition: as narrow, but it goes past what the tag stands for, so its owner decides. Only
 * where the tag is a mark and no more: a value sets one group of resources apart from another, and the condition itself
 * may have the wrong one.
 */
const pastCondition = (
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  action: string,
  resource: string,
): Fix => {
  const kept = Object.entries(withoutKey(read.source, condition.key).Condition ?? {})
  return addToIdentity(s, [action], [resource], {
    condition: kept.length === 0 ? null : Object.fromEntries(kept),
    values: { past: condition.key },
    readiness: 'needs-review',
    alternative: true,
  })
}

/** Where a service calls for the caller, its address stands in the key, and no network of the caller's ever fits. */
export const isOfAddress = (s: Situation, { key }: ReadCondition): boolean =>
  kindOfKey(key) === 'network' && key.toLowerCase() !== 'aws:viaawsservice' && isMadeByService(s)

/** The same through services alone, which leaves what the caller does himself to the condition. */
const throughServices = (
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  action: string,
  resource: string,
): Fix => {
  const kept = withoutKey(read.source, condition.key).Condition ?? {}
  const through = { Bool: { ...kept['Bool'], 'aws:ViaAWSService': 'true' } }
  return addToIdentity(s, [action], [resource], { condition: { ...kept, ...through }, readiness: 'needs-review' })
}

/** No address of the caller is there to be met where the request comes through a VPC endpoint, which has keys of its own. */
function throughEndpoint(
  s: Situation,
  read: ReadStatement,
  condition: ReadCondition,
  action: string,
  resource: string,
): readonly Fix[] {
  const own = condition.key.toLowerCase() === 'aws:sourceip' ? endpointOf(s) : null
  if (own === null) {
    const values = { key: condition.key, values: listed(condition.values) }
    return [act('other', 'meet-condition', values), widened(s, read, condition)]
  }
  const kept = withoutKey(read.source, condition.key).Condition ?? {}
  const operator = own.key === 'aws:VpcSourceIp' ? 'IpAddress' : 'StringEquals'
  const through = { ...kept, [operator]: { ...kept[operator], [own.key]: own.value } }
  return [
    addToIdentity(s, [action], resourcesFor(s, action, resource), {
      condition: through,
      values: { past: condition.key },
      readiness: 'needs-review',
    }),
  ]
}

/** Nobody but the owner knows what the condition should say, so there is nothing to paste. */
const corrected = (
  read: ReadStatement,
  { key }: ReadCondition,
  alternative: boolean,
  unmet: 'variable' | null = null,
): Fix => {
  const kind = kindOfKey(key)
  const kinds: ReadonlySet<string> = new Set(['mfa', 'time', 'source', 'caller', 'organization'])
  const why = unmet !== null ? { unmet } : kinds.has(kind) ? { unmet: kind } : {}
  return act('edit-statement', 'correct-condition', { policy: read.policy, key, ...why }, { alternative })
}

/** What the request had beside what the condition demands, where that is known. */
const widened = (s: Situation, read: ReadStatement, condition: ReadCondition): Fix => {
  const after = withSentValue(s, read.source, condition)
  return after === null ? corrected(read, condition, true) : widenedTo(s, read, condition, after)
}

const widenedTo = (s: Situation, read: ReadStatement, { key }: ReadCondition, after: Statement): Fix =>
  editStatement(s, read, null, after, {
    step: 'widen-condition',
    values: { key },
    readiness: 'needs-review',
    alternative: true,
  })

const ofCaller = /^\$\{aws:PrincipalTag\/([^}]{1,128})\}$/iu

/** The tag of the resource has to be that of the caller. */
const isOfCaller = ({ values }: ReadCondition): boolean => values.some((value) => ofCaller.test(value))

/** The caller has no such tag, so that no tag of the resource is the same: the caller's comes first. */
function tagsOfCaller(s: Situation, read: ReadStatement, condition: ReadCondition): readonly Fix[] {
  const had = sentValue(s, condition)
  const isTagged = had !== null && had !== 'absent'
  return [
    tagPrincipal(s, { ...callersTag(condition), values: isTagged ? [had] : [] }),
    ...(isTagged ? [] : [tagResource({ ...condition, values: [] })]),
    corrected(read, condition, true),
  ]
}

const callersTag = ({ values, ...condition }: ReadCondition): ReadCondition => {
  const name = values.map((value) => ofCaller.exec(value)?.[1]).find((one) => one !== undefined) ?? '<TagKey>'
  return { ...condition, key: `aws:PrincipalTag/${name}`, values: [] }
}
