import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyZodOpenApiSchema } from 'fastify-zod-openapi'
import * as z from 'zod'
import { renderCausePage, renderCausesPage } from '../reply/causes-html.ts'
import { causeEntrySchema, causeListSchema, describeCause, describeCauses, isCauseCode } from '../reply/causes.ts'
import type { Locale } from '../words/locale.ts'
import { localeSchema } from './diagnoses-schema.ts'
import { preferred, preferredLocale } from './negotiate.ts'
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

interface Choice {
  readonly form: 'json' | 'html'
  readonly locale: Locale
}

/** The catalogue as JSON, or as a page where a browser asks. */
export function registerCausesRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Query }>('/v1/causes', { schema: listSchema }, (request, reply) => {
    const { form, locale } = choose(request, reply)
    return form === 'html'
      ? reply.send(renderCausesPage(describeCauses(locale), locale))
      : reply.send(describeCauses(locale))
  })
  app.get<{ Querystring: Query; Params: Params }>('/v1/causes/:code', { schema: entrySchema }, (request, reply) => {
    const { code } = request.params
    if (!isCauseCode(code)) throw new Problem('not-found', 'There is no cause of that code.')
    const { form, locale } = choose(request, reply)
    return form === 'html'
      ? reply.send(renderCausePage(describeCause(code, locale), locale))
      : reply.send(describeCause(code, locale))
  })
}

/** Programs say which language they want, with `?locale=`; for a person the browser says it. */
function choose(request: FastifyRequest<{ Querystring: Query }>, reply: FastifyReply): Choice {
  const accepted = preferred(request, ['application/json', 'text/html'])
  const asked = request.query.locale
  if (accepted === 'application/json') {
    vary(reply, 'accept')
    return { form: 'json', locale: asked ?? 'en' }
  }
  if (accepted !== 'text/html') throw new Problem('not-acceptable', 'Offered are application/json and text/html.')
  vary(reply, 'accept, accept-language').type('text/html; charset=utf-8')
  return { form: 'html', locale: asked ?? preferredLocale(request) }
}

/** Beside what CORS has put there. */
const vary = (reply: FastifyReply, names: string): FastifyReply =>
  reply.header('vary', [reply.getHeader('vary') ?? [], names].flat().join(', '))
