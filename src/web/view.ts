import type { Locale, Reply, ReplyDiagnosis } from '../reply/schema.ts'
import type { HintName } from './given.ts'
import type { PolicyTypeName } from './reply-types.ts'
import type { Words } from './words.ts'

/** What the parts of the page may set in motion. */
export interface Actions {
  readonly select: (index: number) => void
  readonly edit: () => void
  readonly startOver: () => void
  readonly recheck: () => void
  readonly share: () => void
  readonly copyRedacted: () => void
  readonly giveContext: (key: string, value: string | readonly string[] | null) => void
  readonly giveHint: (name: HintName, value: string) => void
  readonly givePolicy: (policyType: PolicyTypeName) => void
}

/** Everything that a part of the page needs in order to draw one diagnosis. */
export interface View {
  readonly words: Words
  readonly locale: Locale
  readonly actions: Actions
  readonly text: string
  readonly reply: Reply
  readonly index: number
  readonly diagnosis: ReplyDiagnosis
  /** What became of the answer through a check or an answer of the reader. */
  readonly news: News | null
}

export interface News {
  readonly tone: 'good' | 'neutral'
  readonly text: string
}
