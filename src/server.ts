import closeWithGrace from 'close-with-grace'
import type { Redis } from 'ioredis'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { buildApp } from './app.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { createGatherer, type EvidenceGatherer, type EvidencePorts } from './evidence/gatherer.ts'
import { createLogger } from './http/logging.ts'
import { createMetrics } from './http/metrics.ts'

/** The only file that touches the process: reads the environment, listens, and closes with grace. */
async function start(config: Config): Promise<void> {
  const logger = createLogger(config)
  const metrics = createMetrics()
  const redis = config.REDIS_URL === undefined ? null : await connectRedis(config.REDIS_URL)
  redis?.on('error', () => metrics.cache('redis-error'))
  const ports = {
    observe: metrics,
    log: ({ level, code, values }: { level: 'info' | 'warn'; code: string; values: object }) =>
      logger[level](values, code),
  }
  const gatherer = await openEvidence(config, ports)
  const offline = await createGatherer({ ...config, EVIDENCE: 'none' }, ports)
  const app = await buildApp({ config, gatherer, offline, logger, metrics, redis })
  const { server } = app
  server.addHook('onClose', () => redis?.disconnect())
  await server.listen({ host: config.HOST, port: config.PORT })
  gatherer.prepare?.()
  logger.info({ evidence: gatherer.source, node: process.version }, `listening on http://${config.HOST}:${config.PORT}`)
  closeWithGrace({ delay: config.SHUTDOWN_DELAY_MS + config.SHUTDOWN_GRACE_MS }, async ({ signal, err }) => {
    if (err !== undefined) logger.fatal({ err }, 'closing after an error')
    else logger.info({ signal }, 'closing')
    app.drain()
    await setTimeout(config.SHUTDOWN_DELAY_MS)
    await server.close()
    logger.flush()
  })
}

async function openEvidence(config: Config, ports: EvidencePorts): Promise<EvidenceGatherer> {
  try {
    return await createGatherer(config, ports)
  } catch (error) {
    if (config.SNAPSHOT_FILE === undefined) throw error
    throw new ConfigError(`SNAPSHOT_FILE: ${error instanceof Error ? error.message : 'it could not be read'}`)
  }
}

/** Rate limits must not wait for a Redis that is away. */
async function connectRedis(url: string): Promise<Redis> {
  const { Redis } = await import('ioredis')
  return new Redis(url, { connectTimeout: 500, maxRetriesPerRequest: 1, enableOfflineQueue: false })
}

try {
  await start(readConfig(process.env))
} catch (error) {
  if (!isExpected(error)) throw error
  process.stderr.write(`access-denied-explainer: ${error.message}\n`)
  process.exitCode = 2
}

/** A wrong setting, or a system's refusal such as a port in use; anything else is a mistake of ours. */
function isExpected(error: unknown): error is Error {
  return error instanceof ConfigError || (error instanceof Error && 'code' in error && typeof error.code === 'string')
}
