import type { FastifyInstance } from 'fastify'
import type { FastifyZodOpenApiSchema } from 'fastify-zod-openapi'
import * as z from 'zod'
import { renderCausePage, renderCausesPage } from '../reply/causes-html.ts'
import { causeEntrySchema, causeListSchema, describeCause, describeCauses, isCauseCode } from '../reply/causes.ts'
import { localeSchema } from './diagnoses-schema.ts'
import { preferred } from './negotiate.ts'
import { Problem } from './problem.ts'
import { problemResponses } from './responses.ts'

const querySchema = z.object({ locale: localeSchema.optional() })
type Query = z.infer<typeof querySchema>
const paramsSchema = z.object({ code: z.string().max(64) })
type Params = z.infer<typeof paramsSchema>

const html = { 'text/html': { schema: z.string() } }

const listSchema = {
  operationId: 'listCauses',
  summary: 'The catalogue of causes',
  tags: ['causes'],
  querystring: querySchema,
  response: {
    200: { description: 'Every cause.', content: { 'application/json': { schema: causeListSchema }, ...html } },
    ...problemResponses(400, 403, 406, 422, 503),
  },
} satisfies FastifyZodOpenApiSchema

const entrySchema = {
  operationId: 'describeCause',
  summary: 'One cause',
  description: 'Its code is stable: link to it from a runbook.',
  tags: ['causes'],
  querystring: querySchema,
  params: paramsSchema,
  response: {
    200: { description: 'The cause.', content: { 'application/json': { schema: causeEntrySchema }, ...html } },
    ...problemResponses(400, 403, 404, 406, 422, 503),
  },
} satisfies FastifyZodOpenApiSchema

type Page = 'json' | 'html'

/** The catalogue as JSON, or as a page where a browser asks. */
export function registerCausesRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Query }>('/v1/causes', { schema: listSchema }, (request, reply) => {
    const locale = request.query.locale ?? 'en'
    return choosePage(preferred(request, ['application/json', 'text/html'])) === 'html'
      ? reply.type('text/html; charset=utf-8').send(renderCausesPage(describeCauses(locale), locale))
      : reply.send(describeCauses(locale))
  })
  app.get<{ Querystring: Query; Params: Params }>('/v1/causes/:code', { schema: entrySchema }, (request, reply) => {
    const { code } = request.params
    if (!isCauseCode(code)) throw new Problem('not-found', 'There is no cause of that code.')
    const locale = request.query.locale ?? 'en'
    return choosePage(preferred(request, ['application/json', 'text/html'])) === 'html'
      ? reply.type('text/html; charset=utf-8').send(renderCausePage(describeCause(code, locale), locale))
      : reply.send(describeCause(code, locale))
  })
}

function choosePage(accepted: string | undefined): Page {
  if (accepted === 'text/html') return 'html'
  if (accepted === 'application/json') return 'json'
  throw new Problem('not-acceptable', 'Offered are application/json and text/html.')
}
