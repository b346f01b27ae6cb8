import { isHiddenText } from '../../iam/hidden-text.ts'
import type { Statement } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix, FixStep } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import type { CauseCode } from '../cause-code.ts'
import { act, editStatement, fix } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { homeOf, vaultFact } from './attachments.ts'
import { meetBoundary } from './boundary.ts'
import { isOfAddress } from './condition-fixes.ts'
import { carriesNoMfa, mfaSession } from './mfa-session.ts'
import {
  callingService,
  correctionOf,
  sparingEndpoint,
  withOwnPlace,
  withValue,
  type Correction,
} from './condition-edits.ts'
import { isTagTold, tagOfNewInDeny } from './deny-of-tags.ts'
import { lockedBy } from './locked-policy.ts'
import { endOf, meetable } from './met-by-caller.ts'
import { narrow } from './narrowed-deny.ts'
import { isOfNoRegion, isRevocation, kindOfKey, knownValue } from './condition-keys.ts'
import { keepToTagged } from './types-with-tags.ts'

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
  if (condition !== null && isRevocation(condition))
    return [act('session', 'open-new-session', { before: condition.values[0] ?? '' })]
  const ofNew = deny === null || condition === null ? null : tagOfNewInDeny(s, type, deny, condition)
  if (deny !== null && condition !== null && ofNew !== null) return [onRequest(s, type, deny, condition, ofNew)]
  // The tag is there, and only sent too late.
  if (code === 'condition-mismatch' && condition !== null && isTagTold(s, condition))
    return fixesFor(s, type, 'explicit-deny-identity', deny, condition)
  const exemption = deny === null ? asked(s, type) : whoeverMay(s, deny, exempt(s, type, deny, code))
  const toTagged = deny === null || condition === null ? null : keepToTagged(s, type, deny, condition)
  if (toTagged !== null) return [toTagged, { ...exemption, alternative: true }]
  const correction =
    deny === null || condition === null
      ? null
      : (correctionOf(s, deny.source, condition) ?? sparingEndpoint(s, deny.source, condition))
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
  if (meet === null || code === 'condition-mismatch') return [exemption, ...asSpared(deny)]
  // Who is root is what such a rule is about: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
  if (meet.step === 'use-other-role') return [meet]
  const services = deny === null || condition === null ? null : sparingServices(s, type, deny, condition)
  return [meet, ...(services === null ? [] : [services]), { ...exemption, alternative: true }]
}

const patternsOfCallers = /^(?:ArnNot(?:Like|Equals)|StringNot(?:Like|Equals))(?:IfExists)?$/iu

/** A guardrail that leaves out roles was written so that these do what it keeps from others. */
function asSpared(deny: ReadStatement | null): readonly Fix[] {
  const spared = deny?.conditions.find(
    ({ key, operator, values }) =>
      key.toLowerCase() === 'aws:principalarn' &&
      patternsOfCallers.test(operator) &&
      values.some((value) => /:role\/[^*]/u.test(value)),
  )
  if (spared === undefined) return []
  const values = { values: spared.values.join(', ') }
  return [act('switch-principal', 'use-spared-role', values, { alternative: true })]
}

/**
 * What a service asks for the caller, of a key for one, never comes through his network: such a Deny is to leave those
 * calls out. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-aws.html#conditions-aws-vpce
 */
function sparingServices(s: Situation, type: PolicyType, deny: ReadStatement, condition: ReadCondition): Fix | null {
  if (!isOfAddress(s, condition)) return null
  const block = deny.source.Condition ?? {}
  const through = { ...block['BoolIfExists'], 'aws:ViaAWSService': 'false' }
  return editStatement(
    s,
    deny,
    null,
    { ...deny.source, Condition: { ...block, BoolIfExists: through } },
    {
      kind: kinds[type],
      step: 'correct-condition',
      values: { key: condition.key, operator: condition.operator, unmet: 'by-service' },
      attachTo: homeOf(s, type),
      readiness: 'needs-review',
      alternative: true,
    },
  )
}

/** What nobody can paste: the document was not read, or the exemption stands there already. */
const asked = (s: Situation, type: PolicyType, values: Readonly<Record<string, string>> = {}): Fix =>
  fix({
    kind: kinds[type],
    step: exemptions[type],
    values: {
      action: s.action ?? '',
      principal: whoIs(s),
      policyArn: s.denial.policyArn ?? '',
      vault: type === 'resource-based' ? (vaultFact(s) ?? '') : '',
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

/** A list of the accounts whose resources may be used, or of the services that may ask: one more is less than all of them for one caller. */
function withOneMore(s: Situation, type: PolicyType, deny: ReadStatement, condition: ReadCondition): Fix | null {
  const value = callingService(s, condition) ?? knownValue(s, condition.key)
  const isList =
    (listsAccounts.test(condition.key) || kindOfKey(condition.key) === 'called-via') && spares.test(condition.operator)
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
