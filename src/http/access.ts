import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler, onRequestHookHandler } from 'fastify'
import { createHash } from 'node:crypto'
import { ConfigError, type Config } from '../config.ts'
import type { RedisConnection } from '../evidence/redis-connection.ts'
import { openApiKeys, scopes, type ApiKey, type ApiKeys, type Scope } from './api-keys.ts'
import type { LoadLimits } from './load-limits.ts'
import { Problem } from './problem.ts'
import { rateStore } from './rate-store.ts'
import { createWrongKeys, networkOf } from './wrong-keys.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: the key that was presented, or the anonymous caller where none is needed. */
    caller: ApiKey
  }
}

const anonymous: ApiKey = { name: 'anonymous', scopes: new Set(scopes) }
const minute = 60_000

/** Makes the hooks that a protected route runs first: key, scope, rate limit, a free place, in this order. */
export type Protect = (scope: Scope) => (onRequestHookHandler | onRequestAsyncHookHandler)[]

interface AccessPorts {
  readonly limits: LoadLimits
  readonly redis: RedisConnection | null
}

export async function registerAccess(app: FastifyInstance, config: Config, ports: AccessPorts): Promise<Protect> {
  const { limits, redis } = ports
  app.decorateRequest('caller', null as unknown as ApiKey)
  app.addHook('onRequest', (request, _reply, done) => {
    request.caller = anonymous
    done()
  })
  await app.register(rateLimit, {
    global: false,
    store: rateStore(redis),
    errorResponseBuilder: (_request, context) => {
      limits.refusals.count('rate-limit')
      return new Problem('too-many-requests', 'The limit of requests a minute is reached.', {
        retryAfterSeconds: Math.max(1, Math.ceil(context.ttl / 1000)),
      })
    },
  })
  const tooManyKeys = (): void => limits.refusals.count('unknown-keys')
  const authenticate = config.API_KEYS_FILE === undefined ? null : authenticator(app, config.API_KEYS_FILE, tooManyKeys)
  const limit =
    config.rateLimit === 0
      ? null
      : app.rateLimit({ max: config.rateLimit, timeWindow: minute, keyGenerator: (request) => callerKey(request) })
  return (scope) => [
    (request, reply, done) => {
      // Answers may quote policies.
      reply.header('cache-control', 'no-store')
      const caller = authenticate === null ? anonymous : authenticate(request)
      if (caller instanceof Problem) {
        done(caller)
        return
      }
      request.caller = caller
      done(caller.scopes.has(scope) ? undefined : new Problem('not-allowed', `This key lacks the scope "${scope}".`))
    },
    ...(limit === null ? [] : [limit]),
    ...limits.admit(scope),
  ]
}

function authenticator(
  app: FastifyInstance,
  path: string,
  tooMany: () => void,
): (request: FastifyRequest) => ApiKey | Problem {
  const keys = openKeysAtStart(path, (message) => app.log.error(message))
  const wrongKeys = createWrongKeys()
  // Keys that were right once are looked at whatever else comes from their address: a neighbour's wrong keys do not
  // lock them out.
  const provenHashes = new Set<string>()
  return (request) => {
    const key = bearerToken(request.headers.authorization)
    if (key === null) return new Problem('not-authenticated', howToSend(request.headers.authorization))
    const hash = createHash('sha256').update(key).digest('hex')
    const wait = provenHashes.has(hash) ? 0 : wrongKeys.secondsToWait(request.ip)
    if (wait > 0) {
      tooMany()
      return new Problem('too-many-requests', 'Too many unknown keys from this address.', { retryAfterSeconds: wait })
    }
    const found = keys.find(key)
    if (found === null) {
      provenHashes.delete(hash)
      wrongKeys.count(request.ip)
      return new Problem('not-authenticated', 'The key is not known here.')
    }
    provenHashes.add(hash)
    return found
  }
}

function openKeysAtStart(path: string, onProblem: (message: string) => void): ApiKeys {
  try {
    return openApiKeys(path, onProblem)
  } catch {
    throw new ConfigError('API_KEYS_FILE: not a readable file of the form that docs/operations.md shows')
  }
}

const callerKey = (request: FastifyRequest): string =>
  request.caller === anonymous ? `address:${networkOf(request.ip)}` : `key:${request.caller.name}`

/** Something was sent, and it has not the form of a key. */
const howToSend = (header: string | undefined): string =>
  /^bearer\s{1,8}\S/i.test(header ?? '')
    ? 'This is not a valid API key: keys are 8 to 512 characters long, of letters, digits and . _ ~ + / = - only.'
    : 'Send it as "Authorization: Bearer <key>".'

function bearerToken(header: string | undefined): string | null {
  const match = /^bearer ([\w.~+/=-]{8,512})$/i.exec(header ?? '')
  return match?.[1] ?? null
}
