import { readAnsi } from './escapes.ts'
import { isFrame } from './characters.ts'
import { commentMarkEnd } from './comment-marks.ts'
import { repeatedPrefixEnd } from './repeated-prefix.ts'

const escape = 0x1b
const openBracket = 0x5b

// What tools put before every line: a time, a container's name, the marks of quoting, of comments and of frames.
const stamp = /\[?(?:\d{4}[-/]\d\d[-/]\d\d[T ])?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?\]?(?=[\s|\u2502])/y
// The status of a stack's event is the first cell of a row.
const container = /(?!(?:CREATE|UPDATE|DELETE|IMPORT|ROLLBACK)_[A-Z_]{1,40} )[A-Za-z][\w.-]{0,40} {0,20}\| /y
const mark = /(?:>+|\|+|#+)(?=[\s>|#]|$)|>/my
// Azure Pipelines and GitHub Actions.
const command = /##\[[a-z]{3,12}\]/y
const escapedMark = /(?:&gt;){1,6}(?: |$)/my
// The asterisk of a comment block or a list; one before a reason clause is a resource.
const asterisk = /\* +(?=\S)(?!because|with|action|status)/y
const log = /(?:stdout|stderr) [FP] /y
const none: readonly RegExp[] = []

/** The marks by the characters with which they begin: most lines begin with none of them. */
const marksOf: (readonly RegExp[] | undefined)[] = []
for (const [characters, marks] of [
  ['[0123456789', [stamp]],
  ['>|', [mark]],
  ['#', [command, mark]],
  ['&', [escapedMark]],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrtuvwxyz', [container]],
  ['s', [container, log]],
  ['*', [asterisk]],
] as const)
  for (const character of characters) marksOf[character.charCodeAt(0)] = marks

/** Where the line's own text begins. At most a dozen marks are skipped, so the cost per line is bounded. */
export function linePrefixEnd(text: string, start: number): number {
  let position = repeatedPrefixEnd(text, start)
  let piped = false
  for (let marks = 0; marks < 12; marks++) {
    const at = skipBlanks(text, position)
    const next: number | null = markEnd(text, at, piped) ?? commentMarkEnd(text, start, at)
    if (next === null) break
    // What stands behind one more is the cell of a table.
    piped ||= text.slice(at, next).trimEnd().endsWith('|')
    position = next
  }
  return position === start ? start : skipBlanks(text, position)
}

function skipBlanks(text: string, start: number): number {
  let position = start
  while (isBlankOrFrame(text.charCodeAt(position))) position++
  return position
}

const isBlankOrFrame = (code: number): boolean => code === 0x20 || code === 0x09 || isFrame(code)

function markEnd(text: string, position: number, piped: boolean): number | null {
  const code = text.charCodeAt(position)
  if (Number.isNaN(code) || code === 0x0a || code === 0x0d) return null
  if (code === escape || code === openBracket) {
    const ansi = readAnsi(text, position)
    if (ansi !== null) return ansi.end
  }
  for (const pattern of marksOf[code] ?? none) {
    if (piped && pattern === container) continue
    pattern.lastIndex = position
    if (pattern.test(text)) return pattern.lastIndex
  }
  return null
}
