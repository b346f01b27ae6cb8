import { spawn } from 'node:child_process'
import { freePort } from './moto.ts'

interface Teardown {
  teardown(work: () => unknown): unknown
}

export interface Service {
  readonly url: string
  readonly pid: number
  readonly output: () => string
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** For a process of the bundle: its functions are those of `src` at other places, and coverage would count them twice. */
export const uncounted = { _TAPJS_PROCESSINFO_COVERAGE_: '0' } as const

/** Starts the built service as its users do, in a process of its own. `npm test` builds it before. */
export async function startService(
  t: Teardown,
  environment: Readonly<Record<string, string>>,
  entry = 'dist/bundle/main.js',
): Promise<Service> {
  const port = environment['PORT'] ?? String(await freePort())
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')))
  const child = spawn(process.execPath, [entry], {
    env: {
      ...inherited,
      ...(entry.startsWith('dist/bundle/') ? uncounted : {}),
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      NODE_OPTIONS: '',
      ...environment,
      PORT: port,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output += chunk.toString('utf8')
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
    if (child.exitCode === null) child.kill(signal)
    return exited
  }
  t.teardown(() => stop('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  for (const until = Date.now() + 20_000; ;) {
    const answer = await fetch(`${url}/readyz`).catch(() => null)
    if (answer?.ok === true) return { url, pid: child.pid ?? 0, output: () => output, stop }
    if (child.exitCode !== null || Date.now() > until) throw new Error(`the service did not start: ${output}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
