import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { buildApp, type App, type AppPorts } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { createLogger } from '../../src/http/logging.ts'

export interface TestApp extends App {
  /** Everything that was logged, at the level asked for. */
  readonly logged: () => string
}

interface Teardown {
  teardown(work: () => unknown): unknown
}

/** The real app over real evidence sources, without a socket; `EVIDENCE` is `none` unless it is set. */
export async function buildTestApp(
  t: Teardown,
  environment: Readonly<Record<string, string>> = {},
  ports: Pick<AppPorts, 'describe' | 'workers' | 'shedLoad'> = {},
): Promise<TestApp> {
  const config = readConfig({ EVIDENCE: 'none', LOG_LEVEL: 'trace', ...environment })
  const written: string[] = []
  const logger = createLogger(config, { write: (line: string) => void written.push(line) })
  const gatherer = await createGatherer(config, {})
  const offline = await createGatherer({ ...config, EVIDENCE: 'none' }, {})
  // A machine that is busy with other tests is no pressure of its own.
  const app = await buildApp({ config, gatherer, offline, logger, shedLoad: false, ...ports })
  t.teardown(() => app.server.close())
  return { ...app, logged: () => written.join('') }
}

export const silentLogger = pino({ level: 'silent' })

export interface Answer {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly headers: Readonly<Record<string, unknown>>
  json(): Record<string, unknown>
}

export async function post(
  server: FastifyInstance,
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const isText = typeof body === 'string' || Buffer.isBuffer(body)
  const response = await server.inject({
    method: 'POST',
    url,
    headers: { host: 'localhost', 'content-type': isText ? 'text/plain' : 'application/json', ...headers },
    payload: isText ? body : JSON.stringify(body),
  })
  return {
    status: response.statusCode,
    type: String(response.headers['content-type']),
    text: response.body,
    headers: response.headers,
    json: () => JSON.parse(response.body) as Record<string, unknown>,
  }
}
