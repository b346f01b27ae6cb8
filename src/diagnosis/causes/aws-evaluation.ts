import type { PolicyType } from '../../iam/policy-type.ts'
import type { AwsEvaluation } from '../../evidence/evidence.ts'
import { facts, none, type Finding } from '../finding.ts'
import type { Situation } from '../situation.ts'
import { explicitDeny } from './deny.ts'

type Matched = AwsEvaluation['matched'][number]

/** AWS's own evaluation of the action that is asked about here; `null` where there is none. */
export function awsEvaluationOf(s: Situation): AwsEvaluation | null {
  const evaluation = s.evidence.awsEvaluation
  if (evaluation === null) return null
  const sameAction = evaluation.action === null || s.action === null || same(evaluation.action, s.action)
  return sameAction ? evaluation : null
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** AWS says which statement denied; where the message does not, this does. */
export function denyFoundByAws(s: Situation): readonly Finding[] {
  const evaluation = awsEvaluationOf(s)
  if (evaluation?.explicitDeny !== true) return none
  const deny = evaluation.matched.find(({ effect }) => effect === 'Deny')
  if (deny === undefined) return none
  const type = deny.policyType ?? s.denial.policyType ?? typeOfStatement(s, deny)
  if (type === null) return none
  const found = explicitDeny(s, type, 'verified')
  return [{ ...found, facts: { ...found.facts, ...facts({ policyArn: deny.policyArn, sid: deny.sid }) } }]
}

/** Where the statement stands that AWS named by its Sid alone, if it stands in one policy type only. */
function typeOfStatement(s: Situation, { sid }: Matched): PolicyType | null {
  if (sid === null) return null
  const types = denying.filter((type) => s.statements(type).some((one) => one.effect === 'Deny' && one.sid === sid))
  return types.length === 1 ? (types[0] ?? null) : null
}

const denying: readonly PolicyType[] = [
  'identity-based',
  'permissions-boundary',
  'service-control',
  'resource-control',
  'resource-based',
  'role-trust',
  'vpc-endpoint',
  'session',
]

/** AWS found no Deny that matched: one that seems to match in what was read is then not what denied. */
export const awsRulesOutDeny = (s: Situation): boolean => awsEvaluationOf(s)?.explicitDeny === false

/** What AWS decided and what our own evaluation of the policies that were read came to, where these differ. */
export function disagreement(
  s: Situation,
): { readonly aws: string; readonly own: string; readonly sid: string | null } | null {
  const evaluation = awsEvaluationOf(s)
  const own = s.verdict?.decision
  if (evaluation === null || evaluation.explicitDeny === null || own === undefined || own === 'unknown') return null
  const aws = evaluation.explicitDeny ? 'explicitDeny' : 'implicitDeny'
  if (aws === own) return null
  const sid = evaluation.matched.find(({ effect, sid: name }) => effect === 'Deny' && name !== null)?.sid ?? null
  return { aws, own, sid }
}
