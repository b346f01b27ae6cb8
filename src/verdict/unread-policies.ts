import type { Policies } from '../iam/policies.ts'
import { policyTypes, type PolicyType } from '../iam/policy-type.ts'
import { applies, delegates } from './applicability.ts'
import type { Clause } from './clause.ts'
import type { Consideration } from './consider.ts'
import { finding, type Outcomes, type TypeOutcome } from './policy-type-outcome.ts'
import type { RequestFacts } from './request-facts.ts'
import { maybe, no, yes, type Truth } from './truth.ts'
import type { Assumption } from './verdict.ts'

/** What stands in for a policy type that was not read, and what was assumed for it. */
interface StandIn {
  readonly deny: Truth
  readonly allow: Truth
  /** Whether the resource's policy grants without the help of identity-based policies. */
  readonly direct: Truth
  readonly assuming: readonly Assumption['code'][]
}

/** `null`: there is nothing that could have been read. */
type StandInFor = (type: PolicyType, considered: Consideration, state: TypeOutcome['state']) => StandIn | null

const fillUnread = (
  considered: Consideration,
  policies: Policies,
  standInFor: StandInFor,
): { readonly outcomes: Outcomes; readonly assuming: readonly Assumption[] } => {
  const { request, facts } = considered
  const outcomes: Record<PolicyType, TypeOutcome> = { ...considered.outcomes }
  const assuming: Assumption[] = []
  for (const type of policyTypes) {
    const given = policies[type]
    if ((given !== undefined && given !== 'unknown') || !applies(type, request, facts)) continue
    // Long-term keys have no session policy, so there is nothing that could have been read.
    if (type === 'session' && given === undefined && withoutSession.has(request.principal.type)) continue
    const state = given === undefined ? 'not-collected' : 'unread'
    const standIn = standInFor(type, considered, state)
    if (standIn === null) continue
    const { deny, allow, direct, assuming: codes } = standIn
    const granted = finding(direct)
    outcomes[type] = {
      type,
      state,
      deny: finding(deny),
      allow: finding(allow),
      direct: granted,
      limited: granted,
      matches: [],
      compiled: null,
    }
    for (const code of codes) assuming.push({ code, policyType: type, values: {} })
  }
  return { outcomes, assuming }
}

const withoutSession: ReadonlySet<string> = new Set(['user', 'root'])

/**
 * While explaining: ceilings that nobody read stay out of the decision unless the message names them, and a resource's
 * policy that was not read evidently did not grant by itself, or the request would not have been denied. What identity-
 * based policies, key policies or the other account's policy say stays open.
 */
export const leaveOutUnread = (considered: Consideration, policies: Policies, clause: Clause) =>
  fillUnread(considered, policies, (type, { facts, relation }, state): StandIn | null => {
    const named = clause.policyTypes.includes(type)
    if (!named && state === 'not-collected' && isOfNoResource(type, facts)) return null
    // `Because no … policy allows` is AWS's word that no policy of any type denied.
    const cannotDeny = clause.effect === 'implicit'
    if (isResourceType(type)) {
      const deny = cannotDeny || (state === 'not-collected' && !named) ? no : maybe
      const silent: readonly Assumption['code'][] = deny === no ? ['not-read-does-not-deny'] : []
      if (relation !== 'same-account' || hasNoIdentityPolicies(considered))
        return { deny, allow: maybe, direct: maybe, assuming: silent }
      const allow = delegates(facts, true) ? maybe : no
      // AWS has said so, or a Deny overrides whatever it grants: neither is assumed.
      const isSettled = named || clause.effect === 'explicit'
      const granting: readonly Assumption['code'][] = isSettled ? [] : ['unread-resource-policy-does-not-grant']
      return { deny, allow, direct: no, assuming: [...silent, ...granting] }
    }
    if (type === 'identity-based') return { deny: cannotDeny ? no : maybe, allow: maybe, direct: no, assuming: [] }
    if (named) return { deny: cannotDeny ? no : maybe, allow: maybe, direct: no, assuming: [] }
    return { deny: no, allow: yes, direct: no, assuming: ['not-read-does-not-deny'] }
  })

/** While checking a remedy: nothing that was not read stands in the way, and each such assumption is recorded. */
export const letUnreadAllow = (considered: Consideration, policies: Policies) =>
  fillUnread(considered, policies, (type, { facts, relation }, state): StandIn | null => {
    if (state === 'not-collected' && isOfNoResource(type, facts)) return null
    if (isResourceType(type) && relation === 'same-account' && !hasNoIdentityPolicies(considered)) {
      const isKey = delegates(facts, true)
      const code = isKey ? 'unread-key-policy-delegates' : 'not-read-does-not-deny'
      return { deny: no, allow: isKey ? yes : no, direct: no, assuming: [code] }
    }
    const grants = type === 'identity-based' || isResourceType(type)
    return { deny: no, allow: yes, direct: no, assuming: [grants ? 'unread-allows' : 'not-read-does-not-deny'] }
  })

/**
 * What asks for nothing in particular meets no resource's policy: only an organization has one for requests of `*`.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
 */
const isOfNoResource = (type: PolicyType, { resource, servicePrefix }: RequestFacts): boolean =>
  type === 'resource-based' && resource === '*' && servicePrefix !== 'organizations'

const isResourceType = (type: PolicyType): boolean => type === 'resource-based' || type === 'role-trust'

const hasNoIdentityPolicies = ({ request, facts }: Consideration): boolean =>
  !applies('identity-based', request, facts) && request.principal.type !== 'root'
