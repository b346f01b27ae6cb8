import type { Locale, Reply, ReplyDiagnosis } from '../reply/schema.ts'
import type { Failure, Sample } from './api.ts'
import { nothingGiven, type Given } from './given.ts'
import type { News } from './view.ts'
import type { Words } from './words.ts'

/** Everything that the page knows. It is replaced, never changed, and drawn from alone. */
export interface State {
  readonly locale: Locale
  readonly samples: readonly Sample[]
  readonly given: Given
  readonly answer: Answer | null
  /** The text is being written: its field is shown in place of the marked text. */
  readonly editing: boolean
  readonly waiting: boolean
  readonly failure: Failure | null
  /** The text came with a link. */
  readonly fromLink: boolean
}

interface Answer {
  readonly text: string
  readonly reply: Reply
  readonly index: number
  readonly news: News | null
}

export const initialState = (locale: Locale): State => ({
  locale,
  samples: [],
  given: nothingGiven,
  answer: null,
  editing: true,
  waiting: false,
  failure: null,
  fromLink: false,
})

/** Why the service is asked: decides whether the reader is told what has changed. */
export type Occasion = 'new' | 'recheck' | 'given' | 'language'

/** The next answer: it stays with the denial that the reader was looking at. */
export function nextAnswer(
  before: Answer | null,
  text: string,
  reply: Reply,
  occasion: Occasion,
  words: Words,
): Answer {
  const shown = before?.reply.diagnoses[before.index]
  if (shown === undefined || occasion === 'new') return { text, reply, index: 0, news: null }
  const found = reply.diagnoses.findIndex(({ id }) => id === shown.id)
  const index = found === -1 ? Math.min(before?.index ?? 0, reply.diagnoses.length - 1) : found
  const now = reply.diagnoses[index]
  return { text, reply, index, news: now === undefined ? null : newsOf(shown, now, occasion, words) }
}

function newsOf(before: ReplyDiagnosis, now: ReplyDiagnosis, occasion: Occasion, words: Words): News | null {
  const decision = now.verdict?.decision ?? null
  const was = before.verdict?.decision ?? null
  if (decision === null || (occasion !== 'recheck' && occasion !== 'given')) return null
  const tone = decision === 'allowed' ? 'good' : 'neutral'
  const text = words.decisions[decision]
  if (occasion === 'given') {
    const hasChanged = was !== null && was !== decision
    return {
      tone,
      text: hasChanged ? words.questions.changed(words.decisions[was], text) : words.questions.unchanged(text),
    }
  }
  if (decision === 'allowed') return { tone, text: words.recheck.allowed }
  return { tone, text: was === decision ? words.recheck.same : words.recheck.changed(text) }
}
