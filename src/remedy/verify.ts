import type { Evidence } from '../evidence/evidence.ts'
import { list } from '../iam/policy-document.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { DenialReason } from '../verdict/clause.ts'
import { evaluateRemedied } from '../verdict/diagnosis-mode.ts'
import type { Assumption, Decision } from '../verdict/verdict.ts'
import { alsoAllowedBy } from './also-allowed.ts'
import { asIfFilled } from './as-if-filled.ts'
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

const keyOf = ({ code, policyType, values }: Assumption): string =>
  `${code} ${policyType ?? ''} ${Object.keys(values).length === 0 ? '' : JSON.stringify(values)}`

const distinct = (assumptions: readonly Assumption[]): readonly Assumption[] => [
  ...new Map(assumptions.map((assumption) => [keyOf(assumption), assumption])).values(),
]

/**
 * What nobody read allowed the denied request so far as is known: a statement about another action, such as that of the
 * key behind a bucket, must not stand for the whole of it.
 */
const concerns = (remedy: Remedy, { requests, evidence }: ToVerify): boolean => {
  const type = remedy.target?.policyType
  const given = type === undefined ? null : evidence.policies[type]
  if (given !== undefined && given !== 'unknown') return true
  const actions = list(remedy.change?.add?.Action).map((action) => action.toLowerCase())
  return requests.some(({ action }) => actions.includes(action.toLowerCase()))
}

/**
 * Runs the engine again with all these remedies applied, placeholders filled: the decision on every request, and what
 * it rests on.
 */
export const decisionAfter = (
  given: ToVerify,
  remedies: readonly Remedy[],
): Pick<Verification, 'decision' | 'assuming'> => {
  const { denial, requests, evidence } = given
  const applied = remedies.filter((remedy) => concerns(remedy, given)).map(asIfFilled)
  const { policies, assuming } = applyRemedies(evidence, applied)
  const verdicts = evaluateRemedied(denial, requests, { ...evidence, policies })
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
