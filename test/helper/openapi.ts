import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { fastifyZodOpenApiPlugin, fastifyZodOpenApiTransformers } from 'fastify-zod-openapi'
import { stringify } from 'yaml'
import { examples } from './examples.ts'
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
          'Paste any AWS AccessDenied error; get why it was denied, the exact policy statement to add, where to add it, and proof that it works. Other methods than those here are refused with 405 and `Allow`. 429 and 503 carry `Retry-After`; where requests are limited, answers carry `X-RateLimit-Limit`, `X-RateLimit-Remaining` and `X-RateLimit-Reset`.',
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
export function openapiYaml(app: FastifyInstance): string {
  const document = app.swagger() as { readonly paths?: Paths }
  for (const [url, byType] of Object.entries(examples))
    for (const [type, example] of Object.entries(byType)) {
      const media = document.paths?.[url]?.post?.requestBody?.content[type]
      if (media === undefined) throw new Error(`There is no ${type} at ${url}.`)
      media.example = example
    }
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })
}

type Paths = Readonly<
  Record<
    string,
    { readonly post?: { readonly requestBody?: { readonly content: Record<string, { example?: unknown }> } } }
  >
>
