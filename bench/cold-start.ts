/**
 * Time from spawn to ready and resident memory, beside a bare Fastify with the IAM and STS clients, interleaved: as
 * `npm start` starts it, with the compiled code of an earlier start, and without any. Then the first diagnosis and the
 * tenth, and what is resident after them (`DIAGNOSES=5000` for more); AWS refuses every connection.
 */
import { denialText } from './support/denials.ts'
import { median, round } from './support/median.ts'
import { run, type Running } from './support/process.ts'

const rounds = Number(process.env['ROUNDS'] ?? 11)
const diagnoses = Number(process.env['DIAGNOSES'] ?? 10)
const environment = {
  EVIDENCE: 'aws',
  LOG_LEVEL: 'warn',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
}
const kinds = {
  bare: () => run(['bench/support/bare-fastify-with-clients.mjs'], environment),
  ours: () => run(['dist/bundle/main.js'], environment, '/readyz'),
  'ours, nothing compiled': () =>
    run(['dist/bundle/main.js'], { ...environment, NODE_DISABLE_COMPILE_CACHE: '1' }, '/readyz'),
} as const
type Kind = keyof typeof kinds

type Column = 'ready' | 'processor' | 'resident' | 'first' | 'tenth' | 'resident after'
const measured = new Map<Kind, Record<Column, number[]>>()

async function diagnose({ url }: Running, index: number): Promise<number> {
  const began = performance.now()
  const headers = { 'content-type': 'text/plain' }
  const answer = await fetch(`${url}/v1/diagnoses`, { method: 'POST', headers, body: denialText(index) })
  await answer.text()
  if (!answer.ok) throw new Error(`a diagnosis was answered with ${answer.status}`)
  return performance.now() - began
}

// What is compiled is written when a process ends.
await (await kinds.ours()).stop()
for (let i = 0; i < rounds; i += 1)
  for (const kind of Object.keys(kinds) as Kind[]) {
    const server = await kinds[kind]()
    const row = measured.get(kind) ?? {
      ready: [],
      processor: [],
      resident: [],
      first: [],
      tenth: [],
      'resident after': [],
    }
    measured.set(kind, row)
    row.ready.push(server.startedIn)
    row.processor.push(server.cpu() / 1000)
    row.resident.push(server.memory())
    if (kind !== 'bare') {
      const times: number[] = []
      for (let index = 0; index < diagnoses; index += 1) times.push(await diagnose(server, index))
      row.first.push(times[0] ?? Number.NaN)
      row.tenth.push(times[9] ?? Number.NaN)
      row['resident after'].push(server.memory())
    }
    await server.stop()
  }

const middle = (kind: Kind, column: Column): number => median(measured.get(kind)?.[column] ?? [])
for (const kind of Object.keys(kinds) as Kind[]) {
  const told = (column: Column, unit: string): string => {
    const value = middle(kind, column)
    const ratio = kind === 'bare' ? '' : ` (${round(value / middle('bare', column))})`
    return `${column} ${round(value, 0)} ${unit}${ratio}`
  }
  console.log(
    `${kind}: ${told('ready', 'ms')}, ${told('processor', 'ms of processor time')}, ${told('resident', 'MiB')}`,
  )
  if (kind !== 'bare')
    console.log(
      `  first diagnosis ${round(middle(kind, 'first'), 0)} ms, tenth ${round(middle(kind, 'tenth'), 0)} ms, resident after ${diagnoses}: ${round(middle(kind, 'resident after'), 0)} MiB`,
    )
}
