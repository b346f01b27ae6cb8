import { prefixFor } from '../../action-catalogue/service-names.ts'
import { gapBefore, hasGapBefore, sliceOf, type SqueezedText } from '../squeezed-text.ts'
import { lengthOfName } from './foreign-words.ts'
import type { Range } from '../template.ts'

const longestPrincipal = 420

export interface Principal extends Range {
  readonly text: string | undefined
  /** Introduced by `User:`, not guessed from the word before the verb. */
  readonly named: boolean
}

const introductions = ['user:', 'serviceprincipal:', 'principal:', 'role:']

/** Who is not authorized: what stands between `User:` and the verb, or the name right before the verb. */
export function readPrincipal(squeezed: SqueezedText, at: number): Principal | null {
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
  if (arn !== -1 && isOfCaller(sliceOf(squeezed, window + arn, end)) && plausible(squeezed, window + arn, end))
    return principalOf(squeezed, window + arn, end, false)
  if (/^(?:role|user|federated-user)\/|(?:^|:)assumed-role\/|\.amazonaws\.com(?:\.cn)?$/.test(word))
    return principalOf(squeezed, start, end, false)
  // A name by its shape, as in `orders-api-create is not authorized`; `lambda` or `it` may be anything.
  if (/^[a-z0-9]{2,}(?:[_-][a-z0-9]+){2,}$/.test(word)) return principalOf(squeezed, start, end, false)
  // `MyPipelineRole`: the name says what it is.
  if (/[a-z0-9_-]Role$|[_-]role$/.test(sliceOf(squeezed, start, end))) return principalOf(squeezed, start, end, false)
  if (standsForCaller.test(word) || isProgram(squeezed, start, end)) return principalOf(squeezed, start, end, false)
  const told =
    /(?:user|role)$/.test(subject.slice(0, start - window)) || /^(?:user|role)[`"']?$/.test(gapWord(squeezed, start))
  return told ? principalOf(squeezed, start, end, true) : null
}

/** `<role>`, `[my-user]`: put in the place of a name. */
const standsForCaller = /^(?:<[^<>]{0,30}|\[[^[\]]{0,30})(?:role|user|principal|caller|arn)[^<>[\]]{0,12}[>\]]$/

const camelName = /^(?!.{0,90}(?:Exception|Error|Fault|Denied)$)[A-Z][a-z0-9]{1,30}(?:[A-Z][a-z0-9]{1,30}){1,6}$/

/** `OrderPlaced is not …`, where a message begins: a function's or a session's name, and no service's. */
function isProgram(squeezed: SqueezedText, start: number, end: number): boolean {
  const opens = start === 0 || squeezed.text[start - 1] === ':' || /["'`\n]/.test(gapBefore(squeezed, start))
  const name = opens ? sliceOf(squeezed, start, end) : ''
  return camelName.test(name) && prefixFor(name) === null
}

/**
 * Callers are of IAM, of STS or a database's: `arn:aws:sns:…` in the line above is a resource. Behind the end of an
 * object or of a paragraph stands another name.
 */
const isOfCaller = (printed: string): boolean =>
  !/^arn:aws[a-z-]*:(?!(?:iam|sts|redshift):)[a-z0-9-]+:/i.test(printed) && !/\n\s*\n|["'}\])]\s*\n/.test(printed)

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

function principalOf(squeezed: SqueezedText, start: number, until: number, named: boolean): Principal {
  const end = start + lengthOfName(squeezed.text.slice(start, until))
  const text = nameText(sliceOf(squeezed, start, end))
  // Markdown's and Slack's brackets of a link round a whole ARN; those inside of one are somebody's redaction.
  if (/^\[arn:[^[\]]+\]$/.test(text)) return { start: start + 1, end: end - 1, named, text: text.slice(1, -1) }
  return { start, end, named, text: nobody.test(text) ? undefined : text }
}

/** What a program prints where it knows nobody, and an ARN into whose account something else got: `:111,122223333:`. */
const nobody = /^(?:[.\u2026]*|null|undefined|None|nil|arn:(?:[^:]*:){3}(?:\d+,)+\d+(?::.*)?)$/

/** Blanks within brackets belong to what was put in place of a part: `[account id]`. */
const withoutBlanks = (text: string): string =>
  text.replace(/(\[[^[\]]{0,60}\]|\{[^{}]{0,60}\})|\s+/g, (_, bracketed: string | undefined) => bracketed ?? '')

/** A name as printed, without the line breaks that a terminal put into it. Placeholders keep their blanks. */
const nameText = (raw: string): string => {
  const text = raw.replace(/\s*\n\s*|`/g, '').trim()
  return text.startsWith('arn') && !text.includes('<') ? withoutBlanks(text) : text
}
