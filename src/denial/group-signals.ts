import type { Fields, Signal } from './signal.ts'
import type { SqueezedText } from './squeezed-text.ts'

/** The signals of one error as some tool reported it. */
export interface Report {
  readonly signals: readonly Signal[]
  readonly hints: readonly Signal[]
  /** The hints that name a Region. */
  readonly endpoints: readonly Signal[]
  /** The hints that show an SDK of AWS at work. */
  readonly packages: readonly Signal[]
}

// In characters of the squeezed text.
const nearHead = 400
const farAway = 3000
const nearWords = 40
// No error says more than this; a hostile text may.
const mostSignals = 60

/**
 * Puts signals together that speak of the same error: what a tool prints before a message, the message, what it
 * prints after. Signals come in order of appearance.
 */
export function groupSignals(signals: readonly Signal[], squeezed: SqueezedText): readonly Report[] {
  const reports: Signal[][] = []
  let current: Signal[] = []
  let covered = 0
  for (const signal of signals) {
    if (signal.kind === 'hint') continue
    if (signal.end <= covered && isCovered(signal)) continue
    if (startsReport(current, signal, squeezed)) {
      if (current.length > 0) reports.push(current)
      current = inherited(current, signal, squeezed)
    }
    current.push(signal)
    if (signal.kind !== 'code' && signal.kind !== 'words') covered = Math.max(covered, signal.end)
  }
  if (current.length > 0) reports.push(current)
  const hints = signals.filter((signal) => signal.kind === 'hint')
  const endpoints = hints.filter(({ fields }) => fields.region !== undefined)
  const packages = hints.filter(({ name }) => name === 'sdk-package')
  return reports.map((report) => ({ signals: report, hints, endpoints, packages }))
}

/** Words inside a longer wording that was understood as a whole. */
const isCovered = (signal: Signal): boolean =>
  signal.kind === 'words' ||
  signal.kind === 'code' ||
  signal.name === 'reason' ||
  signal.name === 'js' ||
  signal.name === 'response-headers' ||
  signal.kind === 'sentence' ||
  signal.name === 'console-banner'

const isMessage = (signal: Signal): boolean =>
  signal.kind === 'core' || signal.kind === 'sentence' || signal.kind === 'words'

function startsReport(current: readonly Signal[], signal: Signal, squeezed: SqueezedText): boolean {
  const last = current.at(-1)
  if (last === undefined) return false
  const distance = signal.start - last.end
  if (distance > farAway || current.length >= mostSignals) return true
  if (isQuotedWithin(signal, squeezed)) return false
  const core = current.find((other) => other.kind === 'core')
  const message =
    core ??
    current.find((other) => isMessage(other) && other.outer !== true) ??
    current.find((other) => other.name === 'reason')
  switch (signal.kind) {
    case 'core':
      if (core !== undefined) return !sameDenial(core.fields, signal.fields)
      return message !== undefined && (distance > nearHead || isClosed(message, current))
    case 'head':
      // Each record has one.
      if (signal.name === 'cloudtrail-identity' && distance <= nearHead)
        return current.some(({ name }) => name === 'cloudtrail-identity')
      if (message?.kind === 'words' && signal.fields.operation === undefined && distance <= nearHead) return false
      return (
        message !== undefined && (!isLateField(current, signal, distance) || isParted(last.end, signal.start, squeezed))
      )
    case 'code':
      if (message?.kind === 'words') return distance > nearHead
      return message !== undefined || (current.some((other) => other.kind === 'code') && distance > nearHead)
    case 'sentence':
      if (message === undefined || message.name === signal.name) return false
      return message.kind !== 'words' || (signal.class !== 'bare' && distance > nearWords)
    case 'words':
      return core !== undefined || (message !== undefined && message.kind === 'sentence')
    default:
      return false
  }
}

/** Lambda ends its sentence with what KMS told it: `KMS Exception: AccessDeniedException KMS Message: The ciphertext …`. */
const isQuotedWithin = ({ kind, start }: Signal, { text }: SqueezedText): boolean =>
  (kind === 'code' && text.startsWith('kmsexception:', start - 13)) ||
  (kind === 'sentence' && text.startsWith('kmsmessage:', start - 11))

/** An error of another kind, and behind it what its own tool prints at the end. */
const isClosed = (message: Signal, current: readonly Signal[]): boolean =>
  message.kind === 'sentence' &&
  message.class !== null &&
  message.class !== 'bare' &&
  message.outer !== true &&
  current.some(({ kind, start, fields }) => kind === 'tail' && start >= message.end && fields.requestId !== undefined)

/** JavaScript prints the message first and `code:` after it. */
function isLateField(current: readonly Signal[], signal: Signal, distance: number): boolean {
  if (signal.fields.operation !== undefined && signal.name !== 'cloudtrail') return false
  if (signal.name !== 'js' && signal.name !== 'json' && signal.name !== 'cloudtrail') return false
  return (
    distance < nearHead &&
    current.every(
      ({ fields }) =>
        agree(fields.errorCode, signal.fields.errorCode) && agree(fields.operation, signal.fields.operation),
    )
  )
}

/**
 * Of the same action, or on one line about the same service: a line of another call has a wrapper of its own, or none.
 * Roles are passed by other calls only.
 */
const isListedWith = (one: Signal, next: Signal, { view, at }: SqueezedText): boolean => {
  const [a, b] = [one.fields.action?.toLowerCase(), next.fields.action?.toLowerCase()]
  if (a === undefined || b === undefined || a === b || b === 'iam:passrole') return true
  const between = view.text.slice(at[one.end - 1], at[next.start])
  return a.split(':')[0] === b.split(':')[0] && !between.includes('\n')
}

/** A blank line between: what follows it is a message of its own. */
const isParted = (end: number, start: number, { view, at }: SqueezedText): boolean =>
  end > 0 && /\n\s*\n/.test(view.text.slice((at[end - 1] ?? 0) + 1, at[start]))

/** In a list of refusals within one message, what stood before the first one counts for all. */
function inherited(current: readonly Signal[], signal: Signal, squeezed: SqueezedText): Signal[] {
  const last = current.at(-1)
  if (signal.kind !== 'core' || last === undefined || signal.start - last.end > 14) return []
  if (isParted(last.end, signal.start, squeezed)) return []
  const [listed] = current.filter(({ kind }) => kind === 'core').slice(-1)
  if (listed !== undefined && !isListedWith(listed, signal, squeezed)) return []
  return current.filter((other) => other.kind === 'head' || other.kind === 'code')
}

/** Two readings of one thing that do not contradict each other. */
export const agree = (a: string | undefined, b: string | undefined): boolean =>
  a === undefined || b === undefined || a.toLowerCase() === b.toLowerCase()

export function withoutSession(principal: string | undefined): string | undefined {
  const role = principal?.indexOf(':assumed-role/') ?? -1
  if (principal === undefined || role === -1) return principal
  const session = principal.indexOf('/', role + ':assumed-role/'.length)
  return session === -1 ? principal : principal.slice(0, session)
}

/** Nothing that both say differs; two sessions of one role are the same caller. */
export const sameDenial = (a: Fields, b: Fields): boolean =>
  agree(a.action, b.action) &&
  agree(withoutSession(a.principal), withoutSession(b.principal)) &&
  agree(a.resource, b.resource) &&
  agree(a.policyType, b.policyType) &&
  agree(a.effect, b.effect)
