import type { RequestContext } from '../iam/request.ts'
import { noEvidence, type CallerFacts, type Evidence, type Gap } from './evidence.ts'

/** What one reader found. Parts that are absent were not its business. */
export type EvidencePart = { readonly [K in keyof Evidence]?: Evidence[K] }

const strength: readonly Evidence['source'][] = ['aws', 'request', 'snapshot', 'sample', 'none']

/** One evidence out of what several readers found; where two speak of the same thing the later one counts. */
export function combine(parts: readonly EvidencePart[]): Evidence {
  return parts.reduce<Evidence>(
    (all, part) => ({
      source: stronger(all.source, part.source ?? 'none'),
      policies: { ...all.policies, ...part.policies },
      sources: { ...all.sources, ...part.sources },
      caller: combineCallers(all.caller, part.caller ?? null),
      context: combineContexts(all.context, part.context ?? {}),
      contextComplete: all.contextComplete || part.contextComplete === true,
      resourceAccount: part.resourceAccount ?? all.resourceAccount,
      facts: { ...all.facts, ...part.facts },
      awsEvaluation: part.awsEvaluation ?? all.awsEvaluation,
      unattached: [...all.unattached, ...(part.unattached ?? [])],
      gaps: distinctGaps([...all.gaps, ...(part.gaps ?? [])]),
    }),
    noEvidence,
  )
}

const stronger = (a: Evidence['source'], b: Evidence['source']): Evidence['source'] =>
  strength.indexOf(a) <= strength.indexOf(b) ? a : b

const combineCallers = (a: CallerFacts | null, b: CallerFacts | null): CallerFacts | null => b ?? a

/** Context keys are the same whatever their case. */
function combineContexts(earlier: RequestContext, later: RequestContext): RequestContext {
  const given = new Set(Object.keys(later).map((key) => key.toLowerCase()))
  const kept = Object.entries(earlier).filter(([key]) => !given.has(key.toLowerCase()))
  return { ...Object.fromEntries(kept), ...later }
}

/** Two missing permissions for one thing are two gaps; the same one twice is one. */
export function distinctGaps(gaps: readonly Gap[]): readonly Gap[] {
  const seen = new Map<string, Gap>()
  for (const gap of gaps) seen.set(JSON.stringify(gap), gap)
  return [...seen.values()]
}
