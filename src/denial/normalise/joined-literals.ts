import type { TextView } from '../text-view.ts'
import { gatherRuns } from './runs.ts'

/*
 * A sentence that source code builds from several literals, as tests, fixtures and logs of a program print it:
 * `"… on resource: " +` and `"arn:aws:…"` on the next line. Read as the program reads it, quotes and operators are gone.
 */

const prefix = String.raw`(?:[fFrRbBuU$@L]{1,2}(?=["'\x60]))?`
/** A full stop right behind a quote ends a sentence of prose. */
const atLineEnd = String.raw`(?: ?(?:\+{1,2}|&(?: _)?|\|\||<>|~|\\)| \.{1,2}) ?\n{1,2}`
const atLineStart = String.raw` ?\n{1,2}(?:\+{1,2}|\.{1,2}|&|\|\||<>|~) ?`
/** On one line blanks tell an operator from the sign in `'+'`. */
const inLine = String.raw` (?:\+{1,2}|\.{1,2}|&|\|\||<>|~) `
/**
 * Python and C join what stands beside each other; a blank at the joint shows that one sentence goes on, and so does an
 * ARN that is not at its end.
 */
const openArn = String.raw` ?\n(?<=arn:[\w:/.*-]{3,200}[:/]["'] ?\n)(?![fFrRbBuU$@L]{0,2}["']arn:)`
const beside = String.raw`(?: ?\n(?=[fFrRbBuU$@L]{0,2}["'] )|(?<= ["']) ?\n|${openArn})`
const builder = String.raw` ?\) ?\n?\.(?:append|concat)\( ?`

const joint = new RegExp(
  String.raw`(?<!["'\x60\n])(["'\x60])(?:${atLineEnd}|${atLineStart}|${inLine}|${builder}|(${beside}))${prefix}(["'\x60])(?!["'\x60])`,
  'g',
)
const mayJoin = /["'`][ +.&|<~\\_]{0,4}\n|["'`] ?\) ?\n?\.[ac]|["'`] [+.&|<~]{1,2} [fFrRbBuU$@L]{0,2}["'`]/

/** The text without the joints; `null` where there are none. */
export function joinLiterals(text: string): TextView | null {
  if (!mayJoin.test(text)) return null
  const runs = gatherRuns(text)
  let joined = false
  for (const { 0: whole, 1: closing, 2: isBeside, 3: opening, index } of text.matchAll(joint)) {
    if (isBeside !== undefined && (closing !== opening || closing === '`')) continue
    runs.skip(index, index + whole.length)
    joined = true
  }
  return joined ? runs.view() : null
}
