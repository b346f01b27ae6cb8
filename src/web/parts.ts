import { codeTokens, type CodeLanguage } from './code-tokens.ts'
import { copyButton } from './clipboard.ts'
import { h, type Child } from './dom.ts'
import { icon, type IconName } from './icons.ts'
import type { Words } from './words.ts'

/** Small pieces that several parts of the page share. */

export type Tone = 'good' | 'bad' | 'unsure' | 'neutral'

/** The catalogue, or a cause in it, in the language of the page. */
export const catalogueAddress = ({ locale }: Words, code?: string): string =>
  `/v1/causes${code === undefined ? '' : `/${code}`}?locale=${locale}`

export function badge(tone: Tone, text: string, title: string | null = null): HTMLElement {
  return h('span', { class: `badge ${tone}`, title }, text)
}

const noticeIcons: Readonly<Record<Tone, IconName>> = { good: 'check', bad: 'warning', unsure: 'info', neutral: 'info' }

export function notice(tone: Tone, ...children: readonly Child[]): HTMLElement {
  return h('div', { class: `notice ${tone}` }, icon(noticeIcons[tone]), h('div', {}, ...children))
}

/** Prose of the service, in which `code` stands between backticks. */
export function prose(text: string): readonly Child[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? h('code', {}, part) : part))
}

/** A heading begins with a capital, whatever stands in the middle of sentences elsewhere; names keep their case. */
export const heading = (text: string): readonly Child[] =>
  prose(/^[a-z][a-z’-]*[ ,]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text)

export function paragraph(text: string, className: string | null = null): HTMLElement {
  return h('p', { class: className }, ...prose(text))
}

export function proseList(items: readonly string[], className: string | null = null): HTMLElement {
  return h('ul', { class: className }, ...items.map((item) => h('li', {}, ...prose(item))))
}

/** Code that can be copied as a whole. */
export function codeBlock(code: string, language: CodeLanguage, label: string, words: Words): HTMLElement {
  const tokens = codeTokens(code, language).map(({ kind, text }) =>
    kind === 'plain' ? text : h('span', { class: `tok-${kind}` }, text),
  )
  const pre = h('pre', { tabindex: 0, 'aria-label': label, role: 'group' }, h('code', {}, ...tokens))
  return h('div', { class: 'code' }, pre, copyButton(code, label, words, pre))
}

/** Keys of the disclosures that stand open, so that a new answer does not close them. */
const open = new Set<string>()

export function disclosure(
  key: string,
  className: string,
  summary: readonly Child[],
  ...content: readonly Child[]
): HTMLDetailsElement {
  const details = h(
    'details',
    { class: className, id: key, open: open.has(key) },
    h('summary', { id: `${key}-summary` }, ...summary),
    h('div', { class: 'disclosed' }, ...content),
  )
  details.addEventListener('toggle', () => {
    if (details.open) open.add(key)
    else open.delete(key)
  })
  return details
}

/** A titled part of the answer; `null` where it has nothing to say. */
export function section(id: string, title: string, className: string, ...children: readonly Child[]): HTMLElement {
  return h(
    'section',
    { class: className, 'aria-labelledby': `${id}-title` },
    h('h2', { id: `${id}-title` }, title),
    ...children,
  )
}
