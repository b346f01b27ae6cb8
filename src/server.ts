import closeWithGrace from 'close-with-grace'
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { buildApp } from './app.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { createGatherer } from './evidence/gatherer.ts'
import type { EvidenceEvent, EvidenceGatherer, EvidencePorts } from './evidence/question.ts'
import type { RedisConnection } from './evidence/redis-connection.ts'
import type { Logger } from 'pino'
import { createLogger } from './http/logging.ts'
import { createMetrics } from './http/metrics.ts'
import { version } from './http/root.ts'
import { openLineWorkers } from './lines/line-workers.ts'

/** The service as a process of its own: reads the environment, listens, and closes with grace. */
async function start(config: Config): Promise<void> {
  const logger = createLogger(config)
  const metrics = createMetrics()
  const log = ({ level, code, values }: EvidenceEvent): void => logger[level](values, code)
  const redis = config.REDIS_URL === undefined ? null : await openRedis(config.REDIS_URL, { log })
  redis?.client.on('error', () => metrics.cache('redis-error'))
  const ports = { observe: metrics, log, redis }
  const gatherer = await openEvidence(config, ports)
  const offline = await createGatherer({ ...config, EVIDENCE: 'none' })
  const workers = openLineWorkers(new URL('line-worker.js', import.meta.url), {
    // One keeps up with what is read, where few of the records are denials.
    count: config.STREAM_WORKERS ?? Math.min(1, availableParallelism() - 1),
    version,
    failed: (err) => logger.error({ err }, 'a thread for streams ended'),
  })
  const app = await buildApp({ config, gatherer, offline, logger, metrics, redis, workers })
  const { server } = app
  server.addHook('onClose', () => redis?.close())
  await server.listen({ host: config.HOST, port: config.PORT })
  gatherer.prepare?.()
  logger.info({ evidence: gatherer.source, node: process.version }, `listening on http://${config.HOST}:${config.PORT}`)
  const options = {
    delay: config.SHUTDOWN_DELAY_MS + config.SHUTDOWN_GRACE_MS,
    // What it would write holds messages of errors, which may quote a paste.
    logger: false,
    onTimeout: () => logger.error('the grace is over; what is still in flight is dropped'),
    onSecondSignal: (signal: string) => logger.error({ signal }, 'a second signal; leaving at once'),
    onSecondError: (err: unknown) => logger.fatal({ err }, 'a further error; leaving at once'),
  } as const
  closeWithGrace(options, async ({ signal, err }) => {
    if (err !== undefined) {
      // What the error left behind is not known, and nothing here has to be saved: another process starts clean.
      logger.fatal({ err }, 'leaving after an error')
      await written(logger)
      return
    }
    logger.info({ signal }, 'closing')
    app.drain()
    // Somebody at a terminal does not wait for load balancers.
    if (signal !== 'SIGINT') await setTimeout(config.SHUTDOWN_DELAY_MS)
    await server.close()
    await written(logger)
  })
}

/** All lines are out, or cannot be written. */
const written = (logger: Logger): Promise<void> =>
  new Promise((resolve) => {
    logger.flush(() => resolve())
  })

async function openEvidence(config: Config, ports: EvidencePorts): Promise<EvidenceGatherer> {
  try {
    return await createGatherer(config, ports)
  } catch (error) {
    if (config.SNAPSHOT_FILE === undefined) throw error
    throw new ConfigError(`SNAPSHOT_FILE: ${error instanceof Error ? error.message : 'it could not be read'}`)
  }
}

const openRedis = async (url: string, ports: EvidencePorts): Promise<RedisConnection> =>
  (await import('./evidence/redis-connection.ts')).connectRedis(url, ports)

try {
  await start(readConfig(process.env))
} catch (error) {
  if (!isExpected(error)) throw error
  // What was opened by then, such as Redis, would keep the process alive for ever.
  process.stderr.write(`access-denied-explainer: ${error.message}\n`, () => process.exit(2))
}

/** A wrong setting, or a system's refusal such as a port in use; anything else is a mistake of ours, to be seen whole. */
function isExpected(error: unknown): error is Error {
  return error instanceof ConfigError || (error instanceof Error && 'syscall' in error)
}
