import type { ReplyCause, ReplyDiagnosis } from '../reply/schema.ts'
import { h, link, type Child } from './dom.ts'
import { badge, catalogueAddress, disclosure, heading, notice, paragraph, type Tone } from './parts.ts'
import { isOpen, renderQuestions } from './questions-view.ts'
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
  const { words, diagnosis, news } = view
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
    h('h1', { id: 'answer-title', tabindex: -1 }, ...heading(cause?.title ?? words.answer.nothingFound)),
    paragraph(diagnosis.summary, 'summary'),
    news === null ? null : notice(news.tone, h('p', { id: 'news' }, news.text)),
    renderEvidenceNotes(view),
    renderManagedBy(view),
    cause === undefined ? null : renderExplanation(cause, diagnosis.id, words),
    isOpen(view) ? renderQuestions(view) : null,
  )
}

export function confidenceBadge({ confidence }: Pick<ReplyCause, 'confidence'>, words: Words): HTMLElement {
  const { label, meaning } = words.confidences[confidence]
  return badge(confidenceTones[confidence], label, meaning)
}

/** Where the evidence comes from and what was taken for granted; that it is only a sample is said first. */
function renderEvidenceNotes({ diagnosis, words }: View): Child {
  const { source, notes } = diagnosis.evidence
  const isSample = source === 'sample'
  if (notes.length === 0 && !isSample) return null
  return notice(
    isSample ? 'unsure' : 'neutral',
    ...notes.map((note) => paragraph(note)),
    isSample ? h('p', {}, words.answer.sample) : null,
  )
}

/** Where a policy beside the principal refuses, who manages the principal is of no use. */
const concernsPrincipal = ({ denial, verdict }: ReplyDiagnosis): boolean => {
  const blocking = (verdict?.policyTypes ?? []).flatMap(({ type, blocking }) => (blocking ? [type] : []))
  const blamed = blocking.length > 0 ? blocking : [denial.policyType ?? 'identity-based']
  return blamed.some((type) => type === 'identity-based' || type === 'permissions-boundary')
}

function renderManagedBy({ diagnosis, words }: View): Child {
  const managedBy = diagnosis.caller?.managedBy ?? null
  if (managedBy === null || !concernsPrincipal(diagnosis)) return null
  return notice('unsure', h('p', { class: 'list-title' }, words.remedy.managed), paragraph(managedBy.sentence))
}

function renderExplanation({ code, explanation, rule, confidence }: ReplyCause, id: string, words: Words): HTMLElement {
  return disclosure(
    `why-${id}`,
    'plain-disclosure',
    [words.answer.explanation],
    ...(rule === '' ? explanation : rule).split('\n').map((part) => paragraph(part)),
    h(
      'p',
      { class: 'muted small' },
      `${words.confidences[confidence].label}: ${words.confidences[confidence].meaning}`,
    ),
    causeLink(code, words),
  )
}

export const causeLink = (code: string, words: Words): HTMLElement =>
  h('p', { class: 'small' }, link(catalogueAddress(words, code), `${words.answer.aboutCause} (${code})`))

/** What to change, beside the picture of the evaluation. */
export function renderFix({ diagnosis, words, actions }: View): HTMLElement | null {
  const cause = diagnosis.causes[0]
  if (cause === undefined || cause.remedies.length === 0) return null
  const recheck = h(
    'button',
    { type: 'button', class: 'secondary', id: 'recheck', click: actions.recheck },
    words.paste.recheck,
  )
  return h(
    'section',
    { class: 'card fix', 'aria-labelledby': 'fix-title' },
    h('h2', { id: 'fix-title' }, words.remedy.heading),
    ...renderRemedies(cause.remedies, { id: `fix-${diagnosis.id}`, said: diagnosis.summary, words }),
    diagnosis.verdict === null ? null : h('div', { class: 'buttons after' }, recheck),
  )
}
