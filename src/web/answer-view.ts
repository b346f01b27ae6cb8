import type { ReplyCause } from '../reply/schema.ts'
import { h, link, type Child } from './dom.ts'
import { badge, disclosure, notice, paragraph, prose, type Tone } from './parts.ts'
import { renderQuestions } from './questions-view.ts'
import { renderRemedies } from './remedy-view.ts'
import type { Confidence } from './reply-types.ts'
import type { View } from './view.ts'
import type { Words } from './words.ts'

const confidenceTones: Readonly<Record<Confidence, Tone>> = {
  verified: 'good',
  evaluated: 'good',
  stated: 'neutral',
  possible: 'unsure',
}

/** The answer: its title, two sentences, how sure it is, and what it rests on. */
export function renderAnswer(view: View): HTMLElement {
  const { words, actions, diagnosis, news } = view
  const cause = diagnosis.causes[0]
  const { source } = diagnosis.evidence
  return h(
    'section',
    { class: 'card answer', 'aria-labelledby': 'answer-title' },
    h(
      'div',
      { class: 'badges' },
      ...(cause === undefined ? [] : [confidenceBadge(cause, words)]),
      source === 'sample' ? badge('unsure', words.answer.sampleLabel) : null,
      h('span', { class: 'muted small' }, words.answer.basedOn(words.sources[source])),
    ),
    h('h2', { id: 'answer-title', tabindex: -1 }, ...prose(cause?.title ?? words.answer.nothingFound)),
    paragraph(diagnosis.summary, 'summary'),
    news === null ? null : notice(news.tone, h('p', { id: 'news' }, news.text)),
    source === 'sample' ? notice('unsure', h('p', {}, words.answer.sample)) : null,
    ...diagnosis.evidence.notes.map((note) => notice('neutral', paragraph(note))),
    renderManagedBy(view),
    cause === undefined ? null : renderExplanation(cause, diagnosis.id, words),
    ...renderQuestions(view),
    h(
      'div',
      { class: 'buttons' },
      h('button', { type: 'button', class: 'secondary', id: 'recheck', click: actions.recheck }, words.paste.recheck),
    ),
  )
}

export function confidenceBadge({ confidence }: Pick<ReplyCause, 'confidence'>, words: Words): HTMLElement {
  const { label, meaning } = words.confidences[confidence]
  return badge(confidenceTones[confidence], label, meaning)
}

function renderManagedBy({ diagnosis, words }: View): Child {
  const managedBy = diagnosis.caller?.managedBy ?? null
  if (managedBy === null) return null
  return notice('unsure', h('p', { class: 'list-title' }, words.remedy.managed), paragraph(managedBy.sentence))
}

function renderExplanation({ code, explanation, confidence }: ReplyCause, id: string, words: Words): HTMLElement {
  return disclosure(
    `why-${id}`,
    'plain-disclosure',
    [words.answer.explanation],
    ...explanation.split('\n').map((part) => paragraph(part)),
    h(
      'p',
      { class: 'muted small' },
      `${words.confidences[confidence].label}: ${words.confidences[confidence].meaning}`,
    ),
    causeLink(code, words),
  )
}

export const causeLink = (code: string, words: Words): HTMLElement =>
  h('p', { class: 'small' }, link(`/v1/causes/${code}`, `${words.answer.aboutCause} (${code})`))

/** What to change, beside the picture of the evaluation. */
export function renderFix({ diagnosis, words }: View): HTMLElement | null {
  const cause = diagnosis.causes[0]
  if (cause === undefined || cause.remedies.length === 0) return null
  return h(
    'section',
    { class: 'card fix', 'aria-labelledby': 'fix-title' },
    h('h3', { id: 'fix-title' }, words.remedy.heading),
    ...renderRemedies(cause.remedies, `fix-${diagnosis.id}`, words),
  )
}
