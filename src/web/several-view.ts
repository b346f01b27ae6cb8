import type { ReplyDiagnosis } from '../reply/schema.ts'
import { h } from './dom.ts'
import { heading } from './parts.ts'
import type { View } from './view.ts'
import type { Words } from './words.ts'

/** The list of denials to walk through; `null` for a single one. */
export function renderSeveral({ reply, index, words, actions }: View): HTMLElement | null {
  const { diagnoses } = reply
  if (diagnoses.length < 2) return null
  const apart = namesThatDiffer(diagnoses)
  return h(
    'nav',
    { class: 'card several', 'aria-labelledby': 'several-title' },
    h('h2', { id: 'several-title', class: 'quiet-heading' }, headingOf(reply, words)),
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
            ...apart(diagnosis).map((name) => h('span', { class: 'several-apart' }, name)),
          ),
        ),
      ),
    ),
  )
}

function headingOf({ diagnoses, meta }: View['reply'], { several }: Words): string {
  const { length } = diagnoses
  return meta.denialsFound > length ? several.headingCut(length, meta.denialsFound) : several.heading(length)
}

/** Caller, account and resource of a denial, as far as they tell the denials of a text apart. */
function namesThatDiffer(diagnoses: readonly ReplyDiagnosis[]): (diagnosis: ReplyDiagnosis) => readonly string[] {
  const differing = namesOf.filter((read) => new Set(diagnoses.map(read)).size > 1)
  return (diagnosis) => differing.flatMap((read) => read(diagnosis) ?? [])
}

const namesOf: readonly ((diagnosis: ReplyDiagnosis) => string | null)[] = [
  ({ denial }) => denial.roleOrUserName ?? denial.principal,
  ({ denial }) => denial.accountId,
  ({ denial, requests }) => denial.resource ?? requests[0]?.resource ?? null,
]

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
