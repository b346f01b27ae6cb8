import type { ResourceEnd } from '../signal.ts'
import {
  behindBlanks,
  behindLine,
  isBrokenArn,
  isUnspaced,
  joinedArn,
  unbroken,
  type Breaks,
} from './broken-resource.ts'
import { lengthOfName, startsForeign } from './foreign-words.ts'
import { gapBefore, hasGapBefore, sliceOf, type SqueezedText } from '../squeezed-text.ts'
import type { Range } from '../template.ts'
import { tokenEnd, trimmedEnd } from '../token.ts'

const lead =
  /[.,*]{0,4}(?:(?:on|for)(?:the)?(?:following)?(?:resources?(?:\(s\))?:?(?:resource:(?=arn:))?|role(?=arn:))|on(?=arn:|\.{3}[:/][a-z]))/y
const notNamed = /(?:associatedwith|this)/y
const longest = 1400

// What ends a resource that is not in quotes.
const reasonStart =
  /withanexplicitdeny|because(?:no|the|public|$)|becausepublic|\.?encodedauthorization|\(service:|statuscode:|\.goto|\.encoded/
const entity = /^(?:role|user|group|policy|instanceprofile|policypath|servercertificate|mfadevice|samlprovider)$/

export interface Resource extends Range {
  /** Where the name itself stands, without `on resource:`. */
  readonly value: Range
  readonly ends: ResourceEnd
  /** Absent where the words are there and the name is not, or is `...`. */
  readonly text?: string
}

/** `on resource: <resource>` at this very place. */
export function readResource(squeezed: SqueezedText, start: number, breaks: Breaks = unbroken): Resource | null {
  lead.lastIndex = start
  const words = lead.exec(squeezed.text)
  if (words === null) return null
  const at = start + words[0].length
  notNamed.lastIndex = at
  if (notNamed.test(squeezed.text))
    return { start, end: associationEnd(squeezed, at), value: { start: at, end: at }, ends: 'closed' }
  const colon = words[0].endsWith(':')
  // A reaction of a chat, as in `:eyes:`.
  const isReaction = colon && gapBefore(squeezed, at - 1).includes('\n') && !hasGapBefore(squeezed, at)
  const value = isReaction ? null : readValue(squeezed, at, colon, breaks)
  if (value === null) return { start, end: at, value: { start: at, end: at }, ends: 'closed' }
  const text = resourceText(sliceOf(squeezed, value.start, value.end))
  const isCut = breaks.blanks && behindBlanks(squeezed, value.start, value.end) === 'cut'
  const named = { start, end: value.end, value, ends: isCut ? ('ellipsis' as const) : endOf(squeezed, value) }
  if (/^[.\u2026]+$/.test(text) || isStump(text)) return named
  return { ...named, text: named.ends === 'ellipsis' && !text.endsWith('.') ? `${text}\u2026` : text }
}

/** `arn:aws:iam`: what was cut off before the Region names nothing. */
const isStump = (text: string): boolean => /^arn:[^\s:]{0,20}(?::[^\s:]{0,80})?$/.test(text)

const ellipsis = /\.{3}$|\u2026$/

export function endOf(squeezed: SqueezedText, { start, end }: Range): ResourceEnd {
  const { text } = squeezed.view
  const next = (squeezed.at[end - 1] ?? text.length) + 1
  if (ellipsis.test(sliceOf(squeezed, start, end) + (text[next] ?? ''))) return 'ellipsis'
  return next >= text.length || text[next] === '\n' ? 'line' : 'closed'
}

const association = /associatedwiththis(?:ciphertext|object|resource)?|this(?:resource)?/y
function associationEnd(squeezed: SqueezedText, at: number): number {
  association.lastIndex = at
  return association.test(squeezed.text) ? association.lastIndex : at
}

function readValue(squeezed: SqueezedText, at: number, colon: boolean, breaks: Breaks): Range | null {
  if (at >= squeezed.text.length) return null
  const gap = gapBefore(squeezed, at)
  // `on resource:" when it runs`: the quote ends the sentence, of which the name is missing.
  if (/["'`]\s+$/.test(gap) && !/^(?:\*|arn:|[^\s]*[:/])/.test(nextWordAt(squeezed, at))) return null
  const opening = /["'`]\s*$/.exec(gap)?.[0].trim()
  if (opening !== undefined) {
    const quoted = quotedEnd(squeezed, at, opening)
    if (quoted !== null) return plausibleValue(squeezed, at, quoted, colon)
  }
  const named = entityEnd(squeezed, at)
  if (named !== null) return { start: at, end: named }
  return plausibleValue(squeezed, at, wrappedEnd(squeezed, at, breaks), colon)
}

const nextWordAt = (squeezed: SqueezedText, at: number): string => sliceOf(squeezed, at, wordEnd(squeezed, at))

/** Kinds behind which a colon and the name stand: a colon at the end of the line is the ARN's own, and its name is missing. */
const kindBeforeName =
  /^arn:[\w-]{2,20}:(?:autoscaling|backup|cloudwatch|elasticache|lambda|logs|rds|redshift|secretsmanager|states):[^:]{0,60}:[^:]{1,60}:[a-z-]{2,24}$/

/** CloudWatch Logs ends the ARN of a group in `:log-stream:`, which is no punctuation. */
export const resourceEnd = (squeezed: SqueezedText, start: number, end: number): number => {
  const last = trimmedEnd(squeezed, start, end)
  if (squeezed.text[last] !== ':') return last
  const name = squeezed.text.slice(start, last)
  const isOwn = name.endsWith(':log-stream') || (endsWithLine(squeezed, last) && kindBeforeName.test(name))
  return isOwn ? last + 1 : last
}

const endsWithLine = ({ view, at }: SqueezedText, index: number): boolean =>
  /^["'`]?\s*(?:\n|$)/.test(view.text.slice((at[index] ?? 0) + 1, (at[index] ?? 0) + 6))

const reasonAt = (squeezed: SqueezedText, at: number): boolean =>
  squeezed.text.slice(at, at + longest).search(reasonStart) === 0

const ofTwoParts = /^(?:\*|\.{2,3}|\u2026|[\w.$<{[*-][^\s]*[:/][^\s:]|<[^<>]+>|\{[^{}]+\}|\[[^[\]]+\])/

const restOfLine = /^["'`)\]},.;]{0,4}\s*(?:$|\n|\(|because |with an |status)/

/** A single word, with nothing of another sentence behind it. */
const endsLine = ({ view, at }: SqueezedText, text: string, end: number): boolean =>
  /^\w/.test(text) && restOfLine.test(view.text.slice((at[end - 1] ?? 0) + 1, (at[end - 1] ?? 0) + 20))

/** `… on resource: " + arn`: source code that puts the name in. */
const operator = /^(?:[+&~|]{1,2}|\)\S{0,20})$/

/** `my-bucket/*Principal does not have …`: a lost line break, and the next sentence stands right behind the star. */
function behindStar(squeezed: SqueezedText, start: number, end: number): number {
  const name = starAndWord.exec(sliceOf(squeezed, start, end))?.[1]
  const next = (squeezed.at[end - 1] ?? 0) + 1
  return name !== undefined && /^ [a-z]/.test(squeezed.view.text.slice(next, next + 2)) && !reasonAt(squeezed, end)
    ? start + name.length
    : end
}

const starAndWord = /^((?:arn:[^\s"'`*]{8,600}[:/])?\*)[A-Z][a-z]{1,20}$/

/** Without a colon only what looks like a resource is one: the sentence may just have been cut off there. */
function plausibleValue(squeezed: SqueezedText, start: number, end: number, colon: boolean): Range | null {
  const last = behindStar(squeezed, start, resourceEnd(squeezed, start, end))
  if (last <= start || /\n\s*\n/.test(gapBefore(squeezed, start))) return null
  const text = squeezed.text.slice(start, last)
  if (operator.test(text)) return null
  // `on resource: というエラー`: the sentence was cut off, and another goes on.
  if (startsForeign(text) && !reasonAt(squeezed, last)) return null
  if (!colon && !/^(?:arn:|\*|https?:|\.{3}[:/])|^[a-z]{2,30}arn$/.test(text)) return null
  // Cut off there, and a line of its own follows: a key of YAML, a reaction of a chat.
  if (gapBefore(squeezed, start).includes('\n') && !ofTwoParts.test(text) && !endsLine(squeezed, text, last))
    return null
  return { start, end: last }
}

/** The quote that closes the name: S3 keys hold blanks and quotes of their own. */
function quotedEnd(squeezed: SqueezedText, start: number, opening: string): number | null {
  const closing = opening === '`' ? "`'" : opening
  const limit = Math.min(start + longest, squeezed.text.length)
  for (let index = start + 1; index <= limit; index++) {
    if (!hasGapBefore(squeezed, index) && index < squeezed.text.length) continue
    const gap =
      index < squeezed.text.length
        ? gapBefore(squeezed, index)
        : squeezed.view.text.slice((squeezed.at[index - 1] ?? 0) + 1)
    if (gap !== '' && closing.includes(gap.charAt(0))) return index
    if (gap.split('\n').length > 3) return null
  }
  return null
}

/** IAM names its entities as `role app`, `policy path /`, with a blank. */
function entityEnd(squeezed: SqueezedText, at: number): number | null {
  if (!/[gimprsu]/.test(squeezed.text[at] ?? '')) return null
  let index = at
  for (let words = 0; words < 2; words++) {
    index = wordEnd(squeezed, index)
    if (!entity.test(squeezed.text.slice(at, index))) continue
    const second = wordEnd(squeezed, index)
    if (entity.test(squeezed.text.slice(at, second))) continue
    const end = wrappedEnd(squeezed, index)
    if (end <= index) return null
    const last = trimmedEnd(squeezed, index, end)
    return index + lengthOfName(squeezed.text.slice(index, last), 0)
  }
  return null
}

function wordEnd(squeezed: SqueezedText, start: number): number {
  let index = start + 1
  while (index < squeezed.text.length && index < start + 64 && !hasGapBefore(squeezed, index)) index++
  return index
}

/** The end of a name without quotes; over line breaks only where fixed words close it further on. */
function wrappedEnd(squeezed: SqueezedText, start: number, breaks: Breaks = unbroken): number {
  const limit = Math.min(start + longest, squeezed.text.length)
  const end = beyondMask(squeezed, start, tokenEnd(squeezed, start, limit), limit)
  const window = squeezed.text.slice(start, limit)
  const stop = reasonStart.exec(window)
  const close = stop === null ? Infinity : withoutMark(squeezed, start, start + stop.index)
  if (close <= end) return Math.max(close, start)
  if (close <= limit && (spansOnlyBreaks(squeezed, start, close) || isSpacedName(squeezed, start, close))) return close
  const joined = breaks.blanks ? behindBlanks(squeezed, start, end) : null
  return (
    (joined === 'cut' ? null : joined) ??
    behindSlash(squeezed, start, end) ??
    behindLine(squeezed, start, end, breaks) ??
    behindKind(squeezed, start, end) ??
    start + lengthOfName(squeezed.text.slice(start, end))
  )
}

/** Names go on with `/`, `/*` and `:*`. */
const markAlone = /([^\s:/])\s*\n\s*((?!:|\/(?!\/))[^\w\s"'`<>{}[\]()]{1,4})\s*$/

/** Signs alone on their line, before the reason, are the mark of a comment: `*` in `role/app`, `* because no …`, too. */
function withoutMark(squeezed: SqueezedText, start: number, close: number): number {
  const mark = markAlone.exec(sliceOf(squeezed, Math.max(start, close - 40), close))?.[2]
  return mark === undefined ? close : close - mark.length
}

const reasonOfAws = /becauseno[a-z-]{5,25}(?:polic(?:y|ies)|boundary)allow|withanexplicitdenyina|\(service:/y
const spacedName = /^arn:[\w-]+:[\w-]+:[^:\s]*:[^:\s]*:[^\s,;"'`](?:(?:[^\n"'`]|\n(?!\n)){0,300}[^\s.,;:"'`])?\s*$/
/** What stands in sentences, and not in names: a second ARN, punctuation with a blank behind it. */
const ofSentence = /[.,;:!?] |arn:.{1,300}arn:/

/** Glue jobs, alarms, budgets and the like have blanks in their names: what AWS says next ends them. */
function isSpacedName(squeezed: SqueezedText, start: number, close: number): boolean {
  reasonOfAws.lastIndex = close
  if (close - start > 400 || !reasonOfAws.test(squeezed.text)) return false
  const raw = sliceOf(squeezed, start, close)
  return isBrokenArn(raw) || (spacedName.test(raw) && !isUnspaced(raw) && !ofSentence.test(raw))
}

// Actions whose resource is a path: `…:user/` is whole.
const asksPath = /(?:iam:list[a-z]*|bypath)(?:onresource:?)?$/
const lastWord = /^\n([\w+=,.@:*-]+(?:\/[\w+=,.@:*-]+)*)["'`)}\]]{0,4}(?:\n\s*\n|\s*$)/

/** A name that ends in a slash goes on where one single word follows it and ends the paragraph: a terminal broke it. */
function behindSlash(squeezed: SqueezedText, start: number, end: number): number | null {
  if (squeezed.text[end - 1] !== '/' || !squeezed.text.startsWith('arn:', start)) return null
  if (asksPath.test(squeezed.text.slice(Math.max(0, start - 80), start))) return null
  const at = (squeezed.at[end - 1] ?? 0) + 1
  const word = lastWord.exec(squeezed.view.text.slice(at, at + 300))?.[1]
  return word === undefined || /[.:,]$/.test(word) ? null : end + word.length
}

/** What stands before the name, of services whose ARNs all have a kind there; a topic or a queue is a name alone. */
const kindAlone = /^arn:[\w-]{2,20}:(?!(?:s3|sns|sqs):)[\w-]{2,40}:[^:]{0,60}:[^:]{1,60}:[a-z]{2,20}$/
const restOfKind = /^ ((?!and\/or\b)[A-Za-z]{2,20}\/[\w.:-]{1,200})/

/** `…:delivery streams/orders`: somebody wrote the kind of the resource in two words. */
function behindKind(squeezed: SqueezedText, start: number, end: number): number | null {
  if (!kindAlone.test(squeezed.text.slice(start, end))) return null
  const at = (squeezed.at[end - 1] ?? 0) + 1
  const word = restOfKind.exec(squeezed.view.text.slice(at, at + 240))?.[1]
  return word === undefined ? null : end + word.length
}

const maskedField = /(?:[x*_\u2022\u2588-]{1,40}|[0-9]{1,12}|\([a-z0-9 _-]{1,40}\)|redacted|removed|hidden)?:/y

const openedMask = /:[*[({][^:*\])}]{1,20}$/
const restOfMask = /[a-z0-9_.-]{1,30}[*\])}]{1,3}:/y

/** Whoever masked an account may have left a blank: `arn:aws:iam:: :role/app`, `arn:aws:iam::xxxx :role/app`. */
function beyondMask(squeezed: SqueezedText, start: number, end: number, limit: number): number {
  if (!squeezed.text.startsWith('arn:', start)) return end
  let last = end
  for (let masks = 0; masks < 3 && squeezed.text.slice(start, last).split(':').length < 6; masks++) {
    const field = fieldAt(squeezed.text, last, openedMask.test(squeezed.text.slice(start, last)))
    if (field === null || sliceOf(squeezed, last - 1, field).includes('\n')) return last
    last = hasGapBefore(squeezed, field) ? field : tokenEnd(squeezed, field, limit)
  }
  return last
}

/** Where a masked field ends, or the rest of one with a blank in it: `*account id*:`. */
function fieldAt(text: string, at: number, isOpen: boolean): number | null {
  const shape = isOpen ? restOfMask : maskedField
  shape.lastIndex = at
  return shape.test(text) ? shape.lastIndex : null
}

/** What a log puts before every line goes on with no name. */
const levelLine = /\n\s*(?:ERROR|WARN|WARNING|INFO|DEBUG|TRACE|FATAL)\s*(?:\n|$)/

/** Between a name's parts stand line breaks alone, or the blanks of an S3 key or of a text from a PDF. */
function spansOnlyBreaks(squeezed: SqueezedText, start: number, close: number): boolean {
  const raw = sliceOf(squeezed, start, close)
  if (raw.length > 600 || raw.split('\n').length > 5 || levelLine.test(raw)) return false
  const isObject = /^arn:[\w-]+:s3:::[^/\s]+\//.test(raw) && !raw.includes('\n')
  const isSpacedArn = /^arn: /.test(raw)
  return isObject || isSpacedArn || !/[^\S\n]|["']/.test(raw.replace(/<[^<>]*>/g, '').replace(/\s*\n\s*/g, ''))
}

/** The name as printed, without the line breaks in it; `role app` keeps its blank. */
function resourceText(raw: string): string {
  const text = raw.replace(/^(role|user|group|policy|instance profile)\s+/i, (_, word: string) => `${word} `)
  if (text.startsWith('arn: ')) return text.replace(/\s+/g, '')
  if (isBrokenArn(text)) return joinedArn(text)
  // A name with blanks in it was broken at one.
  return text.replace(/(\S)\s*\n\s*/g, /^arn:\S* /.test(text) ? '$1 ' : '$1').trim()
}
