import { isOperation } from '../../action-catalogue/operations.ts'
import type { TextView } from '../text-view.ts'
import { ownLine } from './own-line.ts'
import { gatherRuns } from './runs.ts'

/*
 * A terminal or a chat that cuts every line at the same column, in the middle of words: `AccessDeniedE` and `xception`
 * on the next line. Such lines are one. Lines that people and programs end themselves differ in width.
 */

export interface Line {
  readonly start: number
  /** Behind its last character that is no blank. */
  readonly end: number
  readonly indent: number
}

const narrowest = 50
/** Where terminals cut: at these columns one full line with a word cut in two is proof enough. */
const columns: ReadonlySet<number> = new Set([80, 100, 120, 132])
const alike = 6

const width = ({ start, end }: Line): number => end - start
const isBlank = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d
const isSmall = (code: number): boolean => (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39)
const isWord = (code: number): boolean => isSmall(code) || (code >= 0x41 && code <= 0x5a)

const commonWords = String.raw`(?:a|an|and|any|anybody|anyone|are|as|at|because|been|but|by|can|could|did|do|does|for|from|got|had|has|have|he|help|here|how|i|if|in|is|it|its|may|might|must|my|no|not|of|on|or|our|please|should|since|so|someone|that|the|their|then|there|these|they|this|those|to|trying|was|we|were|what|when|where|which|while|who|why|will|with|would|you|your)`

/** Whole words, fields and ARNs: a line that begins with one went on at a blank, or is a line of its own. */
const wholeWord = new RegExp(
  String.raw`(?:${commonWords}(?![\w-])|arn:|[a-z][\w-]{1,30}(?:: |=)|[a-z]{2,12} failed:|fatal error)`,
  'y',
)

/** And one that ends with one was ended there. */
const wholeWordAtEnd = new RegExp(
  String.raw`(?:^|[^\w-])(?=\w{2})(?:${commonWords}|access|action|authorized|error|operation|perform:?|policy|resource:?|role|service|user:?)$`,
  'i',
)

/** What begins a line of its own: frames of a stack, times, marks of lists and prompts. */
const wholeLine = new RegExp(
  String.raw`(?:${ownLine}|\[?\d{4}-\d\d-\d\d|\[?\d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3}(?![\w.-])|[$>#*|+\u2502-] )`,
  'y',
)

/** The text with lines that were cut at a fixed column put together again; `null` where there are none. */
export function unwrap(text: string): TextView | null {
  if (!text.includes('\n')) return null
  const lines = linesOf(text)
  const widest = lines.reduce((most, line) => Math.max(most, width(line)), 0)
  const runs = gatherRuns(text)
  let joined = false
  for (let first = 0; first < lines.length - 1;) {
    const block = blockAt(text, lines, first, widest)
    for (const [before, after] of block.joints) {
      runs.skip(before.end, after.start + block.indent)
      joined = true
    }
    first = Math.max(first + 1, block.last)
  }
  return joined ? runs.view() : null
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = []
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start)
    const stop = newline === -1 ? text.length : newline
    let end = stop
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--
    let indent = 0
    while (start + indent < end && isBlank(text.charCodeAt(start + indent))) indent++
    lines.push({ start, end, indent })
    start = stop + 1
  }
  return lines
}

interface Block {
  readonly last: number
  readonly indent: number
  readonly joints: readonly (readonly [before: Line, after: Line])[]
}

