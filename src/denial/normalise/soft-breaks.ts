import { ownLine } from './own-line.ts'

const narrowest = 45
const fewestBefore = 15
/** A line with the next word would have been longer than this, or it is no line that was broken there. */
const fullLine = 60

/** A line of its own ends the one above. */
const soft = new RegExp(
  String.raw`(?<=[^\n]{${fewestBefore}})\n(?=[^\n])(?!${ownLine}|Error\b|\[?\d{4}-\d\d|\[?\d\d:\d\d|[$>#*|+\-] |\d{1,3}[.)] )`,
  'gu',
)

/** Blanks in place of the breaks that a terminal or a mail put into a sentence; all else keeps its place. */
export const withoutSoftBreaks = (text: string): string =>
  text.replace(soft, (lineBreak, place: number) => (isFull(text, place) ? ' ' : lineBreak))

/** The same of sentences that go on with a small letter: a capital may begin the next line of a log. */
export const withoutBreaksInSentences = (text: string): string =>
  text.replace(soft, (lineBreak, place: number) =>
    goesOnSmall.test(text.slice(place + 1, place + 3)) && isFull(text, place) ? ' ' : lineBreak,
  )

const goesOnSmall = /^["'`(<]?[a-z]/

function isFull(text: string, end: number): boolean {
  const width = end - (text.lastIndexOf('\n', end - 1) + 1)
  return width >= narrowest || width + text.slice(end + 1, end + fullLine).search(/\s|$/) >= fullLine
}
