import type { Statement } from '../../iam/policy-document.ts'
import type { PolicyType } from '../../iam/policy-type.ts'
import type { Fix, FixStep } from '../../remedy/fix.ts'
import type { RemedyKind } from '../../remedy/remedy.ts'
import type { CauseCode } from '../cause-code.ts'
import { act, editStatement, fix } from '../fixes.ts'
import { withExempted, withoutDenied } from '../exemption.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition, ReadStatement } from '../statements.ts'
import { homeOf } from './attachments.ts'
import { mfaSession } from './condition.ts'
import { kindOfKey } from './condition-keys.ts'

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
  deny?.conditions.find(({ key }) => kindOfKey(key) === 'boundary')?.values[0] ?? null

/** Meet the condition where the caller can; else the owner exempts the caller, or corrects a condition that cannot hold. */
export function fixesFor(
  s: Situation,
  type: PolicyType,
  code: CauseCode,
  deny: ReadStatement | null,
  condition: ReadCondition | null,
): readonly Fix[] {
  if (code === 'mfa-required') return [mfaSession(s)]
  if (code === 'boundary-required')
    return [act('other', 'pass-boundary', { boundary: boundaryIn(deny) ?? '<BoundaryArn>' })]
  const exemption = deny === null ? asked(s, type) : exempt(s, type, deny, code)
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

/** What nobody can paste: the document was not read, or nothing would be left of the statement. */
const asked = (s: Situation, type: PolicyType, values: Readonly<Record<string, string>> = {}): Fix =>
  fix({
    kind: kinds[type],
    step: exemptions[type],
    values: {
      action: s.action ?? '',
      principal: s.principalLabel,
      policyArn: s.denial.policyArn ?? '',
      ...values,
    },
    target: { policyType: type, attachTo: homeOf(s, type) },
    readiness: 'needs-review',
  })

function exempt(s: Situation, type: PolicyType, deny: ReadStatement, code: CauseCode): Fix {
  const narrowed = code === 'condition-mismatch' ? { after: withCorrectKey(deny.source) } : narrow(s, type, deny)
  if (narrowed === 'alone' || narrowed === null)
    return asked(s, type, { policy: deny.policy, ...(narrowed === null ? {} : { exempts: narrowed }) })
  const { after, ...values } = narrowed
  return editStatement(s, deny, null, after, {
    kind: kinds[type],
    step: code === 'condition-mismatch' ? 'correct-condition' : exemptions[type],
    values: { ...values, action: s.action ?? '', principal: s.principalLabel },
    attachTo: homeOf(s, type),
    readiness: 'needs-review',
  })
}

/** What the narrowed Deny lets past: one action for everybody whom it concerns, or one principal with all it denies. */
interface Narrowed {
  readonly after: Statement
  readonly exempts: 'action' | 'principal'
}

/** The Deny as its owner could narrow it, and nothing wider. */
function narrow(s: Situation, type: PolicyType, deny: ReadStatement): Narrowed | 'alone' | null {
  const action = s.action ?? '<Action>'
  if (deny.notActions.length > 0)
    return { after: { ...deny.source, NotAction: [...deny.notActions, action] }, exempts: 'action' }
  const regional = deny.conditions.some(({ key }) => key.toLowerCase() === 'aws:requestedregion')
  if (regional && deny.actions.includes('*')) {
    const rest = Object.entries(deny.source).filter(([element]) => element !== 'Action')
    const after = { ...(Object.fromEntries(rest) as unknown as Statement), NotAction: [action] }
    return { after, exempts: 'action' }
  }
  const arn = s.principalArn ?? '<PrincipalArn>'
  const operator = type === 'service-control' || type === 'resource-control' ? 'ArnNotLike' : 'ArnNotEquals'
  const after = withoutDenied(deny.source, arn) ?? withExempted(deny.source, operator, arn)
  return after === null || after === 'alone' ? after : { after, exempts: 'principal' }
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
