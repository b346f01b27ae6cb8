import { errorCodes, goesOnAsCode } from './error-codes.ts'
import { indexWords } from './fixed-words.ts'
import { withoutGluedWord } from './glued-action.ts'
import { coreAnchor, cutCallerAnchor, readCoreSentence, readCutCaller } from './formats/core-sentence.ts'
import { consoleAnchors, readConsolePanel } from './formats/console.ts'
import { readSpecialSignals } from './formats/special.ts'
import { withoutBreaksInSentences } from './normalise/soft-breaks.ts'
import { rows } from './rows.ts'
import type { Fields, Row, Signal } from './signal.ts'
import { gapBefore, sliceOf, squeezeWords, withoutBreaks, type SqueezedText } from './squeezed-text.ts'
import { compileTemplate, matchTemplate, slotText, type Match, type Template } from './template.ts'

type Reader = (squeezed: SqueezedText, at: number) => Signal | null

/** Readers by the fixed words at which they start. */
const readers = new Map<string, Reader[]>()
const register = (anchor: string, reader: Reader): void => {
  const known = readers.get(anchor)
  if (known === undefined) readers.set(anchor, [reader])
  else known.push(reader)
}

for (const row of rows) {
  for (const words of typeof row.words === 'string' ? [row.words] : row.words) {
    const template = compileTemplate(words)
    const isPhrase = row.class === 'not-aws' && words.includes(' ')
    register(template.anchor, (squeezed, at) => readRow(row, template, squeezed, at, isPhrase))
  }
}
register(coreAnchor, readCoreSentence)
register(cutCallerAnchor, readCutCaller)
for (const anchor of consoleAnchors) register(squeezeWords(anchor), readConsolePanel)
for (const [name, code] of errorCodes)
  if (code.weak !== true) register(name.toLowerCase(), (squeezed, at) => readCode(name, squeezed, at))
for (const { anchor, read } of readSpecialSignals) register(anchor, read)

const anchors = indexWords(readers)

/** Everything in the text that says something about a denial, in order. */
export function findSignals(squeezed: SqueezedText): readonly Signal[] {
  const { text } = squeezed
  const found: Signal[] = []
  for (let at = anchors.next(text, 0); at !== -1; at = anchors.next(text, at + 1)) {
    for (const candidates of anchors.at(text, at)) {
      const signal = longestOf(candidates, squeezed, at)
      if (signal !== null) found.push(signal)
    }
    // Inside of a blob stands nothing to read.
    const last = found.at(-1)
    if (last?.encoded === true && last.start === at) at = Math.max(at, last.end - 1)
  }
  return found.sort((a, b) => a.start - b.start || b.end - a.end)
}

function longestOf(candidates: readonly Reader[], squeezed: SqueezedText, at: number): Signal | null {
  let best: Signal | null = null
  for (const read of candidates) {
    const signal = read(squeezed, at)
    if (signal !== null && (best === null || signal.end > best.end)) best = signal
  }
  return best
}

const closeBehind = 200
const around = 1000

function readRow(row: Row, template: Template, squeezed: SqueezedText, at: number, isPhrase: boolean): Signal | null {
  const match = matchTemplate(template, squeezed, at)
  if (match === null || (isPhrase && isOneWord(squeezed, match))) return null
  if (row.unless?.test(squeezed.text.slice(match.end, match.end + closeBehind)) === true) return null
  if (row.when !== undefined && !isAmong(row.when, squeezed, match)) return null
  const slots = slotFields(squeezed, match)
  if (
    row.kind === 'head' &&
    template.pieces.length === 2 &&
    slots.errorCode !== undefined &&
    !plausibleCode(slots.errorCode)
  )
    return null
  return {
    kind: row.kind,
    name: row.name,
    class: row.class ?? null,
    ...(row.outer && { outer: row.outer }),
    ...(row.ofInnerCall && { ofInnerCall: row.ofInnerCall }),
    ...(row.relayed && { relayed: row.relayed }),
    start: match.start,
    end: match.end,
    fields: { ...row.sets, ...(row.kind === 'head' ? asWrapper(slots) : slots) },
    encoded: false,
    marks: {
      ...(match.slots.get('action') && { action: match.slots.get('action') ?? match }),
      ...(match.slots.get('resource') && { resource: match.slots.get('resource') ?? match }),
    },
  }
}

/** `OperationNotPermittedException` is a code of AWS's, and not what an operating system says. */
function isOneWord({ at }: SqueezedText, { start, end }: Match): boolean {
  return (at[end - 1] ?? 0) - (at[start] ?? 0) === end - 1 - start
}

