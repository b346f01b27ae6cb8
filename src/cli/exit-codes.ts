/** What the command line ends with; a wrapped command's own status is passed on instead. */
export const exitCodes = {
  explained: 0,
  nothingRecognised: 1,
  usage: 2,
  failed: 3,
  commandNotExecutable: 126,
  commandNotFound: 127,
} as const

/** A shell's way to say that a signal ended a command. */
export const signalOffset = 128

/** Something that ends the run with one clear line. */
export class CliError extends Error {
  readonly exitCode: number

  constructor(exitCode: number, message: string) {
    super(message)
    this.exitCode = exitCode
  }
}

export const usageError = (message: string): CliError =>
  new CliError(exitCodes.usage, `${message}\nTry: access-denied-explainer --help`)

export const failure = (message: string): CliError => new CliError(exitCodes.failed, message)
