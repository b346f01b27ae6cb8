import { quote } from '../words/values.ts'
import type { Words } from '../words/words.ts'
import type { Block } from './block.ts'
import { concernsPrincipal } from './policy-matter.ts'
import type { ReplyDiagnosis } from './schema.ts'

/** Who asked what on what, which layer said no, and how sure that is. */
export function whoAndWhat(diagnosis: ReplyDiagnosis, words: Words): readonly Block[] {
  const { labels } = words
  const { denial, requests } = diagnosis
  const action = requests[0]?.action ?? denial.action ?? denial.operation
  const resource = requests[0]?.resource ?? denial.resource
  const rows: (readonly [string, string])[] = [
    [labels.who, who(diagnosis, words)],
    [labels.what, action === null ? labels.unnamed : quote(action)],
    [labels.resource, resource === null ? labels.unnamed : quote(resource)],
    [labels.saidNo, saidNo(diagnosis, words)],
  ]
  const confidence = diagnosis.causes[0]?.confidence
  if (confidence !== undefined) rows.push([labels.confidence, words.confidences[confidence]])
  if (denial.occurrences > 1) rows.push([labels.notes, labels.occurrences(denial.occurrences)])
  return [{ kind: 'fields', rows }]
}

function who(diagnosis: ReplyDiagnosis, { labels, workload }: Words): string {
  const { denial, caller } = diagnosis
  if (denial.principal === null && denial.roleOrUserName === null) return labels.unnamed
  const parts = [
    quote(denial.principal ?? denial.roleOrUserName ?? ''),
    ...(caller?.workload ? [workload(caller.workload)] : []),
  ]
  const managed = concernsPrincipal(diagnosis) ? caller?.managedBy?.sentence : undefined
  return `${parts.join(', ')}${managed === undefined ? '' : `. ${managed}`}`
}

/** Every layer that blocks by the evaluation, else the one that the message names. */
function saidNo({ denial, verdict }: ReplyDiagnosis, words: Words): string {
  const { labels } = words
  const blocking = (verdict?.policyTypes ?? []).filter((type) => type.blocking)
  if (blocking.length > 0)
    return blocking
      .map(
        ({ type, result }) =>
          `${words.policyTypes[type]} (${result === 'explicitDeny' ? labels.explicitDeny : result === 'implicitDeny' ? labels.implicitDeny : words.results[result]})`,
      )
      .join(', ')
  const effect = denial.effect === 'explicit' ? labels.explicitDeny : labels.implicitDeny
  if (denial.policyType !== null)
    return `${words.policyTypes[denial.policyType]}${denial.effect === null ? '' : ` (${effect})`}`
  return denial.effect === null ? labels.unreadable : `${effect}; ${labels.unreadable}`
}
