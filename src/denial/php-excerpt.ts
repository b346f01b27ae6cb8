import type { Signal } from './signal.ts'
import type { SqueezedText } from './squeezed-text.ts'
import type { Range } from './template.ts'

/** What Guzzle shows of a body. */
const longest = 120
const cut = '(truncated...)'
const wholeFollows = /[\w.]{2,80}\((?:client|server)\):[^\s-]/y

/**
 * The AWS SDK for PHP prints the first characters of the body, and behind them the whole message:
 * `{"Message":"User: arn:… is not au (truncated...)\n AccessDenied (client): User: …`. What the excerpt says is no
 * message of its own.
 */
export function withoutExcerpts(signals: readonly Signal[], { text }: SqueezedText): readonly Signal[] {
  const excerpts: Range[] = []
  for (let at = text.indexOf(cut); at !== -1; at = text.indexOf(cut, at + 1)) {
    wholeFollows.lastIndex = at + cut.length
    if (wholeFollows.test(text)) excerpts.push({ start: at - longest, end: at + cut.length })
  }
  if (excerpts.length === 0) return signals
  // Both stand in order of appearance.
  let next = 0
  return signals.filter(({ kind, start, end }) => {
    while ((excerpts[next]?.end ?? Infinity) < start) next++
    const excerpt = excerpts[next]
    const isMessage = kind === 'core' || kind === 'sentence' || kind === 'words'
    return excerpt === undefined || !isMessage || start < excerpt.start || end > excerpt.end
  })
}
