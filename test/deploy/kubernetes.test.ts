import { execFileSync, spawn } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import t from 'tap'
import { readConfig } from '../../src/config.ts'
import { buildTestApp } from '../helper/app.ts'
import { at, deployPath, findTool, readDeployed, readManifests } from '../helper/deploy.ts'
import { freePort, stop } from '../helper/moto.ts'
import { redisMissing } from '../helper/redis.ts'

interface Variable {
  readonly name: string
  readonly value?: string
}

const files = readdirSync(deployPath('kubernetes')).map((name) => deployPath(`kubernetes/${name}`))
const manifests = readManifests('kubernetes/')
const all = (kind: string): readonly unknown[] => manifests.filter((manifest) => at(manifest, 'kind') === kind)
const named = (kind: string, name: string): unknown =>
  all(kind).find((manifest) => at(manifest, 'metadata', 'name') === name)

const deployment = named('Deployment', 'access-denied-explainer')
const pod = at(deployment, 'spec', 'template', 'spec')
const container = at(pod, 'containers', 0)
const podIp = '10.1.2.3'
const environment = Object.fromEntries(
  (at(container, 'env') as readonly Variable[]).flatMap(({ name, value }) =>
    value === undefined ? [] : [[name, value.replaceAll('$(POD_IP)', podIp)]],
  ),
)

t.test('the schemas of the oldest and the newest Kubernetes take every manifest', (t) => {
  const judge = findTool(t, 'kubernetes-validate', ['.venv/bin/kubernetes-validate', 'kubernetes-validate'])
  if (judge === null) {
    t.end()
    return
  }
  const validate = (version: string, paths: readonly string[]): string =>
    execFileSync(judge, ['--strict', '--kubernetes-version', version, ...paths], { stdio: 'pipe', encoding: 'utf8' })
  for (const version of ['1.31', '1.37']) {
    const passed = validate(version, files).match(/passed for resource/g) ?? []
    t.equal(passed.length, manifests.length, version)
  }
  const slips: readonly (readonly [string, string])[] = [
    ['readinessProbe:', 'readynessProbe:'],
    ['readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: yes please'],
    ['minReplicas: 2', 'minReplica: 2'],
  ]
  const text = readDeployed('kubernetes/explainer.yaml')
  for (const [right, slip] of slips) {
    const path = join(t.testdir(), 'slip.yaml')
    writeFileSync(path, text.replace(right, slip))
    t.throws(() => validate('1.37', [path]), slip)
  }
  t.end()
})

t.test('every pod keeps to the Pod Security Standard “restricted”, reads only, and has limits', (t) => {
  for (const manifest of all('Deployment')) {
    const spec = at(manifest, 'spec', 'template', 'spec')
    t.match(spec, {
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: Number, seccompProfile: { type: 'RuntimeDefault' } },
    })
    for (const one of at(spec, 'containers') as readonly unknown[])
      t.match(one, {
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        resources: { requests: { cpu: String, memory: String }, limits: { memory: String } },
        readinessProbe: {},
        livenessProbe: {},
      })
  }
  t.equal(at(named('ServiceAccount', 'access-denied-explainer'), 'automountServiceAccountToken'), false)
  t.end()
})

t.test('what waits is waited for', (t) => {
  const config = readConfig({ ...environment, HOST: '0.0.0.0' })
  t.ok(config.SHUTDOWN_DELAY_MS >= 3000, 'endpoints have time to change')
  const wait = config.SHUTDOWN_DELAY_MS + config.SHUTDOWN_GRACE_MS
  t.ok(Number(at(pod, 'terminationGracePeriodSeconds')) * 1000 > wait, 'terminationGracePeriodSeconds')
  t.notOk('replicas' in (at(deployment, 'spec') as object), 'the autoscaler counts')
  t.end()
})

