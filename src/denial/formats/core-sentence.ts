import type { Fields, Signal } from '../signal.ts'
import { serviceOfOperation } from '../operation-services.ts'
import { gapBefore, hasGapBefore, sliceOf, type SqueezedText } from '../squeezed-text.ts'
import type { Range } from '../template.ts'
import { readReason, type Reason } from './reason.ts'
import { readResource, type Resource } from './resource.ts'

/*
 * User: <principal> is not authorized to perform: <action> [on resource: <resource>] [<reason>]
 *
 * The sentence of nearly every AWS service. Its parts are cut by the fixed words, not by blanks: session names may
 * hold `=`, `@` and `,`, terminals break lines inside of names, and some services leave a part out.
 */

export const coreAnchor = 'notauthorized'
const longestPrincipal = 420

const perform = /(?:to)?perform:?(?:theaction:?|action:|operation:)?/y
const action = /\*{0,2}([\w-]{2,40}:[a-z0-9*]+)/y
const nullAction = /null/y
// Words that may follow an action directly, where a line break was lost.
const afterAction = /on(?:the)?resource|withanexplicitdeny|because(?:no|public|the)|action/

export function readCoreSentence(squeezed: SqueezedText, at: number): Signal | null {
  const principal = readPrincipal(squeezed, at)
  const verbStart = at + coreAnchor.length
  perform.lastIndex = verbStart
  const verb = perform.exec(squeezed.text)
  const called = verb === null ? null : readOperation(squeezed, verbStart + verb[0].length)
  if (called !== null) return operationSignal(principal, called, readResource(squeezed, called.end))
  if (verb === null) {
    // Cut off, or said without the action: only an ARN makes it a denial of somebody.
    if (principal?.text?.startsWith('arn:') !== true) return null
    const assuming = readAssuming(squeezed, principal, verbStart)
    if (assuming !== null) return assuming
    return signal(principal.start, verbStart, { principal: principal.text }, { principal })
  }
  const zone = verbStart + verb[0].length
  const acted = readAction(squeezed, zone)
  if (acted === null) {
    nullAction.lastIndex = zone
    const printedNull = nullAction.test(squeezed.text)
    if (!principal?.text && !printedNull) return null
    if (principal?.text === undefined || !(principal.named || printedNull)) return null
    return signal(principal.start, zone, { principal: principal.text }, { principal })
  }
  const resource = readResource(squeezed, acted.end)
  const bodyEnd = resource?.end ?? acted.end
  const reason = nextReason(squeezed, bodyEnd)
  return signal(
    principal?.start ?? at,
    reason?.end ?? bodyEnd,
    {
      ...(principal?.text !== undefined && { principal: principal.text }),
      action: acted.text,
      ...(resource?.text !== undefined && { resource: resource.text }),
      ...reason?.fields,
    },
    {
      ...(principal?.text !== undefined && { principal }),
      action: acted,
      ...(resource?.text !== undefined && { resource: resource.value }),
      ...(reason && { reason }),
    },
  )
}

const databaseUser = /^arn:aws[a-z-]*:redshift:[a-z0-9-]*:[^:]*:dbuser:/
const assumeRole = /toassume(?:iam)?role/y

