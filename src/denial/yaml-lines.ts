/** A line of YAML, by where things stand in it: all that the columns tell, and no more. */
export interface YamlLine {
  readonly start: number
  readonly end: number
  /** Characters in front of the first one that counts. */
  readonly indent: number
  /** Where its key stands, after the dash of an item. */
  readonly column: number
  readonly isItem: boolean
  /** From its key on, without blanks at its end. */
  readonly text: string
}

/** Of a line that is longer, no more is looked at. */
const longest = 20_000

const blanks = /^ */
/** Marks of quoting and frames in front of each line too. */
export const quoting = /^[ \t>|]{0,40}/

/** The line that begins at `start`; `lead` is what may stand in front of it. */
export function yamlLineAt(text: string, start: number, lead: RegExp = blanks): YamlLine {
  const newline = text.indexOf('\n', start)
  const end = newline === -1 ? text.length : newline
  const whole = text.slice(start, Math.min(end, start + longest)).trimEnd()
  const indent = lead.exec(whole)?.[0].length ?? 0
  const dash = /^-(?: +|$)/.exec(whole.slice(indent))?.[0].length ?? 0
  const column = indent + dash
  return { start, end, indent, column, isItem: dash > 0, text: whole.slice(column) }
}

/** The line above, if it begins at `from` or behind it. */
export function yamlLineAbove(text: string, { start }: YamlLine, from: number, lead?: RegExp): YamlLine | null {
  if (start - 1 <= from) return null
  const above = text.lastIndexOf('\n', start - 2) + 1
  return above < from ? null : yamlLineAt(text, above, lead)
}
