import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'

export interface Running {
  readonly child: ChildProcess
  readonly url: string
  /** From the spawn to the first answer, in milliseconds. */
  readonly startedIn: number
  /** Resident memory in MiB. */
  memory(): number
  /** Processor time of all its threads so far, in microseconds: work beside it lengthens it far less than the clock's. */
  cpu(): number
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Starts a server process and waits until `path` answers. */
export async function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  path = '/healthz',
): Promise<Running> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for (;;) {
    const answer = await fetch(url + path).catch(() => null)
    if (answer?.ok) break
    if (child.exitCode !== null) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return {
    child,
    url,
    startedIn: performance.now() - began,
    memory: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(child.pid)}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    cpu: () => processorTime(String(child.pid)),
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

// https://docs.kernel.org/scheduler/sched-stats.html: a thread's first figure is its time on a processor, in nanoseconds.
function processorTime(pid: string): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  const times = threads.map((id) => readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0])
  return times.reduce((sum, time) => sum + Number(time), 0) / 1000
}
