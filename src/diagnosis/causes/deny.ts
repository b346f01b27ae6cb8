import { ownValue } from '../../iam/own-value.ts'
import type { Statement } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix, FixStep } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import type { CauseCode } from '../cause-code.ts'
import type { Confidence } from '../diagnosis.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act, allow, editStatement, fix } from '../fixes.ts'
import { conditionFacts, placeOf, withCondition } from '../places.ts'
import { deniesOf, type Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { namedBeside } from './companion-actions.ts'
import { failedCondition, kindOfKey, mfaSession, sentValue } from './condition.ts'

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

/** What the policies of this type hang on, as far as it is known. */
export function homeOf(s: Situation, type: PolicyType): string {
  switch (type) {
    case 'resource-based':
      return attachmentOf(s)
    case 'role-trust':
      return `role/${s.resource?.split('/').at(-1) ?? '<RoleName>'}`
    case 'vpc-endpoint':
      return 'vpc-endpoint/<EndpointId>'
    case 'service-control':
    case 'resource-control':
      return 'organization/<TargetId>'
    case 'permissions-boundary':
      return `policy/${s.layer(type)?.policies[0]?.name ?? s.denial.policyArn?.split('/').at(-1) ?? '<BoundaryName>'}`
    case 'identity-based':
    case 'session':
      return s.principalLabel
  }
}

/** `bucket/Name`, `queue/Name` … of the resource that was asked for. */
export function attachmentOf(s: Situation, arn: string | null = s.resource ?? s.denial.resource): string {
  const text = arn ?? s.resourcePattern ?? ''
  const [, , service = '', , , ...rest] = text.split(':')
  const tail = rest.join(':')
  const names: Readonly<Record<string, string>> = {
    s3: `bucket/${tail.split('/')[0] ?? ''}`,
    sqs: `queue/${tail}`,
    sns: `topic/${tail}`,
    kms: tail,
    lambda: `function/${tail.split(':')[1] ?? ''}`,
    secretsmanager: `secret/${tail.split(':')[1] ?? ''}`,
    ecr: tail,
    'execute-api': `api/${tail.split('/')[0] ?? ''}`,
    s3express: tail,
  }
  return ownValue(names, service) ?? (tail === '' ? 'resource/<ResourceName>' : `${service}/${tail}`)
}

/** The Deny statement that matched: the engine's, else the only one read that speaks of the request. */
export function denyingStatement(s: Situation, type: PolicyType): ReadStatement | null {
  const layer = s.layer(type)
  const statements = s.statements(type)
  const at = (ref: { policy: string; statement: number } | undefined): ReadStatement | undefined =>
    statements.find((one) => one.effect === 'Deny' && one.policy === ref?.policy && one.statement === ref.statement)
  const open = layer?.unknowns.find(({ effect }) => effect === 'Deny')
  const named = s.evidence.awsEvaluation?.matched.find(({ effect, sid }) => effect === 'Deny' && sid !== null)?.sid
  const byAws = statements.find((one) => one.effect === 'Deny' && one.sid !== null && one.sid === named)
  const decided = byAws ?? (layer?.result === 'explicitDeny' ? at(layer.determining[0]) : undefined)
  const speaking = s.action === null ? [] : deniesOf(s, type, s.action, s.resource)
  return decided ?? at(open) ?? speaking[0] ?? null
}

/** A Deny of this policy type is the cause; the key that it hangs on may give it a name of its own. */
export function explicitDeny(s: Situation, type: PolicyType, confidence: Confidence): Finding {
  if (s.denial.policyArn?.includes('AWSCompromisedKeyQuarantine') === true)
    return finding('key-quarantined', confidence, [act('session', 'rotate-leaked-key')], {
      policyArn: s.denial.policyArn,
    })
  const deny = denyingStatement(s, type)
  if (deny === null && type === 'identity-based' && toldOfMfa(s))
    return finding('mfa-required', 'possible', [mfaSession(s)], { policyType: type, effect: 'Deny' })
  if (deny === null && type !== 'service-control' && type !== 'resource-control' && toldOfBoundary(s))
    return boundaryDemanded()
  const condition = deny === null ? null : failedCondition(s, deny)
  const code = codeFor(s, type, deny, condition)
  return finding(code, confidence, fixesFor(s, type, code, deny, condition), {
    policyType: type,
    effect: 'Deny',
    ...placeOf(deny),
    policyArn: s.denial.policyArn ?? deny?.policyArn,
    boundary: code.startsWith('boundary') ? (boundaryIn(deny) ?? s.layer(type)?.policies[0]?.name) : null,
    ...conditionFacts(condition),
    sent: sentValue(s, condition),
  })
}

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
  // A service that calls for somebody does not come from his address.
  if (type === 'identity-based' && key === 'network' && s.has('called-by-service')) return 'condition-mismatch'
  return codes[type]
}

