import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import t from 'tap'
import { replySchema, type ReplyRemedy } from '../../src/reply/schema.ts'
import { motoMissing, startMoto } from '../helper/moto.ts'
import { startService } from '../helper/service.ts'
import { resourceScenarios, scenarios, type LoopScenario } from './scenarios.ts'

/**
 * The closed loop with real parts: moto enforces IAM, the AWS CLI is denied, what it printed is posted as it stands,
 * the command of the reply is run as it stands, the call passes, and its neighbour stays denied.
 */

interface Outcome {
  readonly code: number
  readonly output: string
}

type Credentials = Readonly<Record<string, string>>

const venv = resolve('.venv/bin')

function shell(command: string, credentials: Credentials, endpoint: string): Promise<Outcome> {
  const environment = {
    PATH: `${venv}:${process.env['PATH'] ?? ''}`,
    HOME: process.env['HOME'] ?? '/tmp',
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_MAX_ATTEMPTS: '1',
    ...credentials,
  }
  return new Promise((done) => {
    execFile('sh', ['-c', command], { env: environment, timeout: 60_000 }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr }),
    )
  })
}

const noClient = existsSync(`${venv}/aws`) ? false : 'no AWS CLI: .venv/bin/pip install -r test/requirements.txt'
const skip = process.env['CI'] === 'true' ? false : motoMissing() || noClient

t.test('denied, explained, applied, allowed', { timeout: 600_000, skip }, async (t) => {
  const moto = await startMoto(t)
  const { endpoint } = moto
  const root: Credentials = { AWS_ACCESS_KEY_ID: 'setup', AWS_SECRET_ACCESS_KEY: 'setup' }
  const setup = async (command: string): Promise<string> => {
    const { code, output } = await shell(`aws ${command} --output json`, root, endpoint)
    if (code !== 0) throw new Error(`${command}: ${output}`)
    return output
  }
  const enforce = async (on: boolean): Promise<void> => {
    await fetch(`${endpoint}/moto-api/reset-auth`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: on ? '0' : 'inf',
    })
  }
  const everything = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
  await setup('iam create-user --user-name admin')
  await setup(`iam put-user-policy --user-name admin --policy-name everything --policy-document '${everything}'`)
  const admin = keysOf(await setup('iam create-access-key --user-name admin'), 'AccessKey')
  const service = await startService(t, {
    EVIDENCE: 'aws',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: 'eu-west-1',
    ...admin,
  })
  const chosen =
    process.env['CI'] === 'true'
      ? [...scenarios, ...resourceScenarios]
      : [...scenarios.slice(0, 2), ...resourceScenarios]

  for (const [index, scenario] of chosen.entries())
    await t.test(scenario.name, async (t) => {
      await enforce(false)
      const { credentials, principal } = await createCaller(scenario, index, setup)
      for (const command of scenario.prepare ?? []) await setup(command)
      await enforce(true)

      const denied = await shell(`aws ${scenario.call}`, credentials, endpoint)
      t.not(denied.code, 0, 'the call is denied')
      const hints = scenario.knowsPrincipal === true ? `?principal=${encodeURIComponent(principal)}` : ''
      const answer = await fetch(`${service.url}/v1/diagnoses${hints}`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: denied.output,
      })
      t.equal(answer.status, 200, denied.output)
      const { diagnoses } = replySchema.parse(await answer.json())
      t.equal(diagnoses.length, 1)
      t.equal(diagnoses[0]?.evidence.source, 'aws')
      const remedy: ReplyRemedy | undefined = diagnoses[0]?.causes[0]?.remedies[0]
      t.equal(remedy?.statement?.Action, scenario.action)
      t.equal(remedy?.readiness, 'ready')
      t.equal(remedy?.verification?.decision, 'allowed')
      const command = remedy?.commands?.awsCli ?? 'false'
      const applied = await shell(command, admin, endpoint)
      t.equal(applied.code, 0, `${command}\n${applied.output}`)

      const again = await shell(`aws ${scenario.call}`, credentials, endpoint)
      t.equal(again.code, 0, again.output)
      const neighbour = await shell(`aws ${scenario.neighbour}`, credentials, endpoint)
      t.not(neighbour.code, 0, 'its neighbour stays denied')
      t.match(neighbour.output, /AccessDenied|not authorized|Forbidden/)
    })
})

function keysOf(text: string, name: 'AccessKey' | 'Credentials'): Credentials {
  const keys = (JSON.parse(text) as Record<string, Record<string, string>>)[name] ?? {}
  return {
    AWS_ACCESS_KEY_ID: keys['AccessKeyId'] ?? '',
    AWS_SECRET_ACCESS_KEY: keys['SecretAccessKey'] ?? '',
    ...(keys['SessionToken'] === undefined ? {} : { AWS_SESSION_TOKEN: keys['SessionToken'] }),
  }
}

const account = '123456789012'
const trustEverybody =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}'
const unrelated =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::elsewhere/*"}]}'

async function createCaller(
  scenario: LoopScenario,
  index: number,
  setup: (command: string) => Promise<string>,
): Promise<{ readonly credentials: Credentials; readonly principal: string }> {
  if (scenario.caller === 'user') {
    const name = `loop-user-${index}`
    await setup(`iam create-user --user-name ${name}`)
    await setup(`iam put-user-policy --user-name ${name} --policy-name own --policy-document '${unrelated}'`)
    const credentials = keysOf(await setup(`iam create-access-key --user-name ${name}`), 'AccessKey')
    return { credentials, principal: `arn:aws:iam::${account}:user/${name}` }
  }
  const name = `loop-role-${index}`
  await setup(`iam create-role --role-name ${name} --assume-role-policy-document '${trustEverybody}'`)
  await setup(`iam put-role-policy --role-name ${name} --policy-name own --policy-document '${unrelated}'`)
  const assumed = await setup(
    `sts assume-role --role-arn arn:aws:iam::${account}:role/${name} --role-session-name i-0abc1234`,
  )
  return {
    credentials: keysOf(assumed, 'Credentials'),
    principal: `arn:aws:sts::${account}:assumed-role/${name}/i-0abc1234`,
  }
}
