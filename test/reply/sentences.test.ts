import t from 'tap'
import { isObject } from '../../src/iam/json.ts'
import { families } from '../diagnosis/case-families.ts'
import { answerOf } from '../diagnosis/explain-text.ts'

/* Sentences are put together from parts: whatever the denial, none of them shows where they were joined. */

const seams: readonly RegExp[] = [
  /``|\(\)|""/, // an empty name, or one that is quoted twice
  /\bundefined\b|\bNaN\b|\[object /,
  / {2}| [,;](?= )|^ | $/,
  /(?<!\.)\.\.(?!\.)|,,/,
]

function showsSeam(sentence: string): boolean {
  // What stands in quotes is the text's own.
  const shown = sentence.replaceAll(/`[^`]+`/g, 'x')
  return shown.includes('`') || seams.some((seam) => seam.test(shown))
}

/** The sentences of a reply; what quotes the text, a policy or a command is none. */
function sentencesOf(value: unknown, found: string[] = []): readonly string[] {
  if (!isObject(value)) return found
  for (const [name, member] of Object.entries(value)) {
    if (typeof member === 'string' && sentences.has(name)) found.push(member)
    if (Array.isArray(member)) for (const item of member) sentencesOf(item, found)
    else sentencesOf(member, found)
  }
  return found
}
const sentences: ReadonlySet<string> = new Set(['summary', 'title', 'explanation', 'instruction', 'owner', 'sentence'])

for (const locale of ['en', 'ko'] as const)
  t.test(locale, async (t) => {
    let count = 0
    for (const { text, policies } of Object.values(families).flat()) {
      const told = sentencesOf(await answerOf(text, policies, {}, locale))
      count += told.length
      t.strictSame(told.filter(showsSeam), [], text.slice(0, 100))
    }
    t.ok(count > 1000, 'sentences were read')
  })
