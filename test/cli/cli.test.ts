import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { decode, lastPart, textLimit } from '../../src/cli/input.ts'
import { readInvocation } from '../../src/cli/options.ts'
import { run } from '../../src/cli/run.ts'
import { printable, startSpinner, styleFor, type Output } from '../../src/cli/terminal.ts'
import { buildTestApp } from '../helper/app.ts'

const denial =
  'An error occurred (AccessDenied) when calling the CreateQueue operation: User: arn:aws:sts::111122223333:assumed-role/ReportReader/nightly is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:eu-west-1:111122223333:reports because no identity-based policy allows the sqs:CreateQueue action'

interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

interface Given {
  readonly stdin?: string | Buffer
  readonly environment?: Readonly<Record<string, string>>
  readonly terminal?: boolean
}

/** A run in this process, over streams of the test's own. */
async function cli(argv: readonly string[], given: Given = {}): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const printed = { out: '', err: '' }
  stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()))
  stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()))
  const asTerminal = given.terminal === true ? { isTTY: true as const, hasColors: () => true } : {}
  const status = await run({
    argv,
    environment: { EVIDENCE: 'none', ...given.environment },
    stdin: Readable.from([Buffer.from(given.stdin ?? '')]),
    stdout: Object.assign(stdout, asTerminal) as Output,
    stderr: Object.assign(stderr, asTerminal) as Output,
    signals: process,
  })
  await new Promise((resolve) => setImmediate(resolve))
  return { status, ...printed }
}

t.test('explains standard input, or a file', async (t) => {
  const { status, out, err } = await cli([], { stdin: denial })
  t.equal(status, 0)
  t.match(out, /sqs:CreateQueue/)
  t.match(out, /"Effect": "Allow"/)
  t.equal(err, '')
  const file = join(t.testdir(), 'error.txt')
  writeFileSync(file, denial)
  t.strictSame(await cli([file]), { status: 0, out, err: '' }, 'a file says the same')
  t.strictSame(await cli(['-'], { stdin: denial }), { status: 0, out, err: '' }, 'so does -')
  t.strictSame(await cli([denial]), { status: 0, out, err: '' }, 'or the error itself, in quotes')
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(denial, 'utf16le')])
  t.strictSame(await cli([], { stdin: utf16 }), { status: 0, out, err: '' }, 'and what PowerShell wrote')
})

