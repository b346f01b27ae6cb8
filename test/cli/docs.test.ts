import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import t, { type Test } from 'tap'
import { usage } from '../../src/cli/usage.ts'
import { causeCodes } from '../../src/diagnosis/cause-code.ts'
import { buildTestApp, post } from '../helper/app.ts'

const pages = ['chat', 'runbook', 'command-line', 'agents'] as const
type Page = (typeof pages)[number]

const path = (page: Page): URL => new URL(`../../docs/${page}.md`, import.meta.url)
const read = (page: Page): string => readFileSync(path(page), 'utf8')

const between = (text: string, name: string): string =>
  (text.split(`<!-- ${name} -->\n`)[1]?.split(`<!-- /${name} -->`)[0] ?? '').trim()

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``

/** The page shows what the program prints today; `SNAP=1` writes it anew. */
function shows(t: Test, page: Page, name: string, value: string): void {
  if (process.env['SNAP'] === '1') {
    const [before = '', rest = ''] = read(page).split(`<!-- ${name} -->\n`)
    const after = rest.slice(rest.indexOf(`<!-- /${name} -->`))
    writeFileSync(path(page), `${before}<!-- ${name} -->\n${value}\n${after}`)
  }
  t.equal(between(read(page), name), value, `${page}.md: ${name}`)
}

const denial = between(read('command-line'), 'denial').replaceAll('```', '').trim()

t.test('outputs in the pages', async (t) => {
  const { server } = await buildTestApp(t)
  const text = await post(server, '/v1/diagnoses', denial, { accept: 'text/plain' })
  const endOfStatement = '\n  }\n'
  const beginning = text.text.slice(0, text.text.indexOf(endOfStatement) + endOfStatement.length)
  shows(t, 'command-line', 'answer', fenced('', beginning))
  shows(t, 'command-line', 'usage', fenced('', usage))

  const slack = await post(server, '/v1/diagnoses', denial, { accept: 'application/vnd.slack.blocks+json' })
  const { blocks } = slack.json() as { readonly blocks: readonly { readonly type: string }[] }
  const upToStatement = blocks.slice(0, blocks.findIndex((block) => JSON.stringify(block).includes('```')) + 1)
  shows(t, 'chat', 'blocks', fenced('json', JSON.stringify(upToStatement, null, 2)))

  const json = (await post(server, '/v1/diagnoses', denial)).json() as {
    readonly diagnoses: readonly {
      readonly causes: readonly { readonly code: string; readonly confidence: string }[]
    }[]
  }
  const lines = json.diagnoses.map(({ causes: [first] }) => `${first?.code ?? ''}\t${first?.confidence ?? ''}`)
  shows(t, 'runbook', 'code', fenced('', lines.join('\n')))
})

const root = new URL('../../', import.meta.url)
const command = new URL('dist/cli/main.js', root)
const lines = (name: string): readonly string[] =>
  between(read('command-line'), name)
    .split('\n')
    .filter((line) => !line.startsWith('```'))

t.test('how to get the command, as long as it is in no registry', (t) => {
  t.strictSame(lines('install'), ['npm ci && npm run build && npm link'])
  const { bin, scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
    readonly bin: Readonly<Record<string, string>>
    readonly scripts: Readonly<Record<string, string>>
  }
  t.strictSame(bin, { 'access-denied-explainer': 'dist/cli/main.js' }, 'what the link leads to')
  t.ok(scripts['build'])
  t.match(readFileSync(command, 'utf8'), /^#!\/usr\/bin\/env node\n/)
  for (const page of [new URL('README.md', root), ...pages.map(path)])
    t.notMatch(readFileSync(page, 'utf8'), /npx (?:-y )?access-denied-explainer/, page.pathname)
  t.end()
})

t.test('every line of the page works as it is written, in any folder', (t) => {
  const folder = t.testdir({
    'error.txt': denial,
    bin: {
      'access-denied-explainer': `#!/bin/sh\nexec '${process.execPath}' '${fileURLToPath(command)}' "$@"\n`,
      pbpaste: '#!/bin/sh\ncat error.txt\n',
      aws: '#!/bin/sh\ncat error.txt >&2\nexit 254\n',
    },
  })
  for (const name of ['access-denied-explainer', 'pbpaste', 'aws']) chmodSync(join(folder, 'bin', name), 0o755)
  const env = { ...process.env, EVIDENCE: 'none', PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` }
  const asked = lines('ask')
  t.equal(asked.length, 4)
  for (const line of asked) {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, env, encoding: 'utf8' })
    const wraps = line.includes(' -- ')
    t.equal(status, wraps ? 254 : 0, line)
    t.match(wraps ? stderr : stdout, /No policy of the principal allows the action/, line)
  }
  t.end()
})

t.test('the tools', async (t) => {
  const { server } = await buildTestApp(t)
  const url = new URL('/mcp', await server.listen({ host: '127.0.0.1', port: 0 }))
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(url))
  t.teardown(() => client.close())
  const { tools } = await client.listTools()
  const rows = tools.map(({ name, description }) => `| \`${name}\` | ${description ?? ''} |`)
  shows(t, 'agents', 'tools', ['| tool | does |', '|---|---|', ...rows].join('\n'))
})

t.test('the codes that the runbook decides by exist', (t) => {
  const decided = between(
    read('runbook').replace('## 2. Decide', '<!-- x -->').replace('Confidence decides', '<!-- /x -->'),
    'x',
  )
  const named = [...decided.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? ''),
  )
  t.strictSame(named.toSorted(), causeCodes.toSorted(), 'every code has a row')
  t.match(decided, '| anything else |')
  for (const code of named) t.ok((causeCodes as readonly string[]).includes(code), code)
  t.equal(new Set(named).size, named.length, 'each in one row')
  t.end()
})

t.test('links to files lead somewhere', (t) => {
  for (const page of pages)
    for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g))
      t.ok(existsSync(new URL(target, path(page))), `${page}.md: ${target}`)
  t.end()
})
