import type { FastifyBaseLogger, FastifyRequest, onRequestHookHandler } from 'fastify'
import type { Socket } from 'node:net'
import type { Config } from '../config.ts'
import type { Scope } from './api-keys.ts'
import type { Metrics } from './metrics.ts'
import { limitPlaces, type Places } from './places.ts'
import { Problem } from './problem.ts'
import { createQueue, type Queue } from './queue.ts'
import { countRefusals, type RefusalReason, type Refusals } from './refusals.ts'

/** Large bodies that are in hand at once, in bytes; parsed they take some times as much. */
const mostBytes = 64 * 1024 * 1024
/** Bodies up to this size are not counted, so that a slow sender of large bodies can only block other large ones. */
const smallBody = 64 * 1024
/** Slack waits for nobody longer than three seconds, but an answer may follow for half a minute. */
const mostFromSlack = 64

/** What one process takes on at once. Beyond that it says so at once, before a body is read. */
export interface LoadLimits {
  readonly refusals: Refusals
  readonly queue: Queue
  readonly slack: Places
  /** Runs after the caller is known, so that strangers take no places. */
  admit(scope: Scope): readonly onRequestHookHandler[]
  /** Whether to answer 408 when a request takes too long to arrive. */
  isTooLate(socket: Socket): boolean
}

export function createLoadLimits(config: Config, metrics: Metrics, logger: FastifyBaseLogger): LoadLimits {
  const refusals = countRefusals(metrics, logger)
  const requests = limitPlaces(config.MAX_REQUESTS, mostBytes)
  const streams = limitPlaces(config.MAX_STREAMS)
  const queue = createQueue(config.MAX_QUEUE_MS)
  const slack = limitPlaces(mostFromSlack)
  metrics.inProgress('request', requests.inside)
  metrics.inProgress('stream', streams.inside)
  metrics.inProgress('slack', slack.inside)
  metrics.inProgress('waiting', queue.waiting)
  const openEnded = new WeakSet<Socket>()
  const admitStream: onRequestHookHandler = (request, reply, done) => {
    const { socket } = request.raw
    openEnded.add(socket)
    reply.raw.once('close', () => openEnded.delete(socket))
    done()
  }
  return {
    refusals,
    queue,
    slack,
    admit: (scope) => {
      if (scope === 'metrics') return []
      if (scope === 'batch') return [admitBy(streams, 'streams', refusals, () => 0), admitStream]
      return [admitBy(requests, 'requests', refusals, bytesToCome)]
    },
    isTooLate: (socket) => {
      // A stream may take as long as it likes, as long as something moves.
      if (openEnded.has(socket)) return false
      if (socket.bytesRead === 0) {
        // Opened ahead of time and never used: there is nobody to tell.
        socket.destroy()
        return false
      }
      refusals.count('late')
      return true
    },
  }
}

/** Gives each request a place until its answer is sent or its client is gone. */
function admitBy(
  places: Places,
  reason: RefusalReason,
  refusals: Refusals,
  bytesOf: (request: FastifyRequest) => number,
): onRequestHookHandler {
  return (request, reply, done) => {
    const leave = places.enter(bytesOf(request))
    if (leave === null) {
      refusals.count(reason)
      done(tooBusy())
      return
    }
    reply.raw.once('close', leave)
    done()
  }
}

export const tooBusy = (): Problem =>
  new Problem('overloaded', 'The service is busy; try again shortly.', { retryAfterSeconds: 2 })

/** A body of unknown length may be as long as the route allows. */
function bytesToCome({ headers, routeOptions }: FastifyRequest): number {
  const { bodyLimit } = routeOptions
  if (headers['transfer-encoding'] !== undefined) return bodyLimit
  const announced = Math.min(Number(headers['content-length'] ?? 0), bodyLimit)
  return announced > smallBody ? announced : 0
}