t.test('formats and languages', async (t) => {
  const { out } = await cli(['--json'], { stdin: denial })
  t.match(JSON.parse(out), { diagnoses: [{ denial: { action: 'sqs:CreateQueue' } }] })
  t.match((await cli(['--markdown'], { stdin: denial })).out, /```json/)
  t.match((await cli(['--locale', 'ko'], { stdin: denial })).out, /[가-힣]/u)
  const { out: help, status } = await cli(['--help'])
  t.equal(status, 0)
  t.match(help, 'access-denied-explainer [options] -- COMMAND')
  t.match((await cli(['-v'])).out, /^\d+\.\d+\.\d+\n$/)
})

t.test('hints fill what the text does not say, and ask without a text', async (t) => {
  const hints = ['--action', 's3:GetObject', '--resource', 'arn:aws:s3:::example-reports/may.csv']
  const { status, out } = await cli([...hints, '--principal', 'arn:aws:iam::111122223333:user/ann'])
  t.equal(status, 0)
  t.match(out, 's3:GetObject')
})

t.test('exit status and one clear line for what goes wrong', async (t) => {
  const folder = t.testdir()
  const rows: readonly (readonly [argv: readonly string[], given: Given, status: number, says: RegExp])[] = [
    [[], { stdin: 'hello' }, 1, /No AWS denial/],
    [[], {}, 1, /There is no text/],
    [['--principal', 'Shipper'], {}, 1, /There is no text/],
    [['--action', 'publish'], {}, 2, /--action: must be service:Action, such as/],
    [['--region', 'mars'], { stdin: denial }, 2, /--region: must be a Region such as eu-west-1/],
    [['--resource-account', '4444'], { stdin: denial }, 2, /--resource-account: must be 12 digits/],
    [
      ['--server', 'http://127.0.0.1:9', '--api-key', 'ключ-ключ'],
      { stdin: denial },
      2,
      /API key contains an invalid character/,
    ],
    [['--nonsense'], {}, 2, /--help/],
    [['a.txt', 'b.txt'], {}, 2, /put -- before it/],
    [['--'], {}, 2, /no command/],
    [['a.txt', '--', 'true'], {}, 2, /not both/],
    [['--json', '--markdown'], {}, 2, /Either/],
    [['--locale', 'fr'], {}, 2, /en, ko/],
    [['--server', 'nowhere'], {}, 2, /--server needs/],
    [['--server', 'file:///etc'], {}, 2, /--server needs/],
    [['--server', 'https://explain.example.com', '--no-evidence'], {}, 2, /leave them out/],
    [['--snapshot', 'x', '--no-evidence'], {}, 2, /Either/],
    [[], { stdin: denial, environment: { EVIDENCE: 'nonsense' } }, 2, /EVIDENCE/],
    [[join(folder, 'missing.txt')], {}, 3, /no such file/],
    [['my notes.txt'], {}, 3, /no such file/],
    [['this is not an error of AWS'], {}, 1, /No AWS denial/],
    [[folder], {}, 3, /folder/],
    [
      ['--snapshot', join(folder, 'missing.json')],
      { stdin: denial },
      3,
      /missing\.json cannot be read: there is no such file$/m,
    ],
    [['--server', 'http://127.0.0.1:9'], { stdin: denial }, 3, /no answer/],
    [[], { stdin: Buffer.alloc(16 * 1024 * 1024 + 1, 'x') }, 3, /16 MiB/],
  ]
  for (const [argv, given, status, says] of rows) {
    const ran = await cli(argv, given)
    t.equal(ran.status, status, argv.join(' '))
    t.match(ran.err, says, ran.err)
    t.match(ran.err, /^access-denied-explainer: /)
    t.equal(ran.out, '')
  }
})

t.test('of a long text the end is read, and that is said', async (t) => {
  const { status, err } = await cli([], { stdin: `${'x\n'.repeat(textLimit / 2)}${denial}` })
  t.equal(status, 0)
  t.match(err, 'only its end is read')
  t.equal(Buffer.byteLength(lastPart('é'.repeat(textLimit)).text), textLimit)
  t.equal(decode(Buffer.from([0xfe, 0xff, 0, 0x41])), 'A')
})

t.test('asks a running service', async (t) => {
  const { server } = await buildTestApp(t)
  const url = await server.listen({ host: '127.0.0.1', port: 0 })
  const here = await cli([], { stdin: denial })
  t.strictSame(await cli(['--server', url], { stdin: denial }), here, 'and says what the engine here says')
  const environment = { ACCESS_DENIED_EXPLAINER_SERVER: url }
  t.strictSame(await cli([], { stdin: denial, environment }), here, 'by its variable too')
  t.equal((await cli(['--server', url], { stdin: 'hello' })).status, 1)
})

t.test('a service that refuses, or is another one', async (t) => {
  let respond = (): readonly [status: number, body: string] => [200, '']
  let seen: Readonly<Record<string, unknown>> = {}
  const server = createServer((request, response) => {
    seen = request.headers
    request.resume().on('end', () => {
      const [status, body] = respond()
      response.writeHead(status, { location: 'http://evil.example/' }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/base`
  const problem = JSON.stringify({
    title: 'An API key is needed',
    detail: 'Send \u001b[31mit.',
    code: 'not-authenticated',
  })
  const rows: readonly (readonly [status: number, body: string, says: string])[] = [
    [401, problem, 'status 401: An API key is needed. Send  [31mit.'],
    [502, '<html>', 'status 502'],
    [200, '{"hello":1}', 'did not answer as this version'],
    [302, '', 'no answer from'],
  ]
  for (const [status, body, says] of rows) {
    respond = () => [status, body]
    const ran = await cli(['--server', url, '--fresh'], {
      stdin: denial,
      environment: { ACCESS_DENIED_EXPLAINER_API_KEY: 'secret-key' },
    })
    t.equal(ran.status, 3, says)
    t.ok(ran.err.includes(says), ran.err)
  }
  t.match(seen, { authorization: 'Bearer secret-key', 'cache-control': 'no-cache' })
})

t.test('colours on a terminal alone', async (t) => {
  const { out } = await cli([], { stdin: denial, terminal: true })
  t.match(out, '\u001B[36m')
  t.equal(styleFor(Object.assign(new PassThrough(), { isTTY: true, hasColors: () => false })), undefined, 'NO_COLOR')
  t.equal(printable('a\u001b[31mb\u009b2Jc\n'), 'a [31mb 2Jc\n')
  t.notMatch((await cli([], { stdin: `${denial} \u001B[31m` })).out, '\u001B')
})

t.test('a spinner turns on a terminal and clears its line', async (t) => {
  const output = Object.assign(new PassThrough(), { isTTY: true as const })
  const stop = startSpinner(output, 'Reading')
  await new Promise((resolve) => setTimeout(resolve, 250))
  stop()
  t.match(String(output.read()), 'Reading')
  const plain = new PassThrough()
  startSpinner(plain, 'Reading')()
  t.equal(plain.read(), null)
  t.end()
})

t.test('everything after -- is the command’s', (t) => {
  const read = readInvocation(['--json', '--', 'aws', 's3', 'ls', '--', '--json'], {})
  t.match(read, { kind: 'wrap', command: ['aws', 's3', 'ls', '--', '--json'], options: { format: 'json' } })
  t.end()
})

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** The built command in a process of its own, as its users run it. */
function built(
  argv: readonly string[],
  act?: (child: ReturnType<typeof spawn>, out: () => string) => void,
): Promise<Ran> {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_')))
  const child = spawn(process.execPath, [main, ...argv], {
    env: { ...environment, EVIDENCE: 'none', NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const printed = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    printed.out += chunk.toString()
    act?.(child, () => printed.out)
  })
  child.stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()))
  child.stdin.end('from standard input')
  return new Promise((resolve) => child.on('close', (code) => resolve({ status: code ?? -1, ...printed })))
}

