import underPressure from '@fastify/under-pressure'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { ServerOptions } from 'node:http'
import { getHeapStatistics } from 'node:v8'
import type { Config } from './config.ts'
import type { EvidenceGatherer } from './evidence/question.ts'
import type { RedisConnection } from './evidence/redis-connection.ts'
import { createExplainer, type Explainer } from './explain.ts'
import { registerAccess } from './http/access.ts'
import { registerCausesRoutes } from './http/causes-routes.ts'
import { registerDiagnosesRoute } from './http/diagnoses-route.ts'
import { registerDocsRoutes } from './http/docs-routes.ts'
import { closeKeepAlive, createDrainage } from './http/drainage.ts'
import { refuseEncodings } from './http/encodings.ts'
import { answerClientError, handleErrors, sendFrameworkError } from './http/errors.ts'
import { registerEvaluationsRoute } from './http/evaluations-route.ts'
import { openFront } from './http/front.ts'
import { registerHealthRoutes } from './http/health-routes.ts'
import { guardHosts } from './http/hosts.ts'
import { createLoadLimits, tooBusy } from './http/load-limits.ts'
import { logRequests } from './http/logging.ts'
import { createMetrics, measureRequests, type Metrics } from './http/metrics.ts'
import { watchMethods } from './http/other-methods.ts'
import { registerPageRoutes } from './http/page-routes.ts'
import { requestIdOf } from './http/request-id.ts'
import { validateAllButBodies } from './http/responses.ts'
import { version } from './http/root.ts'
import { secureHeaders } from './http/security-headers.ts'
import { registerStreamRoute } from './http/stream-route.ts'
import type { Diagnosed } from './lines/explain-line.ts'
import type { LineWorkers } from './lines/line-workers.ts'
import { registerMcp } from './mcp/register.ts'
import { toJson } from './reply/to-json.ts'

export interface AppPorts {
  readonly config: Config
  readonly gatherer: EvidenceGatherer
  /** Answers from the request's own evidence and reads nothing. */
  readonly offline: EvidenceGatherer
  readonly logger: FastifyBaseLogger
  readonly metrics?: Metrics
  readonly redis?: RedisConnection | null
  /** Threads for streams; without them their lines are explained between requests. */
  readonly workers?: LineWorkers | null
  /** Turn requests away when the event loop lags; `false` where the process is frozen between requests, as in Lambda. */
  readonly shedLoad?: boolean
  /** Sees every route; the tests write openapi.yaml with it. */
  readonly describe?: (app: FastifyInstance) => Promise<void>
}

export interface App {
  readonly server: FastifyInstance
  readonly explainer: Explainer
  /** Not ready from now on, and every answer ends its connection; requests are still answered until `close`. */
  drain(): void
}

/** Share of the heap that may be in use before requests are turned away. */
const mostHeap = 0.85

/**
 * Builds the service from its ports; only `server.ts` and `lambda.ts` touch the process, so tests build the same app.
 */
export async function buildApp(ports: AppPorts): Promise<App> {
  const { config, gatherer, offline, logger } = ports
  const metrics = ports.metrics ?? createMetrics()
  const limits = createLoadLimits(config, metrics, logger)
  const drainage = createDrainage()
  const observe = (diagnoses: readonly Diagnosed[]): void =>
    metrics.diagnosed(diagnoses.map(({ causes }) => causes[0]?.code ?? 'none'))
  const explainer = createExplainer({ gatherer, offline, version, observe })
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: sendFrameworkError,
    clientErrorHandler: (error, socket) => {
      if (error.code !== 'ERR_HTTP_REQUEST_TIMEOUT' || limits.isTooLate(socket)) answerClientError(error, socket)
    },
    serverFactory: (answer, { http }) =>
      openFront(answer, http as ServerOptions, {
        queue: limits.queue,
        refused: () => limits.refusals.count('processor'),
        drainage,
        requestMilliseconds: config.REQUEST_TIMEOUT_MS,
        idleMilliseconds: 4 * config.REQUEST_TIMEOUT_MS + config.EVIDENCE_TIMEOUT_MS,
      }),
    trustProxy: config.trustProxy === true ? true : config.trustProxy === false ? false : [...config.trustProxy],
    genReqId: requestIdOf,
    // A request without Host is refused by our own guard, in a problem document.
    http: { requireHostHeader: false },
    // A body's prototype keys are dropped rather than refused: they are only ever read as data.
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    // Ours are set below; a factory of its own keeps Fastify from loading compilers that are never asked.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
  })
  app.setValidatorCompiler(validateAllButBodies)
  app.setSerializerCompiler(() => toJson)
  handleErrors(app)
  closeKeepAlive(app, drainage)
  measureRequests(app, metrics)
  logRequests(app)
  secureHeaders(app)
  guardHosts(app, config)
  refuseEncodings(app)
  if (config.CORS_ORIGINS.length > 0)
    await app.register(import('@fastify/cors'), {
      origin: config.CORS_ORIGINS,
      exposedHeaders: ['retry-after', 'x-request-id'],
    })
  await app.register(underPressure, {
    maxEventLoopDelay: ports.shedLoad === false ? 0 : 1500,
    maxHeapUsedBytes: mostHeap * getHeapStatistics().heap_size_limit,
    pressureHandler: () => {
      limits.refusals.count('pressure')
      throw tooBusy()
    },
  })
  const protect = await registerAccess(app, config, { limits, redis: ports.redis ?? null })
  await ports.describe?.(app)

  const methods = watchMethods(app, { withOptions: config.CORS_ORIGINS.length === 0 })
  registerDiagnosesRoute(app, { config, explainer, protect, slowEvidence: gatherer.source === 'aws' })
  await app.register((scope, _options, done) => {
    const { queue } = limits
    registerStreamRoute(scope, { config, explainer, workers: ports.workers ?? null, observe, protect, queue })
    done()
  })
  registerEvaluationsRoute(app, protect)
  registerCausesRoutes(app)
  registerMcp(app, { explainer, protect, showPolicies: config.SHOW_POLICIES })
  if (config.SLACK_SIGNING_SECRET !== undefined) {
    const { registerSlack } = await import('./slack/register.ts')
    await registerSlack(app, {
      explainer,
      signingSecret: config.SLACK_SIGNING_SECRET,
      publicUrl: config.PUBLIC_URL,
      showPolicies: config.SHOW_POLICIES,
      places: limits.slack,
      refused: () => limits.refusals.count('slack'),
    })
  }
  registerHealthRoutes(app, {
    isReady: () => !drainage.draining(),
    evidenceSource: gatherer.source,
    metrics,
    protect,
    loopback: config.loopback,
  })
  registerDocsRoutes(app)
  registerPageRoutes(app)
  methods.refuseOthers()
  app.addHook('onClose', () => {
    limits.refusals.close()
    return Promise.all([gatherer.close(), ports.workers?.close()])
  })
  return { server: app, explainer, drain: drainage.begin }
}

const noCompiler = (): never => {
  throw new Error('validatorCompiler and serializerCompiler are set by buildApp')
}
