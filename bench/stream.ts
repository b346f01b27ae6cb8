/**
 * CloudTrail records through POST /v1/diagnoses/stream, beside a server that parses the same records and writes replies
 * of the same size: all RECORDS in one request while memory is read, then interleaved rounds of a tenth of them, medians.
 * One in DENIED (100) is denied, and every denial is different. The time of the server's processor counts beside the time
 * on the wall: others may be at work on the machine, and the client is not free either.
 *   RECORDS=200000 DENIED=20 node bench/stream.ts        (Node 24, after `npm run build`)
 */
import { request } from 'node:http'
import { denialText } from './support/denials.ts'
import { median, round } from './support/median.ts'
import { run, type Running } from './support/process.ts'

const records = Number(process.env['RECORDS'] ?? 1_000_000)
const deniedOneIn = Number(process.env['DENIED'] ?? 100)
const rounds = Number(process.env['ROUNDS'] ?? 5)
/** Denials before anything is measured: by then the code that counts is compiled. */
const warmUp = Number(process.env['WARM_UP'] ?? 12_000)
const batch = 200

/** As CloudTrail writes it. */
const eventId = (index: number): string => `0f3a9c1e-5b7d-4c2a-8e6f-${index.toString(16).padStart(12, '0')}`

function record(index: number, oneIn: number): string {
  const session = `arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-${index.toString(16).padStart(17, '0')}`
  const error = `"errorCode":"AccessDenied","errorMessage":"${denialText(index).split('operation: ')[1] ?? ''}",`
  return `{"eventVersion":"1.11","eventID":"${eventId(index)}","eventTime":"2026-11-01T10:00:00Z","eventSource":"sqs.amazonaws.com","eventName":"SendMessage","awsRegion":"eu-west-1","sourceIPAddress":"198.51.100.7","userAgent":"aws-cli/2.31","userIdentity":{"type":"AssumedRole","arn":"${session}","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/example-for-ec2","userName":"example-for-ec2"}}},"requestParameters":{"queueUrl":"https://sqs.eu-west-1.amazonaws.com/111122223333/queue-${index}"},${index % oneIn === 0 ? error : ''}"recipientAccountId":"111122223333"}\n`
}

interface Pumped {
  /** Microseconds a record. */
  readonly wall: number
  readonly processor: number
  readonly lines: number
  readonly bytes: number
  /** Resident MiB, the highest in each tenth of the lines. */
  readonly memory: readonly number[]
}

async function pump(server: Running, count: number, oneIn = deniedOneIn): Promise<Pumped> {
  const began = performance.now()
  const usedBefore = server.cpu()
  const memory = Array.from({ length: 10 }, () => 0)
  let lines = 0
  let bytes = 0
  const look = (): void => {
    const tenth = Math.min(9, Math.floor((10 * lines) / count))
    memory[tenth] = Math.max(memory[tenth] ?? 0, server.memory())
  }
  const watch = setInterval(look, 50)
  await new Promise<void>((resolve, reject) => {
    const client = request(`${server.url}/v1/diagnoses/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
    })
    client.on('error', reject)
    client.on('response', (response) => {
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1
      })
      response.on('end', resolve)
    })
    let index = 0
    const write = (): void => {
      while (index < count) {
        let text = ''
        for (const last = Math.min(count, index + batch); index < last; index += 1) text += record(index, oneIn)
        if (client.write(text)) continue
        client.once('drain', write)
        return
      }
      client.end()
    }
    write()
  })
  clearInterval(watch)
  look()
  return {
    wall: ((performance.now() - began) * 1000) / count,
    processor: (server.cpu() - usedBefore) / count,
    lines,
    bytes,
    memory,
  }
}

const ours = await run(['dist/bundle/main.js'], { EVIDENCE: 'none', LOG_LEVEL: 'warn' })
const warm = await pump(ours, warmUp, 1)
const denialBytes = Math.round(warm.bytes / warmUp)
const bare = await run(['bench/support/bare-stream.mjs'], { REPLY_BYTES: String(denialBytes) }, '/')
await pump(bare, warmUp, 1)

const whole = await pump(ours, records)
console.log(`${records} records in one request, one in ${deniedOneIn} denied, ${denialBytes} bytes a denial's reply`)
console.log(`${whole.lines} lines, ${round((whole.wall * records) / 1e6, 1)} s`)
console.log(`resident MiB, highest in each tenth: ${whole.memory.map((value) => round(value, 0)).join(' ')}`)

const measured = { ours: [] as Pumped[], floor: [] as Pumped[] }
for (let count = 0; count < rounds; count += 1) {
  measured.ours.push(await pump(ours, records / 10))
  measured.floor.push(await pump(bare, records / 10))
}
for (const kind of ['processor', 'wall'] as const) {
  const [own, floor] = [measured.ours, measured.floor].map((list) => median(list.map((pumped) => pumped[kind])))
  if (own === undefined || floor === undefined) throw new Error('no rounds')
  console.log(
    `${kind}: ours ${round(own)} us a record, floor ${round(floor)}, ratio ${round(floor / own)} (medians of ${rounds})`,
  )
}
await ours.stop()
await bare.stop()
