import type { Evidence } from '../evidence/evidence.ts'
import { isObject } from '../iam/json.ts'
import type { NamedPolicy, PolicyLevel } from '../iam/policies.ts'
import type { LevelledPolicyType } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { compileOnce } from '../verdict/compile.ts'
import { consider } from '../verdict/consider.ts'
import { requestInLight } from '../verdict/request-in-light.ts'
import { maybe, no, type Truth } from '../verdict/truth.ts'
import { isAwsManaged } from './aws-managed.ts'
import { policyKey } from './policy-key.ts'

/** What stands in place of a document that AWS would not store may allow. */
const unusable = { deny: no, allow: maybe } as const

/**
 * The levels from the root to the account that have no Allow for the request, each of which has to have one: those
 * that lack it for certain, else those where it hangs on what is not known. `null` where the levels were not read.
 */
export const failingLevels = (
  type: LevelledPolicyType,
  evidence: Evidence,
  request: DeniedRequest,
): readonly PolicyLevel[] | null => {
  const levels = evidence.policies[type]
  if (levels === undefined || levels === null || levels === 'unknown') return null
  const lit = requestInLight(request, evidence).request
  const allowAt = (level: PolicyLevel): Truth =>
    consider(lit, compileOnce({ [type]: [level] }), unusable).outcomes[type].allow.value
  const values = levels.map((level) => (level.policies === 'unknown' ? null : allowAt(level)))
  const lacking = levels.filter((_, index) => values[index] === no)
  return lacking.length > 0 ? lacking : levels.filter((_, index) => values[index] === maybe)
}

const hasAllow = ({ document }: NamedPolicy): boolean =>
  isObject(document) && [document['Statement']].flat().some((one) => isObject(one) && one['Effect'] === 'Allow')

/**
 * Keys of the policies to add an Allow to, one for each failing level: a list of what is allowed there, else a guardrail, else
 * a new one. `null` where the levels were not read.
 */
export const policiesAtFailingLevels = (
  type: LevelledPolicyType,
  evidence: Evidence,
  request: DeniedRequest,
): readonly (string | null)[] | null =>
  failingLevels(type, evidence, request)?.map(({ level, policies }) => {
    const own = policies === 'unknown' ? [] : policies.filter((policy) => !isAwsManaged(policy))
    const into = own.find(hasAllow) ?? own[0]
    return into === undefined ? null : policyKey(into, level)
  }) ?? null
