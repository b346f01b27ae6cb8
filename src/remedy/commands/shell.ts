import { holdsUnseen, withoutUnseen } from '../../iam/unseen-characters.ts'

/** One program with its arguments, not yet quoted. */
export type Argv = readonly string[]

const plainWord = /^[\w@%+=:,./-]+$/u

/** A word for a POSIX shell: in single quotes unless it needs none, a single quote itself as `'\''`. */
export const quote = (word: string): string =>
  plainWord.test(word)
    ? word
    : holdsUnseen(word)
      ? spelledOut(word)
      : `'${word.includes("'") ? word.replaceAll("'", String.raw`'\''`) : word}'`

/** What nobody would see is written as an escape, as bash, zsh and ksh read it: a command runs what it shows. */
const spelledOut = (word: string): string => {
  const escaped = word.replaceAll(/[\\']/gu, (char) => `\\${char}`).replaceAll('\n', String.raw`\n`)
  return `$'${withoutUnseen(escaped, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`
}

export const shellLine = (argv: Argv): string => argv.map(quote).join(' ')

/** Commands of which each runs only if the one before it succeeded. */
export const shellLines = (commands: readonly Argv[]): string => commands.map(shellLine).join(' && \\\n')

// Inside double quotes PowerShell runs `$(…)` and takes the backtick for itself, cmd replaces `%…%` and `!…!`.
const unquotable = /["$`%!\r\n]/u

// PowerShell takes `a,b` for a list and a word that starts with `@` for the values of a variable.
const plainOnWindows = /^[\w%+=:./-][\w@%+=:./-]*$/u

/**
 * A line for PowerShell and cmd alike: double quotes where needed; neither can carry a JSON text this way.
 * `null` where a name holds what one of them would run or replace.
 */
export const windowsLine = (argv: Argv): string | null =>
  argv.some((word) => unquotable.test(word))
    ? null
    : argv.map((word) => (plainOnWindows.test(word) ? word : `"${word}"`)).join(' ')
