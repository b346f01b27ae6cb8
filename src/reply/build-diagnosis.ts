import { catalogue } from '../diagnosis/catalogue.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Words } from '../words/words.ts'
import { baseValues } from './base-values.ts'
import { buildCause, summarise, type Setting } from './build-cause.ts'
import { buildDenial } from './build-denial.ts'
import { buildVerdict } from './build-verdict.ts'
import type { ReplyDiagnosis } from './schema.ts'
import { withoutQuotes } from './without-quotes.ts'

export function buildDiagnosis(whole: Diagnosis, words: Words, showPolicies: boolean): ReplyDiagnosis {
  const diagnosis = showPolicies ? whole : withoutQuotes(whole)
  const setting: Setting = { words, showPolicies, base: baseValues(diagnosis), diagnosis }
  const causes = diagnosis.causes.map((cause) => buildCause(cause, setting))
  const { verdict } = diagnosis
  return {
    id: diagnosis.id,
    denial: buildDenial(diagnosis.denial),
    summary: summarise(diagnosis, causes, setting),
    requests: diagnosis.requests.map(({ action, resource, resourceAccount, resourcePatterns, from }) => ({
      action,
      resource,
      resourceAccount,
      resourcePatterns: [...resourcePatterns],
      from: { ...from },
    })),
    caller: buildCaller(diagnosis, words),
    verdict: verdict === null ? null : buildVerdict(verdict, diagnosis.evidence.policies, words, showPolicies),
    causes,
    next: diagnosis.next.map(({ action, resource, because }) => ({
      action,
      resource,
      because: words.next(because.code, { ...setting.base, ...because.values }),
    })),
    hints: diagnosis.hints.map(({ code, values }) => ({
      code,
      sentence: words.hint(code, { ...setting.base, ...values }),
    })),
    evidence: buildEvidence(diagnosis, words),
    references: referencesOf(diagnosis),
  }
}

function buildCaller({ caller }: Diagnosis, words: Words): ReplyDiagnosis['caller'] {
  if (caller === null) return null
  const { workload, roleArn, editable, managedBy } = caller
  return {
    workload,
    roleArn,
    editable,
    managedBy: managedBy === null ? null : { ...managedBy, sentence: words.managedBy[managedBy.kind](managedBy.name) },
  }
}

function buildEvidence({ evidence }: Diagnosis, words: Words): ReplyDiagnosis['evidence'] {
  return {
    source: evidence.source,
    sources: Object.fromEntries(
      Object.entries(evidence.sources).map(([type, { source, readAt }]) => [type, { source, readAt }]),
    ),
    gaps: evidence.gaps.map(({ policyType, about, reason, statement, account }) => ({
      policyType,
      about,
      reason,
      statement: statement as ReplyDiagnosis['evidence']['gaps'][number]['statement'],
      account,
      sentence: words.gap(about, reason, account),
    })),
    notes: evidenceNotes(evidence, words),
  }
}

/** Where the answer comes from is said wherever it is not the reader's own account, read just now. */
function evidenceNotes({ source, sources, caller }: Diagnosis['evidence'], words: Words): string[] {
  const { evidenceNotes: notes } = words
  const used = new Set([source, ...Object.values(sources).map((one) => one.source)])
  const name = caller?.roleOrUserArn?.split('/').at(-1) ?? null
  return [
    ...(used.has('sample') ? [notes.sample] : []),
    ...(used.has('snapshot') ? [notes.snapshot] : []),
    ...(source === 'none' ? [notes.none] : []),
    ...(caller?.matchedByNameOnly === true ? [notes.matchedByName(name)] : []),
    ...(caller?.exists === false ? [notes.principalMissing(name)] : []),
  ]
}

const mostReferences = 6

function referencesOf({ causes }: Diagnosis): ReplyDiagnosis['references'] {
  const byUrl = new Map(causes.flatMap(({ code }) => catalogue[code].references).map((one) => [one.url, one]))
  return [...byUrl.values()].slice(0, mostReferences).map(({ title, url }) => ({ title, url }))
}
