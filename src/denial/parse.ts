import type { Clue, Denial, DenialMarks, Paste, Span } from './denial.ts'
import { findClues } from './clues/find-clues.ts'
import { draftOf, type Draft } from './draft.ts'
import { findSignals } from './find-signals.ts'
import { groupSignals } from './group-signals.ts'
import { mergeDrafts } from './merge-drafts.ts'
import { normalise } from './normalise/normalise.ts'
import { readPrincipalName } from './principal-name.ts'
import { spanOf, squeeze, type SqueezedText } from './squeezed-text.ts'

/** Everything that a paste says about denials. Total: any text gives an answer, nothing throws. */
export function parsePaste(text: string): Paste {
  const squeezed = squeeze(normalise(text))
  const drafts = groupSignals(findSignals(squeezed))
    .map(draftOf)
    .filter((draft) => draft !== null)
  const merged = mergeDrafts(drafts, speaksOfAws(squeezed.view.text))
  const clues = findClues(squeezed.view)
  return { denials: merged.map((draft) => denialOf(squeezed, draft, clues)), notes: [] }
}

const awsWords = /\baws|amazon|arn:|\bs3\b|s3:\/\/|bucket|\bec2\b|\biam\b|lambda|dynamodb|cloudformation/i
const speaksOfAws = (text: string): boolean => awsWords.test(text)

/** One CloudTrail record; `null` where the call that it records succeeded. */
export function parseCloudTrailRecord(_record: unknown): Denial | null {
  return null
}

function denialOf(squeezed: SqueezedText, draft: Draft, clues: readonly Clue[]): Denial {
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
    span: spanOf(squeezed, draft.start, draft.end),
    marks: marksOf(squeezed, draft),
    region: value(fields.region),
    roleArn: null,
    throughPolicyType: value(fields.throughPolicyType),
    context: {},
    time: null,
    calls: [],
    clues,
    decodedMessage: null,
  }
}

function marksOf(squeezed: SqueezedText, draft: Draft): DenialMarks {
  const marks: Partial<Record<keyof DenialMarks, Span>> = {}
  for (const part of ['principal', 'action', 'resource', 'reason'] as const) {
    const range = draft.marks[part]
    if (range !== undefined && range.end > range.start) marks[part] = spanOf(squeezed, range.start, range.end)
  }
  return marks
}
