import { readFileSync, writeFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { parse } from 'yaml'
import { openapiYaml } from '../src/http/openapi.ts'
import { buildTestApp } from './helper/app.ts'

const path = new URL('../openapi.yaml', import.meta.url)

t.test('openapi.yaml is what the routes say (SNAP=1 writes it anew)', async (t) => {
  const { server } = await buildTestApp(t)
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
  ])
    t.ok(document.paths[route], route)
})
