import type { FastifyReply, FastifyRequest } from 'fastify'
import { fileURLToPath } from 'node:url'
import { Problem } from './problem.ts'

/**
 * One of our own files; which one is looked up in a table, so that no path from a request reaches the file system.
 * The library is loaded with the first of them: a start need not wait for it.
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: URL,
  type?: string,
): Promise<FastifyReply> {
  // Joined with others, a package in CommonJS has its default export and no other.
  const { default: send } = await import('@fastify/send')
  const path = fileURLToPath(file)
  const found = await send(request.raw, encodeURIComponent(path.slice(path.lastIndexOf('/') + 1)), {
    root: path.slice(0, path.lastIndexOf('/')),
    cacheControl: false,
  })
  if (found.type !== 'file') throw new Problem('not-found', 'There is no such file.')
  reply.code(found.statusCode).headers(found.headers).header('cache-control', 'no-cache')
  if (type !== undefined && found.statusCode === 200) reply.type(type)
  return reply.send(found.stream)
}
