// The floor of the stream: the same records parsed line by line, replies of the same size written back.
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { createInterface } from 'node:readline'

const filler = 'x'.repeat(Math.max(0, Number(process.env.REPLY_BYTES ?? 1000) - 40))
const server = createServer((request, response) => {
  if (request.method === 'GET') return response.end('{}')
  async function* answers() {
    let out = ''
    for await (const line of createInterface({ input: request, crlfDelay: Infinity })) {
      const record = JSON.parse(line)
      out += `${JSON.stringify({ id: record.eventID, diagnoses: record.errorCode === undefined ? [] : [filler] })}\n`
      if (out.length > 65536) {
        yield out
        out = ''
      }
    }
    yield out
  }
  response.setHeader('content-type', 'application/x-ndjson')
  Readable.from(answers(), { objectMode: false }).pipe(response)
})
server.listen(Number(process.env.PORT), '127.0.0.1')
