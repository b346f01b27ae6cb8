import type { RequestContext } from '../iam/request.ts'
import type { CallSeen, DenialClass, DenialMarks, Span } from './denial.ts'
import { findErrorCode, isAnyError, isDenialCode } from './error-codes.ts'
import type { Report } from './group-signals.ts'
import { extentOf, hintNear } from './hints.ts'
import { leadingCall } from './leading-call.ts'
import { findLooseAction } from './loose-action.ts'
import { mergeFields } from './merge-fields.ts'
import { readPrincipalName } from './principal-name.ts'
import { servicePrefix } from './service-names.ts'
import { isCommonService, serviceOfOperation } from '../action-catalogue/operations.ts'
import type { Fields, Signal } from './signal.ts'
import { spanOf, type SqueezedText } from './squeezed-text.ts'
import { transferBefore } from './transfer-line.ts'

/** One error, understood: what becomes a denial unless another draft says the same. */
export interface Draft {
  readonly class: DenialClass
  readonly fields: Fields
  readonly format: string
  readonly wrapper: string | null
  readonly span: Span
  readonly marks: DenialMarks
  /** Nothing but words and codes that also stand beside other errors. */
  readonly weak: boolean
  /** Words that other systems use as well: they count only where something speaks of AWS. */
  readonly needsContext: boolean
  readonly occurrences: number
  /** The same with an action that stands in its lines, where no sentence of the paste names one. */
  readonly loose?: Draft
  /** Sessions of the same role that got the same refusal. */
  readonly sessions?: readonly string[]
  // Only structured records tell these.
  readonly roleArn?: string | null
  readonly context?: RequestContext
  readonly time?: string | null
  readonly calls?: readonly CallSeen[]
  /** The object that the AWS CLI was moving, by the words in front of the error. */
  readonly transfer?: CallSeen
  readonly decodedMessage?: unknown
}

const wrapperOrder = [
  'aws-cli',
  'go-v2',
  'php',
  'java-v2',
  'java-v1',
  'rust',
  'ruby',
  'cloudformation',
  'cloudformation-api',
  'xml',
  'json',
  'cloudtrail',
  'js',
  'go-v1',
]
const fieldWrappers = new Set(['js', 'json', 'xml', 'cloudtrail'])
// How far a hint may stand from the error that it explains, in characters of the squeezed text.
const farHint = 2000
const farEndpoint = 400
// How far a reason may stand behind its sentence.
const nearReason = 30

export function draftOf(report: Report, squeezed: SqueezedText): Draft | null {
  const signals = withoutOtherCodes(report.signals, squeezed)
  const cores = signals.filter((signal) => signal.kind === 'core')
  const sentence = cores[0] ?? strongest(signals.filter((signal) => signal.kind === 'sentence'))
  const reasons = signals.filter((signal) => signal.name === 'reason' && countsAsReason(signal, cores))
  const fields = withLeadingCall(
    mergeFields({ signals, cores, sentence: sentence ?? null, reasons }, squeezed),
    signals,
    squeezed,
  )
  const decided = classify(report, fields, sentence ?? null, cores, reasons)
  if (decided === null) return null
  const kept = signals.filter((signal) => signal.name !== 'reason' || reasons.includes(signal))
  const main = cores[0] ?? sentence
  const { start, end } = extentOf(kept)
  const transfer = transferOf(squeezed, start, decided, fields)
  const draft: Draft = {
    ...decided,
    ...(transfer === null ? {} : { transfer }),
    fields: {
      ...leadingCode(squeezed, start, decided),
      ...regionField(report),
      ...fields,
      ...serviceField(report, fields, sentence ?? null, decided.format),
    },
    wrapper: wrapperOf(signals),
    span: spanOf(squeezed, start, end),
    marks: marksOf(
      squeezed,
      [...reasons, ...(main === undefined ? [] : [main]), ...cores].map(({ marks }) => marks),
    ),
    // One sentence: its principal tells.
    ...(cores.length === 1 && main?.fields.principal !== undefined ? {} : { sessions: sessionsOf(cores) }),
    occurrences: Math.max(1, eventsOf(cores, squeezed)),
  }
  return draft.class === 'bare' && sentence?.ofInnerCall !== true
    ? { ...draft, loose: withLooseAction(draft, squeezed, kept) }
    : draft
}