t.test('with the manifest’s settings it answers probes and Prometheus, which ask by address', async (t) => {
  const { server } = await buildTestApp(t, { ...environment, EVIDENCE: 'none', API_KEYS_FILE: '' })
  const status = async (url: string, host: string): Promise<number> =>
    (await server.inject({ url, headers: { host } })).statusCode
  const port = Number(at(container, 'ports', 0, 'containerPort'))
  t.equal(port, readConfig({}).PORT)
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    t.equal(at(container, probe, 'httpGet', 'port'), at(container, 'ports', 0, 'name'))
    t.equal(await status(String(at(container, probe, 'httpGet', 'path')), `${podIp}:${port}`), 200, probe)
  }
  t.equal(await status('/metrics', `${podIp}:${port}`), 200)
  t.equal(await status('/healthz', 'explainer.example.com'), 200)
  t.equal(await status('/healthz', 'attacker.example'), 403)
})

t.test('everything that selects a pod selects one that there is, by the port that it has', (t) => {
  const pods = all('Deployment').map((manifest) => at(manifest, 'spec', 'template'))
  const selected = (labels: unknown): unknown =>
    pods.find((template) => JSON.stringify(at(template, 'metadata', 'labels')) === JSON.stringify(labels))
  const ports = (template: unknown): readonly { name: string; containerPort: number }[] =>
    at(template, 'spec', 'containers', 0, 'ports') as readonly { name: string; containerPort: number }[]
  for (const manifest of all('Deployment'))
    t.ok(selected(at(manifest, 'spec', 'selector', 'matchLabels')), 'a Deployment its own')
  t.ok(selected(at(named('PodDisruptionBudget', 'access-denied-explainer'), 'spec', 'selector', 'matchLabels')))
  for (const constraint of at(pod, 'topologySpreadConstraints') as readonly unknown[])
    t.ok(selected(at(constraint, 'labelSelector', 'matchLabels')), 'a spread')
  for (const manifest of all('Service')) {
    const template = selected(at(manifest, 'spec', 'selector'))
    t.equal(at(manifest, 'spec', 'ports', 0, 'targetPort'), ports(template)[0]?.name, 'a Service')
  }
  for (const manifest of all('NetworkPolicy')) {
    const template = selected(at(manifest, 'spec', 'podSelector', 'matchLabels'))
    t.equal(at(manifest, 'spec', 'ingress', 0, 'ports', 0, 'port'), ports(template)[0]?.containerPort)
    t.strictSame(at(manifest, 'spec', 'policyTypes'), ['Ingress', 'Egress'])
  }
  t.equal(
    at(named('HorizontalPodAutoscaler', 'access-denied-explainer'), 'spec', 'scaleTargetRef', 'name'),
    at(deployment, 'metadata', 'name'),
  )
  const outward = at(named('NetworkPolicy', 'access-denied-explainer'), 'spec', 'egress') as readonly unknown[]
  const redis = outward.find((rule) => JSON.stringify(rule).includes('redis'))
  t.ok(selected(at(redis, 'to', 0, 'podSelector', 'matchLabels')), 'the way to Redis')
  t.end()
})

t.test(
  'Redis starts with its arguments, asks for the password, and keeps nothing',
  { skip: redisMissing() },
  async (t) => {
    const redis = at(named('Deployment', 'access-denied-explainer-redis'), 'spec', 'template', 'spec', 'containers', 0)
    const args = (at(redis, 'args') as readonly string[]).map((arg) =>
      arg.replace('$(PASSWORD)', 'a-password-of-a-test'),
    )
    const port = await freePort()
    const folder = t.testdir()
    const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, ...args], {
      stdio: 'ignore',
    })
    t.teardown(() => stop(child))
    const connect = (user: string): Redis => {
      const client = new Redis(`redis://${user}127.0.0.1:${port}`, { maxRetriesPerRequest: 20 })
      client.on('error', () => undefined)
      t.teardown(() => client.disconnect())
      return client
    }
    // The URL of the form that redis.yaml puts into the secret.
    t.equal(await connect(':a-password-of-a-test@').set('a', 'b'), 'OK')
    await t.rejects(connect('').get('a'), { message: /NOAUTH/ })
    t.strictSame(await connect(':a-password-of-a-test@').config('GET', 'save'), ['save', ''])
    t.strictSame(readdirSync(folder), [])
  },
)