const createsRole = (s: Situation): boolean =>
  /^iam:(?:CreateRole|CreateUser|PutRolePolicy|AttachRolePolicy|PutUserPolicy|AttachUserPolicy)$/iu.test(s.action ?? '')

const privateRange = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/u

/** A Deny that asks for a value which the key never has: private addresses are not in `aws:SourceIp`. */
const cannotHold = (s: Situation, deny: ReadStatement): boolean =>
  deny.conditions.some(({ key, values }) => {
    const name = key.toLowerCase()
    if (name === 'aws:sourceip') return values.some((value) => privateRange.test(value))
    return name.startsWith('aws:principalorg') && s.denial.principalType === 'service'
  })

const boundaryIn = (deny: ReadStatement | null): string | null =>
  deny?.conditions.find(({ key }) => kindOfKey(key) === 'boundary')?.values[0] ?? null

/** Meet the condition where the caller can; else the owner exempts the caller, or corrects a condition that cannot hold. */
function fixesFor(
  s: Situation,
  type: PolicyType,
  code: CauseCode,
  deny: ReadStatement | null,
  condition: ReadCondition | null,
): readonly Fix[] {
  if (code === 'mfa-required') return [mfaSession(s)]
  if (code === 'boundary-required')
    return [act('other', 'pass-boundary', { boundary: boundaryIn(deny) ?? '<BoundaryArn>' })]
  const exemption = deny === null ? unread(s, type) : exempt(s, type, deny, code)
  const meet =
    condition === null
      ? type === 'identity-based'
        ? act('other', 'stay-within-rule', { policy: deny?.policy ?? '' })
        : null
      : meetable(condition)
  if (meet === null || code === 'condition-mismatch') return [exemption]
  return [meet, { ...exemption, alternative: true }]
}

/** What the caller itself can do about a condition. */
function meetable(condition: ReadCondition): Fix | null {
  const values = { key: condition.key, values: condition.values.join(', ') }
  switch (kindOfKey(condition.key)) {
    case 'sent-header':
      return act(
        'other',
        condition.key.toLowerCase().includes('encryption') ? 'send-encryption-header' : 'meet-condition',
        values,
      )
    case 'sent-tag':
      return act('other', 'send-tags-in-create-call', values)
    case 'boundary':
      return act('other', 'pass-boundary', { boundary: condition.values[0] ?? '<BoundaryArn>' })
    case 'network':
    case 'resource-tag':
      return act('other', 'meet-condition', values)
    case 'organization':
    case 'mfa':
      return null
    case 'other':
      return condition.key.toLowerCase() === 'aws:requestedregion'
        ? act('other', 'stay-within-rule', values)
        : act('other', 'meet-condition', values)
  }
}

/** The document was not read: whoever owns it has to change it. */
const unread = (s: Situation, type: PolicyType): Fix =>
  fix({
    kind: kinds[type],
    step: exemptions[type],
    values: { action: s.action ?? '', principal: s.principalLabel, policyArn: s.denial.policyArn ?? '' },
    target: { policyType: type, attachTo: homeOf(s, type) },
    readiness: 'needs-review',
  })

const exempt = (s: Situation, type: PolicyType, deny: ReadStatement, code: CauseCode): Fix =>
  editStatement(s, deny, null, narrowed(s, type, deny, code), {
    kind: kinds[type],
    step: code === 'condition-mismatch' ? 'correct-condition' : exemptions[type],
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
  })

/** The Deny as its owner could narrow it, and nothing wider. */
function narrowed(s: Situation, type: PolicyType, deny: ReadStatement, code: CauseCode): Statement {
  const action = s.action ?? '<Action>'
  if (code === 'condition-mismatch') return withCorrectKey(deny.source)
  if (deny.notActions.length > 0) return { ...deny.source, NotAction: [...deny.notActions, action] }
  const regional = deny.conditions.some(({ key }) => key.toLowerCase() === 'aws:requestedregion')
  if (regional && deny.actions.includes('*')) {
    const rest = Object.entries(deny.source).filter(([element]) => element !== 'Action')
    return { ...(Object.fromEntries(rest) as unknown as Statement), NotAction: [action] }
  }
  const arn = s.principalArn ?? '<PrincipalArn>'
  const operator = type === 'service-control' || type === 'resource-control' ? 'ArnNotLike' : 'ArnNotEquals'
  return withCondition(deny.source, { [operator]: { 'aws:PrincipalArn': arn } })
}

