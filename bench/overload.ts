/**
 * Three times the capacity of POST /v1/diagnoses, offered at even times over many connections, whatever becomes of the
 * requests before (so that no wait is left out): how many are answered and how long that takes, how fast the others
 * are refused, and whether any of it grows with time. Ends with 1 where the time of the accepted ones has no bound.
 */
import { readFileSync } from 'node:fs'
import { denialText } from './support/denials.ts'
import { askAtRate, askInTurn, type Load } from './support/load.ts'
import { round } from './support/median.ts'
import { run } from './support/process.ts'
import type { Answer } from './support/sockets.ts'

const times = Number(process.env['TIMES'] ?? 3)
const durations = (process.env['SECONDS'] ?? '10,30').split(',').map(Number)
const connections = Number(process.env['CONNECTIONS'] ?? 2000)
const queueMilliseconds = Number(process.env['MAX_QUEUE_MS'] ?? 500)
/** Beside the wait that is allowed: the answer itself, and what the machine and this generator add. */
const bound = queueMilliseconds + 500

let counter = 0
function request(): string {
  const body = JSON.stringify({ text: denialText((counter += 1)) })
  return `POST /v1/diagnoses HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

const server = await run(['dist/bundle/main.js'], { EVIDENCE: 'sample', MAX_QUEUE_MS: String(queueMilliseconds) })
const port = Number(new URL(server.url).port)
const pid = String(server.child.pid)

/** Seconds of processor time that the server has used. */
function processorSeconds(): number {
  const fields = (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function loopDelay(): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1000
}

function at(answers: readonly Answer[], share: number): number {
  const sorted = answers.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 1)
}

const withStatus = ({ answers }: Load, status: number): readonly Answer[] =>
  answers.filter((answer) => answer.status === status)

/** The p99 of those that were due in each third. */
function thirds({ began, seconds }: Load, answers: readonly Answer[]): string {
  const third = (seconds * 1000) / 3
  return [0, 1, 2]
    .map((index) =>
      at(
        answers.filter(({ since }) => Math.floor((since - began) / third) === index),
        0.99,
      ),
    )
    .join(', ')
}

await askInTurn({ port, seconds: 5, connections: 32, request })
let used = processorSeconds()
const calm = await askInTurn({ port, seconds: 5, connections: 32, request })
const capacity = withStatus(calm, 200).length / calm.seconds
/** On a machine that others use too, what is left for the server differs from one minute to the next. */
const perProcessor = withStatus(calm, 200).length / (processorSeconds() - used)
console.log(
  `capacity ${round(capacity, 0)}/s over 32 connections, one request at a time each: p50 ${at(calm.answers, 0.5)} ms, p99 ${at(calm.answers, 0.99)} ms, ${round(capacity / perProcessor)} processors, ${round(server.memory(), 0)} MiB`,
)

let bounded = true
for (const seconds of durations) {
  await loopDelay()
  used = processorSeconds()
  const load = await askAtRate({ port, seconds, connections, perSecond: times * capacity, request })
  const processor = processorSeconds() - used
  const [accepted, refused] = [withStatus(load, 200), withStatus(load, 503)]
  const others = load.answers.length - accepted.length - refused.length + load.broken + load.unsent
  console.log(`
${round(times * capacity, 0)}/s for ${seconds} s over ${connections} connections
  accepted ${round(accepted.length / seconds, 0)}/s (${round((100 * accepted.length) / seconds / capacity, 0)} % of the capacity, ${round((100 * accepted.length) / processor / perProcessor, 0)} % for the same processor time): p50 ${at(accepted, 0.5)} ms, p99 ${at(accepted, 0.99)} ms, max ${at(accepted, 1)} ms
  p99 of each third: ${thirds(load, accepted)} ms (bound ${bound} ms)
  refused ${round(refused.length / seconds, 0)}/s: p50 ${at(refused, 0.5)} ms, p99 ${at(refused, 0.99)} ms, max ${at(refused, 1)} ms
  neither: ${others}; event loop delay p99 ${round(await loopDelay(), 1)} ms, ${round(processor / seconds)} processors, ${round(server.memory(), 0)} MiB`)
  bounded &&= accepted.length > 0 && at(accepted, 0.99) <= bound && others === 0
}

const after = await askInTurn({ port, seconds: 3, connections: 8, request })
const refusedAfter = withStatus(after, 503).length
console.log(`\nafterwards, 8 connections: p99 ${at(after.answers, 0.99)} ms, ${refusedAfter} refused`)
await server.stop()
if (!bounded || refusedAfter > 0) process.exitCode = 1
