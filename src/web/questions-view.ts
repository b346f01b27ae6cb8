import { h } from './dom.ts'
import { prose } from './parts.ts'
import { openQuestions, questionText, type OpenQuestion } from './questions.ts'
import type { View } from './view.ts'
import type { Words } from './words.ts'

type ContextQuestion = Extract<OpenQuestion, { readonly about: 'context-key' }>
type HintQuestion = Extract<OpenQuestion, { readonly about: 'hint' }>

/** Whether the answer itself hangs on the questions; then they come before the change. */
export const isOpen = ({ diagnosis: { verdict } }: View): boolean => verdict === null || verdict.decision === 'unknown'

/** Direct questions to the reader; each answer asks the service again. */
export function renderQuestions(view: View): HTMLElement | null {
  const questions = openQuestions(view.diagnosis)
  if (questions.length === 0) return null
  const { words } = view
  return h(
    'div',
    { class: 'questions', role: 'group', 'aria-labelledby': 'questions-title' },
    h('h2', { id: 'questions-title' }, isOpen(view) ? words.questions.heading : words.questions.sharper),
    ...questions.map((question, index) =>
      question.about === 'hint'
        ? renderHintQuestion(question, index, view)
        : renderContextQuestion(question, index, view),
    ),
  )
}

function renderContextQuestion(question: ContextQuestion, index: number, { words, actions }: View): HTMLElement {
  const { key, shape, suggestions, sentences } = question
  const id = `question-${index}`
  const choice = (label: string, value: string | null, name: string): HTMLElement =>
    h(
      'button',
      { type: 'button', class: 'choice', id: `${id}-${name}`, click: () => actions.giveContext(key, value) },
      label,
    )
  return h(
    'div',
    { class: 'question', role: 'group', 'aria-labelledby': id },
    h('p', { class: 'question-text', id }, questionText(key, words)),
    ...sentences.map((sentence) => h('p', { class: 'muted small' }, ...prose(sentence))),
    h('p', { class: 'muted small' }, h('code', {}, key)),
    h(
      'div',
      { class: 'choices' },
      ...(shape === 'yes-no'
        ? [choice(words.questions.yes, 'true', 'yes'), choice(words.questions.no, 'false', 'no')]
        : suggestions.map((value, position) => choice(value, value, `value-${position}`))),
      choice(words.questions.absent, null, 'absent'),
    ),
    shape === 'value'
      ? renderAnswerField(id, questionText(key, words), words, (value) => actions.giveContext(key, value))
      : null,
  )
}

function renderHintQuestion({ name }: HintQuestion, index: number, { words, actions }: View): HTMLElement {
  const id = `question-${index}`
  const text = words.questions.hints[name]
  return h(
    'div',
    { class: 'question', role: 'group', 'aria-labelledby': id },
    h('p', { class: 'question-text', id }, text),
    renderAnswerField(id, text, words, (value) => actions.giveHint(name, value)),
  )
}

function renderAnswerField(id: string, label: string, words: Words, give: (value: string) => void): HTMLElement {
  const input = h('input', {
    type: 'text',
    id: `${id}-input`,
    'aria-label': label,
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const form = h(
    'form',
    { class: 'answer-field' },
    input,
    h('button', { class: 'choice', id: `${id}-use` }, words.questions.use),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (input.value.trim() !== '') give(input.value.trim())
  })
  return form
}
