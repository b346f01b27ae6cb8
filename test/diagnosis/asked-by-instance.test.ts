import t from 'tap'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const instance = 'i-0123456789abcdef0'
const self = `arn:aws:ec2:eu-north-1:111122223333:instance/${instance}`
const by = `assumed-role/web-server/${instance}`
const codesOf = async (text: string) =>
  (await diagnosesOf(text, identity(allow('*'))))[0]?.causes.map(({ code }) => code) ?? []

t.test('what an instance is refused although its role may, the policy of an endpoint may refuse', async (t) => {
  const action = 'ssm:UpdateInstanceInformation'
  const own = await codesOf(denied(action, self, '', by))
  t.equal(own[0], 'evaluation-allows')
  t.ok(own.includes('vpce-policy'))
  t.notOk(own.includes('resource-not-found-as-denied'), 'it asks for itself')
  const queue = await codesOf(denied('sqs:SendMessage', 'arn:aws:sqs:eu-north-1:111122223333:bills', '', by))
  t.ok(queue.includes('vpce-policy') && queue.includes('resource-not-found-as-denied'))
  t.notOk((await codesOf(denied(action, self))).includes('vpce-policy'), 'no instance')
  t.notOk(
    (await codesOf(denied(action, self, noIdentity(action), by))).includes('vpce-policy'),
    'AWS names another type',
  )
})
