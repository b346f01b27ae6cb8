import type { FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** A UUID, or 32 hexadecimal digits: what proxies make. Anything else could be words, and ids are logged. */
const machineMade = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** The id of a request: the one that a proxy gave it, else a new one. */
export function requestIdOf({ headers }: { readonly headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && machineMade.test(given) ? given : randomUUID()
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const traceparent = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** The trace that a request belongs to, for its log lines; nothing where it belongs to none. */
export function traceOf({ headers }: FastifyRequest): { readonly traceId?: string } {
  const given = headers['traceparent']
  const traceId = typeof given === 'string' ? traceparent.exec(given)?.[1] : undefined
  return traceId === undefined ? {} : { traceId }
}
