import { readFileSync, writeFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { parse } from 'yaml'
import { buildTestApp, post } from './helper/app.ts'
import { describeRoutes, openapiYaml } from './helper/openapi.ts'

type Contents = Readonly<Record<string, { readonly example?: unknown }>>

const path = new URL('../openapi.yaml', import.meta.url)

t.test('openapi.yaml is what the routes say (SNAP=1 writes it anew)', async (t) => {
  const { server } = await buildTestApp(t, { SLACK_SIGNING_SECRET: 'of-a-test' }, { describe: describeRoutes })
  await server.ready()
  const current = openapiYaml(server)
  if (process.env['SNAP'] === '1') writeFileSync(path, current)
  t.equal(readFileSync(path, 'utf8'), current)
  const served = await server.inject({ url: '/openapi.yaml', headers: { host: 'localhost' } })
  t.equal(served.body, current)
})

t.test('it is valid and describes every route of the contract', async (t) => {
  const document = parse(readFileSync(path, 'utf8')) as { paths: Record<string, unknown> }
  const result = await new Validator().validate(document)
  t.strictSame(result.errors ?? [], [])
  t.ok(result.valid)
  for (const route of [
    '/v1/diagnoses',
    '/v1/diagnoses/stream',
    '/v1/evaluations',
    '/v1/causes',
    '/v1/causes/{code}',
    '/healthz',
    '/readyz',
    '/metrics',
    '/integrations/slack/commands',
    '/integrations/slack/interactions',
  ])
    t.ok(document.paths[route], route)
})

t.test('the example of every route is answered as it stands', async (t) => {
  const { server } = await buildTestApp(t)
  const { paths } = parse(readFileSync(path, 'utf8')) as {
    readonly paths: Readonly<
      Record<string, { readonly post?: { readonly requestBody?: { readonly content: Contents } } }>
    >
  }
  const tried: string[] = []
  for (const [url, { post: operation }] of Object.entries(paths))
    for (const [type, { example }] of Object.entries(operation?.requestBody?.content ?? {})) {
      if (url.startsWith('/integrations/')) continue
      t.ok(example !== undefined, `${url} ${type} has an example`)
      // As Swagger UI sends it.
      const headers = { 'content-type': type, accept: url.endsWith('stream') ? type : 'application/json' }
      const answer = await post(server, url, example, headers)
      t.equal(answer.status, 200, `${url} ${type}`)
      t.notMatch(answer.text, /"error"|"isError":true/, `${url} ${type}`)
      tried.push(url)
    }
  t.strictSame([...new Set(tried)].toSorted(), ['/mcp', '/v1/diagnoses', '/v1/diagnoses/stream', '/v1/evaluations'])
})

t.test('/docs shows it with what it finds here', async (t) => {
  const { server } = await buildTestApp(t)
  const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    server.inject({ url, headers: { host: 'localhost', ...headers } })
  const page = await get('/docs')
  t.equal(page.statusCode, 200)
  t.equal((await get('/docs/')).body, page.body)
  t.match(page.headers['content-security-policy'], /^default-src 'none'; script-src 'self'; style-src 'self'/)
  const sources = [...page.body.matchAll(/\s(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '')
  t.ok(sources.length > 3)
  for (const source of sources) t.equal((await get(source)).statusCode, 200, source)
  const script = sources.find((source) => source.endsWith('/docs.js')) ?? ''
  const [, description] = /url: '([^']+)'/.exec((await get(script)).body) ?? []
  t.equal(description, '/openapi.yaml')
})

t.test('files are served from a list, and not again where the browser has them', async (t) => {
  const { server } = await buildTestApp(t)
  const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    server.inject({ url, headers: { host: 'localhost', ...headers } })
  const first = await get('/assets/style.css')
  t.equal(first.body, readFileSync(new URL('../public/style.css', import.meta.url), 'utf8'))
  t.match(first.headers, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' })
  const known = String(first.headers.etag)
  const again = await get('/assets/style.css', { 'if-none-match': `"other", ${known}` })
  t.match(again, { statusCode: 304, body: '' })
  t.equal((await get('/assets/style.css', { 'if-none-match': '"other"' })).statusCode, 200)
  const head = await server.inject({ method: 'HEAD', url: '/assets/style.css', headers: { host: 'localhost' } })
  t.match(head, { statusCode: 200, body: '', headers: { etag: known } })
  for (const url of [
    '/assets/nowhere.css',
    '/assets/../package.json',
    '/assets/..%2fpackage.json',
    '/assets/__proto__',
    '/docs/static/..%2f..%2fpackage.json',
    '/docs/static/index.js',
  ])
    t.match((await get(url)).json(), { status: 404, code: 'not-found' }, url)
})
