import type { FastifyInstance, onRequestHookHandler, RouteOptions } from 'fastify'
import { Problem } from './problem.ts'

type Rules = RouteOptions['onRequest']

interface Path {
  readonly methods: Set<string>
  readonly rules: Rules
}

/** What routes take. HEAD comes with GET, and OPTIONS is a matter of CORS where there is any. */
const routed = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'TRACE'] as const

/**
 * Known paths refuse the methods that they do not offer with 405 and `Allow`, after the rules of access that their
 * offered methods have, and before a body is read. Sees the routes that come after it; what it gives is called last.
 */
export function watchMethods(
  app: FastifyInstance,
  { withOptions }: { readonly withOptions: boolean },
): { refuseOthers(): void } {
  const paths = new Map<string, Path>()
  app.addHook('onRoute', ({ url, method, onRequest }) => {
    // Preflight requests of CORS go to `*`, which is no path of ours.
    if (!url.startsWith('/')) return
    const path = paths.get(url) ?? { methods: new Set(), rules: onRequest }
    for (const one of [method].flat()) path.methods.add(one)
    paths.set(url, path)
  })
  return {
    refuseOthers() {
      for (const [url, { methods, rules }] of [...paths]) {
        const allow = [...methods].toSorted().join(', ')
        app.route({
          method: [...routed, ...(withOptions ? ['OPTIONS'] : [])].filter((method) => !methods.has(method)),
          url,
          schema: { hide: true },
          onRequest: [...[rules ?? []].flat(), refusal(allow)],
          handler: (_request, reply) => reply,
        })
      }
    },
  }
}

const refusal =
  (allow: string): onRequestHookHandler =>
  (_request, reply, done) => {
    reply.header('allow', allow)
    done(new Problem('method-not-allowed', `Offered here: ${allow}.`))
  }
