import type { ReplyCause, ReplyGap, Reply } from '../reply/schema.ts'
import { confidenceBadge, causeLink } from './answer-view.ts'
import { h, link } from './dom.ts'
import { codeBlock, disclosure, heading, notice, paragraph, proseList, section } from './parts.ts'
import { describeTarget, renderForms, renderRemedies } from './remedy-view.ts'
import { remedyForms } from './remedy-forms.ts'
import type { View } from './view.ts'
import type { Words } from './words.ts'

/** What stands beneath the answer: candidates, what comes next, what was not seen, remarks, references. */
export function renderBeneath(view: View): readonly (HTMLElement | null)[] {
  return [renderCandidates(view), renderNext(view), renderUnseen(view), renderNotes(view), renderReferences(view)]
}

function renderCandidates({ diagnosis, words }: View): HTMLElement | null {
  const candidates = diagnosis.causes.slice(1)
  if (candidates.length === 0) return null
  return section(
    'candidates',
    words.candidates.further,
    'card candidates',
    h('p', { class: 'muted small' }, words.candidates.lead),
    h(
      'ol',
      { class: 'ranked' },
      ...candidates.map((cause, index) => renderCandidate(cause, `${diagnosis.id}-${index}`, words)),
    ),
  )
}

function renderCandidate(cause: ReplyCause, id: string, words: Words): HTMLElement {
  return h(
    'li',
    {},
    disclosure(
      `candidate-${id}`,
      'candidate',
      [h('span', { class: 'candidate-title' }, ...heading(cause.title)), confidenceBadge(cause, words)],
      ...cause.explanation.split('\n').map((part) => paragraph(part)),
      ...(cause.check === null
        ? []
        : [h('h3', {}, words.candidates.check), codeBlock(cause.check, 'text', words.candidates.check, words)]),
      ...renderRemedies(cause.remedies, { id: `candidate-fix-${id}`, said: cause.explanation, words }),
      causeLink(cause.code, words),
    ),
  )
}

/** The command that settles the first cause, where it is only one of several. */
export function renderCheck({ diagnosis, words }: View): HTMLElement | null {
  const check = diagnosis.causes[0]?.check ?? null
  if (check === null) return null
  return section('check', words.candidates.check, 'card check', codeBlock(check, 'text', words.candidates.check, words))
}

function renderNext({ diagnosis, words }: View): HTMLElement | null {
  if (diagnosis.next.length === 0) return null
  const items = diagnosis.next.map(({ action, resource, because }) =>
    h(
      'li',
      {},
      h('code', {}, action),
      resource === null ? null : h('code', { class: 'muted' }, resource),
      paragraph(because, 'small'),
    ),
  )
  return section(
    'next',
    words.next.heading,
    'card next',
    h('p', { class: 'muted small' }, words.next.lead),
    h('ul', {}, ...items),
  )
}

function renderUnseen({ diagnosis, words }: View): HTMLElement | null {
  const { gaps } = diagnosis.evidence
  if (gaps.length === 0) return null
  const statements = gaps.flatMap(({ statement }) => (statement === null ? [] : [statement]))
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
  return section(
    'unseen',
    words.unseen.heading,
    'card unseen',
    h('ul', {}, ...gaps.map((gap, index) => renderGap(gap, `${diagnosis.id}-${index}`, words))),
    statements.length < 2
      ? null
      : disclosure(
          `grant-all-${diagnosis.id}`,
          'plain-disclosure',
          [words.unseen.copyAll],
          codeBlock(policy, 'json', words.unseen.copyAll, words),
        ),
  )
}

function renderGap(gap: ReplyGap, id: string, words: Words): HTMLElement {
  const { policyType, about, reason, account, statement } = gap
  const name = policyType === null ? about : words.policyTypes[policyType].name
  const muted = (text: string): HTMLElement => h('span', { class: 'muted small' }, ` · ${text}`)
  return h(
    'li',
    {},
    // The sentence says the same in other words, and is for what has no name of its own.
    ...(policyType === null
      ? [paragraph(gap.sentence)]
      : [
          h('strong', {}, name),
          muted(words.gapReasons[reason]),
          account === null ? null : muted(words.unseen.inAccount(account)),
        ]),
    statement === null
      ? null
      : disclosure(
          `gap-${id}`,
          'plain-disclosure',
          [words.unseen.grant],
          codeBlock(JSON.stringify(statement, null, 2), 'json', `${words.unseen.grant}: ${name}`, words),
        ),
  )
}

function renderNotes({ diagnosis, reply, words }: View): HTMLElement | null {
  const notes = [...new Set([...diagnosis.hints.map(({ sentence }) => sentence), ...reply.notes])]
  return notes.length === 0 ? null : section('notes', words.notes.heading, 'card notes', proseList(notes))
}

function renderReferences({ diagnosis, words }: View): HTMLElement | null {
  if (diagnosis.references.length === 0) return null
  const items = diagnosis.references.map(({ title, url }) => h('li', {}, link(url, title)))
  return section('references', words.references.heading, 'card references', h('ul', {}, ...items))
}

/** The remedies of all denials merged for each policy. */
export function renderPlan(reply: Reply, words: Words): HTMLElement | null {
  if (reply.diagnoses.length < 2 || reply.plan.length === 0) return null
  return section(
    'plan',
    words.plan.heading,
    'card plan',
    h('p', { class: 'muted' }, words.plan.lead),
    ...reply.plan.map((step, index) =>
      h(
        'div',
        { class: 'remedy' },
        h(
          'p',
          {},
          ...describeTarget(step.target, words),
          h('span', { class: 'muted small' }, ` · ${words.plan.covers(step.covers.length)}`),
        ),
        renderForms(remedyForms(step), `plan-${index}`, words),
      ),
    ),
    ...leftOut(reply, words),
  )
}

/** Whoever obeys the plan alone would meet these again. */
function leftOut({ diagnoses, notInPlan }: Reply, words: Words): readonly HTMLElement[] {
  if (notInPlan.length === 0) return []
  const numbers = new Map(diagnoses.map(({ id }, index) => [id, index + 1]))
  const lines = notInPlan.map(({ ids, because }) => {
    const denials = words.plan.denials(ids.flatMap((id) => numbers.get(id) ?? []))
    return `${denials}: ${because}`
  })
  return [notice('unsure', h('p', { class: 'list-title' }, words.plan.leavesOut), proseList(lines))]
}
