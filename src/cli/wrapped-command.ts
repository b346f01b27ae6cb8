import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { CliError, exitCodes, signalOffset } from './exit-codes.ts'
import { lastPart, textLimit } from './input.ts'
import type { Output } from './terminal.ts'

interface Finished {
  /** What a shell would report. */
  readonly status: number
  /** The end of what it printed; empty for a command that a signal ended. */
  readonly printed: string
}

interface Streams {
  readonly stdout: Output
  readonly stderr: Output
  /** Signals that arrive here; `process`, or a stand-in. */
  readonly signals: Pick<NodeJS.Process, 'on' | 'off'>
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/**
 * Runs a command with its input, output and status passed through, and keeps the end of what it prints. A terminal
 * as standard output is handed on untouched, so that pagers and colours work; errors go through this process.
 */
export async function runCommand(command: readonly [string, ...string[]], streams: Streams): Promise<Finished> {
  const [program, ...args] = command
  const isTerminal = streams.stdout.isTTY === true
  const child = spawn(program, args, { stdio: ['inherit', isTerminal ? 'inherit' : 'pipe', 'pipe'] })
  const stopForwarding = forwardSignals(child, streams.signals, isTerminal || streams.stderr.isTTY === true)
  const captured = [passThrough(child.stderr, streams.stderr), passThrough(child.stdout, streams.stdout)]
  try {
    const { code, signal } = await ended(child, program)
    if (signal !== null) return { status: signalOffset + constants.signals[signal], printed: '' }
    return { status: code ?? exitCodes.failed, printed: captured.map((read) => read()).join('\n') }
  } finally {
    stopForwarding()
  }
}

function passThrough(from: Readable | null, to: Output): () => string {
  if (from === null) return () => ''
  const chunks: Buffer[] = []
  let size = 0
  from.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    size += chunk.length
    while (size - (chunks[0]?.length ?? 0) > textLimit) size -= chunks.shift()?.length ?? 0
  })
  from.pipe(to, { end: false })
  // Whoever read us has gone: the command learns it by a closed pipe, as it would without us.
  to.once('error', () => from.destroy())
  return () => lastPart(Buffer.concat(chunks).toString()).text
}

/** A terminal sends Ctrl-C to the command as well; sent twice, it would be taken for impatience. */
function forwardSignals(child: ChildProcess, signals: Streams['signals'], atTerminal: boolean): () => void {
  const handlers = forwarded.map((signal) => {
    const fromTerminal = atTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT')
    const handler = (): void => {
      if (!fromTerminal) child.kill(signal)
    }
    signals.on(signal, handler)
    return [signal, handler] as const
  })
  return () => {
    for (const [signal, handler] of handlers) signals.off(signal, handler)
  }
}

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

function ended(child: ChildProcess, program: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT'
      const status = missing ? exitCodes.commandNotFound : exitCodes.commandNotExecutable
      reject(new CliError(status, `${program}: ${missing ? 'command not found' : 'cannot be executed'}`))
    })
    // "close" comes when the pipes are empty too, so nothing that was printed is lost.
    child.once('close', (code, signal) => resolve({ code, signal }))
  })
}
