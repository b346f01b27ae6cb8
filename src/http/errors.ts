import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { isObject } from '../iam/json.ts'
import { locales, type Locale } from '../words/locale.ts'
import { problemWords } from '../words/problem-words.ts'
import { toJson } from '../reply/to-json.ts'
import { mostErrors, Problem, problemDocument, problems, type ProblemCode } from './problem.ts'

/** Fastify's own refusals, in our words; their messages could quote the request, ours cannot. */
const fastifyProblems: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_BAD_URL: ['malformed-request', 'The path is not a valid URL path.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'The body is larger than this route takes.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['malformed-request', 'The body does not have the length that was announced.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed-request', 'The body is empty although its content type is JSON.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed-request', 'The body is not valid JSON.'],
}

/** What a route takes, where another content type was sent. */
const takenBy: Readonly<Record<string, string>> = {
  '/v1/diagnoses': 'Send the text as text/plain, or application/json with a "text" field.',
  '/v1/diagnoses/stream': 'Send application/x-ndjson: a JSON object a line.',
  '/v1/evaluations': 'Send application/json.',
  '/mcp': 'Send application/json.',
}

const byStatus: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  400: ['malformed-request', 'The request could not be read.'],
  404: ['not-found', 'There is no such route.'],
  405: ['method-not-allowed', 'That method is not offered here.'],
  406: ['not-acceptable', 'None of the formats asked for is offered.'],
  408: ['request-timeout', 'The request took too long to arrive.'],
  413: ['too-large', 'The request is larger than this route takes.'],
  415: ['unsupported-media-type', 'That content type is not understood.'],
  429: ['too-many-requests', 'The limit of requests a minute is reached.'],
  503: ['overloaded', 'The service is busy; try again shortly.'],
}

function toProblem(error: FastifyError | Problem, route = ''): Problem {
  if (error instanceof Problem) return error
  if (error.validation !== undefined)
    return new Problem('invalid-request', problemWords.schema, {
      errors: error.validation.slice(0, mostErrors).map(({ instancePath, message }) => ({
        pointer: `/${error.validationContext ?? 'request'}${instancePath}`,
        message: message ?? 'is not valid',
      })),
    })
  const status = error.statusCode ?? 500
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new Problem('unsupported-media-type', takenBy[route] ?? 'Send text/plain or application/json.')
  const known = fastifyProblems[error.code] ?? byStatus[status] ?? (status < 500 ? byStatus[400] : undefined)
  if (known !== undefined) return new Problem(known[0], known[1])
  if (error instanceof SyntaxError) return new Problem('malformed-request', 'The body is not valid JSON.')
  return new Problem('internal', 'The request could not be answered. Its id is in "instance".')
}

/** The language that was asked for, if so much could be read. */
function localeOf({ query, body }: Pick<FastifyRequest, 'query' | 'body'>): Locale {
  const asked = [body, query].map((part) => (isObject(part) ? part['locale'] : undefined))
  return locales.find((locale) => asked.includes(locale)) ?? 'en'
}

async function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', problem.retryAfterSeconds)
  if (problem.code === 'not-authenticated') reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problem.statusCode)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(toJson)
    .send(problemDocument(problem, request.id, localeOf(request)))
}

/** Must be called before any plugin is registered: a plugin's routes keep the handlers that they found. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = toProblem(error, request.routeOptions.url)
    // Only our own mistakes are logged with their stack: a caller's mistake may quote what was pasted.
    if (problem.code === 'internal') request.log.error({ err: error }, 'request failed')
    return sendProblem(problem, request, reply)
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new Problem('not-found', 'There is no such route.'), request, reply),
  )
}

/** For replies that no hook has seen. */
const bareHeaders = { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' } as const

/** For what fails before any route is found, such as a path that cannot be decoded. */
export function sendFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void sendProblem(toProblem(error), request, reply.headers({ ...bareHeaders, 'x-request-id': request.id }))
}

const clientErrors: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'Send long values in the body.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request took too long to arrive.'],
}

/** For bytes that are no HTTP request: there is no reply object yet, so the answer is written to the socket. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const [code, detail] = clientErrors[error.code ?? ''] ?? ['malformed-request', 'This is not a valid HTTP request.']
  const { status, title } = problems[code]
  const id = randomUUID()
  const body = JSON.stringify(problemDocument(new Problem(code, detail), id))
  const headers = {
    ...bareHeaders,
    'x-request-id': id,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${lines.join('')}\r\n${body}`)
}