const script = (code: string): readonly string[] => ['--', process.execPath, '-e', code]

t.test(
  'wraps a command',
  { skip: existsSync(main) || process.env['CI'] === 'true' ? false : 'not built: npm run build' },
  async (t: Test) => {
    const failing = `console.log('some output'); console.error(${JSON.stringify(denial)}); process.exitCode = 254`
    const explained = await built(script(failing))
    t.equal(explained.status, 254, 'its status')
    t.equal(explained.out, 'some output\n', 'its output, and nothing else on it')
    t.ok(explained.err.startsWith(`${denial}\n\n`), 'its errors first')
    t.match(explained.err, '"Effect": "Allow"', 'the explanation under them')

    const onOutput = await built(script(`console.log(${JSON.stringify(denial)}); process.exitCode = 1`))
    t.match(onOutput.err, '"Effect": "Allow"', 'a denial on standard output counts too')

    const rows: readonly (readonly [name: string, argv: readonly string[], want: Ran])[] = [
      [
        'a success says nothing more',
        script(`console.error(${JSON.stringify(denial)})`),
        { status: 0, out: '', err: `${denial}\n` },
      ],
      [
        'nor does another failure',
        script(`console.error('no such table'); process.exitCode = 3`),
        { status: 3, out: '', err: 'no such table\n' },
      ],
      [
        'standard input is the command’s',
        script(`process.stdin.pipe(process.stdout)`),
        { status: 0, out: 'from standard input', err: '' },
      ],
      ['a signal that ended it', script(`process.kill(process.pid, 'SIGKILL')`), { status: 137, out: '', err: '' }],
      [
        'a command that is missing',
        ['--', 'no-such-command-here'],
        { status: 127, out: '', err: 'access-denied-explainer: no-such-command-here: command not found\n' },
      ],
      [
        'one that is a folder',
        ['--', fileURLToPath(new URL('.', import.meta.url))],
        { status: 126, out: '', err: /cannot be executed/ as never },
      ],
    ]
    for (const [name, argv, want] of rows) t.match(await built(argv), want, name)

    const bytes = await built(script(`process.stdout.write('x'.repeat(3 * 1024 * 1024))`))
    t.equal(bytes.out.length, 3 * 1024 * 1024, 'long output arrives whole')

    const forwarded = await built(
      script(
        `process.on('SIGTERM', () => { console.log('told'); process.exit(7) }); setInterval(() => {}, 1000); console.log('ready')`,
      ),
      (child, out) => {
        if (out() === 'ready\n') child.kill('SIGTERM')
      },
    )
    t.strictSame(forwarded, { status: 7, out: 'ready\ntold\n', err: '' }, 'a signal is passed on')

    const file = await built([], undefined)
    t.equal(file.status, 1, 'the built command by itself')
  },
)
