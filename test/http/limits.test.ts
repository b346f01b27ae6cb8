import { connect, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { buildTestApp, type TestApp } from '../helper/app.ts'
import { startService } from '../helper/service.ts'

const paste =
  'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action'

interface Client {
  readonly socket: Socket
  readonly text: () => string
  /** The text that came so far, as soon as it matches. */
  until(pattern: RegExp): Promise<string>
  readonly closed: Promise<void>
}

/** Raw sockets, because the clients here are those that no library would be. */
function dial(t: Test, port: number, text: string): Client {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
  t.teardown(() => socket.destroy())
  socket.write(text)
  return {
    socket,
    closed,
    text: () => received,
    async until(pattern) {
      for (const end = Date.now() + 15_000; !pattern.test(received);) {
        if (Date.now() > end || socket.destroyed) throw new Error(`never came ${String(pattern)}: ${received}`)
        await pause(10)
      }
      return received
    },
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
const head = (path: string, type: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\n${body}\r\n\r\n`
/** A request whose body is still to come. */
const begun = (length = paste.length): string => head('/v1/diagnoses', 'text/plain', `content-length: ${length}`)
const stream = head('/v1/diagnoses/stream', 'application/x-ndjson', 'transfer-encoding: chunked')
const line = `${JSON.stringify({ text: paste })}\n`
const chunk = `${line.length.toString(16)}\r\n${line}\r\n`

async function listen(t: Test, environment: Record<string, string>): Promise<TestApp & { readonly port: number }> {
  const app = await buildTestApp(t, environment)
  await app.server.listen({ host: '127.0.0.1', port: 0 })
  return { ...app, port: (app.server.server.address() as AddressInfo).port }
}

async function metric(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(
    text
      .split('\n')
      .find((row) => row.startsWith(`${name} `))
      ?.split(' ')[1] ?? 0,
  )
}

const answers = async (port: number): Promise<readonly number[]> =>
  Promise.all(
    ['/healthz', '/readyz', '/metrics'].map(async (path) => (await fetch(`http://127.0.0.1:${port}${path}`)).status),
  )

async function refused(client: Client): Promise<void> {
  const text = await client.until(/\r\n\r\n\{.*\}$/s)
  t.match(text, /^HTTP\/1\.1 503 /)
  t.match(text, /^retry-after: \d\r$/im)
  t.match(text, /^content-type: application\/problem\+json/im)
  t.match(text, /"code":"overloaded"/)
}

t.test('more requests than MAX_REQUESTS: refused at once, before their bodies', async (t) => {
  const { port, logged, server } = await listen(t, { MAX_REQUESTS: '2', LOG_LEVEL: 'info' })
  const [one, two] = [dial(t, port, begun()), dial(t, port, begun())]
  for (let i = 0; i < 100 && (await metric(port, 'ade_in_progress{kind="request"}')) < 2; i += 1) await pause(10)
  const third = dial(t, port, begun())
  await refused(third)
  t.strictSame(await answers(port), [200, 200, 200], 'probes are answered all the same')
  t.equal(await metric(port, 'ade_refused_total{reason="requests"}'), 1)

  one.socket.write(paste)
  t.match(await one.until(/"diagnoses"/), /^HTTP\/1\.1 200 /)
  const fourth = dial(t, port, begun() + paste)
  t.match(await fourth.until(/"diagnoses"/), /^HTTP\/1\.1 200 /, 'the place is free again')

  two.socket.destroy()
  for (let i = 0; i < 100 && (await metric(port, 'ade_in_progress{kind="request"}')) > 0; i += 1) await pause(10)
  t.equal(await metric(port, 'ade_in_progress{kind="request"}'), 0, 'who goes away leaves his place')
  t.notMatch(logged(), /"status":503/, 'no line for each refusal')
  await server.close()
  t.match(logged(), /"level":40.*"refused":\{"requests":1\},"msg":"requests were refused"/, 'but their sum')
})

t.test('a refused connection is kept and its unread body passed over', async (t) => {
  const { port } = await listen(t, { MAX_REQUESTS: '1' })
  const one = dial(t, port, begun())
  for (let i = 0; i < 100 && (await metric(port, 'ade_in_progress{kind="request"}')) < 1; i += 1) await pause(10)
  const two = dial(t, port, begun())
  await refused(two)
  one.socket.write(paste)
  await one.until(/"diagnoses"/)
  two.socket.write(paste + begun() + paste)
  t.match(await two.until(/"diagnoses"/), /HTTP\/1\.1 200 /)
})

t.test(
  'who was refused and sends the rest late or never does not hold the server open',
  { timeout: 60_000 },
  async (t) => {
    // Without an end of its own the request would be waited for as long as it may take to arrive.
    const { port, server } = await listen(t, { MAX_REQUESTS: '1', REQUEST_TIMEOUT_MS: '600000' })
    const one = dial(t, port, begun())
    for (let i = 0; i < 100 && (await metric(port, 'ade_in_progress{kind="request"}')) < 1; i += 1) await pause(10)
    const busy = dial(t, port, begun())
    await refused(busy)
    const elsewhere = dial(t, port, begun().replace('localhost', 'example.com'))
    await elsewhere.until(/^HTTP\/1\.1 4/)
    const later = dial(t, port, begun())
    await refused(later)
    later.socket.write(paste)
    await later.until(/\}$/)
    const closing = server.close()
    await Promise.all([busy.closed, elsewhere.closed, later.closed])
    one.socket.write(paste)
    t.match(await one.until(/"diagnoses"/), /^HTTP\/1\.1 200 /, 'what was begun is answered')
    await closing
    t.pass('nobody is left')
  },
)

t.test('large bodies have limits together; small ones do not wait for them', async (t) => {
  const { port } = await listen(t, {})
  const mebibyte = 1024 * 1024
  const hogs = Array.from({ length: 16 }, () => dial(t, port, begun(4 * mebibyte)))
  for (let i = 0; i < 100 && (await metric(port, 'ade_in_progress{kind="request"}')) < 16; i += 1) await pause(10)
  await refused(dial(t, port, begun(mebibyte)))
  await refused(dial(t, port, head('/v1/diagnoses', 'text/plain', 'transfer-encoding: chunked')))
  t.match(await dial(t, port, begun() + paste).until(/"diagnoses"/), /^HTTP\/1\.1 200 /)
  hogs[0]?.socket.destroy()
  for (let i = 0; i < 100 && (await metric(port, 'ade_in_progress{kind="request"}')) > 15; i += 1) await pause(10)
  const large = dial(t, port, begun(mebibyte))
  large.socket.write(paste.padEnd(mebibyte))
  t.match(await large.until(/"diagnoses"/), /^HTTP\/1\.1 200 /)
})

t.test('more streams than MAX_STREAMS', async (t) => {
  const { port } = await listen(t, { MAX_STREAMS: '1' })
  const one = dial(t, port, stream + chunk)
  await one.until(/"diagnoses"/)
  await refused(dial(t, port, stream))
  t.equal(await metric(port, 'ade_refused_total{reason="streams"}'), 1)
  t.match(
    await dial(t, port, begun() + paste).until(/"diagnoses"/),
    /^HTTP\/1\.1 200 /,
    'requests have their own places',
  )
  one.socket.write('0\r\n\r\n')
  await one.until(/\r\n0\r\n\r\n$/)
  const next = dial(t, port, stream + chunk)
  t.match(await next.until(/"diagnoses"/), /^HTTP\/1\.1 200 /)
})

t.test('what takes too long to arrive is cut, and holds up nobody', async (t) => {
  const { port } = await listen(t, { REQUEST_TIMEOUT_MS: '1000' })
  const began = performance.now()
  const clients = {
    body: dial(t, port, begun()),
    headers: dial(t, port, 'POST /v1/diagnoses HTTP/1.1\r\nhost: localhost\r\n'),
    silent: dial(t, port, ''),
    stream: dial(t, port, stream + chunk),
  }
  const drip = setInterval(() => {
    clients.body.socket.write('x')
    clients.headers.socket.write('x-a: b\r\n')
    clients.stream.socket.write(chunk)
  }, 300)
  t.teardown(() => clearInterval(drip))
  t.match(await dial(t, port, begun() + paste).until(/"diagnoses"/), /^HTTP\/1\.1 200 /)
  for (const name of ['body', 'headers'] as const) {
    t.match(await clients[name].until(/"code":"request-timeout"/), /^HTTP\/1\.1 408 /, name)
    await clients[name].closed
  }
  await clients.silent.closed
  t.equal(clients.silent.text(), '', 'nobody is there to be told')
  const seconds = (performance.now() - began) / 1000
  t.ok(seconds < 6, `${seconds} s`)
  t.equal(await metric(port, 'ade_refused_total{reason="late"}'), 2)
  t.equal(await metric(port, 'ade_in_progress{kind="request"}'), 0)

  // Three times as long as a request may take, and still answering.
  while (performance.now() - began < 3500) await pause(100)
  clearInterval(drip)
  const lines = clients.stream.text().split('"diagnoses"').length
  clients.stream.socket.write(`${chunk}0\r\n\r\n`)
  const all = await clients.stream.until(/\r\n0\r\n\r\n$/)
  t.match(all, /^HTTP\/1\.1 200 /)
  t.notMatch(all, /408/)
  t.equal(all.split('"diagnoses"').length, lines + 1)
  clients.stream.socket.write(begun())
  await clients.stream.until(/HTTP\/1\.1 408 /)
  t.pass('the next request on its connection has its limit again')
})

t.test('a stream of which nobody reads the answers ends', async (t) => {
  const { port } = await listen(t, { REQUEST_TIMEOUT_MS: '500', EVIDENCE_TIMEOUT_MS: '50' })
  const deaf = dial(t, port, stream)
  deaf.socket.pause()
  // Far more than the buffers on the way hold.
  const write = (): void => {
    while (!deaf.socket.destroyed && deaf.socket.write(chunk.repeat(50)));
  }
  deaf.socket.on('drain', write)
  write()
  await deaf.closed
  for (let i = 0; i < 300 && (await metric(port, 'ade_in_progress{kind="stream"}')) > 0; i += 1) await pause(20)
  t.equal(await metric(port, 'ade_in_progress{kind="stream"}'), 0)
})

t.test('a blocked event loop: pressure is said, probes are answered, and it passes', { timeout: 60_000 }, async (t) => {
  const { server } = await buildTestApp(t, {}, { shedLoad: true })
  const ask = () =>
    server.inject({
      method: 'POST',
      url: '/v1/diagnoses',
      headers: { host: 'localhost', 'content-type': 'text/plain' },
      payload: paste,
    })
  const probe = async (url: string): Promise<number> =>
    (await server.inject({ url, headers: { host: 'localhost' } })).statusCode
  let pressed = await ask()
  for (let i = 0; i < 8 && pressed.statusCode === 200; i += 1) {
    for (const until = performance.now() + 1800; performance.now() < until;);
    await new Promise((resolve) => setImmediate(resolve))
    pressed = await ask()
  }
  t.equal(pressed.statusCode, 503)
  t.match(pressed.headers['retry-after'], /^\d+$/)
  t.match(pressed.json(), { code: 'overloaded' })
  t.equal(await probe('/healthz'), 200)
  t.equal(await probe('/readyz'), 200)
  t.match((await server.inject({ url: '/metrics', headers: { host: 'localhost' } })).body, /reason="pressure"\} [1-9]/)
  for (let i = 0; i < 50 && pressed.statusCode !== 200; i += 1) {
    await pause(100)
    pressed = await ask()
  }
  t.equal(pressed.statusCode, 200, 'recovered')
})

t.test('more than the processor can do: some are answered, the others told at once', { timeout: 90_000 }, async (t) => {
  const { url, output } = await startService(t, { EVIDENCE: 'none', MAX_QUEUE_MS: '50', LOG_LEVEL: 'info' })
  const port = Number(new URL(url).port)
  // Eight denials each: work enough for the queue to be seen, and answered in time on a slow machine too.
  const text = Array.from({ length: 8 }, (_, i) => paste.replaceAll('ana', `ana-${i}`)).join('\n')
  const given = '5b0c7d52-93a4-4f6e-8d11-2f60c3b7a9e4'
  const whole = head('/v1/diagnoses', 'text/plain', `x-request-id: ${given}\r\ncontent-length: ${text.length}`) + text
  const clients = Array.from({ length: 300 }, () => dial(t, port, whole))
  await Promise.all(clients.map((client) => client.until(/^HTTP/)))
  t.strictSame(await answers(port), [200, 200, 200])
  const statuses = clients.map((client) => client.text().slice(9, 12))
  const busy = clients.filter((_, index) => statuses[index] === '503')
  t.ok(busy.length > 0, 'some are refused')
  t.ok(statuses.filter((status) => status === '200').length >= 32, 'some are answered')
  t.strictSame(new Set(statuses), new Set(['200', '503']))
  for (const client of busy.slice(0, 3)) {
    await refused(client)
    t.match(client.text(), /content-security-policy: default-src 'none'/i)
    t.match(client.text(), new RegExp(`^x-request-id: ${given}\r$`, 'im'), 'under the id that the proxy gave')
    t.match(client.text(), `"instance":"urn:request:${given}"`)
  }
  t.equal(await metric(port, 'ade_refused_total{reason="processor"}'), busy.length)
  await pause(300)
  t.match(await dial(t, port, begun() + paste).until(/"diagnoses"/), /^HTTP\/1\.1 200 /, 'and then it is free again')
  t.equal(await metric(port, 'ade_in_progress{kind="waiting"}'), 0)
  t.notMatch(output(), /"status":503/, 'no line for each of them')
})

t.test('streams that would take the whole processor leave it to requests', { timeout: 60_000 }, async (t) => {
  const { url } = await startService(t, { EVIDENCE: 'none' })
  const port = Number(new URL(url).port)
  const streams = Array.from({ length: 8 }, () => dial(t, port, stream))
  const lines = chunk.repeat(50)
  for (const { socket } of streams) {
    const write = (): void => {
      while (!socket.destroyed && socket.write(lines));
    }
    socket.on('drain', write)
    write()
  }
  await Promise.all(streams.map((client) => client.until(/"diagnoses"/)))
  const times: number[] = []
  for (let i = 0; i < 20; i += 1) {
    const began = performance.now()
    // Each over a new connection, as probes come.
    const client = dial(t, port, begun() + paste)
    t.match(await client.until(/"diagnoses"/), /^HTTP\/1\.1 200 /)
    client.socket.destroy()
    times.push(performance.now() - began)
  }
  const middle = times.sort((a, b) => a - b)[10] ?? 0
  t.ok(middle < 500, `${Math.round(middle)} ms beside 8 streams`)
})
