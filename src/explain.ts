import type { ActionCatalogue } from './action-catalogue/action-catalogue.ts'
import { loadActionCatalogue } from './action-catalogue/load.ts'
import type { Denial, Paste } from './denial/denial.ts'
import { parsePaste } from './denial/parse.ts'
import { readPrincipalName } from './denial/principal-name.ts'
import { redactPaste } from './denial/redact.ts'
import { diagnose } from './diagnosis/diagnose.ts'
import type { Diagnosis } from './diagnosis/diagnosis.ts'
import type { EvidenceGatherer, RequestEvidence } from './evidence/question.ts'
import { whosePolicies } from './evidence/whose-policies.ts'
import { mergePlan } from './remedy/plan.ts'
import { buildReply, type ReplyNote } from './reply/build.ts'
import type { Locale, Reply } from './reply/schema.ts'
import type { DeniedRequest } from './requests/denied-request.ts'
import { deriveRequests, prefixesOf } from './requests/derive.ts'
import type { Hints } from './requests/hints.ts'
import { ownersNamed } from './requests/owners-named.ts'
import { partitionOfPolicies } from './requests/partition.ts'
import { evaluateDenial } from './verdict/diagnosis-mode.ts'
import type { Verdict } from './verdict/verdict.ts'

/** Principals whose policies are fetched for one paste; those beyond are diagnosed from the text. */
const principalLimit = 20
/** Diagnoses in one reply; what is cut is said in its notes. */
const diagnosisLimit = 200
/**
 * Characters of the policies that a request brings, times its diagnoses: each of them may change and quote a whole
 * document, so that more would keep everybody else waiting for seconds.
 */
const quotedLimit = 4 * 1024 * 1024

/** Notes on policies in the text, without a point where policies are handed over. */
const aboutPolicies: ReadonlySet<string> = new Set(['policy-in-text', 'policy-as-told'])

export interface ExplainInput {
  readonly text?: string
  readonly hints?: Hints
  readonly evidence?: RequestEvidence
  readonly locale?: Locale
  /** Read the evidence again, whatever is cached. */
  readonly fresh?: boolean
  /** Quote policy documents. */
  readonly showPolicies?: boolean
  /** Add the paste made safe for a public forum. */
  readonly redacted?: boolean
  /** False: answer from the text and the evidence in the request alone. */
  readonly withEvidence?: boolean
  /** False: without the plan that merges the remedies of several diagnoses. */
  readonly withPlan?: boolean
  readonly signal?: AbortSignal
}

export type Explained =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly diagnoses: readonly Diagnosis[] }
  | { readonly kind: 'nothing-recognised' }

export interface Explainer {
  explain(input: ExplainInput): Promise<Explained>
}

/** Policies were handed over beside the text; an empty object holds none, and the text's own count. */
const handsOver = ({ evidence }: ExplainInput): boolean => Object.keys(evidence?.policies ?? {}).length > 0

interface ExplainerPorts {
  readonly gatherer: EvidenceGatherer
  /** Answers from the request's own evidence and reads nothing. */
  readonly offline: EvidenceGatherer
  readonly version: string
  /** Told of every diagnosis, for counting. */
  readonly observe?: (diagnoses: readonly Diagnosis[]) => void
}

/** The whole line: text → denials → requests → evidence → verdict → causes and remedies → reply. */
export function createExplainer(ports: ExplainerPorts): Explainer {
  return {
    async explain(input) {
      const partition = partitionOfPolicies(input.evidence?.policies)
      const owners = ownersNamed(input.evidence?.policies)
      const hints = { ...input.hints, owners, ...(partition === undefined ? {} : { partition }) }
      const { denials, policies, guardrails, notes } = readDenials(input, hints)
      if (denials.length === 0) return { kind: 'nothing-recognised' }
      const kept = denials.slice(0, mostDiagnoses(input.evidence))
      const catalogue = await loadActionCatalogue(new Set(kept.flatMap((denial) => prefixesOf(denial, hints))))
      const fetched = principalsToFetch(kept)
      const told = handsOver(input) ? { policies: [], guardrails: [] } : { policies, guardrails }
      const whose = whosePolicies(input.evidence ?? null, kept)
      const given = kept.map(whose)
      const diagnoses = await Promise.all(
        kept.map((denial, index) =>
          explainDenial(denial, {
            hints,
            catalogue,
            inText: told,
            requested: given[index] ?? null,
            gatherer:
              input.withEvidence !== false && fetched.has(principalKey(denial)) ? ports.gatherer : ports.offline,
            fresh: input.fresh ?? false,
            signal: input.signal,
          }),
        ),
      )
      ports.observe?.(diagnoses)
      const plan = input.withPlan === false ? [] : mergePlan(diagnoses)
      const reply = buildReply({
        diagnoses,
        plan,
        notes: [
          ...(handsOver(input) ? notes.filter(({ code }) => !aboutPolicies.has(code)) : notes),
          ...limitNotes(denials, kept.length, fetched),
          ...(diagnoses.length > 1 && plan.some(({ isOverQuota }) => isOverQuota) ? [overQuota] : []),
          ...(given.some((evidence) => evidence !== (input.evidence ?? null)) ? [notTaken] : []),
        ],
        locale: input.locale ?? 'en',
        showPolicies: input.showPolicies ?? true,
        ...(input.redacted === true && input.text !== undefined ? { redactedText: redactPaste(input.text) } : {}),
        version: ports.version,
        catalogueVersion: catalogue.version,
        denialsFound: denials.length,
      })
      return { kind: 'reply', reply, diagnoses }
    },
  }
}

