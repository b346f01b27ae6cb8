import awsLambda from '@fastify/aws-lambda'
import pino from 'pino'
import { buildApp } from '../app.ts'
import { ConfigError, readConfig, type Config } from '../config.ts'
import { createGatherer } from '../evidence/gatherer.ts'
import { createLogger } from '../http/logging.ts'
import { createMetrics } from '../http/metrics.ts'
import { withinLimit, type HttpAnswer } from './answer-limit.ts'
import { isText } from './text-types.ts'

/** What an HTTP API or a function URL sends (payload format 2.0), as far as it is looked at here. */
interface HttpEvent {
  readonly version: '2.0'
  readonly requestContext: { readonly http: { readonly method: string; readonly sourceIp?: string } }
}

interface Invocation {
  readonly awsRequestId: string
}

export type Handler = (event: unknown, invocation: Invocation) => Promise<HttpAnswer>

/**
 * The service as a Lambda function. Whoever calls it comes from outside, so it asks for API keys as on any address
 * but loopback. Lambda freezes the process between invocations: lines are written at once, and nothing may be left
 * to do after the answer.
 */
export async function createHandler(
  environment: Readonly<Record<string, string | undefined>>,
  log: pino.DestinationStream = pino.destination({ dest: 1, sync: true }),
): Promise<Handler> {
  const config = readLambdaConfig(environment)
  const logger = createLogger(config, log)
  const metrics = createMetrics()
  const ports = {
    observe: metrics,
    log: ({ level, code, values }: { level: 'info' | 'warn'; code: string; values: object }) =>
      logger[level](values, code),
  }
  const gatherer = await createGatherer(config, ports)
  const offline = await createGatherer({ ...config, EVIDENCE: 'none' })
  const { server } = await buildApp({ config, gatherer, offline, logger, metrics, shedLoad: false })
  await server.ready()
  const answer = awsLambda<HttpEvent>(server, {
    // Otherwise a comma in a hint would make two of it.
    parseCommaSeparatedQueryParams: false,
    decorateRequest: false,
    enforceBase64: ({ headers }) => !isText(headers['content-type']),
  })
  return async (event, invocation) => {
    if (!isHttpEvent(event)) throw new Error('The event is not an HTTP request of payload format 2.0.')
    return withinLimit(await answer(event, invocation), invocation.awsRequestId)
  }
}

function readLambdaConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const config = readConfig({ ...environment, HOST: '0.0.0.0' })
  if (config.SLACK_SIGNING_SECRET !== undefined)
    throw new ConfigError('SLACK_SIGNING_SECRET: Slack’s answers follow the reply, when Lambda has frozen the process')
  return config
}

function isHttpEvent(event: unknown): event is HttpEvent {
  const { version, requestContext } = (event ?? {}) as { version?: unknown; requestContext?: { http?: unknown } }
  return version === '2.0' && typeof requestContext?.http === 'object'
}
