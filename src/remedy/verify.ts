import type { Evidence } from '../evidence/evidence.ts'
import { list } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { DenialReason } from '../verdict/clause.ts'
import { evaluateRemedied } from '../verdict/diagnosis-mode.ts'
import type { Assumption, Decision } from '../verdict/verdict.ts'
import { compileWildcard, matchesWildcard } from '../verdict/wildcard.ts'
import { asIfFilled } from './as-if-filled.ts'
import { applyRemedies } from './apply.ts'
import { documentOf } from './change.ts'
import { asPassed } from './passed-to.ts'
import type { Remedy, Verification } from './remedy.ts'

/** What is verified: the requests of one denial against the evidence that was collected for it. */
interface ToVerify {
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

const isGiven = (type: PolicyType | undefined, { policies }: Evidence): boolean => {
  const given = type === undefined ? undefined : policies[type]
  return given !== undefined && given !== 'unknown'
}

/**
 * What nobody read allowed the denied request so far as is known: a statement about another action, such as that of the
 * key behind a bucket, must not stand for the whole of it.
 */
const concerns = (remedy: Remedy, { requests, evidence }: ToVerify): boolean => {
  const type = remedy.target?.policyType
  if (type === undefined || isGiven(type, evidence)) return true
  const actions = list(remedy.change?.add?.Action).map((action) => action.toLowerCase())
  return requests.some(({ action }) => actions.includes(action.toLowerCase()))
}

/** Whether the change has a say on the action: its statement, or the one that it replaces, speaks of it. */
const speaksOf = ({ change }: Remedy, { action }: DeniedRequest): boolean => {
  if (change === null) return false
  const replaced = change.edit === null ? null : list(documentOf(change.present)?.Statement)[change.edit.statement]
  const splitOff = (change.edit?.beside ?? []).map(({ after }) => after)
  return [change.add, change.edit?.after, ...splitOff, replaced].some(
    (statement) =>
      statement?.NotAction !== undefined ||
      list(statement?.Action).some((name) =>
        matchesWildcard(compileWildcard(name.toLowerCase()), action.toLowerCase()),
      ),
  )
}

/**
 * Whether the engine's answer says anything about these remedies. What nobody read lets every request pass, so an
 * Allow of `kms:Decrypt` would be shown to answer for `s3:GetObject`: without the policies that it goes into, the
 * denied action itself has to be among what is changed. Where they were read, a refusal tells as well.
 */
const isTelling = (decision: Decision, remedies: readonly Remedy[], { requests, evidence }: ToVerify): boolean => {
  // A service has no policies: these are of the role that it works with, of which the request says nothing.
  const isOfService = requests.some(({ principal }) => principal.type === 'service')
  if (isOfService && remedies.every(({ target }) => target?.policyType === 'identity-based')) return false
  const speak = (request: DeniedRequest): boolean => remedies.some((remedy) => speaksOf(remedy, request))
  return remedies.some(({ target }) => isGiven(target?.policyType, evidence))
    ? decision !== 'allowed' || requests.some(speak)
    : requests.slice(0, 1).some(speak)
}

/**
 * Runs the engine again with all these remedies applied, placeholders filled: the decision on every request, and what
 * it rests on. `null` where that tells nothing about them.
 */
export const decisionAfter = (
  given: ToVerify,
  remedies: readonly Remedy[],
): Pick<Verification, 'decision' | 'assuming'> | null => {
  const { denial, requests, evidence } = given
  const applied = remedies.filter((remedy) => concerns(remedy, given)).map(asIfFilled)
  const { policies, assuming } = applyRemedies(evidence, applied)
  const passed = requests.map((request) => asPassed(request, remedies))
  const verdicts = evaluateRemedied(
    denial,
    passed.map(({ request }) => request),
    { ...evidence, policies },
  )
  const decision = worst(verdicts.map((verdict) => verdict.decision))
  if (!isTelling(decision, remedies, given)) return null
  return {
    decision,
    assuming: distinct([
      ...assuming,
      ...verdicts.flatMap((verdict) => verdict.assuming),
      ...(decision === 'allowed' ? passed.flatMap((one) => one.assuming) : []),
    ]),
  }
}
