import type { FastifyInstance } from 'fastify'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { sendFile } from './files.ts'
import { Problem } from './problem.ts'
import { projectRoot } from './root.ts'

const schema = { hide: true }

// Swagger UI writes styles of its own; every other route keeps the strict policy.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

/** What the page needs of Swagger UI. */
const parts = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'])

/**
 * `/openapi.yaml`, and `/docs`: the same made readable, with nothing from the internet. The description is the file
 * that the tests compare with the routes, so that a start need not work it out.
 */
export function registerDocsRoutes(app: FastifyInstance): void {
  const description = new URL('openapi.yaml', projectRoot)
  const page = new URL('public/docs.html', projectRoot)
  app.get('/openapi.yaml', { schema }, (request, reply) =>
    sendFile(request, reply, description, 'application/yaml; charset=utf-8'),
  )
  for (const url of ['/docs', '/docs/'])
    app.get(url, { schema }, (request, reply) =>
      sendFile(request, reply.header('content-security-policy', policy), page),
    )
  let folder: URL | null = null
  app.get<{ Params: { readonly name: string } }>('/docs/static/:name', { schema }, (request, reply) => {
    const { name } = request.params
    if (!parts.has(name)) throw new Problem('not-found', 'There is no such file.')
    folder ??= new URL('static/', packageFolder('@fastify/swagger-ui'))
    return sendFile(request, reply, new URL(name, folder))
  })
}

/** Found as Node finds it: where this service is itself a dependency, its own lie further up. */
const packageFolder = (name: string): URL =>
  new URL('./', pathToFileURL(createRequire(import.meta.url).resolve(`${name}/package.json`)))
