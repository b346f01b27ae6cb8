import type { FastifyInstance } from 'fastify'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** The time between the wish to leave and the end: requests are answered, and every answer ends its connection. */
export interface Drainage {
  readonly draining: () => boolean
  /** Idempotent. */
  readonly begin: () => void
  /** Calls back when the drainage begins, before anything else is answered. */
  readonly whenBegun: (work: () => void) => void
}

export function createDrainage(): Drainage {
  let draining = false
  const works: (() => void)[] = []
  return {
    draining: () => draining,
    begin: () => {
      if (draining) return
      draining = true
      for (const work of works) work()
    },
    whenBegun: (work) => void works.push(work),
  }
}

/**
 * A connection kept alive by a client that was being answered when the server began to close would hold it open
 * for ever: from then on every answer ends its connection.
 */
export function closeKeepAlive(app: FastifyInstance, { draining, begin }: Drainage): void {
  app.addHook('preClose', (done) => {
    begin()
    done()
  })
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining()) reply.header('connection', 'close')
    done()
  })
}

/** How long a client may go on sending once the server closes: one that is cut off while it sends may never read the answer. */
const lingerMilliseconds = 2000

/**
 * A client that is refused before its whole body has arrived keeps the connection until it has. Node does not count it as idle
 * when the server closes, so it would hold the server open until that request is too late, or the connection is.
 */
export function closeAnswered(server: Server, { draining, whenBegun }: Drainage): void {
  const answered = new Set<IncomingMessage>()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.once('finish', () => {
      if (request.complete) return
      answered.add(request)
      request.once('close', () => {
        answered.delete(request)
        if (draining()) request.socket.destroySoon()
      })
    })
  })
  whenBegun(() => {
    setTimeout(() => {
      for (const { socket } of answered) socket.destroy()
    }, lingerMilliseconds).unref()
  })
}
