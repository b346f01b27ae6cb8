import { policyTypes, type PolicyType } from '../iam/policy-type.ts'
import { delegates, isTrustRequest } from './applicability.ts'
import type { PlacedStatement } from './compile.ts'
import type { Consideration, Relation } from './consider.ts'
import {
  crossAccountGrant,
  joinGrants,
  resourceGrant,
  resourceOutcome,
  rootGrant,
  sameAccountGrant,
  type Grant,
} from './grant.ts'
import type { Outcomes } from './policy-type-outcome.ts'
import { maybe, no, yes } from './truth.ts'
import type { Decision } from './verdict.ts'

export interface Decided {
  readonly decision: Decision
  readonly policyType: PolicyType | 'root'
  readonly statement: PlacedStatement | null
}

const gates = ['resource-control', 'service-control', 'vpc-endpoint'] as const

/** The decision for what was considered, with the grant that it rests on. */
export const decide = (considered: Consideration): Decided & { readonly grant: Grant } => {
  const grant = grantOf(considered)
  return { ...combine(considered.outcomes, grant), grant }
}

/**
 * Combines policy types as AWS does: an explicit deny anywhere wins, then every ceiling has to allow, then something
 * has to grant. A certain missing Allow comes before an uncertain Deny: the request is denied either way.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
const combine = (outcomes: Outcomes, grant: Grant): Decided => {
  const inOrder = policyTypes.map((type) => outcomes[type])
  const denied = inOrder.find(({ deny }) => deny.value === yes)
  if (denied !== undefined) return { decision: 'explicitDeny', policyType: denied.type, statement: denied.deny.by }

  const closed = gates.find((type) => outcomes[type].allow.value === no)
  if (closed !== undefined) return { decision: 'implicitDeny', policyType: closed, statement: null }
  if (grant.value === no) return { decision: 'implicitDeny', policyType: grant.policyType, statement: null }

  const openDeny = inOrder.find(({ deny }) => deny.value === maybe)
  if (openDeny !== undefined) return { decision: 'unknown', policyType: openDeny.type, statement: openDeny.deny.by }
  const openGate = gates.find((type) => outcomes[type].allow.value === maybe)
  if (openGate !== undefined)
    return { decision: 'unknown', policyType: openGate, statement: outcomes[openGate].allow.by }
  const { value, policyType, by } = grant
  return { decision: value === maybe ? 'unknown' : 'allowed', policyType, statement: by }
}

const grantOf = ({ facts, outcomes, relation }: Consideration): Grant => {
  const isTrust = isTrustRequest(facts)
  const resource = resourceOutcome(outcomes, isTrust)
  const one = { outcomes, resource, delegates: delegates(facts, resource.state !== 'absent') }
  switch (facts.principal.type) {
    case 'service':
    case 'anonymous':
    case 'web-identity':
    case 'saml':
      return resourceGrant(one)
    case 'root':
      return byRelation(
        relation,
        () => rootGrant(one, true),
        () => rootGrant(one, false),
      )
    default:
      return byRelation(
        relation,
        () => sameAccountGrant(one),
        () => crossAccountGrant(one),
      )
  }
}

const byRelation = (relation: Relation, same: () => Grant, cross: () => Grant): Grant => {
  if (relation === 'either') return joinGrants(same(), cross())
  return relation === 'same-account' ? same() : cross()
}
