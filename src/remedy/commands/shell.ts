/** One program with its arguments, not yet quoted. */
export type Argv = readonly string[]

const plainWord = /^[\w@%+=:,./-]+$/u

/** A word for a POSIX shell: in single quotes unless it needs none, a single quote itself as `'\''`. */
export const quote = (word: string): string =>
  plainWord.test(word) ? word : `'${word.includes("'") ? word.replaceAll("'", String.raw`'\''`) : word}'`

export const shellLine = (argv: Argv): string => argv.map(quote).join(' ')

/** Commands of which each runs only if the one before it succeeded. */
export const shellLines = (commands: readonly Argv[]): string => commands.map(shellLine).join(' && \\\n')

/** A word for PowerShell and cmd alike: double quotes where needed; neither can carry a JSON text this way. */
export const windowsQuote = (word: string): string => (plainWord.test(word) ? word : `"${word}"`)

export const windowsLine = (argv: Argv): string => argv.map(windowsQuote).join(' ')
