// What Fastify itself costs: the same body parsed, a reply of the same size written, one log line a request.
import Fastify from 'fastify'
import pino from 'pino'

const size = Number(process.env.REPLY_BYTES ?? 1000)
const reply = { filler: 'x'.repeat(Math.max(0, size - 13)) }
const app = Fastify({
  loggerInstance: pino(pino.destination({ sync: false, minLength: 4096 })),
  disableRequestLogging: true,
})
app.get('/healthz', () => ({ status: 'alive' }))
app.post('/v1/diagnoses', (request, response) => {
  request.log.info({ audit: true, caller: 'anonymous', account: '111122223333', cause: 'missing-allow' }, 'diagnosed')
  return response
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ ...reply, length: request.body.text.length }))
})
app.post('/v1/diagnoses/stream', (request, response) => response.send(request.raw))
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) })
