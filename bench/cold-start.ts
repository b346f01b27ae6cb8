/** Time from spawn to the first answer, and resident memory, beside a bare Fastify with the IAM and STS clients. */
import { median, round } from './support/median.ts'
import { run } from './support/process.ts'

const rounds = Number(process.env['ROUNDS'] ?? 9)
const kinds = { ours: ['dist/server.js'], bare: ['bench/support/bare-fastify-with-clients.mjs'] } as const
const times = { ours: [] as number[], bare: [] as number[] }
const memory = { ours: [] as number[], bare: [] as number[] }
for (let i = 0; i < rounds; i += 1)
  for (const name of ['ours', 'bare'] as const) {
    const server = await run(kinds[name], {
      EVIDENCE: 'aws',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    })
    times[name].push(server.startedIn)
    memory[name].push(server.memory())
    await server.stop()
  }
const report = (what: string, unit: string, values: typeof times): void =>
  console.log(
    `${what}: ours ${round(median(values.ours), 0)} ${unit}, bare ${round(median(values.bare), 0)} ${unit}, ratio ${round(median(values.ours) / median(values.bare))}`,
  )
report('cold start', 'ms', times)
report('resident memory', 'MiB', memory)
