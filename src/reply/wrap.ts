/** Columns that a text takes in a terminal: East Asian wide characters take two. */
export const widthOf = (text: string): number =>
  Array.from(text).reduce((sum, letter) => sum + (isWide(letter) ? 2 : 1), 0)

const isWide = (letter: string): boolean =>
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u.test(
    letter,
  )

/** Wraps at blanks. A word that is wider than a line (an ARN) stays whole, so that it can be copied. */
export function wrap(text: string, columns: number, first = '', rest = first): string {
  const lines: string[] = []
  let line = ''
  let indent = first
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(indent) + widthOf(longer) > columns) {
      lines.push(indent + line)
      indent = rest
      line = word
    } else line = longer
  }
  return [...lines, indent + line].join('\n')
}
