import type { Clue, Denial, Paste, Span } from './denial.ts'
import { draftOfRecord, recordsOf } from './cloudtrail.ts'
import { findClues } from './clues/find-clues.ts'
import { decodedMessageOf, draftOfDecoded } from './decoded-message.ts'
import { draftOf, type Draft } from './draft.ts'
import { findSignals } from './find-signals.ts'
import { groupSignals } from './group-signals.ts'
import { findJsonObjects, type JsonObjectSeen } from './json-objects.ts'
import { mergeDrafts } from './merge-drafts.ts'
import { normalise } from './normalise/normalise.ts'
import { readPrincipalName } from './principal-name.ts'
import { squeeze } from './squeezed-text.ts'
import type { TextView } from './text-view.ts'

/** Everything that a paste says about denials. Total: any text gives an answer, nothing throws. */
export function parsePaste(text: string): Paste {
  const objects = findJsonObjects(text).filter(({ value }) => isRead(value))
  const view = normalise(withoutSpans(text, objects))
  const drafts = [...objects.flatMap(draftsOfObject), ...draftsOf(view)]
  const merged = mergeDrafts(drafts, speaksOfAws(text))
  const clues = findClues(objects.length === 0 ? view : normalise(text))
  return { denials: merged.map((draft) => denialOf(draft, clues)), notes: [] }
}

/** One CloudTrail record; `null` where the call that it records succeeded. */
export function parseCloudTrailRecord(record: unknown): Denial | null {
  const [first] = recordsOf(record)
  const draft = first === undefined ? null : readRecord(first, [0, 0])
  return draft === null ? null : denialOf(draft, [])
}

function draftsOf(view: TextView): readonly Draft[] {
  const squeezed = squeeze(view)
  return groupSignals(findSignals(squeezed)).flatMap((report) => draftOf(report, squeezed) ?? [])
}

const isRead = (value: Readonly<Record<string, unknown>>): boolean =>
  recordsOf(value).length > 0 || decodedMessageOf(value) !== null

function draftsOfObject({ value, span }: JsonObjectSeen): readonly Draft[] {
  const decoded = decodedMessageOf(value)
  const drafts =
    decoded === null ? recordsOf(value).map((record) => readRecord(record, span)) : [draftOfDecoded(decoded, span)]
  return drafts.filter((draft) => draft !== null)
}

function readRecord(record: Readonly<Record<string, unknown>>, span: Span): Draft | null {
  const message = record['errorMessage']
  const [said] = typeof message === 'string' ? mergeDrafts(draftsOf(normalise(message)), true) : []
  return draftOfRecord(record, span, said ?? null)
}

/** What was read as JSON is not read again as prose. */
function withoutSpans(text: string, objects: readonly JsonObjectSeen[]): string {
  let rest = ''
  let done = 0
  for (const { span } of objects) {
    rest += text.slice(done, span[0]) + ' '.repeat(span[1] - span[0])
    done = span[1]
  }
  return rest + text.slice(done)
}

const awsWords = /\baws|amazon|arn:|\bs3\b|s3:\/\/|bucket|\bec2\b|\biam\b|lambda|dynamodb|cloudformation/i
const speaksOfAws = (text: string): boolean => awsWords.test(text)

function denialOf(draft: Draft, clues: readonly Clue[]): Denial {
  const { fields } = draft
  const foreign = draft.class === 'not-aws'
  const name = readPrincipalName(fields.principal ?? null)
  const value = <T>(text: T | undefined): T | null => (foreign ? null : (text ?? null))
  return {
    class: draft.class,
    principal: value(fields.principal),
    ...name,
    action: draft.class === 'authorization' || draft.class === 'encoded' ? value(fields.action) : null,
    resource: value(fields.resource),
    policyType: value(fields.policyType),
    effect: value(fields.effect),
    policyArn: value(fields.policyArn),
    operation: value(fields.operation),
    service: value(fields.service),
    errorCode: value(fields.errorCode),
    requestId: value(fields.requestId),
    encodedMessage: value(fields.encodedMessage),
    authorizationId: value(fields.authorizationId),
    format: draft.format,
    wrapper: draft.wrapper,
    occurrences: draft.occurrences,
    sessions: name.sessionName === null ? [] : [name.sessionName],
    span: draft.span,
    marks: draft.marks,
    region: value(fields.region),
    roleArn: draft.roleArn ?? null,
    throughPolicyType: value(fields.throughPolicyType),
    context: draft.context ?? {},
    time: draft.time ?? null,
    calls: draft.calls ?? [],
    clues,
    decodedMessage: draft.decodedMessage ?? null,
  }
}
