import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Teardown {
  teardown(work: () => unknown): unknown
}

export interface Proxy {
  readonly url: string
}

/** What any load balancer does: health checks, kept connections, and each request to the next replica that is ready. */
export async function startProxy(t: Teardown, ports: readonly number[]): Promise<Proxy> {
  const healthy = new Set(ports)
  const check = setInterval(() => {
    for (const port of ports)
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => (ok ? healthy.add(port) : healthy.delete(port)),
        () => healthy.delete(port),
      )
  }, 50)
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const targets = [...healthy]
      const port = targets[(turn += 1) % targets.length] ?? ports[0]
      const headers = { 'x-forwarded-for': '198.51.100.1', ...incoming.headers, host: 'localhost' }
      const call = request({ port, path: incoming.url, method: 'POST', agent, headers }, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, { 'x-replica': String(port), ...response.headers })
        response.pipe(outgoing)
      })
      call.on('error', () => outgoing.writeHead(502).end())
      call.end(Buffer.concat(chunks))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    clearInterval(check)
    agent.destroy()
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
