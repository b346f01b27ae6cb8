import type { ReplyDiagnosis } from '../reply/schema.ts'
import { h, type Child } from './dom.ts'
import { markNames, segments, type MarkName } from './highlight.ts'
import { icon } from './icons.ts'
import type { View } from './view.ts'
import type { Words } from './words.ts'

/** The text as it was pasted, with principal, action, resource and reason marked where they stand. */
export function renderPaste(view: View): HTMLElement {
  const { words, actions, diagnosis, text } = view
  return h(
    'section',
    { class: 'card paste', 'aria-labelledby': 'paste-title' },
    h(
      'header',
      { class: 'card-head' },
      h('h2', { id: 'paste-title', class: 'quiet-heading' }, words.paste.heading),
      h(
        'div',
        { class: 'buttons' },
        textButton('edit', words.paste.edit, actions.edit),
        view.reply.redactedText === undefined
          ? null
          : textButton('copy-redacted', words.paste.copyRedacted, actions.copyRedacted),
        text === '' ? null : textButton('share', words.paste.share, actions.share, icon('link')),
        textButton('start-over', words.paste.startOver, actions.startOver),
      ),
    ),
    text === '' ? null : markedText(view),
    renderFacts(diagnosis, words),
  )
}

function textButton(id: string, label: string, onClick: () => void, before: Child = null): HTMLButtonElement {
  return h('button', { type: 'button', class: 'quiet', id, click: onClick }, before, label)
}

function markedText({ diagnosis, text, words }: View): HTMLElement {
  const pieces = segments(text, diagnosis.denial).map(({ text: piece, mark, ofDenial }) => {
    if (mark !== null) return h('mark', { class: `mark-${mark}`, title: words.facts[mark] }, piece)
    return ofDenial ? piece : h('span', { class: 'beside' }, piece)
  })
  const pre = h(
    'pre',
    { class: 'marked', id: 'marked-text', tabindex: 0, role: 'group', 'aria-label': words.paste.heading },
    ...pieces,
  )
  // Once it is laid out: a long log opens at its denial.
  requestAnimationFrame(() => {
    const first = pre.querySelector('mark')
    if (first !== null) pre.scrollTop = Math.max(0, first.offsetTop - pre.offsetTop - 48)
  })
  return pre
}

/** The same four values in words; the legend of the marks at once. */
function renderFacts({ denial, requests }: ReplyDiagnosis, words: Words): HTMLElement {
  const beside = [
    denial.principalType === null ? null : words.principalTypes[denial.principalType],
    denial.sessionName === null ? null : words.facts.session(denial.sessionName),
    denial.accountId === null ? null : words.facts.account(denial.accountId),
    denial.occurrences > 1 ? words.facts.occurrences(denial.occurrences) : null,
  ].filter((part) => part !== null)
  const everyResource = requests[0]?.resource === '*' ? words.facts.everyResource : null
  const values: Readonly<Record<MarkName, readonly [string | null, string | null]>> = {
    principal: [denial.roleOrUserName ?? denial.principal, beside.join(' · ')],
    action: [denial.action ?? requests[0]?.action ?? denial.operation, null],
    resource: [denial.resource ?? everyResource, null],
    reason: [reasonOf(denial, words), null],
  }
  return h('dl', { class: 'facts' }, ...markNames.map((name) => renderFact(name, ...values[name], words)))
}

function renderFact(name: MarkName, value: string | null, beside: string | null, words: Words): HTMLElement {
  return h(
    'div',
    {},
    h('dt', { class: `legend-${name}` }, words.facts[name]),
    h('dd', {}, value === null ? h('span', { class: 'muted' }, words.facts.notSaid) : value),
    beside === null || beside === '' ? null : h('dd', { class: 'muted small' }, beside),
  )
}

function reasonOf({ policyType, effect, errorCode }: ReplyDiagnosis['denial'], words: Words): string | null {
  if (effect === null) return errorCode
  const name = policyType === null ? (errorCode ?? 'IAM') : words.policyTypes[policyType].name
  return effect === 'explicit' ? words.facts.policyDenies(name) : words.facts.noPolicyAllows(name)
}
