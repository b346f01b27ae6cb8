import type { Clue, Denial, DenialMarks, Paste, PasteNote, Span } from './denial.ts'
import { prefixFor } from '../action-catalogue/service-names.ts'
import { regionOfArn } from '../iam/arn.ts'
import { draftOfRecord, recordsOf } from './cloudtrail.ts'
import { findClues } from './clues/find-clues.ts'
import { withToldCall } from './clues/told-call.ts'
import { findCommandLines } from './command-line.ts'
import { hasOutput } from './commands-that-worked.ts'
import { decodedMessageOf, draftOfDecoded } from './decoded-message.ts'
import { draftOf, type Draft } from './draft.ts'
import { findSignals } from './find-signals.ts'
import { groupSignals } from './group-signals.ts'
import type { JsonObjectSeen } from './json-objects.ts'
import { mergeDrafts } from './merge-drafts.ts'
import { shareCalls, shareClues } from './near.ts'
import { normalise } from './normalise/normalise.ts'
import { partsOf } from './parts.ts'
import { withoutExcerpts } from './php-excerpt.ts'
import { readPrincipalName, type PrincipalName } from './principal-name.ts'
import { findSdkCalls } from './sdk-call.ts'
import { findFrames } from './sdk-frame.ts'
import { squeeze } from './squeezed-text.ts'
import type { TextView } from './text-view.ts'
import { withLabelledFacts } from './labelled-facts.ts'
import { withToldInLine } from './told-in-line.ts'
import { concerning, guardrailsOf } from './told/told-policies.ts'

/** Everything that a paste says about denials. Total: any text gives an answer, nothing throws. */
export function parsePaste(text: string): Paste {
  const { objects, rest, prose, holdsPolicies, policies } = partsOf(text)
  const drafts = withoutForms(
    withoutAdvice(text, [...objects.flatMap((object) => draftsOfObject(text, object)), ...draftsOf(prose)]),
  )
  const { kept, left } = mergeDrafts(drafts, () => speaksOfAws(text))
  const clues = [...findClues(prose, placesRead(drafts)), ...findFrames(prose)]
  const read = kept.length > 0 ? kept.map((draft) => denialOf(draft, text)) : denialOfClue(clues)
  const denials =
    read.length === 1
      ? read.flatMap((denial) => withLabelledFacts(denial, rest)).map((denial) => withToldInLine(denial, rest))
      : read
  // Beside several callers nothing tells whose they are.
  const isOne = callersOf(denials) <= 1
  const told = isOne ? concerning(policies, denials[0], text) : []
  const guardrails = isOne ? guardrailsOf(policies, denials[0]) : []
  const commands = findCommandLines(prose).filter(({ span }) => !hasOutput(text, span))
  const calls = [...commands, ...findSdkCalls(prose)].sort((a, b) => a.span[0] - b.span[0])
  return {
    denials: shareCalls(shareClues(denials, clues), calls).map(withToldCall),
    policies: told,
    guardrails,
    notes: notesOf(
      kept.length,
      left,
      !holdsPolicies || denials.length === 0
        ? null
        : told.length + guardrails.length === 0
          ? 'policy-in-text'
          : 'policy-as-told',
    ),
  }
}

const callersOf = (denials: readonly Denial[]): number =>
  new Set(
    denials.map(({ accountId, principalType, roleOrUserName }) => [accountId, principalType, roleOrUserName].join()),
  ).size

function notesOf(kept: number, left: number, ofPolicies: PasteNote['code'] | null): readonly PasteNote[] {
  const notes: PasteNote[] = []
  if (left > 0) notes.push({ code: 'denials-cut', values: { kept: String(kept), left: String(left) } })
  if (ofPolicies !== null) notes.push({ code: ofPolicies, values: {} })
  return notes
}

