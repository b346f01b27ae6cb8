import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { readConfig } from '../../src/config.ts'
import { at, readDeployed, readYaml } from '../helper/deploy.ts'

const template = readYaml('lambda/service.yaml')
const resource = (name: string): unknown => at(template, 'Resources', name, 'Properties')
const variables = at(resource('Function'), 'Environment', 'Variables')
const host = 'abcdef1234.execute-api.eu-west-1.amazonaws.com'
const key = 'a-key-of-a-test-of-lambda'
const run = promisify(execFile)

/** What is packed into the function's zip file, as its README says. */
const packed = /^zip -qr explainer\.zip (.+?) -x/m.exec(readDeployed('lambda/README.md'))?.[1]?.split(' ') ?? []

t.test('the files that the README packs, with the template’s settings, answer an HTTP API', async (t) => {
  const folder = t.testdir()
  t.ok(packed.includes('dist'))
  for (const name of packed) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    if (name === 'node_modules') symlinkSync(join(process.cwd(), name), join(folder, name))
    else cpSync(name, join(folder, name), { recursive: true })
  }
  const sha256 = createHash('sha256').update(key).digest('hex')
  writeFileSync(join(folder, 'keys.json'), JSON.stringify({ keys: [{ name: 'a', sha256, scopes: ['text'] }] }))
  const environment = {
    ...(variables as Readonly<Record<string, string>>),
    ALLOWED_HOSTS: String(at(variables, 'ALLOWED_HOSTS')).replace(/^\$\{Api\}\..*$/, host),
    PUBLIC_URL: `https://${host}`,
  }
  t.ok(readConfig({ ...environment, HOST: '0.0.0.0' }), 'as it is deployed')
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath: '/v1/diagnoses',
    rawQueryString: '',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain', host },
    requestContext: { http: { method: 'POST', sourceIp: '192.0.2.1' }, stage: '$default' },
    body: (JSON.parse(readFileSync('data/sample-pastes.json', 'utf8')) as { text: string }[])[0]?.text,
    isBase64Encoded: false,
  }
  const [file, name] = String(at(resource('Function'), 'Handler')).split(/\.(?=[^.]+$)/)
  const script = `const { ${name}: handle } = await import('./${file}.js')
const answer = await handle(${JSON.stringify(event)}, { awsRequestId: 'x' })
console.error(answer.statusCode, JSON.parse(answer.body).diagnoses[0].causes[0].code)`
  const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment, API_KEYS_FILE: 'keys.json', EVIDENCE: 'sample' },
  })
  t.equal(stderr.trim(), '200 missing-allow')
})

t.test('the function may write its logs, and nothing else', (t) => {
  const policies = at(resource('Role'), 'Policies')
  t.match(policies, { length: 1 })
  t.strictSame(at(policies, 0, 'PolicyDocument', 'Statement'), [
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: 'Logs.Arn' },
  ])
  t.notOk('ManagedPolicyArns' in (resource('Role') as object))
  t.ok(at(resource('Logs'), 'RetentionInDays'))
  t.end()
})

t.test('each waits longer than what it waits for', (t) => {
  const evidence = readConfig({}).EVIDENCE_TIMEOUT_MS
  const timeout = Number(at(resource('Function'), 'Timeout')) * 1000
  const integration = Number(at(resource('Integration'), 'TimeoutInMillis'))
  t.ok(evidence < timeout && timeout < integration, `${evidence} < ${timeout} < ${integration}`)
  t.equal(at(resource('Integration'), 'PayloadFormatVersion'), '2.0')
  t.equal(at(resource('Stage'), 'StageName'), '$default')
  t.end()
})
