import { request, createServer, Agent, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
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
  'two replicas behind a proxy, restarted one after the other under load: no request fails',
  { timeout: 120_000 },
  async (t) => {
    const ports = [await freePort(), await freePort()]
    const start = (port: number) =>
      startService(t, { EVIDENCE: 'none', LOG_LEVEL: 'warn', PORT: String(port), SHUTDOWN_DELAY_MS: '400' })
    const replicas = await Promise.all(ports.map(start))

    // What any load balancer does: health checks, and another replica where a connection is refused.
    const healthy = new Set(ports)
    const check = setInterval(() => {
      for (const port of ports)
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          ({ ok }) => (ok ? healthy.add(port) : healthy.delete(port)),
          () => healthy.delete(port),
        )
    }, 50)
    t.teardown(() => clearInterval(check))
    const upstream = new Agent({ keepAlive: true, maxSockets: 16 })
    t.teardown(() => upstream.destroy())
    let turn = 0
    const proxy = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => {
        const targets = [...healthy]
        const port = targets[(turn += 1) % targets.length] ?? ports[0]
        const call = request(
          {
            port,
            path: incoming.url,
            method: 'POST',
            agent: upstream,
            headers: { ...incoming.headers, host: 'localhost' },
          },
          (response) => {
            outgoing.writeHead(response.statusCode ?? 502)
            response.pipe(outgoing)
          },
        )
        call.on('error', () => outgoing.writeHead(502).end())
        call.end(Buffer.concat(chunks))
      })
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    t.teardown(() => proxy.close())
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`

    const statuses = new Map<number, number>()
    let running = true
    const client = new Agent({ keepAlive: true })
    t.teardown(() => client.destroy())
    const workers = Array.from({ length: 8 }, async () => {
      while (running) {
        const { status } = await send(url, client).catch(() => ({ status: 0 }))
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    })
    for (const [index, replica] of replicas.entries()) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      t.equal(await replica.stop('SIGTERM'), 0)
      await start(ports[index] ?? 0)
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    running = false
    await Promise.all(workers)
    t.strictSame(
      [...statuses.keys()],
      [200],
      `only 200s, ${String(statuses.get(200))} of them: ${JSON.stringify([...statuses])}`,
    )
    t.ok((statuses.get(200) ?? 0) > 100)
  },
)
