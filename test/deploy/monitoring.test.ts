import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Fastify from 'fastify'
import t, { type Test } from 'tap'
import { stringify } from 'yaml'
import { createMetrics, measureRequests } from '../../src/http/metrics.ts'
import { at, deployPath, findTool, readDeployed, readYaml } from '../helper/deploy.ts'

const findPromtool = (t: Test): string | null =>
  findTool(t, 'promtool', ['.cache/prometheus/usr/bin/promtool', 'promtool'])

const groups = at(readYaml('monitoring/alerts.yaml'), 'groups') as readonly unknown[]
const rules = groups.flatMap((group) => at(group, 'rules') as readonly { alert: string; expr: string }[])
const panels = at(JSON.parse(readDeployed('monitoring/dashboard.json')), 'panels') as readonly {
  readonly title: string
  readonly targets: readonly { readonly expr: string }[]
}[]
const expressions = panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const))

t.test('dashboard and alerts ask only for metrics that the service gives, of this service alone', (t) => {
  const metrics = createMetrics()
  measureRequests(Fastify(), metrics)
  const given = new Set(metrics.registry.getMetricsAsArray().map(({ name }) => name))
  const known = (name: string): boolean => given.has(name.replace(/_(bucket|count|sum)$/, '')) || given.has(name)
  const all = [...expressions, ...rules.map(({ alert, expr }) => [alert, expr] as const)]
  t.ok(all.length > 12)
  for (const [title, expr] of all) {
    const selectors = [...expr.matchAll(/\b((?:ade|nodejs|process)_[a-z0-9_]+|up)\b(\{[^}]*\})?/g)]
    t.ok(selectors.length > 0, title)
    for (const [, name = '', labels] of selectors) {
      t.ok(name === 'up' || known(name), `${title}: ${name}`)
      t.match(labels, 'job="access-denied-explainer"', title)
    }
  }
  t.equal(at(readYaml('monitoring/scrape.yaml'), 'scrape_configs', 0, 'job_name'), 'access-denied-explainer')
  t.end()
})

t.test('labels that are asked for have the values that are given', async (t) => {
  const metrics = createMetrics()
  const app = Fastify()
  measureRequests(app, metrics)
  app.get('/v1/diagnoses', () => 'x')
  await app.inject('/v1/diagnoses')
  metrics.awsCall('iam', 'GetRole', 'access-denied', 1)
  metrics.cache('redis-error')
  metrics.gap('throttled')
  metrics.refused('processor', 1)
  metrics.inProgress('request', () => 0)
  metrics.diagnosed(['missing-allow'])
  const given = await metrics.registry.metrics()
  const labels = new Set([...given.matchAll(/(\w+)="/g)].map(([, label]) => label))
  const asked = [...expressions.map(([, expr]) => expr), ...rules.map(({ expr }) => expr)].join('\n')
  for (const [, label = ''] of asked.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g))
    t.ok(label === 'job' || labels.has(label), label)
  for (const [, group = ''] of asked.matchAll(/by \(([^)]*)\)/g))
    for (const label of group.split(/,\s*/)) t.ok(labels.has(label), label)
  await app.close()
})

t.test('Prometheus takes the rules, the scrape configuration and what the dashboard asks', (t) => {
  const promtool = findPromtool(t)
  if (promtool === null) {
    t.end()
    return
  }
  const run = (...args: readonly string[]): string => execFileSync(promtool, args, { stdio: 'pipe', encoding: 'utf8' })
  t.match(run('check', 'rules', deployPath('monitoring/alerts.yaml')), `${rules.length} rules found`)
  const folder = t.testdir()
  const check = (name: string, exprs: readonly string[]): string => {
    const path = join(folder, name)
    const recorded = exprs.map((expr, index) => ({ record: `panel:${index}`, expr }))
    writeFileSync(path, stringify({ groups: [{ name: 'dashboard', rules: recorded }] }))
    return run('check', 'rules', path)
  }
  const asked = expressions.map(([, expr]) => expr)
  t.match(check('dashboard.yaml', asked), `${asked.length} rules found`)
  t.throws(() => check('slip.yaml', ['rate(ade_causes_total)']), 'a slip is found')

  // Debian's Prometheus is built without Kubernetes' discovery, so the pods are named here.
  const config = readYaml('monitoring/scrape.yaml') as { scrape_configs: Record<string, unknown>[] }
  for (const scrape of config.scrape_configs) {
    t.ok(scrape['kubernetes_sd_configs'])
    delete scrape['kubernetes_sd_configs']
    scrape['static_configs'] = [{ targets: ['10.1.2.3:8080'] }]
  }
  writeFileSync(join(folder, 'scrape.yaml'), stringify(config))
  t.doesNotThrow(() => run('check', 'config', '--syntax-only', join(folder, 'scrape.yaml')))
  t.end()
})

t.test('each alert fires when it should, and none when all is well', (t) => {
  const promtool = findPromtool(t)
  const path = deployPath('monitoring/alerts.test.yaml')
  if (promtool !== null) t.doesNotThrow(() => execFileSync(promtool, ['test', 'rules', path], { stdio: 'pipe' }))
  for (const { alert } of rules) t.match(readDeployed('monitoring/alerts.test.yaml'), `alertname="${alert}"`, alert)
  t.end()
})
