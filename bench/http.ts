/**
 * Requests a second of POST /v1/diagnoses from the sample account (every request a different denial) beside two bare
 * Fastify routes that parse the same body, write a reply of the same size and log the same line: one writes a filler,
 * the other lets Fastify turn an object of the real shape into JSON.
 * Interleaved rounds, fresh processes that are warm before they are measured, medians; see bench/README.md.
 */
import autocannon from 'autocannon'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mixedDenialText } from './support/denials.ts'
import { median, round } from './support/median.ts'
import { run, type Running } from './support/process.ts'

const rounds = Number(process.env['ROUNDS'] ?? 5)
const seconds = Number(process.env['SECONDS'] ?? 4)
/** Requests before anything is measured: by then the code that counts is compiled, on both sides. */
const warmUp = Number(process.env['WARM_UP'] ?? 12_000)
const connections = 32

let counter = 0
const nextBody = (): string => JSON.stringify({ text: mixedDenialText((counter += 1)) })

const load = (server: Running, until: { readonly amount: number } | { readonly duration: number }) =>
  autocannon({
    url: `${server.url}/v1/diagnoses`,
    method: 'POST',
    connections,
    ...until,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        setupRequest: (request) => ({ ...request, body: nextBody() }),
      },
    ],
  })

interface Measured {
  readonly perSecond: number
  /** Processor time of the server for a request, in microseconds. */
  readonly cpu: number
  readonly p99: number
}

async function measure(name: string, args: readonly string[], environment: Record<string, string>): Promise<Measured> {
  const server = await run(args, { EVIDENCE: 'sample', ...environment })
  await load(server, { amount: warmUp })
  const before = server.cpu()
  const { requests, latency, non2xx, errors } = await load(server, { duration: seconds })
  const cpu = (server.cpu() - before) / requests.total
  await server.stop()
  if (non2xx + errors > 0) console.log(`${name}: ${non2xx + errors} failed`)
  return { perSecond: requests.average, cpu, p99: latency.p99 }
}

const probe = await run(['dist/bundle/main.js'], { EVIDENCE: 'sample' })
const body = nextBody()
const headers = { 'content-type': 'application/json' }
const reply = await (await fetch(`${probe.url}/v1/diagnoses`, { method: 'POST', headers, body })).text()
await probe.stop()
const replyBytes = Buffer.byteLength(reply)
console.log(
  `request ${Buffer.byteLength(body)} bytes, reply ${replyBytes} bytes, ${rounds} rounds of ${seconds} s after ${warmUp} requests, ${connections} connections`,
)

const folder = mkdtempSync(join(tmpdir(), 'bench-http-'))
const file = join(folder, 'reply.json')
writeFileSync(file, reply)
const bare = ['bench/support/bare-fastify.mjs']
const sides = {
  ours: [['dist/bundle/main.js'], {}],
  filler: [bare, { REPLY_BYTES: String(replyBytes) }],
  object: [bare, { REPLY_FILE: file }],
} as const satisfies Record<string, readonly [readonly string[], Record<string, string>]>
const names = ['ours', 'filler', 'object'] as const
const results: Record<(typeof names)[number], Measured[]> = { ours: [], filler: [], object: [] }
try {
  for (let i = 1; i <= rounds; i += 1) {
    for (const name of names) {
      const [args, environment] = sides[name]
      results[name].push(await measure(name, args, environment))
    }
    const shown = names.map((name) => `${name} ${round(results[name].at(-1)?.perSecond ?? 0, 0)}/s`)
    console.log(`round ${i}: ${shown.join(', ')}`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
const of = (name: (typeof names)[number], field: keyof Measured): number =>
  median(results[name].map((one) => one[field]))
for (const name of names)
  console.log(
    `median of ${name}: ${round(of(name, 'perSecond'), 0)}/s, ${round(of(name, 'cpu'), 0)} us of processor time`,
  )
for (const name of ['filler', 'object'] as const)
  console.log(
    `ours beside ${name}: ${round(of('ours', 'perSecond') / of(name, 'perSecond'))} of its requests a second, ${round(of(name, 'cpu') / of('ours', 'cpu'))} by processor time`,
  )
console.log(`p99 ${median(results.ours.map(({ p99 }) => p99))} ms`)
