/**
 * What gathering evidence costs when each call to AWS takes 100 ms: cold, warm, and as a tool would need that makes the
 * same calls one after the other. Run: node bench/evidence.ts, with a Node that strips types (22.18 and later).
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGatherer } from '../src/evidence/gatherer.ts'
import type { EvidenceQuestion } from '../src/evidence/question.ts'

const callMilliseconds = 100
const rounds = Number(process.argv[2] ?? 40)
const account = '111122223333'
const document = encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [] }))
const managed = ['a', 'b', 'c', 'd', 'e'].map((name) => `arn:aws:iam::${account}:policy/${name}`)

const answers: Readonly<Record<string, (form: URLSearchParams) => string>> = {
  GetCallerIdentity: () => `<Account>${account}</Account><Arn>arn:aws:sts::${account}:assumed-role/x/y</Arn>`,
  GetRole: (form) =>
    `<Role><RoleName>${form.get('RoleName') ?? ''}</RoleName><Arn>arn:aws:iam::${account}:role/r</Arn><RoleId>AROA</RoleId><Path>/</Path><CreateDate>2025-01-01T00:00:00Z</CreateDate></Role>`,
  ListRolePolicies: () => '<PolicyNames><member>one</member><member>two</member></PolicyNames>',
  GetRolePolicy: () => `<PolicyDocument>${document}</PolicyDocument>`,
  ListAttachedRolePolicies: () =>
    `<AttachedPolicies>${managed.map((arn) => `<member><PolicyArn>${arn}</PolicyArn></member>`).join('')}</AttachedPolicies>`,
  GetPolicy: (form) =>
    `<Policy><PolicyName>${form.get('PolicyArn') ?? ''}</PolicyName><DefaultVersionId>v${version}</DefaultVersionId></Policy>`,
  GetPolicyVersion: () => `<PolicyVersion><Document>${document}</Document></PolicyVersion>`,
}

/** Another default version each time, so that no document is warm when the role is cold. */
let version = 1
let calls = 0

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    calls += 1
    const form = new URLSearchParams(body)
    const action = form.get('Action') ?? ''
    const answer = answers[action]?.(form) ?? ''
    setTimeout(() => {
      response.end(`<${action}Response><${action}Result>${answer}</${action}Result></${action}Response>`)
    }, callMilliseconds)
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
Object.assign(process.env, {
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
})

const question = (role: string): EvidenceQuestion => {
  const principal = `arn:aws:sts::${account}:assumed-role/${role}/one`
  const from = { action: 'message', resource: 'message' } as const
  return {
    denial: {
      class: 'authorization',
      principal,
      principalType: 'assumed-role',
      accountId: account,
      roleOrUserName: role,
      sessionName: 'one',
      action: 's3:ListAllMyBuckets',
      reasonAction: null,
      resource: '*',
      policyType: 'identity-based',
      effect: 'implicit',
      policyArn: null,
      operation: null,
      service: 's3',
      errorCode: null,
      requestId: null,
      encodedMessage: null,
      authorizationId: null,
      format: 'bench',
      wrapper: null,
      occurrences: 1,
      sessions: [],
      span: [0, 0],
      marks: {},
      region: null,
      roleArn: null,
      throughPolicyType: null,
      context: {},
      time: null,
      calls: [],
      clues: [],
      decodedMessage: null,
    },
    requests: [
      {
        principal: { type: 'assumed-role', arn: principal },
        action: 's3:ListAllMyBuckets',
        resource: '*',
        resourceAccount: null,
        context: {},
        contextComplete: false,
        from,
        resourcePatterns: [],
      },
    ],
    requested: null,
    fresh: false,
  }
}

const gatherer = await createGatherer({ EVIDENCE: 'aws', ALLOWED_ACCOUNTS: [], EVIDENCE_TIMEOUT_MS: 4000 })
// The process is warm: identity known, code compiled, connections open.
await gatherer.collect(question('warm-up'))

const quantile = (times: readonly number[], share: number): string =>
  ([...times].sort((a, b) => a - b)[Math.ceil(times.length * share) - 1] ?? 0).toFixed(1)
const report = (title: string, times: readonly number[], made: number): void =>
  console.log(
    `${title.padEnd(28)} p50 ${quantile(times, 0.5).padStart(7)} ms   p95 ${quantile(times, 0.95).padStart(7)} ms   calls ${made}`,
  )

async function time(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

const cold: number[] = []
calls = 0
for (let at = 0; at < rounds; at += 1) {
  version += 1
  cold.push(await time(() => gatherer.collect(question(`role-${at}`))))
}
report('cold', cold, calls / rounds)

const warm: number[] = []
calls = 0
for (let at = 0; at < 2000; at += 1) warm.push(await time(() => gatherer.collect(question(`role-${at % rounds}`))))
report('warm', warm, calls / 2000)

calls = 0
version += 1
report(
  '50 pastes at once, cold',
  [await time(() => Promise.all(Array.from({ length: 50 }, () => gatherer.collect(question('storm')))))],
  calls,
)

const sequential: number[] = []
for (let at = 0; at < 3; at += 1)
  sequential.push(
    await time(async () => {
      for (let call = 0; call < 15; call += 1) await sleep(callMilliseconds)
    }),
  )
report('the same calls in sequence', sequential, 15)

await gatherer.close()
server.closeAllConnections()
server.close()
