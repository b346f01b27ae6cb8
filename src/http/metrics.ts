import type { FastifyInstance } from 'fastify'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** What happened, for counting; every label has few values and none comes from a paste. */
export interface Metrics {
  readonly registry: Registry
  diagnosed(causeCodes: readonly string[]): void
  awsCall(service: string, operation: string, outcome: string, milliseconds: number): void
  cache(outcome: string): void
  gap(reason: string): void
  refused(reason: string, times: number): void
  /** How much of one kind is being worked on, asked when the metrics are. */
  inProgress(kind: string, read: () => number): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const causes = new Counter({
    name: 'ade_causes_total',
    help: 'First causes given, by code',
    labelNames: ['code'],
    registers,
  })
  const calls = new Counter({
    name: 'ade_aws_calls_total',
    help: 'Calls to AWS',
    labelNames: ['service', 'operation', 'outcome'],
    registers,
  })
  const callSeconds = new Histogram({
    name: 'ade_aws_call_duration_seconds',
    help: 'Time of calls to AWS',
    labelNames: ['service'],
    buckets: [0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 4],
    registers,
  })
  const cache = new Counter({
    name: 'ade_cache_total',
    help: 'Cache look-ups by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const gaps = new Counter({
    name: 'ade_evidence_gaps_total',
    help: 'Evidence that could not be read, by reason',
    labelNames: ['reason'],
    registers,
  })
  const refused = new Counter({
    name: 'ade_refused_total',
    help: 'Requests turned away although nothing was wrong with them, by reason',
    labelNames: ['reason'],
    registers,
  })
  const readers = new Map<string, () => number>()
  new Gauge({
    name: 'ade_in_progress',
    help: 'What is being worked on, by kind',
    labelNames: ['kind'],
    registers,
    collect() {
      for (const [kind, read] of readers) this.set({ kind }, read())
    },
  })
  return {
    registry,
    diagnosed(codes) {
      for (const code of codes) causes.inc({ code })
    },
    awsCall(service, operation, outcome, milliseconds) {
      calls.inc({ service, operation, outcome })
      callSeconds.observe({ service }, milliseconds / 1000)
    },
    cache: (outcome) => cache.inc({ outcome }),
    gap: (reason) => gaps.inc({ reason }),
    refused: (reason, times) => refused.inc({ reason }, times),
    inProgress: (kind, read) => readers.set(kind, read),
  }
}

/** Counts and times every request by route pattern. */
export function measureRequests(app: FastifyInstance, { registry }: Metrics): void {
  const seconds = new Histogram({
    name: 'ade_http_request_duration_seconds',
    help: 'Time of requests',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    seconds.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    done()
  })
}
