import accepts from '@fastify/accepts'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import underPressure from '@fastify/under-pressure'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import type { Config } from './config.ts'
import type { EvidenceGatherer } from './evidence/question.ts'
import { createExplainer, type Explainer } from './explain.ts'
import { registerAccess } from './http/access.ts'
import { registerCausesRoutes } from './http/causes-routes.ts'
import { registerDiagnosesRoute } from './http/diagnoses-route.ts'
import { registerDocsRoutes } from './http/docs-routes.ts'
import { answerClientError, handleErrors, sendFrameworkError } from './http/errors.ts'
import { registerEvaluationsRoute } from './http/evaluations-route.ts'
import { registerHealthRoutes } from './http/health-routes.ts'
import { guardHosts } from './http/hosts.ts'
import { logRequests } from './http/logging.ts'
import { createMetrics, measureRequests, type Metrics } from './http/metrics.ts'
import { describeRoutes } from './http/openapi.ts'
import { registerPageRoutes } from './http/page-routes.ts'
import { Problem } from './http/problem.ts'
import { requestIdOf } from './http/request-id.ts'
import { validateAllButBodies } from './http/responses.ts'
import { version } from './http/root.ts'
import { registerStreamRoute } from './http/stream-route.ts'
import { toJson } from './http/to-json.ts'
import { registerMcp } from './mcp/register.ts'
import { registerSlack } from './slack/register.ts'

export interface AppPorts {
  readonly config: Config
  readonly gatherer: EvidenceGatherer
  /** Answers from the request's own evidence and reads nothing. */
  readonly offline: EvidenceGatherer
  readonly logger: FastifyBaseLogger
  readonly metrics?: Metrics
  readonly redis?: Redis | null
}

export interface App {
  readonly server: FastifyInstance
  readonly explainer: Explainer
  /** Not ready from now on, and every answer ends its connection; requests are still answered until `close`. */
  drain(): void
}

/** Builds the service from its ports; only `server.ts` touches the process, so tests build the same app. */
export async function buildApp(ports: AppPorts): Promise<App> {
  const { config, gatherer, offline, logger } = ports
  const metrics = ports.metrics ?? createMetrics()
  const explainer = createExplainer({
    gatherer,
    offline,
    version,
    observe: (diagnoses) => {
      metrics.diagnosed(diagnoses.map(({ causes }) => causes[0]?.code ?? 'none'))
    },
  })
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: sendFrameworkError,
    clientErrorHandler: answerClientError,
    trustProxy: config.trustProxy === true ? true : config.trustProxy === false ? false : [...config.trustProxy],
    genReqId: requestIdOf,
    // A request without Host is refused by our own guard, in a problem document.
    http: { requireHostHeader: false },
    requestTimeout: 30_000,
    // A body's prototype keys are dropped rather than refused: they are only ever read as data.
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  })
  app.setValidatorCompiler(validateAllButBodies)
  app.setSerializerCompiler(() => toJson)
  handleErrors(app)
  const drainage = closeKeepAlive(app)
  measureRequests(app, metrics)
  logRequests(app)
  // Before the guard, so that its refusals have the headers too.
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  })
  guardHosts(app, config)
  if (config.CORS_ORIGINS.length > 0)
    await app.register(cors, { origin: config.CORS_ORIGINS, exposedHeaders: ['retry-after', 'x-request-id'] })
  await app.register(underPressure, {
    maxEventLoopDelay: 1500,
    retryAfter: 2,
    pressureHandler: () => {
      throw new Problem('overloaded', 'The service is busy; try again shortly.', { retryAfterSeconds: 2 })
    },
  })
  await app.register(accepts)
  const protect = await registerAccess(app, config, ports.redis ?? null)
  await describeRoutes(app)

  registerDiagnosesRoute(app, { config, explainer, protect })
  await app.register((scope, _options, done) => {
    registerStreamRoute(scope, { config, explainer, protect })
    done()
  })
  registerEvaluationsRoute(app, protect)
  registerCausesRoutes(app)
  registerMcp(app, { explainer, protect, showPolicies: config.SHOW_POLICIES })
  if (config.SLACK_SIGNING_SECRET !== undefined)
    await registerSlack(app, {
      explainer,
      signingSecret: config.SLACK_SIGNING_SECRET,
      publicUrl: config.PUBLIC_URL,
      showPolicies: config.SHOW_POLICIES,
    })
  registerHealthRoutes(app, {
    isReady: () => !drainage.draining(),
    evidenceSource: gatherer.source,
    metrics,
    protect,
    loopback: config.loopback,
  })
  await registerDocsRoutes(app)
  await registerPageRoutes(app)
  app.addHook('onClose', () => gatherer.close())
  return { server: app, explainer, drain: drainage.begin }
}

/**
 * A connection kept alive by a client that was being answered when the server began to close would hold it open
 * for ever: from then on every answer ends its connection.
 */
function closeKeepAlive(app: FastifyInstance): { readonly draining: () => boolean; readonly begin: () => void } {
  let draining = false
  const begin = (): void => {
    draining = true
  }
  app.addHook('preClose', (done) => {
    begin()
    done()
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining) reply.header('connection', 'close')
    done()
  })
  return { draining: () => draining, begin }
}
