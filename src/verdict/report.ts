import type { Effect } from '../iam/policy-document.ts'
import { policyTypes, type PolicyType } from '../iam/policy-type.ts'
import type { Consideration } from './consider.ts'
import type { Decided } from './decide.ts'
import type { Grant } from './grant.ts'
import { nearMissesOf } from './near-misses.ts'
import type { TypeOutcome } from './policy-type-outcome.ts'
import { maybe, no, yes } from './truth.ts'
import { onceEach, unknownsOf } from './unknowns.ts'
import type { Assumption, PolicyTypeResult, PolicyTypeVerdict, Unknown, Verdict } from './verdict.ts'

/**
 * Puts a decision together with what every policy type said. `unmetDeny`: the policy type in which the message speaks
 * of a Deny that we do not find; there the Deny statements that nearly match are shown.
 */
export const reportVerdict = (
  considered: Consideration,
  decided: Decided & { readonly grant: Grant },
  assuming: readonly Assumption[],
  unmetDeny?: PolicyType,
): Verdict => {
  const byType = policyTypes.map((type) => {
    const outcome = considered.outcomes[type]
    return reportType(considered, outcome, decided.grant, type === unmetDeny ? 'Deny' : 'Allow')
  })
  return {
    decision: decided.decision,
    policyType: decided.policyType,
    statement: decided.statement?.ref ?? null,
    policyTypes: byType,
    unknowns: onceEach(byType.flatMap(({ unknowns }): readonly Unknown[] => unknowns)),
    assuming,
  }
}

const reportType = (
  considered: Consideration,
  outcome: TypeOutcome,
  grant: Grant,
  missed: Effect,
): PolicyTypeVerdict => {
  const { type, compiled, matches } = outcome
  const result = resultOf(outcome, grant)
  const silent = isClosedGate(outcome) || grant.blocking.includes(type)
  const effect = result === 'explicitDeny' ? 'Deny' : result === 'allowed' ? 'Allow' : null
  return {
    type,
    result,
    blocking: result === 'explicitDeny' || silent,
    silent,
    policies: compiled?.policies ?? [],
    determining: matches
      .filter(({ statement, value }) => value === yes && statement.effect === effect)
      .map(({ statement }) => statement.ref),
    nearMisses:
      missed === 'Allow' && outcome.allow.value === yes ? [] : nearMissesOf(outcome, considered.facts, missed),
    unknowns: unknownsOf(outcome, considered.facts),
    invalid: compiled?.invalid ?? [],
  }
}

const resultOf = ({ type, state, deny, allow }: TypeOutcome, grant: Grant): PolicyTypeResult => {
  if (state === 'not-collected') return 'notCollected'
  // Whatever was assumed for it, nobody has seen what it says.
  if (state === 'unread') return 'unknown'
  if (state === 'absent') return grant.blocking.includes(type) ? 'implicitDeny' : 'notApplicable'
  if (deny.value === yes) return 'explicitDeny'
  if (allow.value === no) return 'implicitDeny'
  return deny.value === maybe || allow.value === maybe ? 'unknown' : 'allowed'
}

const gates: ReadonlySet<PolicyType> = new Set(['resource-control', 'service-control', 'vpc-endpoint'])

const isClosedGate = ({ type, state, allow }: TypeOutcome): boolean =>
  state === 'read' && gates.has(type) && allow.value === no
