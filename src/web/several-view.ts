import type { ReplyDiagnosis } from '../reply/schema.ts'
import { h } from './dom.ts'
import { heading } from './parts.ts'
import type { View } from './view.ts'
import type { Words } from './words.ts'

/** The list of denials to walk through; `null` for a single one. */
export function renderSeveral({ reply, index, words, actions }: View): HTMLElement | null {
  const { diagnoses } = reply
  if (diagnoses.length < 2) return null
  return h(
    'nav',
    { class: 'card several', 'aria-labelledby': 'several-title' },
    h('h2', { id: 'several-title', class: 'quiet-heading' }, words.several.heading(diagnoses.length)),
    h(
      'ol',
      {},
      ...diagnoses.map((diagnosis, position) =>
        h(
          'li',
          {},
          h(
            'button',
            {
              type: 'button',
              id: `denial-${position}`,
              'aria-current': position === index ? 'true' : null,
              click: () => actions.select(position),
            },
            h('span', { class: 'several-action' }, actionOf(diagnosis, words)),
            h('span', { class: 'muted small' }, ...heading(diagnosis.causes[0]?.title ?? '')),
          ),
        ),
      ),
    ),
  )
}

const actionOf = ({ denial, requests }: ReplyDiagnosis, words: Words): string =>
  denial.action ?? requests[0]?.action ?? denial.operation ?? denial.errorCode ?? words.several.unknownAction

/** At the end of one diagnosis: on to the next. */
export function renderWalk({ reply, index, words, actions }: View): HTMLElement | null {
  const count = reply.diagnoses.length
  if (count < 2) return null
  const step = (id: string, label: string, to: number): HTMLElement =>
    h(
      'button',
      { type: 'button', class: 'secondary', id, disabled: to < 0 || to >= count, click: () => actions.select(to) },
      label,
    )
  return h(
    'div',
    { class: 'walk' },
    step('previous-denial', words.several.previous, index - 1),
    h('span', { class: 'muted' }, words.several.position(index + 1, count)),
    step('next-denial', words.several.next, index + 1),
  )
}
