import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import type { Test } from 'tap'

/** A moto server: AWS as far as reading policies goes. */
export interface Moto {
  readonly endpoint: string
}

const startMilliseconds = 30_000

/** A Python that can import moto: `MOTO_PYTHON`, a virtual environment of the project, or the machine's own. */
function findPython(): string | null {
  const candidates = [process.env['MOTO_PYTHON'], '.venv/bin/python', 'python3'].filter(
    (candidate): candidate is string => candidate !== undefined && candidate !== '',
  )
  const found = candidates.find((python) => {
    if (python.includes('/') && !existsSync(python)) return false
    try {
      execFileSync(python, ['-c', 'import moto.server'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
  return found ?? null
}

/** Why moto cannot be used here; `false` where it can. In CI it has to be there. */
export function motoMissing(): string | false {
  if (findPython() !== null || process.env['CI'] === 'true') return false
  return 'no Python with moto: python3 -m venv .venv && .venv/bin/pip install "moto[server]"'
}

/** Starts moto for a test on a port of its own, and stops it afterwards. */
export async function startMoto(t: Test): Promise<Moto> {
  const python = findPython()
  if (python === null) throw new Error('no Python with moto: set MOTO_PYTHON')
  const port = await freePort()
  const child = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' })
  t.teardown(() => stop(child))
  const endpoint = `http://127.0.0.1:${port}`
  await answers(`${endpoint}/moto-api/data.json`)
  return { endpoint }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGKILL')
  })
}

async function answers(url: string): Promise<void> {
  const until = Date.now() + startMilliseconds
  for (;;) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (answered) return
    if (Date.now() > until) throw new Error(`no answer from ${url}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
