import type { RequestContext } from '../iam/request.ts'
import { noEvidence, type Evidence, type Gap } from './evidence.ts'

/** What one reader found. Parts that are absent were not its business. */
export type EvidencePart = { readonly [K in keyof Evidence]?: Evidence[K] }

const strength: readonly Evidence['source'][] = ['aws', 'request', 'snapshot', 'sample', 'none']

/** One evidence out of what several readers found; where two speak of the same thing the later one counts. */
export function combine(parts: readonly EvidencePart[]): Evidence {
  const latest = <K extends 'caller' | 'resourceAccount' | 'awsEvaluation'>(field: K): Evidence[K] =>
    parts.findLast((part) => (part[field] ?? null) !== null)?.[field] ?? noEvidence[field]
  return {
    source: parts.reduce<Evidence['source']>((source, part) => stronger(source, part.source ?? 'none'), 'none'),
    policies: Object.assign({}, ...parts.map(({ policies }) => policies)) as Evidence['policies'],
    sources: Object.assign({}, ...parts.map(({ sources }) => sources)) as Evidence['sources'],
    caller: latest('caller'),
    context: parts.reduce<RequestContext>(
      (context, part) => combineContexts(context, part.context),
      noEvidence.context,
    ),
    contextComplete: parts.some(({ contextComplete }) => contextComplete === true),
    resourceAccount: latest('resourceAccount'),
    facts: Object.assign({}, ...parts.map(({ facts }) => facts)) as Evidence['facts'],
    awsEvaluation: latest('awsEvaluation'),
    unattached: parts.flatMap(({ unattached }) => unattached ?? []),
    gaps: distinctGaps(parts.flatMap(({ gaps }) => gaps ?? [])),
  }
}

const stronger = (a: Evidence['source'], b: Evidence['source']): Evidence['source'] =>
  strength.indexOf(a) <= strength.indexOf(b) ? a : b

/** Context keys are the same whatever their case. */
function combineContexts(earlier: RequestContext, later: RequestContext | undefined): RequestContext {
  if (later === undefined || Object.keys(later).length === 0) return earlier
  const given = new Set(Object.keys(later).map((key) => key.toLowerCase()))
  const kept = Object.entries(earlier).filter(([key]) => !given.has(key.toLowerCase()))
  return { ...Object.fromEntries(kept), ...later }
}

/** Two missing permissions for one thing are two gaps; the same one twice is one. */
function distinctGaps(gaps: readonly Gap[]): readonly Gap[] {
  if (gaps.length < 2) return gaps
  const seen = new Map<string, Gap>()
  for (const gap of gaps) seen.set(JSON.stringify(gap), gap)
  return [...seen.values()]
}