const advice = /(?:^|\n)[ \t]*(?:remediation|recommendation|suggestion)[ \t]*:[ \w']{0,30}$/i

/** A tool's advice repeats the refusal above it, and is none of its own. */
function withoutAdvice(text: string, drafts: readonly Draft[]): readonly Draft[] {
  if (drafts.length < 2) return drafts
  const events = drafts.filter(({ span }) => !advice.test(text.slice(Math.max(0, span[0] - 80), span[0])))
  return events.length === 0 ? drafts : events
}

/** `{arn}`, `<principal>`: what a manual has in place of a caller. */
const placeholder = /^(?:<[^<>]{1,60}>|\{[^{}]{1,60}\}|\[[^[\]]{1,60}\])$/

/** A manual shows the form of a message, and messages of that form: the form refuses nobody. */
function withoutForms(drafts: readonly Draft[]): readonly Draft[] {
  const isForm = ({ fields: { principal, action, resource, policyType } }: Draft): boolean =>
    placeholder.test(principal ?? '') && [action, resource, policyType].every((field) => field === undefined)
  const isToldInFull = ({ fields: { principal, action } }: Draft): boolean =>
    action !== undefined && principal !== undefined && !placeholder.test(principal)
  return drafts.some(isToldInFull) ? drafts.filter((draft) => !isForm(draft)) : drafts
}

/** Where the values of all denials stand, in order and apart. */
function placesRead(drafts: readonly Draft[]): readonly Span[] {
  const places = drafts
    .flatMap(({ marks }) => [marks.principal, marks.action, marks.resource, marks.reason])
    .filter((span) => span !== undefined)
    .sort((a, b) => a[0] - b[0])
  const apart: Span[] = []
  for (const [start, end] of places) {
    const last = apart.at(-1)
    if (last !== undefined && start <= last[1]) apart[apart.length - 1] = [last[0], Math.max(last[1], end)]
    else apart.push([start, end])
  }
  return apart
}

/** A sentence that is no denial by its words, but of one all the same: `Client error on launch`. */
function denialOfClue(clues: readonly Clue[]): readonly Denial[] {
  const clue = clues.find(({ standsAlone }) => standsAlone)
  if (clue === undefined) return []
  const service = speakerOf(clue, clues)
  const draft: Draft = {
    class: 'other-aws',
    format: `clue:${clue.kind}`,
    fields: service === null ? {} : { service },
    wrapper: null,
    span: clue.span,
    marks: {},
    weak: false,
    needsContext: false,
    occurrences: 1,
  }
  return [denialOf(draft, '')]
}

/** The service whose sentence it is: the one that could not assume the role. */
function speakerOf({ kind }: Clue, clues: readonly Clue[]): string | null {
  if (kind !== 'role-not-assumable') return null
  const [told] = clues.flatMap(({ kind, values }) =>
    kind === 'assuming-service' ? (values['principal'] ?? values['name'] ?? []) : [],
  )
  return told === undefined ? null : prefixFor(told)
}

function draftsOf(view: TextView): readonly Draft[] {
  const squeezed = squeeze(view)
  const drafts = groupSignals(withoutExcerpts(findSignals(squeezed), squeezed), squeezed).flatMap(
    (report) => draftOf(report, squeezed) ?? [],
  )
  const isTold = drafts.some(({ class: kind }) => kind === 'authorization' || kind === 'encoded')
  return isTold ? drafts : drafts.map((draft) => draft.loose ?? draft)
}

function draftsOfObject(text: string, { value, span }: JsonObjectSeen): readonly Draft[] {
  const decoded = decodedMessageOf(value)
  const drafts =
    decoded === null ? recordsOf(value).map((record) => readRecord(record, span)) : [draftOfDecoded(decoded, span)]
  return drafts
    .filter((draft) => draft !== null)
    .map((draft) => ({ ...draft, marks: marksIn(text, span, draft.fields) }))
}

/** Where the values stand in an object: at their first appearance. */
function marksIn(text: string, [start, end]: Span, fields: Draft['fields']): DenialMarks {
  const marks: Partial<Record<keyof DenialMarks, Span>> = {}
  for (const part of ['principal', 'action', 'resource'] as const) {
    const value = fields[part]
    const at = value === undefined ? -1 : text.indexOf(value, start)
    if (value !== undefined && at !== -1 && at + value.length <= end) marks[part] = [at, at + value.length]
  }
  return marks
}

function readRecord(record: Readonly<Record<string, unknown>>, span: Span): Draft | null {
  const message = viewOf(messageOf(record))
  const said = message === null ? undefined : mergeDrafts(draftsOf(message), () => true).kept[0]
  const draft = draftOfRecord(record, span, said ?? null)
  if (draft === null) return null
  const code = viewOf(record['errorCode'])
  const endpoint = viewOf(record['vpcEndpointId'])
  const clues = [
    ...(endpoint === null ? [] : findClues(endpoint)),
    ...(code === null ? [] : findClues(code)),
    ...(message === null ? [] : findClues(message, said === undefined ? [] : placesRead([said]))),
  ]
  // What the call carried is the caller's own, policies and descriptions with it, and tells no circumstance.
  return { ...draft, clues: clues.map((clue) => ({ ...clue, span })) }
}

/** The message behind its code, as logs print it: some sentences are AWS's only there. */
function messageOf({ errorCode, errorMessage }: Readonly<Record<string, unknown>>): unknown {
  const isBoth = typeof errorCode === 'string' && typeof errorMessage === 'string' && errorMessage !== ''
  return isBoth ? `${errorCode}: ${errorMessage}` : errorMessage
}

const viewOf = (value: unknown): TextView | null =>
  typeof value === 'string' && value !== '' ? normalise(value) : null

const awsWords =
  /\baws|_aws_|amazon|arn:|\bs3\b|s3a?:\/\/|bucket|\bec2\b|\biam\b|lambda|dynamodb|cloudformation|cloudtrail|cloudwatch|cloudfront|\bsqs\b|\bsns\b|\bkms\b|\becs\b|\becr\b|\beks\b|fargate|\bsts\b|secrets manager|redshift|sagemaker|bedrock|codebuild|codepipeline|beanstalk|step functions|api gateway|assume-?role|\bboto/i
const speaksOfAws = (text: string): boolean => awsWords.test(text)

function denialOf(draft: Draft, text: string): Denial {
  const { fields } = draft
  const foreign = draft.class === 'not-aws'
  const name = nameOf(draft, text)
  const value = <T>(text: T | undefined): T | null => (foreign ? null : (text ?? null))
  return {
    class: draft.class,
    principal: value(fields.principal),
    ...name,
    action: draft.class === 'authorization' || draft.class === 'encoded' ? value(fields.action) : null,
    reasonAction: draft.class === 'authorization' || draft.class === 'encoded' ? value(fields.reasonAction) : null,
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
    sessions: draft.sessions ?? (name.sessionName === null ? [] : [name.sessionName]),
    span: draft.span,
    marks: draft.marks,
    region: foreign ? null : (regionOfArn(fields.resource) ?? fields.region ?? null),
    roleArn: draft.roleArn ?? null,
    throughPolicyType: value(fields.throughPolicyType),
    context: draft.context ?? {},
    time: draft.time ?? timeNear(text, draft.span),
    calls: draft.calls ?? (draft.transfer === undefined ? [] : [draft.transfer]),
    clues: draft.clues ?? [],
    decodedMessage: draft.decodedMessage ?? null,
  }
}

/** `role app is not authorized`: what is printed is a name, and the word in front of it says of what. */
function nameOf({ fields: { principal }, marks }: Draft, text: string): PrincipalName {
  const name = readPrincipalName(principal ?? null)
  const at = marks.principal?.[0]
  const isRole = at !== undefined && /\b[Rr]ole ["'`]?$/.test(text.slice(Math.max(0, at - 8), at))
  return name.principalType === null && isRole && /^[\w+=,.@-]{2,64}$/.test(principal ?? '')
    ? { ...name, principalType: 'role', roleOrUserName: principal ?? null }
    : name
}

const timestamp = /\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?/

/** When it happened, by a time on its first line. A time without a zone could be any, so that only UTC counts. */
function timeNear(text: string, [start]: Span): string | null {
  const before = text.slice(Math.max(0, start - 300), start + 1)
  const found = timestamp.exec(before.slice(before.lastIndexOf('\n', before.length - 2) + 1))
  if (found?.[3] === undefined) return null
  const time = new Date(`${found[1] ?? ''}T${found[2] ?? ''}${found[3]}`)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}
