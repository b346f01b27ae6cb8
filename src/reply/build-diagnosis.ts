import { catalogue } from '../diagnosis/catalogue.ts'
import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Words } from '../words/words.ts'
import { baseValues } from './base-values.ts'
import { buildCause, summarise, type Setting } from './build-cause.ts'
import { buildDenial } from './build-denial.ts'
import { buildVerdict } from './build-verdict.ts'
import { shared } from './mask.ts'
import { perLanguage } from './per-language.ts'
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
      resourcePatterns,
      from,
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
    references: referencesOf(diagnosis, words),
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
    sources: evidence.sources,
    gaps: evidence.gaps.map(({ policyType, about, reason, statement, account }) => ({
      policyType,
      about,
      reason,
      statement: statement,
      account,
      sentence: words.gap(about, reason, account),
    })),
    notes: evidenceNotes(evidence, words),
  }
}

/** Where the answer comes from is said wherever it is not the reader's own account, read just now. */
function evidenceNotes({ source, sources, caller }: Diagnosis['evidence'], words: Words): string[] {
  const { evidenceNotes: told } = words
  const name = caller?.roleOrUserArn?.split('/').at(-1) ?? null
  const isUsed = (wanted: typeof source): boolean =>
    source === wanted || Object.values(sources).some((one) => one.source === wanted)
  const notes: string[] = []
  if (isUsed('sample')) notes.push(told.sample)
  if (isUsed('snapshot')) notes.push(told.snapshot)
  if (source === 'none') notes.push(told.none)
  if (caller?.matchedByNameOnly === true) notes.push(told.matchedByName(name))
  if (caller?.exists === false) notes.push(told.principalMissing(name))
  return notes
}

const mostReferences = 6

const references = perLanguage<ReplyDiagnosis['references']>()

function referencesOf({ causes }: Diagnosis, words: Words): ReplyDiagnosis['references'] {
  const byUrl = new Map(
    causes
      .flatMap(({ code, facts }) => catalogue[code].referencesOf?.(facts) ?? catalogue[code].references)
      .map((one) => [one.url, one]),
  )
  return references(words, [...byUrl.keys()].join(' '), () => shared([...byUrl.values()].slice(0, mostReferences)))
}
