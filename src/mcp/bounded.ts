import { renderMarkdown } from '../reply/markdown.ts'
import type { Locale, Reply } from '../reply/schema.ts'
import { chatWordsOf } from '../words/chat-words.ts'

/** Characters of one result's text: a model reads all of it, and a log with hundreds of denials fills its memory. */
const mostCharacters = 40_000
/** Of the data beside it, which many clients hand to the model as well. */
const mostOfData = 250_000

/** The first diagnoses that fit; the plan and whatever else is about all of them go with the last of them. */
function firstThatFit(reply: Reply, fits: (part: Reply) => boolean): Reply {
  if (fits(reply)) return reply
  let most = 1
  let least = reply.diagnoses.length
  // The more there are, the longer it is: halving finds the number with few renderings.
  while (most + 1 < least) {
    const middle = Math.floor((most + least) / 2)
    if (fits(cut(reply, middle))) most = middle
    else least = middle
  }
  return cut(reply, most)
}

const cut = (reply: Reply, count: number): Reply => ({
  ...reply,
  diagnoses: reply.diagnoses.slice(0, count),
  // Merged for all of them; it would be as long as what was left out.
  plan: [],
  notInPlan: [],
})

/** The reply as Markdown, within the limit; what was left out is said, with how to get it. */
export function boundedMarkdown(reply: Reply, locale: Locale): string {
  const shown = firstThatFit(reply, (part) => renderMarkdown(part, locale).length <= mostCharacters)
  const left = reply.diagnoses.length - shown.diagnoses.length
  const text = renderMarkdown(shown, locale)
  if (left === 0 && text.length <= mostCharacters) return text
  const words = chatWordsOf(locale)
  return `${text.slice(0, mostCharacters)}\n\n${words.cutForModel(shown.diagnoses.length, reply.meta.denialsFound)}\n`
}

/** The same for the data beside the text. */
export function bounded(reply: Reply, locale: Locale): Reply {
  const shown = firstThatFit(reply, (part) => JSON.stringify(part).length <= mostOfData)
  if (shown === reply) return reply
  const note = chatWordsOf(locale).cutForModel(shown.diagnoses.length, reply.meta.denialsFound)
  return { ...shown, notes: [...reply.notes, note] }
}
