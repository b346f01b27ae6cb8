import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { fileURLToPath } from 'node:url'
import { projectRoot } from './root.ts'

const folder = (path: string): string => fileURLToPath(new URL(path, projectRoot))

/** The page, its modules and the sample pastes that it offers to click. */
export async function registerPageRoutes(app: FastifyInstance): Promise<void> {
  await app.register(fastifyStatic, {
    root: [folder('public'), folder('dist/web')],
    prefix: '/assets/',
    index: false,
    list: false,
    // The description covers the API; the page's files are no part of it.
    schemaHide: true,
    setHeaders: (response) => {
      response.header('cache-control', 'no-cache')
    },
  })
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.sendFile('index.html', folder('public')))
  app.get('/assets/samples.json', { schema: { hide: true } }, (_request, reply) =>
    reply.sendFile('sample-pastes.json', folder('data')),
  )
}
