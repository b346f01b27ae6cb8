/** Slack's mrkdwn: what is escaped, fenced or shortened, and never cut in the middle of a statement. */

/** Characters that a section's text may have (https://docs.slack.dev/reference/block-kit/blocks/section-block). */
export const sectionLimit = 3000

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Slack reads only these three characters as control characters. */
const escapeMrkdwn = (text: string): string => text.replace(/[&<>]/g, (character) => entities[character] ?? '')

/** A pasted value between backticks: one line, and no backtick of its own with which it could break out. */
export const codeSpan = (value: string): string =>
  `\`${escapeMrkdwn(value.replaceAll('`', 'ˋ').replace(/\s+/g, ' ').trim() || '–')}\``

export const bold = (text: string): string => `*${escapeMrkdwn(text.replaceAll('*', '∗'))}*`

/**
 * Escaped prose of at most `limit` characters. Prose may be shortened: at a blank, never inside an entity, a
 * character or a value between backticks.
 */
export function prose(value: string, limit: number = sectionLimit): string {
  const text = value.replaceAll('```', 'ˋˋˋ')
  const whole = escapeMrkdwn(text)
  if (whole.length <= limit) return whole
  let kept = ''
  let length = 0
  for (const character of text) {
    length += (entities[character] ?? character).length
    if (length > limit - 2) break
    kept += character
  }
  return `${escapeMrkdwn(beforeOpenSpan(atBlank(kept)))}…`
}

/** Plain text of at most `limit` UTF-16 code units, for headers and buttons. */
export function plainText(text: string, limit: number): string {
  if (text.length <= limit) return text
  let kept = ''
  for (const character of text) {
    if (kept.length + character.length > limit - 1) break
    kept += character
  }
  return `${atBlank(kept)}…`
}

function atBlank(text: string): string {
  const blank = text.lastIndexOf(' ')
  return blank > text.length / 2 ? text.slice(0, blank) : text
}

const beforeOpenSpan = (text: string): string =>
  (text.split('`').length - 1) % 2 === 0 ? text : text.slice(0, text.lastIndexOf('`'))

/** A whole block of code, or null where it cannot be shown whole: too long, or it would end its own fence. */
export function fence(code: string, limit: number = sectionLimit): string | null {
  if (code.includes('```') || code.endsWith('`')) return null
  const fenced = `\`\`\`\n${escapeMrkdwn(code)}\n\`\`\``
  return fenced.length <= limit ? fenced : null
}

/** JSON that means the same without a backtick; in one line where it does not fit with line breaks, else null. */
export function jsonFence(value: unknown, limit: number = sectionLimit): string | null {
  const quoted = (indent: number): string => JSON.stringify(value, null, indent).replaceAll('`', '\\u0060')
  return fence(quoted(2), limit) ?? fence(quoted(0), limit)
}
