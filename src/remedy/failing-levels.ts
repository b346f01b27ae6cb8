import type { Evidence } from '../evidence/evidence.ts'
import type { NamedPolicy } from '../iam/policies.ts'
import type { LevelledPolicyType } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { compileOnce } from '../verdict/compile.ts'
import { evaluate } from '../verdict/evaluate.ts'

/** AWS's own FullAWSAccess is attached or detached, never edited. */
const isAwsManaged = ({ name, arn, kind }: NamedPolicy): boolean =>
  kind === 'aws-managed' || arn?.includes('::aws:') === true || /^(?:RCP)?FullAWSAccess$/u.test(name)

const grantsAll = [
  { name: 'all', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
]

/**
 * The policies to add an Allow to, one for each level from the root to the account that has none for the request:
 * every level has to allow. `null` where the levels were not read.
 */
export const policiesAtFailingLevels = (
  type: LevelledPolicyType,
  evidence: Evidence,
  request: DeniedRequest,
): readonly (string | null)[] | null => {
  const levels = evidence.policies[type]
  if (levels === undefined || levels === null || levels === 'unknown') return null
  return levels.flatMap((level) => {
    if (level.policies === 'unknown') return []
    const { policyTypes } = evaluate(request, compileOnce({ 'identity-based': grantsAll, [type]: [level] }))
    if (policyTypes.find((one) => one.type === type)?.result !== 'implicitDeny') return []
    return [level.policies.find((policy) => !isAwsManaged(policy))?.name ?? null]
  })
}