function readDenials(input: ExplainInput, hints: Hints): Paste {
  if (input.text !== undefined && input.text.trim() !== '') return parsePaste(input.text)
  if (hints.action === undefined) return { denials: [], policies: [], guardrails: [], notes: [] }
  // Hints alone ask about a request that was or would be denied: AWS's own sentence says the same.
  const principal = hints.principal === undefined ? 'User' : `User: ${hints.principal}`
  const resource = hints.resource === undefined ? '' : ` on resource: ${hints.resource}`
  const paste = parsePaste(`${principal} is not authorized to perform: ${hints.action}${resource}`)
  return { ...paste, denials: paste.denials.map((denial) => ({ ...denial, format: 'hints', span: [0, 0], marks: {} })) }
}

/** What is known around a denial, and where its evidence is read. */
interface Around {
  readonly hints: Hints
  readonly catalogue: ActionCatalogue
  readonly inText: Pick<Paste, 'policies' | 'guardrails'>
  readonly requested: RequestEvidence | null
  readonly gatherer: EvidenceGatherer
  readonly fresh: boolean
  readonly signal: AbortSignal | undefined
}

async function explainDenial(denial: Denial, around: Around): Promise<Diagnosis> {
  const { hints, catalogue, inText, requested, gatherer, fresh, signal } = around
  const told = withHints(denial, hints)
  const requests = deriveRequests(told, catalogue, hints)
  const evidence = await gatherer.collect({
    denial: told,
    requests,
    requested,
    fresh,
    ...(signal === undefined ? {} : { signal }),
  })
  const { ordered, verdict } = decide(requests, (request) => evaluateDenial(told, request, evidence))
  return {
    ...diagnose({
      denial: told,
      requests: ordered,
      evidence,
      verdict,
      catalogue,
      policiesInText: inText.policies,
      guardrailsInText: inText.guardrails,
    }),
    denial,
  }
}

/** Hints fill what the text does not say; what the text says stands, and the reply's denial stays the text's own. */
function withHints(denial: Denial, hints: Hints): Denial {
  const region = denial.region ?? hints.region ?? null
  if (denial.principal !== null || hints.principal === undefined) return { ...denial, region }
  return { ...denial, region, principal: hints.principal, ...readPrincipalName(hints.principal) }
}

/** The verdict that counts is that of the first request which is not allowed; it is put first. */
function decide(
  requests: readonly DeniedRequest[],
  evaluate: (request: DeniedRequest) => Verdict,
): { readonly ordered: readonly DeniedRequest[]; readonly verdict: Verdict | null } {
  const verdicts = requests.map(evaluate)
  const blocked = verdicts.findIndex(({ decision }) => decision !== 'allowed')
  const main = Math.max(blocked, 0)
  const first = requests[main]
  if (first === undefined) return { ordered: [], verdict: null }
  return { ordered: [first, ...requests.filter((_, index) => index !== main)], verdict: verdicts[main] ?? null }
}

const principalKey = (denial: Denial): string =>
  `${denial.accountId ?? ''}/${denial.principalType ?? ''}/${denial.roleOrUserName ?? ''}`

function principalsToFetch(denials: readonly Denial[]): ReadonlySet<string> {
  return new Set([...new Set(denials.map(principalKey))].slice(0, principalLimit))
}

function mostDiagnoses(evidence: RequestEvidence | undefined): number {
  const size = evidence?.policies === undefined ? 0 : JSON.stringify(evidence.policies).length
  return Math.max(1, Math.min(diagnosisLimit, Math.floor(quotedLimit / Math.max(size, 1))))
}

const overQuota: ReplyNote = { code: 'plan-over-quota', values: {} }
const notTaken: ReplyNote = { code: 'policies-of-another', values: {} }

function limitNotes(denials: readonly Denial[], kept: number, fetched: ReadonlySet<string>): readonly ReplyNote[] {
  const notes: ReplyNote[] = []
  if (denials.length > kept)
    notes.push({ code: 'diagnoses-cut', values: { found: String(denials.length), kept: String(kept) } })
  const left = new Set(denials.slice(0, kept).map(principalKey)).size - fetched.size
  if (left > 0)
    notes.push({ code: 'principals-not-fetched', values: { count: String(left), limit: String(principalLimit) } })
  return notes
}
