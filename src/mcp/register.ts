import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayHoldSecrets } from '../denial/redact.ts'
import type { Explainer } from '../explain.ts'
import type { Protect } from '../http/access.ts'
import { tooDeep } from '../http/nesting.ts'
import { bodyLimit, depthLimit } from '../http/diagnoses-schema.ts'
import { audit } from '../http/logging.ts'
import { Problem, problemSchema } from '../http/problem.ts'
import { problemResponses } from '../http/responses.ts'
import { toJson } from '../reply/to-json.ts'
import { whenGone } from '../http/when-gone.ts'
import { maskDeep } from '../reply/mask.ts'
import * as z from 'zod'

interface McpOptions {
  readonly explainer: Explainer
  readonly protect: Protect
  /** Quote policy documents to keys that may see them. */
  readonly showPolicies: boolean
}

/** JSON-RPC in every answer of the protocol's own; ours refuse before it is asked. */
const message = {
  description: 'A message of the protocol.',
  content: { 'application/json': { schema: z.looseObject({}) } },
}
const answers = {
  200: message,
  202: { description: 'A notification was taken.' },
  ...problemResponses(401, 403, 408, 413, 429, 500, 503),
  ...Object.fromEntries(
    [400, 406, 415, 422].map((status) => [
      status,
      {
        description: 'Refused.',
        content: { ...message.content, 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  ),
}

/** Messages that older revisions of the protocol may send together. */
const mostMessages = 10

/** What the transport looks at; nothing else of a request is handed on. */
const forwarded = ['accept', 'content-type', 'mcp-protocol-version', 'mcp-session-id', 'last-event-id'] as const

/**
 * The Model Context Protocol over streamable HTTP, without sessions: each message is a request, each answer its
 * reply. The SDK's transport for web requests is used rather than the one for Node's, so that replies pass Fastify's
 * hooks (security headers, metrics, closing) like all others.
 */
export function registerMcp(app: FastifyInstance, { explainer, protect, showPolicies }: McpOptions): void {
  app.route({
    method: 'POST',
    url: '/mcp',
    bodyLimit,
    onRequest: protect('text'),
    schema: {
      operationId: 'mcp',
      summary: 'Model Context Protocol (streamable HTTP, stateless)',
      description:
        'Tools: `diagnose_access_denied`, `evaluate_request`. Send `Accept: application/json, text/event-stream`.',
      tags: ['operations'],
      body: {
        required: true,
        content: { 'application/json': { schema: z.looseObject({}) } },
      },
      response: answers,
    },
    handler: async (request, reply) => {
      if (tooDeep(request.body))
        throw new Problem('invalid-request', `The JSON is nested deeper than ${depthLimit} levels.`)
      // They count as one request for the rate limit.
      if (Array.isArray(request.body) && request.body.length > mostMessages)
        throw new Problem('invalid-request', `There are more than ${mostMessages} messages in one.`)
      const { answerMessage } = await import('./server.ts')
      const response = await answerMessage(webRequest(request), request.body, {
        explainer,
        showPolicies: showPolicies && request.caller.scopes.has('policies'),
        signal: whenGone(reply),
        explained: ({ diagnoses }) => audit(request, diagnoses),
      })
      return sendResponse(response, reply)
    },
  })
}

/** Answers are always JSON, but the SDK demands an Accept header with both types, which curl and Swagger UI do not send. */
const withStream = (accept: string): string =>
  /application\/json|\*\/\*/i.test(accept) ? 'application/json, text/event-stream' : accept

function webRequest({ headers }: FastifyRequest): Request {
  const kept = forwarded.flatMap((name): [string, string][] => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, name === 'accept' ? withStream(value) : value]] : []
  })
  return new Request('http://localhost/mcp', { method: 'POST', headers: kept })
}

async function sendResponse(response: Response, reply: FastifyReply): Promise<FastifyReply> {
  reply.code(response.status)
  for (const [name, value] of response.headers) if (name !== 'content-length') reply.header(name, value)
  const text = await response.text()
  return reply.serializer(String).send(masked(text))
}

/** The SDK's own refusals repeat names of tools and fields, which may be anything. */
const masked = (text: string): string =>
  mayHoldSecrets(text) || text.includes('\\ud') ? toJson(maskDeep(JSON.parse(text))) : text
