import type {} from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { readdirSync } from 'node:fs'
import { sendFile } from './files.ts'
import { Problem } from './problem.ts'
import { projectRoot } from './root.ts'

// The description covers the API; the page's files are no part of it.
const schema = { hide: true }

/** The page, its modules and the sample pastes that it offers to click. */
export function registerPageRoutes(app: FastifyInstance): void {
  const page = new URL('public/index.html', projectRoot)
  const assets = new Map([
    ...[...filesIn('public/'), ...filesIn('dist/web/')],
    ['samples.json', new URL('data/sample-pastes.json', projectRoot)],
  ])
  app.get('/', { schema }, (request, reply) => sendFile(request, reply, page))
  app.get<{ Params: { readonly name: string } }>('/assets/:name', { schema }, (request, reply) => {
    const file = assets.get(request.params.name)
    if (file === undefined) throw new Problem('not-found', 'There is no such file.')
    return sendFile(request, reply, file)
  })
}

function filesIn(path: string): readonly (readonly [string, URL])[] {
  const folder = new URL(path, projectRoot)
  return readdirSync(folder)
    .filter((name) => /\.(?:css|html|js|svg)$/.test(name))
    .map((name) => [name, new URL(name, folder)])
}
