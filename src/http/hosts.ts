import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { Problem } from './problem.ts'

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/**
 * Host and Origin allow-lists on every route: neither a foreign page nor a name rebound to 127.0.0.1 reads a
 * service that trusts its loopback callers.
 */
export function guardHosts(app: FastifyInstance, config: Config): void {
  const publicUrl = config.PUBLIC_URL === undefined ? null : new URL(config.PUBLIC_URL)
  const hosts = new Set([...loopbackNames, ...config.ALLOWED_HOSTS.map((host) => host.toLowerCase())])
  const origins = new Set(config.CORS_ORIGINS)
  if (publicUrl !== null) {
    hosts.add(publicUrl.hostname.toLowerCase())
    origins.add(publicUrl.origin)
  }
  const isKnown = (host: string | undefined): boolean => {
    const name = hostName(host)
    return name !== null && hosts.has(name)
  }
  app.addHook('onRequest', (request, _reply, done) => {
    // What a trusted proxy was asked for (X-Forwarded-Host); the Host header where there is none.
    const asked = config.trustProxy === false ? request.headers.host : request.host
    if (!isKnown(request.headers.host) || !isKnown(asked) || !isKnown(targetHost(request)) || hasTwoHosts(request)) {
      done(new Problem('host-not-allowed', 'Add the name to ALLOWED_HOSTS if this service should answer under it.'))
      return
    }
    const origin = request.headers.origin
    if (origin !== undefined && !origins.has(origin.toLowerCase()) && !isSameOrigin(origin, asked)) {
      done(new Problem('origin-not-allowed', 'Add the origin to CORS_ORIGINS if its pages may call this service.'))
      return
    }
    done()
  })
}

// The scheme is left out of the comparison: behind a proxy that ends TLS only the browser knows it.
const isSameOrigin = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()

/** A target may name a host of its own, which then counts (https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2). */
function targetHost({ raw, headers }: FastifyRequest): string | undefined {
  const target = raw.url ?? ''
  if (target.startsWith('/') || target === '*') return headers.host
  return URL.canParse(target) ? new URL(target).host : undefined
}

/** Node keeps the first of several Host headers, others the last: whoever checked another than we do is not believed. */
function hasTwoHosts({ raw: { rawHeaders } }: FastifyRequest): boolean {
  let found = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]
    if (name?.length === 4 && name.toLowerCase() === 'host') found += 1
  }
  return found > 1
}

const authority = /^(\[[0-9a-f:.]{2,45}\]|[^\s:/\\@?#,[\]]{1,255})(?::\d{0,5})?$/i

/** The name in a Host header without its port; `null` where it is missing or is no name. */
export function hostName(header: string | undefined): string | null {
  const name = authority.exec(header ?? '')?.[1]
  return name === undefined ? null : name.toLowerCase().replace(/\.$/, '')
}
