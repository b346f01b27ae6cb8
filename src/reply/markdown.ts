import type { Locale } from '../words/locale.ts'
import { withoutUnseen } from '../iam/unseen-characters.ts'
import { wordsOf } from '../words/words-of.ts'
import type { Block } from './block.ts'
import { outline } from './outline.ts'
import { splitProse } from './prose.ts'
import type { Reply } from './schema.ts'

/**
 * Markdown that GitHub, Teams and PagerDuty all show as meant: headings, lists, fenced code, no tables, no HTML.
 * Whatever was pasted stands in code spans or fences that it cannot leave.
 */
export function renderMarkdown(reply: Reply, locale: Locale): string {
  // In a fence too: what a command shows is what it runs.
  return `${withoutUnseen(outline(reply, wordsOf(locale)).map(renderBlock).join('\n\n'), '\uFFFD')}\n`
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${inline(block.text)}`
    case 'prose':
      return `${block.lead === undefined ? '' : `**${inline(block.lead)}.** `}${inline(block.text)}`
    case 'note':
      return `> ${inline(block.text)}`
    case 'fields':
      return block.rows.map(([label, value]) => `- **${escapeWords(label)}:** ${inline(value)}`).join('\n')
    case 'list':
      return block.items.map((item) => `- ${inline(item)}`).join('\n')
    case 'links':
      return block.items.map(({ title, url }) => `- [${escapeWords(title)}](${url.replaceAll(')', '%29')})`).join('\n')
    case 'code':
      return fence(block.language, block.text)
  }
}

const inline = (text: string): string =>
  splitProse(oneLine(text))
    .map((part) => (part.kind === 'value' ? codeSpan(part.text) : escapeWords(part.text)))
    .join('')

const oneLine = (text: string): string => text.replaceAll(/[\r\n\u2028\u2029]+/gu, ' ')

/** A value never holds a backtick, so one on each side is enough; blanks at the edges would be eaten in pairs. */
const codeSpan = (value: string): string => `\`${value}\``

const escapeWords = (text: string): string =>
  oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]|~#]/gu, (character) => `\\${character}`)

/** A fence longer than any run of backticks inside. */
function fence(language: string, text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length))
  const marks = '`'.repeat(Math.max(3, longest + 1))
  return `${marks}${language === 'text' ? '' : language}\n${text.replace(/\n$/u, '')}\n${marks}`
}
