import type { FastifyInstance, FastifyRequest } from 'fastify'
import pino from 'pino'
import type { Config } from '../config.ts'
import type { Diagnosed } from '../lines/explain-line.ts'
import { traceOf } from './request-id.ts'

/**
 * Logs are JSON lines on standard output. Nothing pasted can reach them: of a request only the method, the route's
 * pattern (never the URL, whose query may hold hints), the id and the caller's key name are written.
 */
export function createLogger(config: Config, destination?: pino.DestinationStream): pino.Logger {
  return pino(
    {
      level: config.LOG_LEVEL,
      serializers: {
        req: (request: { method: string; routeOptions?: { url?: string } }) => ({
          method: request.method,
          route: request.routeOptions?.url ?? null,
        }),
        res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
        err: describeError,
      },
    },
    destination ?? openStandardOutput(),
  )
}

/** Buffered for speed, flushed twice a second so that a quiet service still shows its lines. */
function openStandardOutput(): pino.DestinationStream {
  const output = pino.destination({ sync: false, minLength: 4096, maxLength: 4 * 1024 * 1024, periodicFlush: 500 })
  // A full disk must cost log lines, not answers: what cannot be written is dropped beyond `maxLength`.
  let isFull = false
  output.on('error', () => (isFull = true))
  output.on('write', () => (isFull = false))
  // At the end of the process what is left is written at once, and tried again until it succeeds: for ever, there.
  const flush = output.flushSync.bind(output)
  output.flushSync = () => {
    if (!isFull) flush()
  }
  return output
}

/** A stack without its first lines: the message of an error may quote what was pasted, which may be a stack itself. */
function describeError(error: Error & { code?: unknown }): Record<string, unknown> {
  const stack = error.stack ?? ''
  const messageAt = error.message === '' ? 0 : stack.indexOf(error.message)
  const frames = messageAt === -1 ? '' : stack.slice(messageAt + error.message.length)
  return {
    type: error.constructor.name,
    ...(typeof error.code === 'string' && /^\w{1,40}$/.test(error.code) ? { code: error.code } : {}),
    stack: frames
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .join('\n'),
  }
}

/** An account as it is logged: an id is digits, and whatever else stands in its place was pasted. */
const accountOf = (id: string | null): string | null => (id !== null && /^\d{1,12}$/.test(id) ? id : null)

/** One line per diagnosis: who asked, about which account, and which cause was found. Never the text. */
export function audit(request: FastifyRequest, diagnoses: readonly Diagnosed[]): void {
  const trace = traceOf(request)
  for (const { denial, causes } of diagnoses)
    request.log.info(
      {
        audit: true,
        caller: request.caller.name,
        account: accountOf(denial.accountId),
        cause: causes[0]?.code ?? null,
        ...trace,
      },
      'diagnosed',
    )
}

/** What was too much; see `countRefusals`. */
const counted: ReadonlySet<number> = new Set([429, 503])

/**
 * A line per request that was refused or failed; the others only at debug: each diagnosis has its audit line, and what
 * was too much is counted, since a line for each would make it worse.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      ...traceOf(request),
    }
    if (reply.statusCode >= 400 && !counted.has(reply.statusCode)) request.log.info(line, 'answered')
    else request.log.debug(line, 'answered')
    done()
  })
}
