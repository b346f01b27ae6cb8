import { spawn } from 'node:child_process'
import { copyFileSync, openSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { replySchema, type ReplyDiagnosis } from '../src/reply/schema.ts'
import { freePort } from './helper/moto.ts'
import { startService } from './helper/service.ts'

/** The built service with something broken around it: a clear answer all the same, and it recovers by itself. */

const paste =
  'User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-0 is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action'
const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'not-a-secret' }

async function ask(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; diagnosis: ReplyDiagnosis | undefined; seconds: number }> {
  const began = performance.now()
  const answer = await fetch(`${url}/v1/diagnoses`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: paste,
  })
  const body: unknown = await answer.json()
  const seconds = (performance.now() - began) / 1000
  return { status: answer.status, diagnosis: answer.ok ? replySchema.parse(body).diagnoses[0] : undefined, seconds }
}

const identityGap = (diagnosis: ReplyDiagnosis | undefined): string | undefined =>
  diagnosis?.evidence.gaps.find(({ policyType }) => policyType === 'identity-based')?.reason

const stsAnswer = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/explainer</Arn><UserId>AIDA</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`

/** STS answers, IAM does as told. */
async function fakeAws(
  iam: (respond: (status: number, xml: string) => void) => void,
): Promise<{ server: Server; port: number }> {
  const port = await freePort()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      const respond = (status: number, xml: string): void =>
        void response.writeHead(status, { 'content-type': 'text/xml' }).end(xml)
      if (body.includes('Action=GetCallerIdentity')) respond(200, stsAnswer)
      else iam(respond)
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { server, port }
}

t.test('AWS cannot be reached: the answer comes from the text, with gaps', async (t) => {
  const port = await freePort()
  const service = await startService(t, {
    EVIDENCE: 'aws',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    EVIDENCE_TIMEOUT_MS: '1500',
    ...keys,
  })
  const { status, diagnosis, seconds } = await ask(service.url)
  t.equal(status, 200)
  t.equal(diagnosis?.causes[0]?.code, 'missing-allow')
  t.equal(diagnosis?.causes[0]?.confidence, 'stated')
  t.ok(identityGap(diagnosis))
  t.ok(seconds < 4)
  t.equal((await fetch(`${service.url}/readyz`)).status, 200, 'readiness does not hang on AWS')
})

t.test('a name that does not resolve', async (t) => {
  const service = await startService(t, {
    EVIDENCE: 'aws',
    AWS_ENDPOINT_URL: 'http://no-such-host.invalid',
    EVIDENCE_TIMEOUT_MS: '1500',
    ...keys,
  })
  const { status, diagnosis } = await ask(service.url)
  t.equal(status, 200)
  t.ok(identityGap(diagnosis))
})

t.test('IAM throttles: a gap that says so, and the next read is whole again', async (t) => {
  let throttling = true
  const throttled = `<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>`
  const missing = `<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>not there</Message></Error></ErrorResponse>`
  const { server, port } = await fakeAws((respond) => (throttling ? respond(400, throttled) : respond(404, missing)))
  t.teardown(() => server.closeAllConnections())
  t.teardown(() => server.close())
  const service = await startService(t, {
    EVIDENCE: 'aws',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    EVIDENCE_TIMEOUT_MS: '1200',
    ...keys,
  })
  const first = await ask(service.url)
  t.equal(first.status, 200)
  t.match(identityGap(first.diagnosis), /throttled|timeout/)
  throttling = false
  t.equal(identityGap((await ask(service.url, { 'cache-control': 'no-cache' })).diagnosis), 'not-found')
})

t.test('half-open sockets: the deadline holds', async (t) => {
  const port = await freePort()
  const sockets = new Set<{ destroy(): void }>()
  const server = createTcpServer((socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const service = await startService(t, {
    EVIDENCE: 'aws',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    EVIDENCE_TIMEOUT_MS: '800',
    ...keys,
  })
  const { status, diagnosis, seconds } = await ask(service.url)
  t.equal(status, 200)
  t.equal(identityGap(diagnosis), 'timeout')
  t.ok(seconds < 4, `${seconds} s`)
})

t.test('a snapshot replaced by garbage leaves the one that was read', { timeout: 60_000 }, async (t) => {
  const file = join(t.testdir(), 'account.json')
  copyFileSync('data/sample-account.json', file)
  const service = await startService(t, { EVIDENCE: 'snapshot', SNAPSHOT_FILE: file })
  t.equal((await ask(service.url)).diagnosis?.causes[0]?.confidence, 'evaluated')
  writeFileSync(file, '{"RoleDetailList": [')
  await new Promise((resolve) => setTimeout(resolve, 4500))
  const after = await ask(service.url)
  t.equal(after.status, 200)
  t.equal(after.diagnosis?.causes[0]?.confidence, 'evaluated')
  t.match(service.output(), /snapshot-kept/)
})

t.test('the disk is full for logs: requests are answered all the same', async (t) => {
  const port = await freePort()
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, ['dist/bundle/main.js'], {
    env: { ...process.env, NODE_OPTIONS: '', EVIDENCE: 'sample', LOG_LEVEL: 'trace', PORT: String(port) },
    stdio: ['ignore', full, 'ignore'],
  })
  t.teardown(() => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  for (
    let i = 0;
    i < 200 &&
    !(await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ));
    i += 1
  )
    await new Promise((resolve) => setTimeout(resolve, 50))
  for (let i = 0; i < 60; i += 1) t.equal((await ask(url)).status, 200)
  t.equal(child.exitCode, null, 'still running')
})

t.test('the clock jumps a day ahead and two back', async (t) => {
  const service = await startService(t, {
    EVIDENCE: 'sample',
    RATE_LIMIT: '100',
    NODE_OPTIONS: '--import ./test/helper/jumping-clock.mjs',
  })
  for (let i = 0; i < 3; i += 1) {
    t.equal((await ask(service.url)).status, 200)
    process.kill(service.pid, 'SIGCONT')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  t.equal((await ask(service.url)).diagnosis?.causes[0]?.code, 'missing-allow')
})

t.test('a wrong setting stops the start with one line', async (t) => {
  for (const [environment, says] of [
    [{ PORT: 'x' }, /^access-denied-explainer: PORT: .*\n$/],
    [{ HOST: '0.0.0.0' }, /^access-denied-explainer: HOST is 0\.0\.0\.0.*\n$/],
    [{ HOST: '0.0.0.0', API_KEYS_FILE: '/nonexistent/keys.json' }, /^access-denied-explainer: .*API_KEYS_FILE.*\n$/],
    [{ EVIDENCE: 'snapshot', SNAPSHOT_FILE: '/nonexistent.json' }, /^access-denied-explainer: .*SNAPSHOT_FILE.*\n$/],
  ] as const) {
    const child = spawn(process.execPath, ['dist/bundle/main.js'], {
      env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'silent', ...environment },
    })
    let output = ''
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const code = await new Promise((resolve) => child.once('exit', resolve))
    t.equal(code, 2)
    t.match(output, says)
  }
})
