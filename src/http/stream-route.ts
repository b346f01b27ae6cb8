import type { FastifyInstance } from 'fastify'
import type { FastifyZodOpenApiSchema } from 'fastify-zod-openapi'
import { Readable } from 'node:stream'
import * as z from 'zod'
import type { Config } from '../config.ts'
import type { Explainer } from '../explain.ts'
import { isObject } from '../iam/json.ts'
import type { Protect } from './access.ts'
import { tooDeep } from './body.ts'
import { localeSchema, textLimit } from './diagnoses-schema.ts'
import { splitLines, type Line } from './lines.ts'
import { Problem } from './problem.ts'
import { problemResponses } from './responses.ts'

const ndjson = 'application/x-ndjson'

const querySchema = z.object({
  evidence: z.enum(['0', '1']).optional().meta({ description: '1: gather evidence for every denial.' }),
  locale: localeSchema.optional(),
})
type Query = z.infer<typeof querySchema>

const schema = {
  operationId: 'diagnoseStream',
  summary: 'Explain many denials',
  description:
    'One {"id"?, "text"} or CloudTrail record a line in, one {"id", "diagnoses"} or {"id", "error"} a line out, in input order and in constant memory. Records of calls that succeeded give []. Lines up to 1 MiB. Read while you write.',
  tags: ['diagnoses'],
  querystring: querySchema,
  body: { required: true, content: { [ndjson]: { schema: z.string() } } },
  response: {
    200: { description: 'One line per line.', content: { [ndjson]: { schema: z.string() } } },
    ...problemResponses(400, 401, 403, 415, 422, 429, 500, 503),
  },
} satisfies FastifyZodOpenApiSchema

/** Registered in a scope of its own: only here does a body stay a stream. */
export function registerStreamRoute(
  app: FastifyInstance,
  options: { readonly config: Config; readonly explainer: Explainer; readonly protect: Protect },
): void {
  const { config, explainer, protect } = options
  app.addContentTypeParser(ndjson, (_request, payload, done) => done(null, payload))
  app.route<{ Querystring: Query; Body: AsyncIterable<Buffer> | null | undefined }>({
    method: 'POST',
    url: '/v1/diagnoses/stream',
    schema,
    onRequest: protect('batch'),
    handler: (request, reply) => {
      const { query, body } = request
      if (body === undefined || body === null) throw new Problem('unsupported-media-type', `Send ${ndjson}.`)
      const answer = lineAnswerer(explainer, {
        withEvidence: query.evidence === '1',
        locale: query.locale ?? 'en',
        showPolicies: config.SHOW_POLICIES && request.caller.scopes.has('policies'),
      })
      return reply.type(ndjson).send(Readable.from(answerLines(body, answer), { objectMode: false }))
    },
  })
}

/** The answers to a batch of lines go out as one chunk: fewer writes, still as soon as the batch is read. */
async function* answerLines(
  source: AsyncIterable<Buffer>,
  answer: (line: Line) => Promise<string | null>,
): AsyncGenerator<string> {
  for await (const lines of splitLines(source, textLimit)) {
    const answers = await Promise.all(lines.map(answer))
    const out = answers.filter((text) => text !== null).map((text) => `${text}\n`)
    if (out.length > 0) yield out.join('')
  }
}

interface LineOptions {
  readonly withEvidence: boolean
  readonly locale: 'en' | 'ko'
  readonly showPolicies: boolean
}

function lineAnswerer(explainer: Explainer, options: LineOptions): (line: Line) => Promise<string | null> {
  return async (line) => {
    if ('tooLong' in line) return lineError(null, 'too-large', 'The line is longer than 1 MiB.')
    if (line.text.trim() === '') return null
    const read = readLine(line.text)
    if ('error' in read) return lineError(read.id, 'invalid-request', read.error)
    const id = read.id
    if (read.text === null) return JSON.stringify({ id, diagnoses: [] })
    try {
      const explained = await explainer.explain({ text: read.text, ...options })
      return JSON.stringify({ id, diagnoses: explained.kind === 'reply' ? explained.reply.diagnoses : [] })
    } catch {
      return lineError(id, 'internal', 'This line could not be answered.')
    }
  }
}

const lineError = (id: string | null, code: string, detail: string): string =>
  JSON.stringify({ id, error: { code, detail } })

type ReadLine =
  { readonly id: string | null; readonly text: string | null } | { readonly id: string | null; readonly error: string }

/** The text to explain; `null` for the record of a call that succeeded. */
function readLine(text: string): ReadLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { id: null, error: 'The line is not JSON.' }
  }
  if (!isObject(value)) return { id: null, error: 'The line is not a JSON object.' }
  if (tooDeep(value)) return { id: null, error: 'The line is nested too deeply.' }
  const id = readId(value['id']) ?? readId(value['eventID'])
  if (typeof value['text'] === 'string') return { id, text: value['text'] }
  const record = isObject(value['detail']) ? value['detail'] : value
  if (typeof record['eventName'] !== 'string') return { id, error: 'The line has neither a "text" nor an "eventName".' }
  const failed = typeof record['errorCode'] === 'string' || typeof record['errorMessage'] === 'string'
  return { id: id ?? readId(record['eventID']), text: failed ? text : null }
}

const readId = (value: unknown): string | null =>
  typeof value === 'string' ? value.slice(0, 256) : typeof value === 'number' ? String(value) : null