function isAmong(when: NonNullable<Row['when']>, { view, at }: SqueezedText, { start, end }: Match): boolean {
  const from = at[start] ?? 0
  const to = (at[end - 1] ?? from) + 1
  const window = view.text.slice(Math.max(0, from - around), to + around)
  const lead = from - Math.max(0, from - around)
  const isIn = (text: string): boolean =>
    when(text.slice(0, lead), text.slice(lead + to - from), text.slice(lead, lead + to - from))
  if (isIn(window)) return true
  const folded = withoutBreaksInSentences(window)
  return folded !== window && isIn(folded)
}

/** A code alone after `code:` counts only where it is one of AWS's or looks like one. */
const plausibleCode = (code: string): boolean => errorCodeShape.test(code)
const errorCodeShape =
  /(?:Exception|Error|Denied|DeniedFault|Unauthorized\w*|UnauthorizedOperation|Forbidden|Failure|Throttling|Token|TokenId|KeyId|Operation|Required|Blocked|Exceeded|NoSuch\w+|BucketNotEmpty|Malformed\w+|Request|Parameter\w*|Argument|DoesNotMatch|Skewed)$/

const fieldSlots: ReadonlySet<string> = new Set([
  'action',
  'errorCode',
  'operation',
  'principal',
  'region',
  'requestId',
  'resource',
  'service',
  'status',
])

function slotFields(squeezed: SqueezedText, match: Match): Fields {
  const fields: Record<string, string> = {}
  for (const [name, range] of match.slots) if (fieldSlots.has(name)) fields[name] = slotText(squeezed, range)
  if (fields['errorCode'] !== undefined)
    fields['errorCode'] = fields['errorCode']
      .slice(fields['errorCode'].lastIndexOf('#') + 1)
      .replace(/\.{2,}$/, '')
      // `403: Forbidden`: a status and its words.
      .replace(/^(\d{3}): ?[A-Z][A-Za-z ]{1,40}$/, '$1')
  if (fields['principal'] !== undefined) fields['principal'] = fields['principal'].replace(/^\[([^\]]*)\]$/, '$1')
  if (fields['action'] !== undefined) fields['action'] = withoutGluedWord(fields['action'])
  if (fields['requestId'] !== undefined && !isRequestId(fields['requestId'])) delete fields['requestId']
  return fields
}

/**
 * A request id in running text; redactions such as `xyz` and `null` are none, nor what follows an empty one: words such
 * as `reason` or `lastTransitionTime`.
 */
const isRequestId = (text: string): boolean =>
  /^[\w.=+/-]{6,130}$/.test(text) &&
  !/^(?:unknown|caused|aws_\w+\.\S+)$/i.test(text) &&
  !/^(?!x+$|[a-f]+$)[A-Z]?[a-z]+(?:[A-Z][a-z]+)*$/.test(text)

function asWrapper(fields: Fields): Fields {
  const { action, ...others } = fields
  return action === undefined ? fields : { ...others, wrapperAction: action }
}

/** Inside of a word: `Access` and `Denied` on the next line are two. */
const isBrokenCode = (lines: string): boolean => goesOnAsCode(lines) && !/^Access\s+Denied$/.test(lines)

/** An error code standing by itself, in its own spelling: `Access denied` in prose is something else. */
function readCode(name: string, squeezed: SqueezedText, at: number): Signal | null {
  const end = at + name.length
  const printed = sliceOf(squeezed, at, end)
  if (withoutBreaks(printed) !== name || (printed.includes('\n') && !isBrokenCode(printed))) return null
  if (at > 0 && gapBefore(squeezed, at) === '' && /[a-z0-9_]/.test(squeezed.text[at - 1] ?? '')) return null
  if (gapBefore(squeezed, end) === '' && /[a-z0-9_]/.test(squeezed.text[end] ?? '')) return null
  // The dump of an error that Go's first SDK prints behind it.
  if (
    squeezed.text.startsWith('code_:', at - 6) &&
    squeezed.text.slice(Math.max(0, at - 2000), at).includes(name.toLowerCase())
  )
    return null
  // Java's own exception of that name, about files.
  if (squeezed.text.slice(Math.max(0, at - 14), at) === 'java.nio.file.') return null
  return {
    kind: 'code',
    name: 'code',
    class: null,
    start: at,
    end,
    fields: { errorCode: name },
    encoded: false,
    marks: {},
  }
}