/** `User arn:aws:redshift:…:dbuser:… is not authorized to assume IAM Role …`: the cluster asks for its database user. */
function readAssuming(squeezed: SqueezedText, principal: Principal, verbEnd: number): Signal | null {
  assumeRole.lastIndex = verbEnd
  const verb = assumeRole.exec(squeezed.text)
  if (verb === null || principal.text === undefined || !databaseUser.test(principal.text)) return null
  const start = verbEnd + verb[0].length
  let end = start
  while (end < squeezed.text.length && end < start + 400 && (end === start || !hasGapBefore(squeezed, end))) end++
  const role = sliceOf(squeezed, start, end).replace(/[.,;'")]+$/, '')
  const isArn = role.startsWith('arn:')
  const fields = { principal: principal.text, action: 'sts:AssumeRole' }
  return isArn
    ? signal(
        principal.start,
        start + role.length,
        { ...fields, resource: role },
        { principal, resource: { start, end: start + role.length } },
      )
    : signal(principal.start, start, fields, { principal })
}

const operationName = /[a-z]{3,60}/y

/** `is not authorized to perform CreateLogGroup with Tags`: an operation where others print the action. */
function readOperation(squeezed: SqueezedText, start: number): (Range & { text: string }) | null {
  operationName.lastIndex = start
  const run = operationName.exec(squeezed.text)?.[0].length ?? 0
  let end = start + 1
  while (end < start + run && !hasGapBefore(squeezed, end)) end++
  const text = sliceOf(squeezed, start, end)
  const isName = /^[A-Z][a-z]+[A-Z]/.test(text) && squeezed.text[end] !== ':' && serviceOfOperation(text, null) !== null
  return isName ? { start, end, text } : null
}

const operationSignal = (
  principal: Principal | null,
  { start, end, text }: Range & { text: string },
  resource: Resource | null,
): Signal =>
  signal(
    principal?.start ?? start,
    resource?.end ?? end,
    {
      ...(principal?.text !== undefined && { principal: principal.text }),
      operation: text,
      ...(resource?.text !== undefined && { resource: resource.text }),
    },
    {
      ...(principal?.text !== undefined && { principal }),
      ...(resource?.text !== undefined && { resource: resource.value }),
    },
  )

const signal = (start: number, end: number, fields: Fields, marks: Signal['marks']): Signal => ({
  kind: 'core',
  name: 'core',
  class: 'authorization',
  start,
  end,
  fields,
  encoded: false,
  marks,
})

interface Principal extends Range {
  readonly text: string | undefined
  /** Introduced by `User:`, not guessed from the word before the verb. */
  readonly named: boolean
}

const introductions = ['user:', 'serviceprincipal:', 'principal:', 'role:']

/** Who is not authorized: what stands between `User:` and the verb, or the name right before the verb. */
function readPrincipal(squeezed: SqueezedText, at: number): Principal | null {
  const window = Math.max(0, at - longestPrincipal)
  const before = squeezed.text.slice(window, at)
  const verb = /(?:is|was|isnt|are|am)$/.exec(before)
  if (verb === null || verb[0] === 'are' || verb[0] === 'am') return null
  const end = at - verb[0].length
  const subject = before.slice(0, before.length - verb[0].length)
  for (const introduction of introductions) {
    const found = introducedAt(squeezed, window, subject, introduction)
    if (found === -1) continue
    const start = window + found + introduction.length
    if (plausible(squeezed, start, end)) return principalOf(squeezed, start, end, true)
  }
  return principalWithoutColon(squeezed, window, subject, end)
}

/** The last `User:` that is a word of its own, not the end of `dbuser:`. */
function introducedAt(squeezed: SqueezedText, window: number, subject: string, introduction: string): number {
  let found = subject.lastIndexOf(introduction)
  while (found > 0 && /[a-z0-9]/.test(subject[found - 1] ?? '') && !hasGapBefore(squeezed, window + found))
    found = subject.lastIndexOf(introduction, found - 1)
  return found
}

function principalWithoutColon(squeezed: SqueezedText, window: number, subject: string, end: number): Principal | null {
  const start = wordStart(squeezed, window, end)
  const word = subject.slice(start - window)
  if (word === 'user' || word === 'caller' || word === '' || word === '.') return null
  const arn = subject.lastIndexOf('arn:')
  if (arn !== -1 && plausible(squeezed, window + arn, end)) return principalOf(squeezed, window + arn, end, false)
  if (/^(?:role|user|federated-user)\/|(?:^|:)assumed-role\/|\.amazonaws\.com(?:\.cn)?$/.test(word))
    return principalOf(squeezed, start, end, false)
  // A name by its shape, as in `orders-api-create is not authorized`; `lambda` or `it` may be anything.
  if (/^[a-z0-9]{2,}(?:[_-][a-z0-9]+){2,}$/.test(word)) return principalOf(squeezed, start, end, false)
  const user = subject.slice(0, start - window).endsWith('user') || /^user[`"']?$/.test(gapWord(squeezed, start))
  return user ? principalOf(squeezed, start, end, true) : null
}

const gapWord = (squeezed: SqueezedText, start: number): string =>
  sliceOf(squeezed, Math.max(0, start - 4), start).toLowerCase()

function wordStart(squeezed: SqueezedText, window: number, end: number): number {
  const placeholder = placeholderBefore(squeezed, end)
  if (placeholder !== null) return placeholder
  let start = end
  while (start > window && (start === end || gapBefore(squeezed, start) === '')) start--
  return start
}

/** `User [Lambda ARN] is …`: a placeholder is one word, blanks inside or not. */
function placeholderBefore(squeezed: SqueezedText, end: number): number | null {
  const found = /(?:\[[^[\]<>]{2,40}\]|<[^[\]<>]{2,40}>)$/.exec(squeezed.text.slice(Math.max(0, end - 42), end))
  return found === null || !hasGapBefore(squeezed, end - found[0].length) ? null : end - found[0].length
}

const serviceOrNobody = /^(?:[\w.-]+\.amazonaws\.com(?:\.cn)?|anonymous)$/

/** One word, or words broken over lines: a sentence in between is no name. */
function plausible(squeezed: SqueezedText, start: number, end: number): boolean {
  if (end < start) return false
  const raw = sliceOf(squeezed, start, end)
  if (!/[\s<*]/.test(raw)) return true
  if (raw.split('\n').length > 6) return false
  const placeholdersGone = raw
    .replace(/<[^<>]*>/g, 'x')
    .replace(/\*\s/g, '*')
    .trim()
  if (serviceOrNobody.test(placeholdersGone.replace(/\s*\n\s*/g, ''))) return true
  if (/^arn\s*:/i.test(placeholdersGone))
    return placeholdersGone.split(/[ \t]+/).length <= 8 && !/^arn(?:[^:]*:){6}\s/i.test(placeholdersGone)
  return !/[ \t]/.test(placeholdersGone) && !/[\n]/.test(placeholdersGone.replace(/-\n|\/\n/g, ''))
}

function principalOf(squeezed: SqueezedText, start: number, end: number, named: boolean): Principal {
  const text = nameText(sliceOf(squeezed, start, end))
  return { start, end, named, text: /^[.\u2026]*$/.test(text) ? undefined : text }
}

/** A name as printed, without the line breaks that a terminal put into it. Placeholders keep their blanks. */
const nameText = (raw: string): string => {
  const text = raw.replace(/\s*\n\s*|`/g, '').trim()
  return text.startsWith('arn') && !text.includes('<') ? text.replace(/\s+/g, '') : text
}

function readAction(squeezed: SqueezedText, start: number): (Range & { text: string }) | null {
  action.lastIndex = start
  const found = action.exec(squeezed.text)
  const name = found?.[1]
  if (found === null || name === undefined) return null
  const nameStart = start + found[0].length - name.length
  const end = actionEnd(squeezed, nameStart, nameStart + name.length)
  const text = sliceOf(squeezed, nameStart, end).replace(/\s+/g, '')
  return text.endsWith(':') ? null : { start: nameStart, end, text }
}

/** The first blank ends an action, unless a line break split the name and a known word ends it later. */
function actionEnd(squeezed: SqueezedText, start: number, runEnd: number): number {
  const run = squeezed.text.slice(start, runEnd + 12)
  const colon = start + run.indexOf(':')
  const next = afterAction.exec(run)
  const stop = Math.min(runEnd, next && next.index > 0 ? start + next.index : runEnd)
  const gaps: number[] = []
  for (let index = colon + 2; index < stop; index++) if (hasGapBefore(squeezed, index)) gaps.push(index)
  const [first] = gaps
  if (first === undefined) return stop
  const broken = gaps.length === 1 && next !== null && stop < runEnd && gapBefore(squeezed, first).includes('\n')
  return broken ? stop : first
}

const betweenReason = /[.,;:)*\]}>|\u2026-]{0,12}/y

/** The clause right behind the sentence; further on it may belong to somebody's prose. */
function nextReason(squeezed: SqueezedText, end: number): Reason | null {
  const direct = readReason(squeezed, end)
  if (direct !== null) return direct
  betweenReason.lastIndex = end
  const skipped = betweenReason.exec(squeezed.text)?.[0] ?? ''
  return skipped === '' ? null : readReason(squeezed, end + skipped.length)
}
