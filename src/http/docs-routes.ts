import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { openapiYaml } from './openapi.ts'

/** `/openapi.yaml`, and `/docs`: the same made readable, with nothing from the internet. */
export async function registerDocsRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list', deepLinking: true, validatorUrl: null },
    // Its page wants styles of its own; every other route keeps the strict policy.
    staticCSP:
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  })
  let yaml: string | null = null
  app.get('/openapi.yaml', { schema: { hide: true } }, (_request, reply) => {
    yaml ??= openapiYaml(app)
    return reply.type('application/yaml; charset=utf-8').send(yaml)
  })
}
