import type { FastifyInstance } from 'fastify'
import type { FastifyZodOpenApiSchema } from 'fastify-zod-openapi'
import { Readable } from 'node:stream'
import * as z from 'zod'
import type { Config } from '../config.ts'
import { maskSecrets } from '../denial/redact.ts'
import type { Explainer } from '../explain.ts'
import { isObject } from '../iam/json.ts'
import { emptyLine, errorLine, type Diagnosed, type LineId } from '../lines/explain-line.ts'
import type { LineWorkers } from '../lines/line-workers.ts'
import { linesTogether } from '../lines/lines-together.ts'
import type { Protect } from './access.ts'
import { tooDeep } from './nesting.ts'
import { closedObject } from './closed-object.ts'
import { localeSchema, textLimit } from './diagnoses-schema.ts'
import type { Line } from './lines.ts'
import { audit } from './logging.ts'
import { Problem } from './problem.ts'
import type { Queue } from './queue.ts'
import { problemResponses } from './responses.ts'
import { answerLines, type Answer } from './stream-answers.ts'

const ndjson = 'application/x-ndjson'
/** It never was registered, so it goes by several names. */
const ndjsonNames = [ndjson, 'application/ndjson', 'application/jsonl', 'application/x-jsonlines'] as const

const querySchema = closedObject({
  evidence: z.enum(['0', '1']).optional().meta({ description: '1: gather evidence for every denial.' }),
  locale: localeSchema.optional(),
})
type Query = z.infer<typeof querySchema>

const schema = {
  operationId: 'diagnoseStream',
  summary: 'Explain many denials',
  description:
    'One {"id"?, "text"} or CloudTrail record a line in, one {"id", "diagnoses"} or {"id", "error"} a line out, in input order and in constant memory. Records of calls that succeeded give []. An id is a text or a number, else null comes back. Lines up to 1 MiB. Read while you write.',
  tags: ['diagnoses'],
  querystring: querySchema,
  body: { required: true, content: { [ndjson]: { schema: z.string() } } },
  response: {
    200: { description: 'One line per line.', content: { [ndjson]: { schema: z.string() } } },
    ...problemResponses(400, 401, 403, 408, 415, 422, 429, 500, 503),
  },
} satisfies FastifyZodOpenApiSchema

interface StreamRouteOptions {
  readonly config: Config
  readonly explainer: Explainer
  readonly workers: LineWorkers | null
  /** Told of diagnoses that the workers made, for counting. */
  readonly observe: (diagnosed: readonly Diagnosed[]) => void
  readonly protect: Protect
  readonly queue: Pick<Queue, 'nextSlice'>
}

/** Registered in a scope of its own: only here does a body stay a stream. */
export function registerStreamRoute(app: FastifyInstance, options: StreamRouteOptions): void {
  const { config, explainer, protect, queue } = options
  app.removeAllContentTypeParsers()
  app.addContentTypeParser([...ndjsonNames], (_request, payload, done) => done(null, payload))
  app.route<{ Querystring: Query; Body: AsyncIterable<Buffer> | null | undefined }>({
    method: 'POST',
    url: '/v1/diagnoses/stream',
    schema,
    onRequest: protect('batch'),
    handler: (request, reply) => {
      const { query, body } = request
      if (body === undefined || body === null) throw new Problem('unsupported-media-type', `Send ${ndjson}.`)
      const withEvidence = query.evidence === '1'
      const together = linesTogether(explainer, options.workers, {
        withEvidence,
        locale: query.locale ?? 'en',
        showPolicies: config.SHOW_POLICIES && request.caller.scopes.has('policies'),
        explained: (diagnosed) => audit(request, diagnosed),
        observe: options.observe,
        failed: (error) => request.log.error({ err: error }, 'a line of a stream failed'),
      })
      const answers = answerLines(body, { longest: textLimit, answer: answerLine, together, queue })
      return reply.type(ndjson).send(Readable.from(answers, { objectMode: false }))
    },
  })
}

function answerLine(line: Line): Answer {
  if (line === null) return errorLine(null, 'too-large', 'The line is longer than 1 MiB.')
  if (line.trim() === '') return ''
  const read = readLine(line)
  if ('error' in read) return errorLine(read.id, 'invalid-request', read.error)
  const { id, text } = read
  return text === null ? emptyLine(id) : { id, text }
}

type ReadLine = { readonly id: LineId; readonly text: string | null } | { readonly id: LineId; readonly error: string }

/** The text to explain; `null` for the record of a call that succeeded, of which nothing more is read. */
function readLine(line: string): ReadLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { id: null, error: 'The line is not JSON.' }
  }
  if (!isObject(value)) return { id: null, error: 'The line is not a JSON object.' }
  const { text, detail } = value
  const record = isObject(detail) ? detail : value
  const id = readId(value['id']) ?? readId(value['eventID']) ?? readId(record['eventID'])
  if (typeof text !== 'string') {
    if (text !== undefined && text !== null) return { id, error: '"text" must be a string.' }
    if (Array.isArray(value['Records']))
      return { id, error: 'A line holds one record: write those of "Records" one a line.' }
    if (typeof record['eventName'] !== 'string')
      return { id, error: 'The line has neither a "text" nor an "eventName".' }
    if (typeof record['errorCode'] !== 'string' && typeof record['errorMessage'] !== 'string') return { id, text: null }
  }
  if (tooDeep(value)) return { id, error: 'The line is nested too deeply.' }
  return { id, text: typeof text === 'string' ? text : line }
}

/** An event's id as AWS and most callers write it: short, and nothing in it that could be a secret. */
const plainId = /^[\da-f-]{1,36}$/i

/** Given back as it came, but for what must not be repeated. */
const readId = (value: unknown): LineId => {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return null
  return plainId.test(value) ? value : maskSecrets(value).slice(0, 256)
}
