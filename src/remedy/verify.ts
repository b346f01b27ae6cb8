import type { Evidence } from '../evidence/evidence.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { DenialReason } from '../verdict/clause.ts'
import { evaluateRemedied } from '../verdict/diagnosis-mode.ts'
import type { Assumption, Decision } from '../verdict/verdict.ts'
import { alsoAllowedBy } from './also-allowed.ts'
import { applyRemedies } from './apply.ts'
import type { Remedy, Verification } from './remedy.ts'

/** What is verified: the requests of one denial against the evidence that was collected for it. */
export interface ToVerify {
  readonly denial: DenialReason
  readonly requests: readonly DeniedRequest[]
  readonly evidence: Evidence
}

const order: readonly Decision[] = ['explicitDeny', 'implicitDeny', 'unknown', 'allowed']
const worst = (decisions: readonly Decision[]): Decision =>
  order.find((decision) => decisions.includes(decision)) ?? 'unknown'

const distinct = (assumptions: readonly Assumption[]): readonly Assumption[] => [
  ...new Map(assumptions.map((assumption) => [JSON.stringify(assumption), assumption])).values(),
]

/** Runs the engine again with all these remedies applied: the decision on every request, and what it rests on. */
export const decisionAfter = (
  { denial, requests, evidence }: ToVerify,
  remedies: readonly Remedy[],
): Pick<Verification, 'decision' | 'assuming'> => {
  const { policies, assuming } = applyRemedies(evidence, remedies)
  const verdicts = requests.map((request) => evaluateRemedied(denial, request, { ...evidence, policies }))
  return {
    decision: worst(verdicts.map(({ decision }) => decision)),
    assuming: distinct([...assuming, ...verdicts.flatMap((verdict) => verdict.assuming)]),
  }
}

/** The engine's answer with every remedy applied, and what they open beyond the denied requests. */
export const verifyRemedies = (given: ToVerify, remedies: readonly Remedy[]): Verification => ({
  ...decisionAfter(given, remedies),
  alsoAllowed: remedies.flatMap((remedy) => alsoAllowedBy(remedy, given.requests)),
})
