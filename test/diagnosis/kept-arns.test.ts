import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const at = (service: string): string => `arn:aws:${service}:eu-north-1:111122223333`

async function causeOf(action: string, resource: string, ...statement: Parameters<typeof allow>): Promise<Cause> {
  // A caller has the partition of what it may reach.
  const partition = /^arn:([a-z-]+):/u.exec(resource)?.[1] ?? 'aws'
  const text = denied(action, resource, noIdentity(action)).replace('User: arn:aws:', `User: arn:${partition}:`)
  const [found] = await diagnosesOf(text, identity(allow(...statement)))
  const [cause] = found?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const edited = ({ remedies }: Cause): unknown => remedies[0]?.editedStatement?.Resource
const allowedAfter = ({ remedies }: Cause): boolean =>
  remedies.every(({ verification }) => verification?.decision === 'allowed')

t.test('an ARN that other requests of the statement need stays beside the one that was missing', async (t) => {
  const parameters = `${at('ssm')}:parameter/billing`
  const path = await causeOf('ssm:GetParametersByPath', parameters, 'ssm:Get*', [`${parameters}/*`, `${at('ssm')}:x`])
  t.equal(path.code, 'ssm-parameter-arn')
  t.strictSame(edited(path), [`${parameters}/*`, `${at('ssm')}:x`, parameters])
  t.ok(allowedAfter(path))

  const secret = `${at('secretsmanager')}:secret:billing`
  const below = await causeOf(
    'secretsmanager:GetSecretValue',
    `${secret}-Ab12Cd`,
    'secretsmanager:GetSecretValue',
    `${secret}/*`,
  )
  t.equal(below.code, 'secret-arn-suffix')
  t.strictSame(edited(below), [`${secret}/*`, `${secret}-??????`])
  t.ok(allowedAfter(below))

  const group = `${at('logs')}:log-group:/billing`
  const tags = await causeOf('logs:PutLogEvents', `${group}:log-stream:a`, ['logs:Put*', 'logs:TagResource'], group)
  t.equal(tags.code, 'log-arn-suffix')
  t.strictSame(edited(tags), [group, `${group}:*`], 'tags hang on the ARN without :*')
})

t.test('an ARN that matches nothing gives way to what was meant, as wide as it was', async (t) => {
  const parameters = `${at('ssm')}:parameter/billing`
  const slashes = `${at('ssm')}:parameter//billing/*`
  t.equal(edited(await causeOf('ssm:GetParameter', `${parameters}/key`, 'ssm:Get*', slashes)), `${parameters}/*`)
  t.strictSame(
    edited(await causeOf('ssm:GetParametersByPath', parameters, 'ssm:Get*', slashes)),
    [`${parameters}/*`, parameters],
    'the path itself lies beside what is below it',
  )
  const group = `${at('logs')}:log-group:/billing`
  t.equal(edited(await causeOf('logs:PutLogEvents', `${group}:log-stream:a`, 'logs:Put*', group)), `${group}:*`)
  const china = await causeOf('sqs:SendMessage', 'arn:aws-cn:sqs:cn-north-1:111122223333:bills', 'sqs:SendMessage', [
    'arn:aws:sqs:cn-north-1:111122223333:bill*',
  ])
  t.equal(edited(china), 'arn:aws-cn:sqs:cn-north-1:111122223333:bill*')
})

t.test('the answer says that the ARN stays', async (t) => {
  const parameters = `${at('ssm')}:parameter/billing`
  const text = denied('ssm:GetParametersByPath', parameters, noIdentity('ssm:GetParametersByPath'))
  const summary = await summaryOf(text, identity(allow('ssm:Get*', `${parameters}/*`)))
  t.match(summary, /parameter\/billing\/\*`?, which other requests need/u)
})