/** What stands in front of a message that names no call itself. */
function withLeadingCall(fields: Fields, signals: readonly Signal[], { view, at }: SqueezedText): Fields {
  if (fields.operation !== undefined || fields.action !== undefined || fields.principal !== undefined) return fields
  const { start } = extentOf(signals)
  return { ...leadingCall(view.text, at[start] ?? 0), ...fields }
}

/** What names action or resource itself needs no words in front of it. */
const transferOf = ({ view, at }: SqueezedText, start: number, { class: kind }: Decided, fields: Fields) =>
  kind === 'not-aws' || fields.action !== undefined || fields.resource !== undefined
    ? null
    : transferBefore(view, at[start] ?? 0, fields.operation)

/** An error object of JavaScript has its message twice, as `errorMessage` and as `message`. */
function eventsOf(cores: readonly Signal[], { text }: SqueezedText): number {
  const told = cores.filter(({ name }) => name === 'core')
  const isRetold = ({ start, end }: Signal, next: Signal): boolean =>
    /message:(?:user:)?$/.test(text.slice(Math.max(0, start - 14), start)) &&
    /^[^{}]{0,200}message:(?:user:)?$/.test(text.slice(end, Math.min(next.start, end + 300)))
  return told.filter((core, index) => {
    const before = told[index - 1]
    return before === undefined || !isRetold(before, core)
  }).length
}

/** Further off than this, and lines apart, a code was somebody else's. */
const otherMessage = 60

/**
 * A code that no refusal has, some lines before the message that refused: it closes another error, unless the message
 * follows at once.
 */
function withoutOtherCodes(signals: readonly Signal[], squeezed: SqueezedText): readonly Signal[] {
  const core = signals.find(({ kind }) => kind === 'core')
  if (core === undefined) return signals
  return signals.filter(({ kind, end, fields }) => {
    if ((kind !== 'head' && kind !== 'code') || fields.errorCode === undefined || end > core.start) return true
    if (isDenialCode(fields.errorCode)) return true
    const lines = squeezed.view.text.slice(squeezed.at[end - 1] ?? 0, squeezed.at[core.start] ?? 0).split('\n').length
    const isNearer = (other: Signal): boolean =>
      other.start >= end && other.end <= core.start && isDenialCode(other.fields.errorCode ?? '')
    // One that a refusal has, with the message in a line below, is the message's own however near the other stands.
    if (signals.some(isNearer)) return lines <= 1
    return end > core.start - otherMessage || lines <= 2
  })
}

