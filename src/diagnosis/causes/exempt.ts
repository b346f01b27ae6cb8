import { isHiddenText } from '../../iam/hidden-text.ts'
import { list, type Statement } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix, FixStep } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import { isGlobalService } from '../../requests/context.ts'
import type { CauseCode } from '../cause-code.ts'
import { act, editStatement, fix, permissionSetPattern } from '../fixes.ts'
import { withExempted, withoutDenied } from '../exemption.ts'
import { splitDeny } from '../split-deny.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { homeOf } from './attachments.ts'
import { meetBoundary } from './boundary.ts'
import { tagResource } from './condition-fixes.ts'
import { isPresence, sendTags } from './sent-tags.ts'
import { carriesNoMfa, mfaSession } from './mfa-session.ts'
import { correctionOf, withOwnPlace, withValue, type Correction } from './condition-edits.ts'
import { tagPrincipal } from './tag-principal.ts'
import { isTagTold, tagOfNewInDeny } from './deny-of-tags.ts'
import { lockedBy } from './locked-policy.ts'
import { isOfNoRegion, kindOfKey, knownValue } from './condition-keys.ts'
import { keepToTagged } from './types-with-tags.ts'
import { routedTo } from './routed-inference.ts'

const kinds: Readonly<Record<PolicyType, RemedyKind>> = {
  'resource-control': 'scp',
  'service-control': 'scp',
  'vpc-endpoint': 'resource-policy',
  'resource-based': 'resource-policy',
  'role-trust': 'trust-policy',
  'identity-based': 'edit-statement',
  'permissions-boundary': 'boundary',
  session: 'session',
}

const exemptions: Readonly<Record<PolicyType, FixStep>> = {
  'resource-control': 'exempt-in-rcp',
  'service-control': 'exempt-in-scp',
  'vpc-endpoint': 'exempt-in-endpoint-policy',
  'resource-based': 'exempt-in-resource-policy',
  'role-trust': 'correct-trust-condition',
  'identity-based': 'exempt-in-identity-policy',
  'permissions-boundary': 'exempt-in-boundary',
  session: 'change-session-policy',
}

export const boundaryIn = (deny: ReadStatement | null): string | null =>
  deny?.conditions.find(({ key }) => kindOfKey(key) === 'boundary')?.values.find((value) => !isHiddenText(value)) ??
  null

/** Meet the condition where the caller can; else the owner exempts the caller, or corrects a condition that cannot hold. */
export function fixesFor(
  s: Situation,
  type: PolicyType,
  code: CauseCode,
  deny: ReadStatement | null,
  condition: ReadCondition | null,
): readonly Fix[] {
  if (code === 'mfa-required' && !(deny !== null && carriesNoMfa(s))) return [mfaSession(s)]
  if (code === 'boundary-required') return [meetBoundary(s, boundaryIn(deny) ?? '<BoundaryArn>')]
  const ofNew = deny === null || condition === null ? null : tagOfNewInDeny(s, type, deny, condition)
  if (deny !== null && condition !== null && ofNew !== null) return [onRequest(s, type, deny, condition, ofNew)]
  // The tag is there, and only sent too late.
  if (code === 'condition-mismatch' && condition !== null && isTagTold(s, condition))
    return fixesFor(s, type, 'explicit-deny-identity', deny, condition)
  const exemption = deny === null ? asked(s, type) : whoeverMay(s, deny, exempt(s, type, deny, code))
  const toTagged = deny === null || condition === null ? null : keepToTagged(s, type, deny, condition)
  if (toTagged !== null) return [toTagged, { ...exemption, alternative: true }]
  const correction = deny === null || condition === null ? null : correctionOf(s, deny.source, condition)
  if (deny !== null && condition !== null && correction !== null && code !== 'condition-mismatch')
    return [corrected(s, type, deny, condition, correction), { ...exemption, alternative: true }]
  const meet =
    condition === null
      ? type === 'identity-based'
        ? act('other', 'stay-within-rule', { policy: deny?.policy ?? '' })
        : null
      : meetable(s, (kindOfKey(condition.key) === 'time' ? endOf(deny) : undefined) ?? condition)
  const listed = deny === null || condition === null ? null : withOneMore(s, type, deny, condition)
  if (listed !== null && meet === null) return [listed, { ...exemption, alternative: true }]
  if (meet === null || code === 'condition-mismatch') return [exemption]
  // Who is root is what such a rule is about: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
  if (meet.step === 'use-other-role') return [meet]
  return [meet, { ...exemption, alternative: true }]
}

