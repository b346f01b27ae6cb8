import type { FastifyReply, FastifyRequest } from 'fastify'
import { readFile, stat } from 'node:fs/promises'

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'application/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  yaml: 'application/yaml; charset=utf-8',
}

/**
 * One of our own files; which one is looked up in a table, so that no path from a request reaches the file system.
 * It is read when it is asked for, and not while the browser's copy is the same.
 */
export async function sendFile(request: FastifyRequest, reply: FastifyReply, file: URL): Promise<FastifyReply> {
  const { mtimeMs, mtime, size } = await stat(file)
  const tag = `W/"${size.toString(16)}-${Math.trunc(mtimeMs).toString(16)}"`
  reply.header('cache-control', 'no-cache').header('etag', tag).header('last-modified', mtime.toUTCString())
  if (isCurrent(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type(types[extensionOf(file)] ?? 'application/octet-stream').send(await readFile(file))
}

const isCurrent = (known: string | undefined, tag: string): boolean =>
  known !== undefined && (known === '*' || known.split(/\s*,\s*/).includes(tag))

const extensionOf = ({ pathname }: URL): string => pathname.slice(pathname.lastIndexOf('.') + 1)