const codeBefore =
  /(?:^|[^A-Za-z0-9])([A-Z][A-Za-z0-9]*(?:Exception|Error|Fault))(?:\[\d+\])?:?\s{0,3}["'`]?\s{0,3}(?:The (?:\w{1,20} )?|User: ?)?$/
/** `KinesisException`: the class for whatever a service answers. */
const isOfWholeService = (code: string): boolean =>
  code.endsWith('Exception') && isCommonService(servicePrefix(code.slice(0, -'Exception'.length)))

/** A code that no table knows, right before the sentence: `InvalidParameterValueException: The provided …`. */
function leadingCode(squeezed: SqueezedText, start: number, { class: kind }: Decided): Fields {
  if (kind === 'not-aws') return {}
  const end = squeezed.at[start] ?? 0
  const code = codeBefore.exec(squeezed.view.text.slice(Math.max(0, end - 100), end))?.[1]
  return code === undefined || isAnyError(code) || isOfWholeService(code) ? {} : { errorCode: code }
}

/** An error without a sentence, in whose lines one single IAM action stands. */
function withLooseAction(draft: Draft, squeezed: SqueezedText, signals: readonly Signal[]): Draft {
  const { start, end } = extentOf(signals)
  const loose = findLooseAction(squeezed.view.text, squeezed.at[start] ?? 0, squeezed.at[end] ?? 0)
  if (loose === null) return draft
  return {
    ...draft,
    class: 'authorization',
    weak: false,
    needsContext: false,
    fields: { ...draft.fields, action: loose.text, service: loose.text.slice(0, loose.text.indexOf(':')) },
    marks: { ...draft.marks, action: squeezed.view.spanOf(loose.start, loose.end) },
  }
}

const sessionsOf = (cores: readonly Signal[]): readonly string[] => [
  ...new Set(cores.flatMap(({ fields }) => readPrincipalName(fields.principal ?? null).sessionName ?? [])),
]

/** The first of several signals that marks a part wins. */
function marksOf(squeezed: SqueezedText, all: readonly Signal['marks'][]): DenialMarks {
  const marks: Partial<Record<keyof DenialMarks, Span>> = {}
  for (const part of ['principal', 'action', 'resource', 'reason'] as const) {
    const range = all.find((candidate) => (candidate[part]?.end ?? 0) > (candidate[part]?.start ?? 0))?.[part]
    if (range !== undefined) marks[part] = spanOf(squeezed, range.start, range.end)
  }
  return marks
}

/** A neighbour's own sentence says more than `You are not authorized …`. */
const strongest = (sentences: readonly Signal[]): Signal | undefined =>
  sentences.find((sentence) => sentence.class !== 'bare' && sentence.outer !== true) ?? sentences[0]

const countsAsReason = (reason: Signal, cores: readonly Signal[]): boolean =>
  cores.every(
    (core) => core.fields.effect === undefined && reason.start >= core.end && reason.start - core.end <= nearReason,
  )

type Decided = Pick<Draft, 'class' | 'format' | 'weak' | 'needsContext'>

const decide = (kind: DenialClass, format: string, weak = false, needsContext = false): Decided => ({
  class: kind,
  format,
  weak,
  needsContext,
})

function classify(
  report: Report,
  fields: Fields,
  sentence: Signal | null,
  cores: readonly Signal[],
  reasons: readonly Signal[],
): Decided | null {
  const { signals } = report
  const encoded = signals.some((signal) => signal.encoded)
  const core = cores[0]
  if (core !== undefined) return decide(encoded ? 'encoded' : 'authorization', core.name)
  if (encoded) return decide('encoded', 'encoded-message')
  const coded = byCode(report, fields, reasons)
  // An outer sentence names what failed in the end; a refusal inside says why.
  if (sentence?.outer === true && coded !== null && coded.class !== 'other-aws') return coded
  if (sentence !== null && sentence.class !== null && sentence.class !== 'bare')
    return decide(sentence.class, `neighbour:${sentence.name}`)
  if (sentence !== null) return decide(fields.action === undefined ? 'bare' : 'authorization', sentence.name)
  return coded
}

function byCode(report: Report, fields: Fields, reasons: readonly Signal[]): Decided | null {
  const { signals } = report
  const code = fields.errorCode === undefined ? null : findErrorCode(fields.errorCode)
  const words = signals.find((signal) => signal.kind === 'words')
  const operation = fields.operation !== undefined
  if (code !== null && code.class !== 'bare')
    return decide(code.class, `neighbour:${code.neighbour ?? 'other-aws-error'}`, !operation)
  if (fields.action !== undefined) return decide('authorization', reasons.length > 0 ? 'reason-only' : 'wrapper-action')
  if (reasons.length > 0) return decide('bare', 'reason-only', !operation && code === null)
  const status = fields.status === undefined ? null : statusClass(fields.status)
  // Without a sentence only a record of CloudTrail names the caller.
  if (code !== null && fields.principal !== undefined) return decide('authorization', 'cloudtrail-record')
  if (code !== null)
    return decide('bare', words?.name ?? 'code-only', !operation, code.weak === true && !operation && status === null)
  const wrapped = signals.some((signal) => signal.kind === 'tail' && signal.fields.requestId !== undefined)
  if (words !== undefined)
    return decide(
      'bare',
      words.name,
      !operation,
      words.name !== 'access-denied' && !operation && !wrapped && fields.service === undefined,
    )
  if (fields.errorCode !== undefined && (operation || status !== null))
    return decide('other-aws', 'neighbour:other-aws-error', !operation)
  if (status !== null && (fields.service !== undefined || operation))
    return decide(status, status === 'bare' ? 'status-only' : 'neighbour:other-aws-error', !operation)
  // A HEAD request has no body to say more: a client of the SDK prints `UnknownError`, and the status.
  if (status === 'bare' && hintNear(signals, report.packages, farHint) !== null)
    return decide('bare', 'status-only', true)
  return null
}

const statusClass = (status: string): DenialClass | null =>
  status === '403' || status === '401' ? 'bare' : /^[45]/.test(status) ? 'other-aws' : null

/** What other tools print as well, such as a request id, does not tell the tool. */
const wrapperOf = (signals: readonly Signal[]): string | null =>
  wrapperOrder.find((name) =>
    signals.some((signal) => signal.name === name && (signal.kind === 'head' || !fieldWrappers.has(name))),
  ) ?? null

function serviceField(report: Report, fields: Fields, sentence: Signal | null, format: string): Fields {
  const { action, operation, errorCode, resource } = fields
  if (format === 'role-check' && fields.service !== undefined) return { service: servicePrefix(fields.service) }
  if (action?.includes(':') === true) return { service: action.slice(0, action.indexOf(':')).toLowerCase() }
  if (sentence?.relayed === true) return { service: speakerOf(report, fields, sentence) }
  if (sentence?.fields.service !== undefined) return { service: servicePrefix(sentence.fields.service) }
  if (resource !== undefined && /^https:\/\/(?:sqs\.|[\w.-]+\.queue\.)/.test(resource)) return { service: 'sqs' }
  if (fields.service !== undefined) return { service: servicePrefix(fields.service) }
  const hint = nearestHint(report)
  const named = operation === undefined ? null : ownerOf(operation, hint, report, fields)
  const ofCode = errorCode === undefined ? undefined : findErrorCode(errorCode)?.service
  // The sentence about the encoded message is EC2's; others that relay it name themselves.
  // `CreateTags` is an operation of several services; EC2's error codes are its own.
  const found =
    (ofCode === 'ec2' ? ofCode : named) ??
    ofCode ??
    hint ??
    (report.signals.some(({ encoded }) => encoded) ? 'ec2' : null)
  return found === null ? {} : { service: found }
}

/** Told in prose, a name that only a service has which few people use may be anybody's: `CreateOrder failed`. */
const inProse: ReadonlySet<string> = new Set(['operation-before', 'operation-behind'])

function ownerOf(operation: string, hint: string | null, { signals }: Report, { principal }: Fields): string | null {
  const found = serviceOfOperation(operation, hint)
  if (found === null || found === hint || isCommonService(found) || principal?.startsWith('arn:') === true) return found
  const isPrinted = signals.some(({ kind, name, fields }) => kind === 'head' && !inProse.has(name) && fields.operation)
  return isPrinted ? found : null
}

/** Who says that another service refused: the one that the wrapper or the operation names, else the other itself. */
function speakerOf(report: Report, { operation }: Fields, sentence: Signal): string {
  const stated = report.signals.find((signal) => signal !== sentence && signal.fields.service !== undefined)
  if (stated?.fields.service !== undefined) return servicePrefix(stated.fields.service)
  const hint = nearestHint(report)
  const named = operation === undefined ? null : serviceOfOperation(operation, hint)
  // Secrets Manager keeps to these words for every key that it may not use.
  return named ?? (hint === 'secretsmanager' ? hint : null) ?? sentence.fields.service ?? ''
}

/** The Region in the URL of an endpoint beside the error. */
function regionField(report: Report): Fields {
  const region = hintNear(report.signals, report.endpoints, farEndpoint)?.fields.region
  return region === undefined ? {} : { region }
}

/** The service named nearest to the error: before it, inside or after it. */
function nearestHint(report: Report): string | null {
  const hint = hintNear(report.signals, report.hints, farHint)
  return hint === null ? null : servicePrefix(hint.fields.service ?? '')
}
