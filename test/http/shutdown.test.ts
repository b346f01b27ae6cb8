import { request, Agent, type IncomingMessage } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { freePort } from '../helper/moto.ts'
import { startService } from '../helper/service.ts'

const paste =
  'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action'

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
}

function send(url: string, agent: Agent, path = '/v1/diagnoses', body = paste): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      url + path,
      { method: 'POST', agent, headers: { 'content-type': 'text/plain' } },
      (response) => {
        response.resume()
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
        response.on('error', reject)
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}

t.test('SIGTERM drains: what is in flight is finished, kept connections end, the process leaves', async (t) => {
  const service = await startService(t, { EVIDENCE: 'none', LOG_LEVEL: 'info' })
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  t.equal((await send(service.url, agent)).status, 200)

  // A stream is held open across the signal: its second line is answered after it.
  let lines = 0
  let left: Promise<number | null> = Promise.resolve(null)
  const stream = request(`${service.url}/v1/diagnoses/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
  })
  const finished = new Promise<void>((resolve, reject) => {
    stream.on('error', reject)
    stream.on('response', (response) => {
      response.on('data', (chunk: Buffer) => {
        lines += chunk.toString().split('\n').length - 1
        if (lines === 1) {
          left = service.stop('SIGTERM')
          setTimeout(() => stream.end(`${JSON.stringify({ text: paste })}\n`), 300)
        }
      })
      response.on('end', resolve)
      response.on('error', reject)
    })
  })
  stream.write(`${JSON.stringify({ text: paste })}\n`)
  await finished
  t.equal(lines, 2, 'the answer begun before the signal is whole')
  const began = performance.now()
  t.equal(await left, 0, 'exit code')
  t.ok(performance.now() - began < 8000, 'long before the grace ends')
})

t.test(
  'SIGTERM while many wait for the processor and one for AWS: all are answered',
  { timeout: 60_000 },
  async (t) => {
    // It takes connections and says nothing, as behind a firewall that drops packets.
    const mute = createServer((socket) => t.teardown(() => socket.destroy()))
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    t.teardown(() => mute.close())
    const service = await startService(t, {
      EVIDENCE: 'aws',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(mute.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'not-a-secret',
      EVIDENCE_TIMEOUT_MS: '2000',
      MAX_QUEUE_MS: '30000',
      LOG_LEVEL: 'info',
    })
    const agent = new Agent({ keepAlive: true })
    t.teardown(() => agent.destroy())
    const answers = Array.from({ length: 100 }, () => send(service.url, agent))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const left = service.stop('SIGTERM')
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    t.strictSame(new Set(statuses), new Set([200]))
    t.equal(await left, 0, 'exit code')
  },
)

/** A stream that nobody ends. */
async function holdOpen(t: Test, url: string): Promise<void> {
  const stream = request(`${url}/v1/diagnoses/stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
  })
  t.teardown(() => stream.destroy())
  stream.on('error', () => undefined)
  stream.write(`${JSON.stringify({ text: paste })}\n`)
  await new Promise<void>((resolve) => {
    stream.on('response', (response) => {
      response.on('error', () => undefined)
      response.once('data', () => resolve())
    })
  })
}

const timed = async (left: Promise<number | null>): Promise<{ code: number | null; seconds: number }> => {
  const began = performance.now()
  const code = await left
  return { code, seconds: (performance.now() - began) / 1000 }
}

t.test('the grace is over: the process leaves all the same, and says so', async (t) => {
  const service = await startService(t, { EVIDENCE: 'none', LOG_LEVEL: 'info', SHUTDOWN_GRACE_MS: '500' })
  await holdOpen(t, service.url)
  const { code, seconds } = await timed(service.stop('SIGTERM'))
  t.equal(code, 1)
  t.ok(seconds > 0.9 && seconds < 5, `${seconds} s`)
  t.match(service.output(), /the grace is over/)
})

t.test('a second SIGTERM ends it at once', async (t) => {
  const service = await startService(t, { EVIDENCE: 'none', LOG_LEVEL: 'info', SHUTDOWN_GRACE_MS: '60000' })
  await holdOpen(t, service.url)
  const left = service.stop('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  process.kill(service.pid, 'SIGTERM')
  const { code, seconds } = await timed(left)
  t.equal(code, 1)
  t.ok(seconds < 3, `${seconds} s`)
  t.match(service.output(), /a second signal/)
})

for (const kind of ['exception', 'rejection'])
  t.test(`an uncaught ${kind}: logged without its message, gone at once, back as if nothing was`, async (t) => {
    const environment = {
      EVIDENCE: 'none',
      LOG_LEVEL: 'info',
      SHUTDOWN_GRACE_MS: '60000',
      PORT: String(await freePort()),
    }
    const crashing = { ...environment, CRASH: kind, NODE_OPTIONS: '--import ./test/helper/crash.mjs' }
    const service = await startService(t, crashing)
    await holdOpen(t, service.url)
    const { code, seconds } = await timed(service.stop('SIGCONT'))
    t.equal(code, 1)
    t.ok(seconds < 3, `${seconds} s`)
    t.match(service.output(), /"level":60.*"type":"Error".*crash\.mjs/)
    t.notMatch(service.output(), /broken by|AKIA|pasted-secret|not authorized/)
    const next = await startService(t, environment)
    const agent = new Agent()
    t.teardown(() => agent.destroy())
    t.equal((await send(next.url, agent)).status, 200)
  })

t.test('killed outright under load: the next one starts and answers at once', async (t) => {
  const environment = { EVIDENCE: 'sample', LOG_LEVEL: 'info', PORT: String(await freePort()) }
  const agent = new Agent({ keepAlive: true })
  t.teardown(() => agent.destroy())
  for (let time = 0; time < 3; time += 1) {
    const service = await startService(t, environment)
    t.equal((await send(service.url, agent)).status, 200)
    const asked = Array.from({ length: 20 }, () => send(service.url, agent).catch(() => null))
    t.equal(await service.stop('SIGKILL'), null)
    await Promise.all(asked)
  }
})
