// What Fastify itself costs: the same body parsed, a reply of the same size written, one log line a request. The reply
// is a filler of that size, or with REPLY_FILE an object of the real shape that Fastify turns into JSON.
import Fastify, { LogController } from 'fastify'
import { readFileSync } from 'node:fs'
import pino from 'pino'

const size = Number(process.env.REPLY_BYTES ?? 1000)
const filler = 'x'.repeat(Math.max(0, size - 26))
const real = process.env.REPLY_FILE === undefined ? null : JSON.parse(readFileSync(process.env.REPLY_FILE, 'utf8'))
const app = Fastify({
  loggerInstance: pino(pino.destination({ sync: false, minLength: 4096 })),
  logController: new LogController({ disableRequestLogging: true }),
})
app.get('/healthz', () => ({ status: 'alive' }))
app.post('/v1/diagnoses', (request, response) => {
  request.log.info({ audit: true, caller: 'anonymous', account: '111122223333', cause: 'missing-allow' }, 'diagnosed')
  // The length, so that no two replies are the same object or text.
  const { length } = request.body.text
  if (real !== null) return response.send({ ...real, notes: [String(length)] })
  return response.type('application/json; charset=utf-8').send(JSON.stringify({ filler, length }))
})
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
