/*
 * ARNs of which somebody hid a part before showing them, marked `<LikeThis>`. A pattern decides about such an ARN only
 * where what is hidden makes no difference.
 */

export interface HiddenPart {
  readonly shown: string
  readonly isHidden: boolean
  /** With stand-ins that no pattern names for what is hidden: of one character, and of several. */
  readonly filled: readonly [string, string]
}

/** An ARN's six parts. */
export type HiddenArn = readonly HiddenPart[]

const hidden = /<{1,3}[^<>]{1,60}>{1,3}/gu
/** Wildcards and variables of a policy. */
const open = /[*?]|\$\{[^{}]{0,200}\}/gu
/** No policy has it: it is none of the characters that IAM takes. */
const standIn = '\u0001'

/** `null` for what is no ARN, or of which the service is hidden too. */
export const hiddenArn = (source: string): HiddenArn | null => {
  const texts = source.split(':')
  if (texts.length < 6 || texts[0] !== 'arn') return null
  const parts = [...texts.slice(0, 5), texts.slice(5).join(':')].map(partOf)
  return parts[2]?.isHidden === true ? null : parts
}

const partOf = (shown: string): HiddenPart => {
  const short = shown.replaceAll(hidden, standIn)
  return { shown, isHidden: short !== shown, filled: [short, shown.replaceAll(hidden, standIn.repeat(3))] }
}

/** Whether some text that the hidden part leaves open may fit the pattern; never `false` where one does. */
export const mayFit = (pattern: string, shown: string): boolean => {
  const [start, end] = fixedEnds(pattern, open)
  const [shownStart, shownEnd] = fixedEnds(shown, hidden)
  if (!isSameAsFarAs(start, shownStart) || !isSameAsFarAs(reversed(end), reversed(shownEnd))) return false
  // Without wildcards all that is shown has to be in it, and something for what is hidden.
  return start.length < pattern.length || pattern.length > shownStart.length + shownEnd.length
}

const isSameAsFarAs = (a: string, b: string): boolean => a.startsWith(b) || b.startsWith(a)

const reversed = (text: string): string => text.split('').reverse().join('')

/** What stands before the first run of anything and behind the last; the whole text, twice, where there is none. */
const fixedEnds = (text: string, run: RegExp): readonly [string, string] => {
  const runs = [...text.matchAll(run)]
  const [first, last] = [runs[0], runs.at(-1)]
  if (first === undefined || last === undefined) return [text, text]
  return [text.slice(0, first.index), text.slice(last.index + last[0].length)]
}
