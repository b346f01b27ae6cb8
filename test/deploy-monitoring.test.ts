import { readFileSync, readdirSync } from 'node:fs'
import Fastify from 'fastify'
import t from 'tap'
import { parse, parseAllDocuments } from 'yaml'
import { createMetrics, measureRequests } from '../src/http/metrics.ts'
import { readConfig } from '../src/config.ts'

const read = (path: string): string => readFileSync(new URL(`../deploy/${path}`, import.meta.url), 'utf8')

t.test('dashboard and alerts ask only for metrics that the service gives', (t) => {
  const metrics = createMetrics()
  measureRequests(Fastify(), metrics)
  const given = new Set(metrics.registry.getMetricsAsArray().map(({ name }) => name))
  // The library registers these under names of its own.
  const known = (name: string): boolean => given.has(name.replace(/_(bucket|count|sum)$/, '')) || given.has(name)
  for (const file of ['monitoring/dashboard.json', 'monitoring/alerts.yaml']) {
    const names = new Set(read(file).match(/\b(?:ade|nodejs|process)_[a-z0-9_]+\b/g))
    t.ok(names.size > 2, file)
    for (const name of names) t.ok(known(name), `${file}: ${name}`)
  }
  t.end()
})

t.test('alert rules parse and say something', (t) => {
  const rules = (
    parse(read('monitoring/alerts.yaml')) as {
      groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[]
    }
  ).groups.flatMap((group) => group.rules)
  t.ok(rules.length >= 4)
  for (const { alert, expr, annotations } of rules) t.ok(alert && expr && annotations.summary, alert)
  t.end()
})

t.test('what the manifests set are settings of ours', (t) => {
  const ours = new Set(
    Object.keys(
      readConfig({
        HOST: '0.0.0.0',
        ALLOW_ANONYMOUS: 'true',
        SNAPSHOT_FILE: 'x',
        ASSUME_ROLE_NAME: 'x',
        ASSUME_ROLE_EXTERNAL_ID: 'x',
        API_KEYS_FILE: 'x',
        RATE_LIMIT: '1',
        PUBLIC_URL: 'https://a.example',
        REDIS_URL: 'redis://a',
        SLACK_SIGNING_SECRET: 'xxxxxxxx',
        AWS_ENDPOINT_URL_IAM_TOOLBOX: 'https://a.example',
      }),
    ),
  )
  for (const file of readdirSync(new URL('../deploy/kubernetes/', import.meta.url)))
    for (const document of parseAllDocuments(read(`kubernetes/${file}`))) {
      t.strictSame(document.errors, [])
      const text = JSON.stringify(document.toJS())
      for (const [, name] of text.matchAll(/"name":"([A-Z][A-Z_]+)","value"/g)) t.ok(ours.has(name ?? ''), name ?? '')
    }
  const task = JSON.parse(read('ecs/task-definition.json')) as {
    containerDefinitions: { environment?: { name: string }[] }[]
  }
  for (const { environment } of task.containerDefinitions)
    for (const { name } of environment ?? []) t.ok(ours.has(name), name)
  t.end()
})
