import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http'
import { closeAnswered, type Drainage } from './drainage.ts'
import { Problem, problemDocument } from './problem.ts'
import type { Queue } from './queue.ts'
import { requestIdOf } from './request-id.ts'

interface FrontOptions {
  readonly queue: Queue
  /** Told of every request that is turned away. */
  readonly refused: () => void
  readonly drainage: Drainage
  /** How long a whole request may take to arrive. */
  readonly requestMilliseconds: number
  /** Nothing was sent and nothing was taken for so long: whoever was there is gone, or does not read. */
  readonly idleMilliseconds: number
}

const headersMilliseconds = 15_000
const keepAliveMilliseconds = 72_000

/** The HTTP server, with the times that a client may take, and the refusals that must cost little. */
export function openFront(answer: RequestListener, http: ServerOptions, options: FrontOptions): Server {
  const { requestMilliseconds } = options
  const server = createServer(
    {
      ...http,
      headersTimeout: Math.min(headersMilliseconds, requestMilliseconds),
      requestTimeout: requestMilliseconds,
      keepAliveTimeout: keepAliveMilliseconds,
      // Node looks for what is late only so often.
      connectionsCheckingInterval: Math.min(2000, requestMilliseconds / 2),
    },
    queueUp(answer, options),
  )
  server.setTimeout(options.idleMilliseconds)
  closeAnswered(server, options.drainage)
  return server
}

/** Probes and metrics are answered however busy the service is. */
const always = new Set(['/healthz', '/readyz', '/metrics'])

const busy = new Problem('overloaded', 'The service is busy; try again shortly.')
const [beforeId = '', afterId = ''] = JSON.stringify(problemDocument(busy, '<id>')).split('<id>')
const headers = {
  'content-type': 'application/problem+json',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/**
 * Lets requests wait for the processor, and turns those away that would wait too long: before the framework sees them
 * and before their bodies are read, because what is refused must cost little, or refusing is all that is done.
 */
function queueUp(answer: RequestListener, { queue, refused, drainage }: FrontOptions): RequestListener {
  function refuse(request: IncomingMessage, response: ServerResponse): void {
    refused()
    const id = requestIdOf(request)
    const body = beforeId + id + afterId
    response.writeHead(busy.statusCode, {
      ...headers,
      'x-request-id': id,
      'content-length': String(body.length),
      // Spread, so that those who heed it do not come back all at once.
      'retry-after': String(1 + Math.floor(Math.random() * 3)),
      ...(drainage.draining() ? { connection: 'close' } : {}),
    })
    response.end(body)
  }
  return (request, response) => {
    if (always.has(request.url ?? '')) {
      answer(request, response)
      return
    }
    const hasPlace = queue.enter({
      run: () => answer(request, response),
      refuse: () => refuse(request, response),
      isGone: () => request.destroyed,
    })
    if (!hasPlace) refuse(request, response)
  }
}
