/*
 * Marks that comments, lists and diffs put before each line: `//`, `;`, `--`, `REM`, `*`, `+`. Such signs may begin any
 * line, and `*` may be a resource of its own. They are marks where the lines beside them begin alike, or where a
 * sentence of AWS goes on behind them.
 */

const markShape =
  /\/\/[/!]?|;{1,4}|%{1,4}|!{1,2}|::|-{1,3}|#{1,4}|\*{1,2}|\+|\u2022|(?:REM|Rem|rem|dnl)(?=[ \t\r\n]|$)/y
/** Editors that comment lines out leave no blank behind these, diffs behind `+` and `-`. */
const gluedShape = /(?:\/\/[/!]?|;{1,4}|#{1,4}|\+|-)(?=[A-Za-z"'`(])/y
/** Lists, of YAML too, where every line is one item, and what `*` stands for: only a sentence tells that they are marks. */
const ofLists: ReadonlySet<string> = new Set(['-', '*', '**', '\u2022'])

/** What no line but the second one of a denial begins with. */
const goesOn =
  /(?:because (?:no|public|the)|(?:with|by) an explicit deny|(?:is |are )?not authorized to perform|on resource|policy allows|allows the)\b|to perform:/y
/** What the words of a denial never end with. */
const isAmid =
  /(?:^|[^\w-])(?:(?:User|Service Principal|perform|resource):?|is|not|authorized|to|on|because|no|with|an?|explicit|deny in|the|(?:identity|resource)-based|(?:service|resource) control|allows)[ \t]*\r?$/
const isAmidName = /[:/][ \t]*\r?$/

const newline = 0x0a
const longestLead = 40

interface Mark {
  readonly sign: string
  readonly end: number
  readonly glued: boolean
}

/** Where a mark at this place of a line ends; `null` where none stands there. */
export function commentMarkEnd(text: string, line: number, position: number): number | null {
  const mark = readMark(text, position)
  if (mark === null || position - line > longestLead) return null
  // A diff marks its lines at their very start.
  if (mark.glued && '+-'.includes(mark.sign) && position !== line) return null
  const above = lineAbove(text, line)
  const lead = text.slice(line, position)
  const alike = above !== null && beginsAlike(text, above, lead, mark)
  if ((!ofLists.has(mark.sign) || isRemovedComment(text, mark)) && isOfBlock(text, mark, lead, alike)) return mark.end
  return goesOnBehind(text, line, mark, above, alike) ? mark.end : null
}

function readMark(text: string, position: number): Mark | null {
  markShape.lastIndex = position
  const sign = markShape.exec(text)?.[0]
  if (sign === undefined) return null
  const end = position + sign.length
  if (end >= text.length || isBlankOrBreak(text.charCodeAt(end))) return { sign, end, glued: false }
  gluedShape.lastIndex = position
  return gluedShape.exec(text)?.[0] === sign ? { sign, end, glued: true } : null
}

const isBlankOrBreak = (code: number): boolean => code === 0x20 || code === 0x09 || code === 0x0d || code === newline

/** A diff's `-` before a comment, which no list has for its items. */
const isRemovedComment = (text: string, { sign, end }: Mark): boolean =>
  sign === '-' && /^(?:#|\/\/)/.test(text.slice(blanksEnd(text, end), end + longestLead))

function isOfBlock(text: string, mark: Mark, lead: string, alike: boolean): boolean {
  // A list and an operator of source code are indented, a diff is not.
  if ((mark.sign === '+' || mark.sign === '-') && lead !== '') return false
  if (alike) return true
  const below = text.indexOf('\n', mark.end) + 1
  return below !== 0 && below < text.length && beginsAlike(text, below, lead, mark)
}

function goesOnBehind(text: string, line: number, mark: Mark, above: number | null, alike: boolean): boolean {
  if (alike && isAmid.test(text.slice(Math.max(above ?? 0, line - 41), line - 1))) return true
  if (mark.glued && !alike) return false
  goesOn.lastIndex = blanksEnd(text, mark.end)
  if (!goesOn.test(text)) return false
  return mark.sign !== '*' || alike || !isOpen(text, line, above)
}

/** `on resource:` and `s3:::photos/` go on with an asterisk, unless it is the mark of a comment that was opened above. */
function isOpen(text: string, line: number, above: number | null): boolean {
  if (above === null) return true
  return (
    isAmidName.test(text.slice(Math.max(above, line - 41), line - 1)) &&
    !/^[ \t]*\/\*/.test(text.slice(above, above + longestLead))
  )
}

const lineAbove = (text: string, line: number): number | null =>
  line === 0 || text.charCodeAt(line - 1) !== newline ? null : text.lastIndexOf('\n', line - 2) + 1

/** The same mark behind the same signs; how far they are indented may differ. */
function beginsAlike(text: string, line: number, lead: string, { sign, glued }: Mark): boolean {
  let at = line
  for (const expected of lead) {
    if (expected === ' ' || expected === '\t') continue
    at = blanksEnd(text, at)
    if (text[at] !== expected) return false
    at++
  }
  const start = blanksEnd(text, at)
  const other = readMark(text, start)
  return other?.sign === sign && !(glued && '+-'.includes(sign) && start !== line)
}

function blanksEnd(text: string, start: number): number {
  let end = start
  while (end < start + longestLead && (text.charCodeAt(end) === 0x20 || text.charCodeAt(end) === 0x09)) end++
  return end
}
