import type { Evidence } from '../evidence/evidence.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import { evaluateDenial } from '../verdict/diagnosis-mode.ts'
import type { Assumption, Decision } from '../verdict/verdict.ts'
import { alsoAllowedBy } from './also-allowed.ts'
import { applyRemedies } from './apply.ts'
import type { Remedy, Verification } from './remedy.ts'

/** After the change the message is history: nothing in it says what AWS would decide now. */
const noClause = { policyType: null, effect: null, policyArn: null, throughPolicyType: null }

const order: readonly Decision[] = ['explicitDeny', 'implicitDeny', 'unknown', 'allowed']
const worst = (decisions: readonly Decision[]): Decision =>
  order.find((decision) => decisions.includes(decision)) ?? 'unknown'

const distinct = (assumptions: readonly Assumption[]): readonly Assumption[] => [
  ...new Map(assumptions.map((assumption) => [JSON.stringify(assumption), assumption])).values(),
]

/** Runs the engine again with all these remedies applied: the decision on every request, and what it rests on. */
export const decisionAfter = (
  requests: readonly DeniedRequest[],
  evidence: Evidence,
  remedies: readonly Remedy[],
): Pick<Verification, 'decision' | 'assuming'> => {
  const { policies, assuming } = applyRemedies(evidence, remedies)
  const verdicts = requests.map((request) => evaluateDenial(noClause, request, { ...evidence, policies }))
  return {
    decision: worst(verdicts.map(({ decision }) => decision)),
    assuming: distinct([...assuming, ...verdicts.flatMap((verdict) => verdict.assuming)]),
  }
}

/** The engine's answer with every remedy applied, and what they open beyond the denied requests. */
export const verifyRemedies = (
  requests: readonly DeniedRequest[],
  evidence: Evidence,
  remedies: readonly Remedy[],
): Verification => ({
  ...decisionAfter(requests, evidence, remedies),
  alsoAllowed: remedies.flatMap((remedy) => alsoAllowedBy(remedy, requests)),
})
