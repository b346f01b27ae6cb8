import type { FastifyReply } from 'fastify'

/** Tells when the client went away before its answer was written: what is done for it alone may end. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return gone.signal
}