function blockAt(text: string, lines: readonly Line[], first: number, widest: number): Block {
  const head = lines[first]
  const next = lines[first + 1]
  const nothing = { last: first + 1, indent: 0, joints: [] }
  if (head === undefined || next === undefined || width(head) < narrowest) return nothing
  // A line that was cut at a blank is shorter by that blank.
  const column = Math.max(width(head), Math.min(width(next), width(head) + 1))
  const indent = next.indent
  const joints: (readonly [Line, Line])[] = []
  let last = first
  let cutWords = 0
  for (; last + 1 < lines.length; last++) {
    const [before, after] = [lines[last], lines[last + 1]]
    if (before === undefined || after === undefined || !goesOn(text, before, after, column, indent)) break
    if (width(before) !== column) continue
    joints.push([before, after])
    if (isCutWord(text, before, after)) cutWords++
  }
  // A terminal indents nothing.
  const enough =
    joints.length > 1 ||
    (columns.has(column) && widest === column && indent <= head.indent + 1) ||
    joints.some(([before, after]) => isHalf(text, before, after))
  return cutWords > 0 && enough ? { last: last + 1, indent, joints } : { ...nothing, last }
}

export function isCutWord(text: string, before: Line, after: Line): boolean {
  const at = after.start + after.indent
  wholeWord.lastIndex = at
  if (wholeWord.test(text)) return false
  const isInWord = isWord(text.charCodeAt(before.end - 1)) && isSmall(text.charCodeAt(at))
  if (isInWord && !wholeWordAtEnd.test(text.slice(Math.max(before.start, before.end - 12), before.end))) return true
  return isCutName(text.slice(Math.max(before.start, before.end - 300), before.end), text.slice(at, at + 80))
}

const begunArn = /(?:^|[\s"'`(])(arn:[\w-]{1,20}:[\w-]{1,40}(?::[\w*-]{0,30}){0,2}:?)$/
const begunAction = /[\s"'`(:][a-z0-9-]{2,40}:([A-Z][A-Za-z0-9]{0,60})$/
const wholeArn = /^arn:[\w-]{1,20}:[\w-]{1,40}:[\w-]{0,20}:(?:\d{10,12}|[\w*]{1,16})?:[^\s:/]/

/** Half a name, whatever the column: an ARN that has no resource yet, an action that is none without the rest. */
function isHalf(text: string, before: Line, after: Line): boolean {
  const head = text.slice(Math.max(before.start, before.end - 300), before.end)
  const at = after.start + after.indent
  const tail = text.slice(at, Math.min(after.end, at + 80))
  const arn = begunArn.exec(head)?.[1]
  if (arn !== undefined) return wholeArn.test(arn + tail)
  const begun = begunAction.exec(head)?.[1]
  const rest = /^[A-Za-z0-9]+/.exec(tail)?.[0]
  return begun !== undefined && rest !== undefined && !isOperation(begun) && isOperation(begun + rest)
}

const arnAtEnd = /(?:^|[\s"'`(])arn(?::[^\s"'`\\]{0,280})?$/
const actionAtEnd = /[a-z0-9-]{2,40}:([A-Z][A-Za-z0-9]{1,60})$/

/** An ARN that goes on behind a colon or a slash, and an action that has such an end: `sts:AssumeRole`, `WithSAML`. */
function isCutName(head: string, tail: string): boolean {
  // `:eyes:` is a reaction in a chat.
  if (/^:[\w+-]+:(?:\s|$)/.test(tail)) return false
  if (arnAtEnd.test(head)) return /^[:/_-]\w/.test(tail) || (/[:/_-]$/.test(head) && /^\w/.test(tail))
  const begun = actionAtEnd.exec(head)?.[1]
  return begun !== undefined && isOperation(begun + (/^[A-Za-z0-9]+/.exec(tail)?.[0] ?? ' '))
}

/** The line is full, and the next one is no line of its own. */
function goesOn(text: string, before: Line, after: Line, column: number, indent: number): boolean {
  if (width(before) !== column && width(before) !== column - 1) return false
  if (after.end === after.start || width(after) > column) return false
  if (after.indent !== indent && after.indent !== indent + 1) return false
  const at = after.start + after.indent
  wholeLine.lastIndex = at
  if (wholeLine.test(text)) return false
  const own = before.start + before.indent
  return text.slice(at, at + alike) !== text.slice(own, own + alike)
}
