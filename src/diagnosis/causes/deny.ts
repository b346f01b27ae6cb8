import { isHiddenArn, isHiddenText } from '../../iam/hidden-text.ts'
import { list } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix } from '../../remedy/fix.ts'
import type { CauseCode } from '../cause-code.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { conditionFacts, placeOf, sparedBy } from '../places.ts'
import { mayHoldPolicy, simulateCommand } from '../look-ups.ts'
import { isNeverSource } from '../../verdict/condition/ip-range.ts'
import { deniesOf, refuses, type Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import type { StatementRef } from '../../verdict/verdict.ts'
import { vaultFact } from './attachments.ts'
import { isCarried } from './boundary.ts'
import { mfaSession } from './mfa-session.ts'
import { decisiveConditions } from './decisive-conditions.ts'
import { isCalledVia, kindOfKey, resolvedValue, sentValue } from './condition-keys.ts'
import { boundaryDemanded, createsRole, perhapsWithoutMfa, toldOfBoundary, toldOfMfa } from './demanded.ts'
import { isTagTold, tagOfNewInDeny } from './deny-of-tags.ts'
import { boundaryIn, fixesFor } from './exempt.ts'
import { lockedBy, unlock } from './locked-policy.ts'
import { asOneOfSeveral, openDenies, rivalFacts, rivalsOf } from './open-denies.ts'

const codes: Readonly<Record<PolicyType, CauseCode>> = {
  'resource-control': 'rcp-deny',
  'service-control': 'scp-deny',
  'vpc-endpoint': 'vpce-policy',
  'resource-based': 'explicit-deny-resource',
  'role-trust': 'trust-policy',
  'identity-based': 'explicit-deny-identity',
  'permissions-boundary': 'boundary-deny',
  session: 'session-policy-deny',
}

/** The Deny statement that matched: the engine's, else the only one read that speaks of the request. */
function denyingStatement(s: Situation, type: PolicyType): ReadStatement | null {
  const layer = s.layer(type)
  const statements = s.statements(type)
  const speaking = s.action === null ? [] : deniesOf(s, type, s.action, s.resource)
  // Policies of two levels may share a name: the one that is meant speaks of the request.
  const at = (ref: { policy: string; statement: number } | undefined): ReadStatement | undefined => {
    const fitting = statements.filter(
      (one) => one.effect === 'Deny' && one.policy === ref?.policy && one.statement === ref.statement,
    )
    return (fitting.length > 1 ? fitting.find((one) => speaking.includes(one)) : undefined) ?? fitting[0]
  }
  const [open] = openDenies(s, type)
  const named = s.evidence.awsEvaluation?.matched.find(({ effect, sid }) => effect === 'Deny' && sid !== null)?.sid
  const byAws = statements.find((one) => one.effect === 'Deny' && one.sid !== null && one.sid === named)
  const decided = byAws ?? (layer?.result === 'explicitDeny' ? at(layer.determining[0]) : undefined)
  return decided ?? open ?? speaking[0] ?? null
}

const mostDenies = 5

const keyOfRef = ({ policy, statement, sid }: StatementRef): string => JSON.stringify([policy, statement, sid])

/** Each Deny that matched stands in the way by itself. */
function furtherDenies(s: Situation, type: PolicyType, first: ReadStatement | null): readonly ReadStatement[] {
  const layer = s.layer(type)
  if (layer?.result !== 'explicitDeny' || first === null) return []
  const matched = new Set(layer.determining.map(keyOfRef))
  return s
    .statements(type)
    .filter((one) => one !== first && one.effect === 'Deny' && matched.has(keyOfRef(one)))
    .slice(0, mostDenies - 1)
}

/** What AWS attaches to a user whose key it found in public: `AWSCompromisedKeyQuarantineV3` … */
const isQuarantine = (policy: string | null | undefined): boolean =>
  policy != null && /(?:^|\/)AWSCompromisedKeyQuarantine(?:V\d+)?$/u.test(policy)

/** A Deny of this policy type is the cause; the key that it hangs on may give it a name of its own. */
export function explicitDeny(s: Situation, type: PolicyType, confidence: Confidence): Finding {
  const deny = denyingStatement(s, type)
  const quarantine = [s.denial.policyArn, deny?.policyArn, deny?.policy].find(isQuarantine)
  if (quarantine != null)
    return finding('key-quarantined', confidence, [act('session', 'rotate-leaked-key')], {
      policyArn: quarantine.startsWith('arn:') ? quarantine : null,
    })
  if (deny === null && type === 'identity-based' && toldOfMfa(s) && s.has('mfa-blamed'))
    return finding('mfa-required', 'possible', [mfaSession(s)], { policyType: type, effect: 'Deny' })
  if (deny === null && type !== 'service-control' && type !== 'resource-control' && toldOfBoundary(s))
    return boundaryDemanded(s)
  const [condition = null, ...beside] = deny === null ? [] : decisiveConditions(s, deny)
  const code = codeFor(s, type, deny, condition)
  const rivals = confidence === 'verified' ? [] : rivalsOf(s, type, deny)
  const others = rivals.length > 0 ? rivals : furtherDenies(s, type, deny)
  const further = others.flatMap((one) =>
    fixesFor(s, type, code, one, decisiveConditions(s, one)[0] ?? null).filter(({ edit }) => edit !== null),
  )
  const listed = listedAs(s, deny)
  const fixes = onKept(deny, condition, fixesFor(s, type, code, deny, condition))
  const all = unlockFirst(s, [deny, ...others], [...fixes, ...further])
  const sure = confidence === 'evaluated' && isHiddenIn(s, deny) ? unproven(s) : confidence
  return finding(code, rivals.length > 0 ? 'possible' : sure, rivals.length > 0 ? all.map(asOneOfSeveral) : all, {
    policyType: type,
    effect: 'Deny',
    ...placeOf(deny),
    ...rivalFacts(s, rivals),
    policyArn: s.denial.policyArn ?? deny?.policyArn,
    boundary: code.startsWith('boundary') ? (boundaryIn(deny) ?? s.layer(type)?.policies[0]?.name) : null,
    carried: code === 'boundary-required' ? isCarried(s) : null,
    ...conditionFacts(condition, beside),
    here: resolvedValue(s, condition),
    sent: sentValue(s, condition),
    vault: code === 'explicit-deny-resource' ? vaultFact(s) : null,
    group: s.layer(type)?.policies.find(({ name }) => name === deny?.policy)?.group,
    // Whom or what else it passes by is no way out where a condition tells one.
    ...(listed === 'in-part' || (condition === null && listed === null) ? sparedBy(deny) : {}),
    partly: listed === 'in-part' ? 'yes' : null,
  })
}

/** What decides whether it matches is hidden in the policy itself, and so is not evaluated. */
const isHiddenIn = (s: Situation, deny: ReadStatement | null): boolean =>
  deny !== null &&
  (deny.conditions.some(({ values }) => values.some(isHiddenText)) ||
    [...deny.resources, ...deny.notResources].some(isHiddenArn)) &&
  !isDecided(s, deny)

/** The engine itself found that it matches, and did not take AWS's word for it. */
const isDecided = (s: Situation, deny: ReadStatement): boolean =>
  s.layer(deny.policyType)?.determining.some((one) => keyOfRef(one) === keyOfRef(refOf(deny))) === true &&
  s.verdict?.assuming.every(
    ({ code, values }) =>
      code !== 'message-names-deny' ||
      values['policy'] !== deny.policy ||
      values['statement'] !== String(deny.statement),
  ) === true

const refOf = ({ policy, statement, sid }: StatementRef): StatementRef => ({ policy, statement, sid })

const unproven = ({ denial }: Situation): Confidence =>
  denial.effect === 'explicit' && denial.policyType !== null ? 'stated' : 'possible'

/** Where one statement keeps everybody from the policy that it stands in, no exemption comes before that is undone. */
function unlockFirst(s: Situation, denies: readonly (ReadStatement | null)[], fixes: readonly Fix[]): readonly Fix[] {
  const isLocked = denies.some((one) => one !== null && lockedBy(s, one) === 'everybody')
  const unlocking = isLocked ? unlock(s) : null
  if (unlocking === null) return fixes
  return [unlocking, ...fixes.filter(({ edit }) => edit !== null).map((one) => ({ ...one, alternative: true }))]
}

/** NotPrincipal passes a role's session by only where account, role and session are all listed. */
function listedAs(s: Situation, deny: ReadStatement | null): 'whole' | 'in-part' | null {
  const listed = deny?.source.NotPrincipal
  if (typeof listed !== 'object' || s.denial.principalType !== 'assumed-role') return null
  const names = list(listed['AWS'])
  const own = [s.principalArn, s.denial.principal].map((one) => one !== null && names.includes(one))
  const account = s.callerAccount ?? ''
  const hasAccount = names.some((one) => one === account || one === `arn:${s.partition}:iam::${account}:root`)
  return hasAccount && !own.includes(false) ? 'whole' : own.includes(true) ? 'in-part' : null
}

/** A Deny of AWS's own policy that knows no condition leaves no way around it but to take the policy away. */
const onKept = (deny: ReadStatement | null, condition: ReadCondition | null, fixes: readonly Fix[]): readonly Fix[] =>
  deny?.policyKind !== 'aws-managed' || condition !== null
    ? fixes
    : fixes.filter(({ edit }) => edit !== null).map((fix) => ({ ...fix, alternative: false }))

function codeFor(
  s: Situation,
  type: PolicyType,
  deny: ReadStatement | null,
  condition: ReadCondition | null,
): CauseCode {
  const key = condition === null ? null : kindOfKey(condition.key)
  if (key === 'mfa') return 'mfa-required'
  if (key === 'boundary' && type === 'identity-based') return 'boundary-required'
  if (type === 'resource-based' && deny !== null && cannotHold(s, deny)) return 'condition-mismatch'
  const isOfCallers = type === 'identity-based' || type === 'resource-based'
  if (isOfCallers && deny !== null && condition !== null && tagOfNewInDeny(s, type, deny, condition) !== null)
    return 'condition-mismatch'
  if (type === 'identity-based' && condition !== null && isTagTold(s, condition)) return 'condition-mismatch'
  // A service that calls for somebody does not come from his address.
  if (type === 'identity-based' && key === 'network' && isCalledVia(s)) return 'condition-mismatch'
  return codes[type]
}

/** A Deny that asks for a value which the key never has: private addresses are not in `aws:SourceIp`. */
const cannotHold = (s: Situation, deny: ReadStatement): boolean =>
  deny.conditions.some(({ key, values }) => {
    const name = key.toLowerCase()
    if (name === 'aws:sourceip') return values.some(isNeverSource)
    return name.startsWith('aws:principalorg') && s.denial.principalType === 'service'
  })

/** "with an explicit deny" and no kind: the Deny that was read, else the kinds in the order in which to look. */
export function unnamedDeny(s: Situation): readonly Finding[] {
  const order: readonly PolicyType[] = [
    'identity-based',
    'permissions-boundary',
    'service-control',
    'resource-based',
    'vpc-endpoint',
    'resource-control',
    'session',
  ]
  const read = order.filter((type) => refuses(s, type, 'explicit') && denyingStatement(s, type) !== null)
  const certain = read.find((type) => s.layer(type)?.result === 'explicitDeny') ?? read[0]
  if (certain !== undefined) {
    // One that hangs on what nobody told may refuse as well.
    const open = read.filter((type) => type !== certain && s.layer(type)?.result === 'unknown')
    return [explicitDeny(s, certain, 'evaluated'), ...open.map((type) => explicitDeny(s, type, 'possible'))]
  }
  if (s.has('mfa-told') && s.has('mfa-blamed'))
    return [finding('mfa-required', 'possible', [mfaSession(s)]), explicitDeny(s, 'service-control', 'possible')]
  // Whoever signs nothing has no policies: what is asked for, or the way to it, says no.
  if (s.denial.principalType === 'anonymous')
    return (['resource-based', 'vpc-endpoint'] as const).map((type) => explicitDeny(s, type, 'possible'))
  // A service is of no account: neither identity policies nor SCPs speak of it.
  const isOutside = s.denial.principalType === 'service'
  // AWS names no policy, and the text does.
  const told = !isOutside && s.denial.principalType !== 'root' && s.has('scp-blamed')
  return [
    ...(told ? [explicitDeny(s, 'service-control', 'possible')] : []),
    finding('explicit-deny-unnamed', 'stated', [act('other', 'find-deny', {}, { command: simulateCommand(s) })]),
    ...perhapsWithoutMfa(s),
    // The usual guardrail over the making of roles: only those with the boundary are let through.
    ...(isOutside || !createsRole(s) ? [] : [boundaryDemanded(s)]),
    ...(isOutside || s.denial.principalType === 'root' ? [] : [explicitDeny(s, 'identity-based', 'possible')]),
    ...(isOutside ? [] : [explicitDeny(s, 'service-control', 'possible')]),
    ...(mayHoldPolicy(s) ? [explicitDeny(s, 'resource-based', 'possible')] : []),
  ]
}
