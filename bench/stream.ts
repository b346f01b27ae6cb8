/**
 * CloudTrail records through POST /v1/diagnoses/stream, one in twenty denied and every denial different, beside a
 * server that parses the same records and writes replies of the same size. Memory is read while they run.
 */
import { request } from 'node:http'
import { denialText } from './support/denials.ts'
import { round } from './support/median.ts'
import { run, type Running } from './support/process.ts'

const records = Number(process.env['RECORDS'] ?? 1_000_000)

function record(index: number): string {
  const denied = index % 20 === 0
  return JSON.stringify({
    eventVersion: '1.11',
    eventID: `event-${index}`,
    eventTime: '2026-11-01T10:00:00Z',
    eventSource: 'sqs.amazonaws.com',
    eventName: 'SendMessage',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.31',
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-${index.toString(16).padStart(17, '0')}`,
      accountId: '111122223333',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          arn: 'arn:aws:iam::111122223333:role/example-for-ec2',
          userName: 'example-for-ec2',
        },
      },
    },
    requestParameters: { queueUrl: `https://sqs.eu-west-1.amazonaws.com/111122223333/queue-${index}` },
    ...(denied ? { errorCode: 'AccessDenied', errorMessage: denialText(index).split('operation: ')[1] } : {}),
    recipientAccountId: '111122223333',
  })
}

async function pump(
  server: Running,
  count: number,
): Promise<{ seconds: number; lines: number; bytes: number; peak: number }> {
  const began = performance.now()
  let lines = 0
  let bytes = 0
  let peak = 0
  const watch = setInterval(() => (peak = Math.max(peak, server.memory())), 250)
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
        const batch: string[] = []
        for (const last = Math.min(count, index + 200); index < last; index += 1) batch.push(record(index))
        if (!client.write(`${batch.join('\n')}\n`)) {
          client.once('drain', write)
          return
        }
      }
      client.end()
    }
    write()
  })
  clearInterval(watch)
  return { seconds: (performance.now() - began) / 1000, lines, bytes, peak: Math.max(peak, server.memory()) }
}

const ours = await run(['dist/server.js'], { EVIDENCE: 'none', LOG_LEVEL: 'warn' })
const warm = await pump(ours, 20_000)
const afterWarm = ours.memory()
const denialBytes = Math.round((warm.bytes - 19_000 * 36) / 1000)
const bare = await run(['bench/support/bare-stream.mjs'], { REPLY_BYTES: String(denialBytes) }, '/')
await pump(bare, 20_000)
const own = await pump(ours, records)
const floor = await pump(bare, records)
console.log(`${records} records, one in twenty denied, ${denialBytes} bytes a denial's reply`)
console.log(
  `ours ${round(own.seconds, 1)} s (${round(records / own.seconds, 0)}/s, ${own.lines} lines), floor ${round(floor.seconds, 1)} s (${round(records / floor.seconds, 0)}/s), ratio ${round(floor.seconds / own.seconds)}`,
)
console.log(`resident memory: ${round(afterWarm, 0)} MiB after 20,000 records, peak ${round(own.peak, 0)} MiB over all`)
await ours.stop()
await bare.stop()
