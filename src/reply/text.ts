import { withoutUnseen } from '../iam/unseen-characters.ts'
import type { Locale } from '../words/locale.ts'
import { wordsOf } from '../words/words-of.ts'
import type { Block } from './block.ts'
import { outline } from './outline.ts'
import type { Reply } from './schema.ts'
import { widthOf, wrap } from './wrap.ts'

/** Columns of a terminal or runbook. What is copied (statements, commands, ARNs) is never broken, and may be longer. */
const columns = 100

/** How a terminal sets a kind of block apart; the text itself is the same without. */
export type TextStyle = (text: string, kind: Block['kind']) => string

const unstyled: TextStyle = (text) => text

export function renderText(reply: Reply, locale: Locale, style: TextStyle = unstyled): string {
  const blocks = outline(reply, wordsOf(locale)).map((block) => style(renderBlock(block), block.kind))
  return `${blocks.join('\n\n')}\n`
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return renderHeading(block.text, block.level)
    case 'prose':
      return paragraph(block.lead === undefined ? block.text : `${block.lead}. ${block.text}`)
    case 'note':
      return paragraph(block.text, '! ')
    case 'fields':
      return block.rows.map(([label, value]) => paragraph(`${label}: ${value}`, '', '  ')).join('\n')
    case 'list':
      return block.items.map((item) => paragraph(item, '- ', '  ')).join('\n')
    case 'links':
      return block.items.map(({ title, url }) => `- ${visible(title)}\n  ${visible(url)}`).join('\n')
    case 'code':
      return block.text
        .replace(/\n$/u, '')
        .split('\n')
        .map((line) => `  ${visible(line)}`)
        .join('\n')
  }
}

function renderHeading(text: string, level: 2 | 3): string {
  const title = visible(text.replaceAll('`', ''))
  return level === 2 ? paragraph(title, '== ', '   ') : `${title}\n${'-'.repeat(Math.min(widthOf(title), columns))}`
}

/** Values lose their backticks: in a terminal they would be copied along. */
const paragraph = (text: string, first = '', rest = first): string =>
  wrap(visible(text.replaceAll('`', '')), columns, first, rest)

/** Control characters would move the cursor or change the colours of a terminal. */
const visible = (text: string): string => withoutUnseen(text, ' ').replaceAll(/[\t\n]+/gu, ' ')
