import type { PolicyType } from '../iam/policy-type.ts'
import type { PlacedStatement } from './compile.ts'
import type { Outcomes, TypeOutcome } from './policy-type-outcome.ts'
import { and, maybe, no, or, yes, type Truth } from './truth.ts'

/** Whether the policies that can grant do so, and which of them to name. */
export interface Grant {
  readonly value: Truth
  /** The policy type that grants, that fails to, or on which it hangs. */
  readonly policyType: PolicyType | 'root'
  readonly by: PlacedStatement | null
  /** Policy types whose silence stands in the way, whether or not they are the one to name. */
  readonly blocking: readonly PolicyType[]
}

/** The resource's own policy: the trust policy for a role that is to be assumed. */
export const resourceOutcome = (outcomes: Outcomes, isTrust: boolean): TypeOutcome =>
  outcomes[isTrust ? 'role-trust' : 'resource-based']

interface GrantCase {
  readonly outcomes: Outcomes
  readonly resource: TypeOutcome
  /** A key or trust policy: identity-based policies count only if it lets the account use them. */
  readonly delegates: boolean
}

const named = (value: Truth, outcome: TypeOutcome, blocking: readonly PolicyType[] = []): Grant => ({
  value,
  policyType: outcome.type,
  by: value === no ? null : outcome.allow.value === value ? outcome.allow.by : null,
  blocking,
})

const silent = (...outcomes: readonly TypeOutcome[]): readonly PolicyType[] =>
  outcomes.filter(({ allow }) => allow.value === no).map(({ type }) => type)

/**
 * Caller and resource in the same account: either side may grant, boundary and session policy limit all but a direct
 * grant by the resource's policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export const sameAccountGrant = ({ outcomes, resource, delegates }: GrantCase): Grant => {
  const { 'identity-based': identity, 'permissions-boundary': boundary, session } = outcomes
  const fromIdentity = delegates ? and(identity.allow.value, resource.allow.value) : identity.allow.value
  const base = or(fromIdentity, resource.limited.value)
  const ceiling = and(boundary.allow.value, session.allow.value)
  const value = or(resource.direct.value, and(base, ceiling))
  const keyFails = delegates && resource.allow.value === no
  if (value === no) {
    const blocking = [
      ...(keyFails ? [resource.type] : []),
      ...(resource.limited.value === no ? silent(identity) : []),
      ...silent(boundary, session),
    ]
    const failing = base === no ? (keyFails ? resource : identity) : boundary.allow.value === no ? boundary : session
    return named(no, failing, blocking)
  }
  if (value === maybe) {
    if (base === maybe && identity.allow.value === maybe) return named(maybe, identity)
    const open = base === maybe ? resource.limited : resource.direct
    if (open.value === maybe) return { ...named(maybe, resource), by: open.by }
    if (base === maybe) return named(maybe, resource)
    return named(maybe, boundary.allow.value === maybe ? boundary : session)
  }
  if (and(fromIdentity, ceiling) === yes) return named(yes, identity)
  const { by } = resource.direct.value === yes ? resource.direct : resource.limited
  return { value, policyType: resource.type, by, blocking: [] }
}

/**
 * Caller and resource in different accounts: both sides have to allow, and nothing bypasses boundary or session policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export const crossAccountGrant = ({ outcomes, resource }: GrantCase): Grant => {
  const { 'identity-based': identity, 'permissions-boundary': boundary, session } = outcomes
  const needed = [resource, identity, boundary, session]
  const failing = needed.find(({ allow }) => allow.value === no)
  if (failing !== undefined) return named(no, failing, silent(...needed))
  const open = [identity, resource, boundary, session].find(({ allow }) => allow.value === maybe)
  return open === undefined ? named(yes, identity) : named(maybe, open)
}

/** Services, anonymous callers and federated identities have no policies of their own: the resource's policy decides. */
export const resourceGrant = ({ resource }: GrantCase): Grant => named(resource.allow.value, resource, silent(resource))

/** The root user may do everything in its own account, save with keys: there the key policy has to let the account in. */
export const rootGrant = ({ outcomes, resource, delegates }: GrantCase, sameAccount: boolean): Grant => {
  const { session } = outcomes
  const needed = delegates || !sameAccount ? [resource, session] : [session]
  const failing = needed.find(({ allow }) => allow.value === no)
  if (failing !== undefined) return named(no, failing, silent(...needed))
  const open = needed.find(({ allow }) => allow.value === maybe)
  if (open !== undefined) return named(maybe, open)
  return delegates ? named(yes, resource) : { value: yes, policyType: 'root', by: null, blocking: [] }
}

/**
 * The resource's account is unknown: what holds in both cases is certain. The other account's rules ask for more, so
 * where only they fail it is their policy type that is named.
 */
export const joinGrants = (same: Grant, cross: Grant): Grant => {
  if (same.value === cross.value)
    return { ...same, blocking: same.blocking.filter((type) => cross.blocking.includes(type)) }
  return same.value === maybe
    ? same
    : { ...cross, value: maybe, by: cross.value === maybe ? cross.by : null, blocking: [] }
}
