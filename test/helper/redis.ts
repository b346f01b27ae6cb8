import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import { freePort, stop } from './moto.ts'

export interface TestRedis {
  readonly url: string
  kill(): Promise<void>
  /** Again at the same address, empty. */
  restart(): Promise<void>
  /** It keeps its connections and answers nothing. */
  hang(): void
  wake(): void
}

/** Why Redis cannot be tested here; `false` where it can. In CI it has to be there. */
export function redisMissing(): string | false {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' })
    return false
  } catch {
    return process.env['CI'] === 'true' ? false : 'no redis-server on the path'
  }
}

/** A Redis of the test's own, with nothing kept on disk. */
export async function startRedis(t: Test): Promise<TestRedis> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  const start = (): ChildProcess => spawn('redis-server', args, { stdio: 'ignore' })
  let child = start()
  const kill = (): Promise<void> => stop(child)
  t.teardown(async () => {
    await kill()
    rmSync(folder, { recursive: true, force: true })
  })
  await listening(port)
  const signal = (name: NodeJS.Signals) => () => {
    child.kill(name)
  }
  const restart = async (): Promise<void> => {
    await kill()
    child = start()
    await listening(port)
  }
  return { url: `redis://127.0.0.1:${port}`, kill, restart, hang: signal('SIGSTOP'), wake: signal('SIGCONT') }
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    if (open) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('redis-server does not listen')
}
