/**
 * Requests a second of POST /v1/diagnoses from the sample account (every request a different denial) beside a bare
 * Fastify route that parses the same body, writes a reply of the same size and logs the same line.
 * Interleaved rounds, fresh processes, medians; see bench/README.md.
 */
import autocannon from 'autocannon'
import { denialText } from './support/denials.ts'
import { median, round } from './support/median.ts'
import { run, type Running } from './support/process.ts'

const rounds = Number(process.env['ROUNDS'] ?? 5)
const seconds = Number(process.env['SECONDS'] ?? 4)

let counter = 0

async function load(server: Running, connections: number): Promise<{ perSecond: number; p99: number; failed: number }> {
  const result = await autocannon({
    url: `${server.url}/v1/diagnoses`,
    method: 'POST',
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => ({ ...request, body: JSON.stringify({ text: denialText((counter += 1)) }) }),
      },
    ],
  })
  return { perSecond: result.requests.average, p99: result.latency.p99, failed: result.non2xx + result.errors }
}

const ours = ['dist/server.js']
const bare = ['bench/support/bare-fastify.mjs']

const probe = await run(ours, { EVIDENCE: 'sample' })
const body = JSON.stringify({ text: denialText(0) })
const reply = await (
  await fetch(`${probe.url}/v1/diagnoses`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
).text()
await probe.stop()
const replyBytes = Buffer.byteLength(reply)
console.log(
  `request ${Buffer.byteLength(body)} bytes, reply ${replyBytes} bytes, ${rounds} rounds of ${seconds} s, 32 connections`,
)

const results = { ours: [] as number[], bare: [] as number[], p99: [] as number[] }
for (let i = 0; i < rounds; i += 1) {
  for (const [name, args] of [
    ['ours', ours],
    ['bare', bare],
  ] as const) {
    const server = await run(args, { EVIDENCE: 'sample', REPLY_BYTES: String(replyBytes) })
    const { perSecond, p99, failed } = await load(server, 32)
    if (failed > 0) console.log(`${name}: ${failed} failed`)
    results[name].push(perSecond)
    if (name === 'ours') results.p99.push(p99)
    await server.stop()
  }
  console.log(
    `round ${i + 1}: ours ${round(results.ours.at(-1) ?? 0, 0)}/s, bare ${round(results.bare.at(-1) ?? 0, 0)}/s`,
  )
}
console.log(
  `median: ours ${round(median(results.ours), 0)}/s, bare ${round(median(results.bare), 0)}/s, ratio ${round(median(results.ours) / median(results.bare))}; p99 ${median(results.p99)} ms`,
)
