import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const refused = 'Insufficient permissions to execute command. Configure a task role as described in the documentation.'
const execution = '"executionRoleArn": "arn:aws:iam::111122223333:role/starter",'
const channel = [
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
]
const first = async (text: string) => (await diagnosesOf(text))[0]?.causes[0]

t.test('a shell in a task needs the channel on the task role, whoever opens it', async (t) => {
  const lacking = await first(refused)
  t.equal(lacking?.code, 'service-role-missing-allow')
  t.same(lacking?.remedies[0]?.statement?.Action, channel)
  t.match(lacking?.remedies[0]?.target, { attachTo: 'role/<TaskRoleName>' })
})

t.test('a task that has the role of the agent alone, or a permission that went to it', async (t) => {
  for (const told of [`${execution}\n"networkMode": "awsvpc"`, 'I added ssmmessages to the execution role of it.']) {
    const confused = await first(`${refused}\n${told}`)
    t.equal(confused?.code, 'ecs-role-confusion', told)
    t.match(confused?.facts, { wantedRole: 'task-role' })
    t.match(confused?.remedies[0], { statement: { Action: channel }, target: { attachTo: 'role/<TaskRoleName>' } })
  }
  const both = await first(`${refused}\n${execution}\n"taskRoleArn": "arn:aws:iam::111122223333:role/orders-task"`)
  t.equal(both?.code, 'service-role-missing-allow')
})

t.test('a session whose log bucket does not let the role look, though the role may', async (t) => {
  const text =
    "Couldn't start the session because we are unable to validate encryption on Amazon S3 bucket.\nError: AccessDenied: Access Denied status code: 403\nbucket session-logs-archive, instance role ops-ssm"
  const causesOf = async (statement: Statement) => (await diagnosesOf(text, identity(statement)))[0]?.causes ?? []
  const [there] = await causesOf(allow('s3:GetEncryptionConfiguration', 'arn:aws:s3:::session-logs-archive'))
  t.match(there, { code: 'cross-account-resource-side', confidence: 'possible' })
  t.match(there?.remedies[0]?.statement, { Action: 's3:GetEncryptionConfiguration' })
  const lacking = await causesOf(allow('s3:PutObject'))
  t.notOk(lacking.some(({ code }) => code === 'cross-account-resource-side'))
})
