import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { fastifyZodOpenApiPlugin, fastifyZodOpenApiTransformers } from 'fastify-zod-openapi'
import { stringify } from 'yaml'
import { version } from '../../src/http/root.ts'

/** What `buildApp` is told to register before the routes, so that it sees every one of them. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyZodOpenApiPlugin)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'access-denied-explainer',
        version,
        description:
          'Paste any AWS AccessDenied error; get why it was denied, the exact policy statement to add, where to add it, and proof that it works.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      tags: [
        { name: 'diagnoses', description: 'Why was this denied, and what ends it?' },
        { name: 'evaluations', description: 'The evaluation engine by itself.' },
        { name: 'causes', description: 'The catalogue of causes.' },
        { name: 'operations', description: 'For those who run the service.' },
      ],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      security: [{ key: [] }, {}],
    },
    ...fastifyZodOpenApiTransformers,
  })
}

/** The description as it is committed in openapi.yaml. */
export const openapiYaml = (app: FastifyInstance): string =>
  stringify(app.swagger(), { lineWidth: 0, aliasDuplicateObjects: false })
