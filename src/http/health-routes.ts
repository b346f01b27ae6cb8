import type { FastifyInstance } from 'fastify'
import type { FastifyZodOpenApiSchema } from 'fastify-zod-openapi'
import * as z from 'zod'
import type { Protect } from './access.ts'
import type { Metrics } from './metrics.ts'
import { problemResponses } from './responses.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Of @fastify/under-pressure, which does not declare it. */
    pressureHandler?: () => undefined
  }
}

const statusSchema = z.object({ status: z.string(), evidence: z.string().optional() }).meta({ id: 'Status' })

const aliveSchema = {
  operationId: 'alive',
  summary: 'Alive',
  tags: ['operations'],
  response: { 200: { description: 'The process answers.', content: { 'application/json': { schema: statusSchema } } } },
} satisfies FastifyZodOpenApiSchema

const readySchema = {
  operationId: 'ready',
  summary: 'Ready',
  description: 'Whether requests can be answered. Asks neither AWS nor Redis, so it never hangs on them.',
  tags: ['operations'],
  response: {
    200: { description: 'Ready.', content: { 'application/json': { schema: statusSchema } } },
    503: { description: 'Not yet, or no longer.', content: { 'application/json': { schema: statusSchema } } },
  },
} satisfies FastifyZodOpenApiSchema

const metricsSchema = {
  operationId: 'metrics',
  summary: 'Prometheus metrics',
  description: 'Needs the scope "metrics"; free on loopback.',
  tags: ['operations'],
  response: {
    200: { description: 'Prometheus text.', content: { 'text/plain': { schema: z.string() } } },
    ...problemResponses(401, 403, 429),
  },
} satisfies FastifyZodOpenApiSchema

interface HealthOptions {
  readonly isReady: () => boolean
  readonly evidenceSource: string
  readonly metrics: Metrics
  readonly protect: Protect
  readonly loopback: boolean
}

/** Answered however busy the service is: a probe that fails under load makes an orchestrator end the process. */
const always = { logLevel: 'warn', config: { pressureHandler: () => undefined } } as const

export function registerHealthRoutes(app: FastifyInstance, options: HealthOptions): void {
  const { isReady, evidenceSource, metrics, protect, loopback } = options
  app.get('/healthz', { schema: aliveSchema, ...always }, () => ({ status: 'alive' }))
  app.get('/readyz', { schema: readySchema, ...always }, async (_request, reply) =>
    isReady()
      ? { status: 'ready', evidence: evidenceSource }
      : reply.code(503).send({ status: 'not ready', evidence: evidenceSource }),
  )
  app.get(
    '/metrics',
    { schema: metricsSchema, ...always, ...(loopback ? {} : { onRequest: protect('metrics') }) },
    async (_request, reply) => reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
}
