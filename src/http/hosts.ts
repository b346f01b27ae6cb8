import type { FastifyInstance } from 'fastify'
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
  const origins = new Set(config.CORS_ORIGINS.map((origin) => origin.toLowerCase()))
  if (publicUrl !== null) {
    hosts.add(publicUrl.hostname.toLowerCase())
    origins.add(publicUrl.origin)
  }
  app.addHook('onRequest', (request, _reply, done) => {
    const host = hostName(request.headers.host)
    if (host === null || !hosts.has(host)) {
      done(new Problem('host-not-allowed', 'Add the name to ALLOWED_HOSTS if this service should answer under it.'))
      return
    }
    const origin = request.headers.origin
    if (origin !== undefined && !origins.has(origin.toLowerCase()) && !isSameOrigin(origin, request.headers.host)) {
      done(new Problem('origin-not-allowed', 'Add the origin to CORS_ORIGINS if its pages may call this service.'))
      return
    }
    done()
  })
}

// The scheme is left out of the comparison: behind a proxy that ends TLS only the browser knows it.
const isSameOrigin = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host?.toLowerCase()

/** The name in a Host header without its port; `null` where it is missing or is no name. */
export function hostName(header: string | undefined): string | null {
  if (header === undefined || header === '' || /[\s/\\@?#]/.test(header)) return null
  const name = header.startsWith('[') ? header.slice(0, header.indexOf(']') + 1) : (header.split(':')[0] ?? '')
  return name === '' ? null : name.toLowerCase().replace(/\.$/, '')
}