/** Through a VPC endpoint the caller's private address stands in `aws:VpcSourceIp`. */
function withCorrectKey(source: Statement): Statement {
  const renamed = Object.entries(source.Condition ?? {}).map(([operator, keys]) => [
    operator,
    Object.fromEntries(
      Object.entries(keys).map(([key, values]) => [
        key.toLowerCase() === 'aws:sourceip' ? 'aws:VpcSourceIp' : key,
        values,
      ]),
    ),
  ])
  return { ...source, Condition: Object.fromEntries(renamed) as NonNullable<Statement['Condition']> }
}

/** Long-term keys carry no MFA, and the text tells that the account demands it. */
export function withoutMfa(s: Situation): readonly Finding[] {
  if (!toldOfMfa(s) || s.wasRead('identity-based')) return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  return [finding('mfa-required', 'possible', [mfaSession(s)])]
}

/** New roles have to carry a boundary here, as the text tells. */
export function withoutBoundary(s: Situation): readonly Finding[] {
  if (!toldOfBoundary(s) || s.wasRead('identity-based')) return none
  if (s.denial.policyType !== null && s.denial.policyType !== 'identity-based') return none
  return [boundaryDemanded()]
}

const toldOfBoundary = (s: Situation): boolean => s.has('boundary-demanded') && createsRole(s)

const boundaryDemanded = (): Finding =>
  finding('boundary-required', 'possible', [act('other', 'pass-boundary', { boundary: '<BoundaryArn>' })])

const toldOfMfa = (s: Situation): boolean =>
  s.has('mfa-told') && s.denial.principalType === 'user' && !/mfa/iu.test(s.action ?? s.denial.action ?? '')

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
  const read = order.find((type) => denyingStatement(s, type) !== null)
  if (read !== undefined) return [explicitDeny(s, read, 'evaluated')]
  if (s.has('mfa-told'))
    return [finding('mfa-required', 'possible', [mfaSession(s)]), explicitDeny(s, 'service-control', 'possible')]
  return [
    finding('explicit-deny-unnamed', 'stated', [unread(s, 'identity-based')]),
    explicitDeny(s, 'service-control', 'possible'),
    explicitDeny(s, 'resource-based', 'possible'),
  ]
}

/** A ceiling or guardrail that has no Allow for the action. */
export function ceiling(s: Situation, type: PolicyType, confidence: Confidence): readonly Finding[] {
  const action = s.action ?? '<Action>'
  const resource = s.resource ?? s.resourcePattern ?? '*'
  switch (type) {
    case 'service-control':
    case 'resource-control':
      return [
        finding(
          'scp-not-allowed',
          confidence,
          [
            fix({
              kind: 'scp',
              step: 'allow-in-scp',
              target: { policyType: type, attachTo: homeOf(s, type) },
              statement: allow([action, ...namedBeside(s, action)], ['*']),
              readiness: 'needs-review',
            }),
          ],
          {
            level: s
              .layer(type)
              ?.policies.map(({ level }) => level)
              .find((level) => level !== null),
          },
        ),
      ]
    case 'permissions-boundary': {
      const conditioned = s
        .statements(type)
        .find((one) => one.effect === 'Allow' && one.conditions.some(({ key }) => kindOfKey(key) === 'boundary'))
      const required = conditioned?.conditions.find(({ key }) => kindOfKey(key) === 'boundary') ?? null
      const pass =
        required === null || !createsRole(s)
          ? []
          : [act('other', 'pass-boundary', { boundary: required.values[0] ?? '<BoundaryArn>' }, { alternative: true })]
      return [
        finding(
          'boundary-not-allowed',
          confidence,
          [
            fix({
              kind: 'boundary',
              step: 'allow-in-boundary',
              target: { policyType: type, attachTo: homeOf(s, type) },
              statement: allow([action, ...namedBeside(s, action)], [resource]),
              readiness: 'needs-review',
            }),
            ...pass,
          ],
          { boundary: s.layer(type)?.policies[0]?.name, boundaryArn: s.denial.policyArn, ...conditionFacts(required) },
        ),
      ]
    }
    default:
      return none
  }
}