/** The one value that passes, as the CLI takes it. */
function demandedEncryption({ key, values }: ReadCondition): { readonly sse?: string } {
  const [only = '', ...others] = values
  const isAlgorithm =
    key.toLowerCase() === 's3:x-amz-server-side-encryption' && /^(?:AES256|aws:kms(?::dsse)?)$/u.test(only)
  return isAlgorithm && others.length === 0 ? { sse: only } : {}
}

/** The end of the time for which a Deny holds. */
const endOf = (deny: ReadStatement | null): ReadCondition | undefined =>
  deny?.conditions.find(({ key, operator }) => kindOfKey(key) === 'time' && /^DateLessThan/iu.test(operator))

/** What the caller itself can do about a condition of a Deny. */
function meetable(s: Situation, condition: ReadCondition): Fix | null {
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

/** What nobody can paste: the document was not read, or the exemption stands there already. */
const asked = (s: Situation, type: PolicyType, values: Readonly<Record<string, string>> = {}): Fix =>
  fix({
    kind: kinds[type],
    step: exemptions[type],
    values: {
      action: s.action ?? '',
      principal: whoIs(s),
      policyArn: s.denial.policyArn ?? '',
      ...values,
    },
    target: { policyType: type, attachTo: homeOf(s, type) },
    readiness: 'needs-review',
  })

function exempt(s: Situation, type: PolicyType, deny: ReadStatement, code: CauseCode): Fix {
  if (code === 'condition-mismatch') return fitting(s, type, deny)
  const regions = deny.conditions.find((one) => isOfNoRegion(s, one) && /^stringnot/iu.test(one.operator))
  const unspecified = regions === undefined ? null : withValue(deny.source, regions, 'unspecified')
  if (regions !== undefined && unspecified !== null) return widened(s, type, deny, regions, unspecified)
  if (s.denial.principalType === 'anonymous') return fromThere(s, type, deny)
  const narrowed = narrow(s, type, deny)
  if (narrowed === null) return asked(s, type, { policy: deny.policy })
  return editStatement(s, deny, null, narrowed.after, {
    kind: kinds[type],
    step: exemptions[type],
    values: {
      exempts: narrowed.exempts,
      action: s.action ?? '',
      principal: whoIs(s),
      ...(narrowed.opened === undefined ? {} : { opened: narrowed.opened }),
    },
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
    ...(narrowed.beside === undefined ? {} : { beside: narrowed.beside }),
  })
}

/**
 * Whoever signs nothing has no aws:PrincipalArn, so that a Deny with a negated test of it still matches: where the call
 * came from is all that is known of him.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
 */
function fromThere(s: Situation, type: PolicyType, deny: ReadStatement): Fix {
  const place = deny.conditions.find(({ key, operator }) => kindOfKey(key) === 'network' && spares.test(operator))
  const after = place === undefined ? null : withOwnPlace(s, deny.source, place)
  if (place === undefined || after === null) return asked(s, type, { policy: deny.policy })
  return widened(s, type, deny, place, after)
}

const widened = (s: Situation, type: PolicyType, deny: ReadStatement, { key }: ReadCondition, after: Statement): Fix =>
  editStatement(s, deny, null, after, {
    kind: kinds[type],
    step: 'widen-condition',
    values: { key },
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
  })

const listsAccounts = /^aws:resource(?:account|orgid)$/iu

/** A list of the accounts whose resources may be used: one more is less than all of them for one caller. */
function withOneMore(s: Situation, type: PolicyType, deny: ReadStatement, condition: ReadCondition): Fix | null {
  const value = knownValue(s, condition.key)
  const isList = listsAccounts.test(condition.key) && spares.test(condition.operator)
  if (!isList || typeof value !== 'string' || condition.values.some((one) => one.includes('$'))) return null
  const after = withValue(deny.source, condition, value)
  return after === null ? null : widened(s, type, deny, condition, after)
}

const spares = /^(?:NotIpAddress|StringNot(?:Equals|Like)(?:IgnoreCase)?)(?:IfExists)?$/iu

/** A Deny of the change itself: whom it concerns cannot make it. */
const whoeverMay = (s: Situation, deny: ReadStatement, exemption: Fix): Fix => {
  const locked = lockedBy(s, deny)
  return locked === null ? exemption : { ...exemption, values: { ...exemption.values, locked } }
}

/** The root user has no label. */
const whoIs = (s: Situation): string => (s.denial.principalType === 'root' ? '' : s.principalLabel)

/** The tags that the call sends in place of those of the resource, which is not there yet. */
const onRequest = (
  s: Situation,
  type: PolicyType,
  deny: ReadStatement,
  { key, operator }: ReadCondition,
  { after, beside }: NonNullable<ReturnType<typeof tagOfNewInDeny>>,
): Fix =>
  editStatement(s, deny, null, after, {
    kind: kinds[type],
    step: 'correct-condition',
    values: { key, operator, unmet: 'new-resource' },
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
    ...(beside === undefined ? {} : { beside }),
  })

const corrected = (
  s: Situation,
  type: PolicyType,
  deny: ReadStatement,
  condition: ReadCondition,
  { unmet, after }: Correction,
): Fix =>
  editStatement(s, deny, null, after, {
    kind: kinds[type],
    step: 'correct-condition',
    values: { key: condition.key, operator: condition.operator, unmet },
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
  })

/**
 * What the narrowed Deny lets past: one action for everybody whom it concerns, or one principal with the one action,
 * with all that is denied on one resource, or with all it denies; `alone` where it is for that principal only, so that
 * it denies nothing any more.
 */
interface Narrowed {
  readonly after: Statement
  readonly exempts: 'action' | 'action-of-principal' | 'resource-of-principal' | 'principal' | 'alone'
  /** What is split off, before and after the exemption. */
  readonly beside?: { readonly before: Statement; readonly after: Statement }
  readonly opened?: string
}

/** The Deny as its owner could narrow it, and nothing wider. */
function narrow(s: Situation, type: PolicyType, deny: ReadStatement): Narrowed | null {
  const split = splitDeny(s, type, deny)
  // A global service has one Region, whoever calls it; and a policy in one principal's hands has nobody else to keep.
  const regional = deny.conditions.some(({ key }) => key.toLowerCase() === 'aws:requestedregion')
  const isForAll = (regional && isGlobalService(s.service ?? '')) || isOnlyCallers(s, deny)
  if (split?.by === 'action' && isForAll) return { after: split.rest, exempts: 'action' }
  const exempted = split === null ? null : exemptedIn(s, type, split.own)
  if (split !== null && exempted?.exempts === 'principal')
    return {
      after: split.rest,
      exempts: split.by === 'action' ? 'action-of-principal' : 'resource-of-principal',
      beside: { before: split.own, after: exempted.after },
      opened: list(split.own.Resource).join(', '),
    }
  if (split?.by === 'action' && exempted?.exempts === 'alone') return { after: split.rest, exempts: 'action' }
  return exemptedIn(s, type, deny.source)
}

/** An inline policy of the caller itself is nobody else's. */
const isOnlyCallers = (s: Situation, deny: ReadStatement): boolean =>
  deny.policyType === 'identity-based' &&
  deny.policyKind === 'inline' &&
  s.layer('identity-based')?.policies.find(({ name }) => name === deny.policy)?.group == null

/** The Deny without the caller. */
function exemptedIn(s: Situation, type: PolicyType, source: Statement): Narrowed | null {
  const arn = s.principalArn === null ? '<PrincipalArn>' : (permissionSetPattern(s.principalArn) ?? s.principalArn)
  const operator = type === 'service-control' || type === 'resource-control' ? 'ArnNotLike' : 'ArnNotEquals'
  const left = withoutDenied(source, arn)
  const after = left === null || left === 'alone' ? withExempted(source, operator, arn) : left
  return after === null ? null : { after, exempts: left === 'alone' ? 'alone' : 'principal' }
}

/** The condition asks for what cannot be, so it hits those whom it was not meant for. */
function fitting(s: Situation, type: PolicyType, deny: ReadStatement): Fix {
  const faulty = deny.conditions.map((condition) => ({
    condition,
    correction: correctionOf(s, deny.source, condition),
  }))
  const first = faulty.find(({ correction }) => correction !== null)
  const values = { key: first?.condition.key ?? '', unmet: first?.correction?.unmet ?? '' }
  return editStatement(s, deny, null, first?.correction?.after ?? sparing(type, deny.source), {
    kind: kinds[type],
    step: 'correct-condition',
    values: first === undefined ? {} : values,
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
  })
}

/**
 * An address or an organization is not that of a service: one that calls for somebody, or under its own name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-ip.html
 */
const sparing = (type: PolicyType, source: Statement): Statement => {
  const key = type === 'identity-based' ? 'aws:ViaAWSService' : 'aws:PrincipalIsAWSService'
  const block = source.Condition ?? {}
  return { ...source, Condition: { ...block, BoolIfExists: { ...block['BoolIfExists'], [key]: 'false' } } }
}
