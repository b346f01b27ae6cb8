import { parsePaste } from '../denial/parse.ts'
import { version } from '../http/root.ts'
import { renderMarkdown } from '../reply/markdown.ts'
import type { Reply } from '../reply/schema.ts'
import { renderText } from '../reply/text.ts'
import { chatWordsOf } from '../words/chat-words.ts'
import { openAsker, type Answer } from './ask.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { readFileInput, readInput, type Input } from './input.ts'
import { readInvocation, type Environment, type Invocation, type Options } from './options.ts'
import { printable, startSpinner, styleFor, type Output } from './terminal.ts'
import { usage } from './usage.ts'
import { runCommand } from './wrapped-command.ts'

/** Everything of the process that a run touches. */
interface World {
  readonly argv: readonly string[]
  readonly environment: Environment
  readonly stdin: AsyncIterable<Buffer | string> & { readonly isTTY?: boolean }
  readonly stdout: Output
  readonly stderr: Output
  readonly signals: Pick<NodeJS.Process, 'on' | 'off'>
}

/** Runs the command line and returns its exit status. */
export async function run(world: World): Promise<number> {
  try {
    const invocation = readInvocation(world.argv, world.environment)
    switch (invocation.kind) {
      case 'help':
        world.stdout.write(usage)
        return exitCodes.explained
      case 'version':
        world.stdout.write(`${version}\n`)
        return exitCodes.explained
      case 'explain':
        return await explainInput(invocation, world)
      case 'wrap':
        return await wrap(invocation, world)
    }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    complain(world, error.message)
    return error.exitCode
  }
}

async function explainInput(
  { file, options }: Extract<Invocation, { kind: 'explain' }>,
  world: World,
): Promise<number> {
  const { text, cut } = await readText(file, options, world)
  if (cut) complain(world, 'The text is longer than 1 MiB; only its end is read.')
  const answer = await ask(text, options, world)
  if (answer.kind === 'nothing-recognised') {
    const words = chatWordsOf(options.locale)
    complain(world, text.trim() === '' ? words.noText : words.nothingRecognised)
    return exitCodes.nothingRecognised
  }
  world.stdout.write(render(answer.reply, options, world.stdout))
  return exitCodes.explained
}

function readText(file: string | null, options: Options, world: World): Promise<Input> {
  if (file !== null) return readFileInput(file)
  if (world.stdin.isTTY !== true) return readInput(world.stdin)
  // An action by itself is a question; nobody needs to type anything.
  if (options.hints.action !== undefined) return Promise.resolve({ text: '', cut: false })
  world.stderr.write('Paste the error, then press Ctrl-D (Ctrl-Z and Enter on Windows).\n')
  return readInput(world.stdin)
}

async function wrap({ command, options }: Extract<Invocation, { kind: 'wrap' }>, world: World): Promise<number> {
  const { status, printed } = await runCommand(command, world)
  if (status !== 0 && hasDenial(printed)) await explainUnder(printed, options, world)
  return status
}

/** Looked at here before anybody is asked: the output of a command that failed otherwise goes nowhere. */
const hasDenial = (printed: string): boolean =>
  printed.trim() !== '' && parsePaste(printed).denials.some((denial) => denial.class !== 'not-aws')

/** Whatever goes wrong here, the command's own status counts. */
async function explainUnder(printed: string, options: Options, world: World): Promise<void> {
  try {
    const answer = await ask(printed, options, world)
    if (answer.kind === 'reply') world.stderr.write(`\n${render(answer.reply, options, world.stderr)}`)
  } catch (error) {
    complain(world, error instanceof CliError ? error.message : 'The denial above could not be explained.')
  }
}

/** Policies are read unless somebody said that none should be. */
function askingWords({ source, locale }: Options): string {
  const words = chatWordsOf(locale)
  return source.kind === 'local' && !source.evidence ? words.explaining : words.asking
}

async function ask(text: string, options: Options, world: World): Promise<Answer> {
  const stopSpinner = startSpinner(world.stderr, askingWords(options))
  try {
    const asker = await openAsker(options, world.environment, (message) => complain(world, message))
    try {
      return await asker.ask(text)
    } finally {
      await asker.close()
    }
  } finally {
    stopSpinner()
  }
}

function render(reply: Reply, { format, locale }: Options, output: Output): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(reply, null, 2)}\n`
    case 'markdown':
      return renderMarkdown(reply, locale)
    case 'text':
      return renderText(reply, locale, styleFor(output))
  }
}

const complain = (world: World, message: string): void =>
  void world.stderr.write(`access-denied-explainer: ${printable(message)}\n`)
