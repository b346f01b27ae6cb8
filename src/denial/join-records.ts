import { exceptionalActions } from '../action-catalogue/operations.ts'
import type { Draft } from './draft.ts'
import { agree, sameDenial } from './group-signals.ts'

/*
 * One refusal told twice: by the sentence that the caller got, and by CloudTrail's record of the event, which names the
 * operation, the role's path and what the request carried.
 */

const mostCompared = 40

/** Records without an action of their own are joined to the one sentence that tells of their call. */
export function joinRecords(drafts: readonly Draft[]): readonly Draft[] {
  const records = drafts.filter(isRecord)
  const sentences = records.length === 0 ? [] : drafts.filter(isSentence).slice(0, mostCompared)
  if (sentences.length === 0) return drafts
  const recordsOf = new Map<Draft, Draft[]>()
  const joined = new Set<Draft>()
  for (const record of records) {
    const [own, ...others] = sentences.filter((sentence) => isOfSameCall(sentence, record))
    if (own === undefined || others.some((other) => !sameDenial(own.fields, other.fields))) continue
    const known = recordsOf.get(own)
    if (known === undefined) recordsOf.set(own, [record])
    else known.push(record)
    joined.add(record)
  }
  return drafts
    .filter((draft) => !joined.has(draft))
    .map((draft) => {
      const [record, ...more] = recordsOf.get(draft) ?? []
      if (record === undefined) return draft
      return {
        ...withRecord(draft, record),
        fields: { ...record.fields, ...draft.fields },
        // The sentence is of one of them.
        occurrences: Math.max(draft.occurrences, 1 + more.length),
      }
    })
}

/** What only a record knows, beside what the sentence says. */
export const withRecord = (draft: Draft, { roleArn, context, time, calls, clues }: Draft): Draft =>
  draft.context !== undefined || context === undefined
    ? draft
    : {
        ...draft,
        context,
        ...(roleArn !== undefined && { roleArn }),
        ...(time !== undefined && { time }),
        ...(calls !== undefined && { calls }),
        ...(clues !== undefined && { clues }),
      }

const isRecord = ({ class: kind, wrapper, fields }: Draft): boolean =>
  (kind === 'authorization' || kind === 'bare') &&
  wrapper === 'cloudtrail' &&
  fields.action === undefined &&
  fields.operation !== undefined

const isSentence = ({ class: kind, context, fields }: Draft): boolean =>
  (kind === 'authorization' || kind === 'encoded') && context === undefined && fields.action !== undefined

function isOfSameCall({ fields }: Draft, { fields: record }: Draft): boolean {
  const { action = '', operation: called } = fields
  const [prefix = '', name = ''] = action.toLowerCase().split(':')
  const { operation = '', service } = record
  const [needed] = exceptionalActions(service ?? prefix, operation) ?? []
  const isAction =
    needed === undefined ? operation.toLowerCase() === name : needed.action.toLowerCase() === action.toLowerCase()
  return isAction && agree(called, operation) && agree(prefix, service) && sameDenial(fields, record)
}
