import type { RequestContext } from '../iam/request.ts'
import type { CallSeen, Clue, DenialMarks, Span } from './denial.ts'
import { classify, type Decided } from './classify.ts'
import { leadingCode, withoutOtherCodes } from './codes-around.ts'
import type { Report } from './group-signals.ts'
import { extentOf } from './hints.ts'
import { leadingCall } from './leading-call.ts'
import { findLooseAction } from './loose-action.ts'
import { mergeFields } from './merge-fields.ts'
import { readPrincipalName } from './principal-name.ts'
import { calledService, regionField, serviceField } from './service-field.ts'
import type { Fields, Signal } from './signal.ts'
import { sliceOf, spanOf, type SqueezedText } from './squeezed-text.ts'
import { transferBefore } from './transfer-line.ts'

/** One error, understood: what becomes a denial unless another draft says the same. */
export interface Draft extends Decided {
  readonly fields: Fields
  readonly wrapper: string | null
  readonly span: Span
  readonly marks: DenialMarks
  readonly occurrences: number
  /** The same with an action that stands in its lines, where no sentence of the paste names one. */
  readonly loose?: Draft
  /** Sessions of the same role that got the same refusal. */
  readonly sessions?: readonly string[]
  /** A code with no message behind it, which is the whole answer to a call of its own. */
  readonly isEmptyMessage?: true
  /** The service that was called, where the denied action is another's; of structured records all that they tell. */
  readonly clues?: readonly Clue[]
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
// How far a reason may stand behind its sentence.
const nearReason = 30

export function draftOf(report: Report, squeezed: SqueezedText): Draft | null {
  const signals = withoutOtherCodes(report.signals, squeezed)
  const cores = signals.filter((signal) => signal.kind === 'core')
  const sentence = cores[0] ?? strongest(signals.filter((signal) => signal.kind === 'sentence'))
  const reasons = signals.filter((signal) => signal.name === 'reason' && countsAsReason(signal, cores, squeezed))
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
  const span = spanOf(squeezed, start, end)
  const called = fields.action?.startsWith('iam:') === true ? calledService(report, fields, squeezed) : null
  const draft: Draft = {
    ...decided,
    ...(transfer === null ? {} : { transfer }),
    ...(called === null ? {} : { clues: [{ kind: 'called-service', values: { service: called }, span }] }),
    fields: {
      ...leadingCode(squeezed, start, decided),
      ...regionField(report),
      ...fields,
      ...serviceField(report, fields, sentence ?? null, decided.format, squeezed),
    },
    wrapper: wrapperOf(signals),
    span,
    marks: marksOf(
      squeezed,
      [...reasons, ...(main === undefined ? [] : [main]), ...cores].map(({ marks }) => marks),
    ),
    // One sentence: its principal tells.
    ...(cores.length === 1 && main?.fields.principal !== undefined ? {} : { sessions: sessionsOf(cores) }),
    occurrences: Math.max(1, eventsOf(cores, squeezed)),
    ...(decided.format === 'code-only' && isEmptyMessage(signals, squeezed) && { isEmptyMessage: true }),
  }
  return draft.class === 'bare' && sentence?.ofInnerCall !== true
    ? { ...draft, loose: withLooseAction(draft, squeezed, kept) }
    : draft
}

const failedWork = /(?:^|\n)(?:Error: )?[a-z]{3,20}ing [^\n]{2,150}: $/

/** `Error: creating Thing: AccessDeniedException: `, and the line ends. */
const isEmptyMessage = (signals: readonly Signal[], { view, at }: SqueezedText): boolean =>
  signals.some(({ kind, start, end }) => {
    const [from, to] = [at[start] ?? 0, (at[end - 1] ?? 0) + 1]
    return (
      kind === 'code' &&
      /^: ?(?:\n|$)/.test(view.text.slice(to, to + 3)) &&
      failedWork.test(view.text.slice(Math.max(0, from - 200), from))
    )
  })

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

/** An error object of JavaScript has its message twice, as `errorMessage` and as `message`; Go dumps it as `Message_`. */
function eventsOf(cores: readonly Signal[], { text }: SqueezedText): number {
  const told = cores.filter(({ name }) => name === 'core')
  const isRetold = ({ start, end }: Signal, next: Signal): boolean =>
    /message_:(?:user:)?$/.test(text.slice(Math.max(0, next.start - 14), next.start)) ||
    (/message:(?:user:)?$/.test(text.slice(Math.max(0, start - 14), start)) &&
      /^[^{}]{0,200}message:(?:user:)?$/.test(text.slice(end, Math.min(next.start, end + 300))))
  return told.filter((core, index) => {
    const before = told[index - 1]
    return before === undefined || !isRetold(before, core)
  }).length
}

/** An error without a sentence, in whose lines one single IAM action stands. */
function withLooseAction(draft: Draft, squeezed: SqueezedText, signals: readonly Signal[]): Draft {
  const { start, end } = extentOf(signals)
  const loose = findLooseAction(squeezed.view.text, squeezed.at[start] ?? 0, (squeezed.at[end - 1] ?? 0) + 1)
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

/** The sentence goes on with a resource that was not readable: `on resource (...)/v1/POST/orders/(...) with …`. */
const ofResource = /^(?:onresource|ontheresource)/
const endOfSentence = /[.;!?]\s|\n\s*\n/
const longestUnread = 400

const isNear = (core: Signal, reason: Signal, squeezed: SqueezedText): boolean => {
  const between = reason.start - core.end
  if (between < 0 || between > longestUnread) return false
  if (between <= nearReason) return true
  const isOpen =
    core.fields.resource === undefined &&
    (squeezed.text.endsWith('resource', core.end) || ofResource.test(squeezed.text.slice(core.end, core.end + 14)))
  return isOpen && !endOfSentence.test(sliceOf(squeezed, core.end, reason.start))
}

const countsAsReason = (reason: Signal, cores: readonly Signal[], squeezed: SqueezedText): boolean =>
  cores.every((core) => core.fields.effect === undefined && isNear(core, reason, squeezed))

/** What other tools print as well, such as a request id, does not tell the tool. */
const wrapperOf = (signals: readonly Signal[]): string | null =>
  wrapperOrder.find((name) =>
    signals.some((signal) => signal.name === name && (signal.kind === 'head' || !fieldWrappers.has(name))),
  ) ?? null
