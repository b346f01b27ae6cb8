import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { networkInterfaces } from 'node:os'
import { request } from 'node:http'
import t from 'tap'
import { readConfig } from '../../src/config.ts'
import { buildTestApp } from '../helper/app.ts'
import { at, findPython, readDeployed, readYaml } from '../helper/deploy.ts'
import { freePort, stop } from '../helper/moto.ts'
import { uncounted } from '../helper/service.ts'

interface Named {
  readonly name: string
  readonly value: string
}

const task = JSON.parse(readDeployed('ecs/task-definition.json')) as unknown
const container = at(task, 'containerDefinitions', 0)
const environment = Object.fromEntries(
  (at(container, 'environment') as readonly Named[]).map(({ name, value }) => [name, value]),
)
const service = readYaml('ecs/service.yaml')
const resource = (name: string): unknown => at(service, 'Resources', name, 'Properties')

/** The SDK's own judge of an input, and the enumerations, which it leaves to ECS. */
const judge = `
import json, sys
import botocore.session
from botocore.validate import ParamValidator
shape = botocore.session.get_session().get_service_model("ecs").operation_model("RegisterTaskDefinition").input_shape
def wrong_words(value, shape, path):
    if shape.type_name == "structure":
        for name, part in value.items():
            yield from wrong_words(part, shape.members[name], path + "." + name)
    elif shape.type_name == "list":
        for part in value:
            yield from wrong_words(part, shape.member, path + "[]")
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield path + ": " + value
for given in json.load(sys.stdin):
    report = ParamValidator().validate(given, shape)
    wrong = [report.generate_report()] if report.has_errors() else list(wrong_words(given, shape, ""))
    print(json.dumps(wrong))
`

t.test('ECS’s own model takes the task definition, and refuses it with a slip', (t) => {
  const python = findPython(t, 'botocore')
  if (python === null) {
    t.end()
    return
  }
  const text = JSON.stringify(task)
  const slips: readonly (readonly [string, string])[] = [
    ['"readonlyRootFilesystem"', '"readOnlyRootFilesystem"'],
    ['"stopTimeout":20', '"stopTimeout":"20"'],
    ['"awslogs"', '"awslog"'],
    ['"valueFrom"', '"valuefrom"'],
  ]
  const texts = [text, ...slips.map(([right, slip]) => text.replace(right, slip))]
  const said = execFileSync(python, ['-c', judge], { input: `[${texts.join(',')}]`, encoding: 'utf8' })
  const [first, ...others] = said.trim().split('\n')
  t.equal(first, '[]')
  t.equal(new Set(texts).size, slips.length + 1)
  for (const [index, other] of others.entries()) t.not(other, '[]', slips[index]?.[1] ?? '')
  t.end()
})

t.test('the container can do little, and has time to stop', (t) => {
  const config = readConfig({ ...environment, HOST: '0.0.0.0' })
  const wait = config.SHUTDOWN_DELAY_MS + config.SHUTDOWN_GRACE_MS
  t.ok(Number(at(container, 'stopTimeout')) * 1000 > wait, 'stopTimeout')
  t.match(container, {
    readonlyRootFilesystem: true,
    user: /^[1-9]\d*:/,
    linuxParameters: { capabilities: { drop: ['ALL'] } },
    logConfiguration: { logDriver: 'awslogs' },
  })
  t.match(String(at(container, 'healthCheck', 'command', 3)), `127.0.0.1:${config.PORT}/healthz`)
  t.end()
})

function status(url: string, headers: Readonly<Record<string, string>>): Promise<number | null> {
  return new Promise((resolve) => {
    const asked = request(url, { headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? null)
    })
    asked.on('error', () => resolve(null))
    asked.end()
  })
}

t.test('its entry point brings the keys and answers the load balancer', async (t) => {
  const key = 'a-key-of-a-test-of-ecs'
  const sha256 = createHash('sha256').update(key).digest('hex')
  const port = await freePort()
  const entryPoint = at(container, 'entryPoint') as readonly string[]
  const [program, ...args] = entryPoint.map((part) => part.replace('/app/dist/', `${join(process.cwd(), 'dist')}/`))
  const env = {
    ...uncounted,
    PATH: process.env['PATH'],
    ...environment,
    PORT: String(port),
    // The image listens on every address; a test on its own machine's alone, by the same rule.
    HOST: '127.0.0.1',
    EVIDENCE: 'none',
    API_KEYS_FILE: join(t.testdir(), 'keys.json'),
    API_KEYS: JSON.stringify({ keys: [{ name: 'prometheus', sha256, scopes: ['text'] }] }),
  }
  t.equal(program, 'node')
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
  t.teardown(() => stop(child))
  const url = `http://127.0.0.1:${port}`
  const addresses = Object.values(networkInterfaces())
    .flatMap((some) => some ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
  for (let left = 200; left > 0 && (await status(`${url}/readyz`, {})) === null; left -= 1)
    await new Promise((resolve) => setTimeout(resolve, 50))
  t.equal(await status(`${url}/readyz`, { host: 'explainer.example.com' }), 200)
  for (const { address } of addresses)
    t.equal(await status(`${url}/readyz`, { host: `${address}:${port}` }), 200, 'asked by the task’s address')
  t.equal(await status(`${url}/readyz`, { host: 'attacker.example' }), 403)
  const asked = (authorization: string): Promise<Response> =>
    fetch(`${url}/v1/diagnoses`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'text/plain' },
      body: 'AccessDenied: s3:GetObject',
    })
  t.equal((await asked(`Bearer ${key}`)).status, 200)
  t.equal((await asked('Bearer another-key')).status, 401)
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  t.equal(await exit, 0, 'SIGTERM ends it')
})

t.test('roles, service and task definition speak of the same things', async (t) => {
  const roles = readYaml('ecs/roles.yaml')
  const roleName = (arn: unknown): string => String(arn).split('/').at(-1) ?? ''
  t.equal(roleName(at(task, 'taskRoleArn')), at(roles, 'Resources', 'TaskRole', 'Properties', 'RoleName'))
  t.equal(roleName(at(task, 'executionRoleArn')), at(roles, 'Resources', 'ExecutionRole', 'Properties', 'RoleName'))
  const group = at(container, 'logConfiguration', 'options', 'awslogs-group')
  t.equal(group, at(roles, 'Resources', 'Logs', 'Properties', 'LogGroupName'))
  t.ok(at(roles, 'Resources', 'Logs', 'Properties', 'RetentionInDays'))
  const port = at(container, 'portMappings', 0, 'containerPort')
  t.match(resource('Service'), { LoadBalancers: [{ ContainerName: at(container, 'name'), ContainerPort: port }] })
  t.equal(at(resource('TargetGroup'), 'Port'), port)
  t.equal(at(resource('TaskSecurityGroup'), 'SecurityGroupIngress', 0, 'FromPort'), port)
  t.equal(at(resource('LoadBalancerEgress'), 'ToPort'), port)

  const { server } = await buildTestApp(t)
  t.ok(server.hasRoute({ method: 'GET', url: String(at(resource('TargetGroup'), 'HealthCheckPath')) }))
  const attributes = at(resource('LoadBalancer'), 'LoadBalancerAttributes') as readonly { Key: string; Value: string }[]
  const idle = attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')?.Value
  t.ok(server.server.keepAliveTimeout > Number(idle) * 1000, 'the service keeps connections longer than the balancer')
})
