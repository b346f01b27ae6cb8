import type { Policies } from '../iam/policies.ts'
import { policyTypes, type PolicyType } from '../iam/policy-type.ts'
import type { AccessRequest } from '../iam/request.ts'
import { applies } from './applicability.ts'
import { compilePolicies, isCompiled, type CompiledPolicies } from './compile.ts'
import { absent, outcomeOf, unread, type Outcomes, type TypeOutcome, type Unusable } from './policy-type-outcome.ts'
import { factsOf, type RequestFacts } from './request-facts.ts'
import { withServiceRules } from './service-rules.ts'
import { no, yes } from './truth.ts'

/** Whether caller and resource share an account; `either` where one of the accounts is unknown. */
export type Relation = 'same-account' | 'cross-account' | 'either'

/** A request with what every policy type says to it, before they are combined. */
export interface Consideration {
  readonly request: AccessRequest
  readonly facts: RequestFacts
  readonly outcomes: Outcomes
  readonly relation: Relation
}

/**
 * Asks every policy type. Policies are compiled once per object, so pass the same object again. `unusable` says how a
 * diagnosis takes documents that AWS would not store; `null`: the engine by itself skips them.
 */
export const consider = (
  request: AccessRequest,
  policies: Policies | CompiledPolicies,
  unusable: Unusable | null = null,
): Consideration => {
  const { types } = isCompiled(policies) ? policies : compilePolicies(policies)
  const boundary = types.get('permissions-boundary')
  const facts = factsOf(request, boundary === 'unread' ? undefined : boundary !== undefined, unusable !== null)
  const outcome = (type: PolicyType): TypeOutcome => {
    const compiled = types.get(type)
    if (!applies(type, request, facts)) return absent(type, gateOf(type))
    if (compiled === undefined) return whenMissing(type, facts)
    return compiled === 'unread' ? unread(type) : outcomeOf(compiled, facts, unusable)
  }
  const outcomes: Partial<Record<PolicyType, TypeOutcome>> = {}
  for (const type of policyTypes) outcomes[type] = outcome(type)
  return {
    request,
    facts,
    outcomes: withServiceRules(outcomes as Outcomes, request, facts),
    relation: relationOf(request, facts),
  }
}

const canGrant: ReadonlySet<PolicyType> = new Set(['identity-based', 'resource-based', 'role-trust'])

const gateOf = (type: PolicyType): typeof yes | typeof no => (canGrant.has(type) ? no : yes)

const whenMissing = (type: PolicyType, { principal }: RequestFacts): TypeOutcome => {
  // A federated user session without a session policy gets nothing from identity-based policies.
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html
  if (type === 'session' && principal.type === 'federated-user') return absent(type, no)
  if (type !== 'identity-based') return absent(type, gateOf(type))
  return principal.type === 'unknown' ? unread(type) : { ...absent(type, no), state: 'read' }
}

const relationOf = ({ resourceAccount }: AccessRequest, { callerAccount }: RequestFacts): Relation => {
  if (resourceAccount === null || callerAccount === null) return 'either'
  return resourceAccount === callerAccount ? 'same-account' : 'cross-account'
}
