import { mayHoldAnyLetter } from '../../iam/any-letter.ts'

/*
 * Prose in a script without blanks between words goes on right behind a name: `function:fというエラー`, `my-bucket입니다`.
 * The names of most services are ASCII, so the first letter of another script ends them.
 */

const foreignLetter = /(?!\p{Script=Latin})\p{L}|[\u3001\u3002]/u
/** Particles of Japanese are written so, the nouns of a name hardly ever. */
const hiragana = /[\u3040-\u309f]/u
const resourceOfArn = /^arn:(?:[^:]*:){4}/

/** Whether a text starts with a letter that no name of AWS starts with. */
export const startsForeign = (text: string): boolean => text.search(foreignLetter) === 0

/** How much of an ARN, of `*` or of a name without one is a name; the rest is a sentence that goes on. */
export function lengthOfName(text: string, from?: number): number {
  if (text.startsWith('*') && startsForeign(text.slice(1))) return 1
  const start = from ?? resourceOfArn.exec(text)?.[0].length
  if (start === undefined) return text.length
  const found = text.slice(start).search(foreignLetter)
  if (found === -1) return text.length
  const at = start + found
  // What somebody put in place of the name or a part of it: `role/管理者`, `my-関数`, `<역할 이름>`.
  const before = text.slice(start, at)
  if (
    /(?:^|[/_=+@-])$|[<{[\u2039\u00ab][^<>{}[\]\u203a\u00bb/:]{0,40}$/.test(before) ||
    (before.endsWith(':') && !isBehindName(before))
  )
    return text.length
  return mayHoldAnyLetter(text) && !hiragana.test(text[at] ?? '') ? text.length : at
}

/** `function:f:`, from `function:f：` with a full-width colon: kind and name stand there already. */
const isBehindName = (resource: string): boolean => /^[\w-]+[:/][^:]+:$/.test(resource)
