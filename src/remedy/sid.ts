import { list, type Statement } from '../iam/policy-document.ts'

const title = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

/** A Sid of letters and digits only, as IAM wants it: `AllowS3GetObject`. */
export const sidFor = (statement: Pick<Statement, 'Effect' | 'Action'>): string => {
  const [action = ''] = list(statement.Action)
  // A gap that is still to be filled in names nothing.
  const known = action.replaceAll(/<[A-Za-z]{1,60}>/gu, '').replace(/:$/u, '')
  const words = (known === '' ? 'Access' : known).split(/[^A-Za-z0-9]+/u).map(title)
  return `${statement.Effect}${words.join('')}`.slice(0, 64)
}

/** The Sid, or the Sid with the first number that makes it unique in the document. */
export const uniqueSid = (sid: string, taken: ReadonlySet<string>): string => {
  if (!taken.has(sid)) return sid
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${sid}${String(number)}`)) return `${sid}${String(number)}`
  }
}
