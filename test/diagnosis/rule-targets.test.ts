import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, identity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const topic = 'arn:aws:sns:eu-north-1:444455556666:harbour-alerts'
const failing = `FailedInvocations of the rule go up, target ${topic}. The topic is encrypted with a key of ours.`
const toKey = (Service: string | readonly string[], Condition?: Statement['Condition']): Statement => ({
  Effect: 'Allow',
  Principal: { Service },
  Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
  Resource: '*',
  ...(Condition === undefined ? {} : { Condition }),
})
const ofAccount = { StringEquals: { 'aws:SourceAccount': '444455556666' } }
const causesOf = async (text: string, policies = {}) => (await diagnosesOf(text, policies))[0]?.causes ?? []

t.test('a rule tells KMS nothing of itself: a condition on its account keeps it from an encrypted topic', async (t) => {
  const [cause] = await causesOf(failing, resource(toKey('events.amazonaws.com', ofAccount)))
  t.match(cause, { code: 'condition-mismatch', confidence: 'evaluated', facts: { key: 'aws:SourceAccount' } })
  t.match(cause?.remedies[0], { kind: 'key-policy', editedStatement: { Effect: 'Allow' } })
  t.equal(cause?.remedies[0]?.editedStatement?.Condition, undefined)

  const [shared] = await causesOf(failing, resource(toKey(['events.amazonaws.com', 's3.amazonaws.com'], ofAccount)))
  t.equal(shared?.code, 'condition-mismatch')
  t.notOk(shared?.remedies[0]?.editedStatement, 'the other service keeps its condition')
  t.match(shared?.remedies[0]?.statement, { Principal: { Service: 'events.amazonaws.com' } })
  t.notOk(shared?.remedies[0]?.statement?.Condition)

  const [open] = await causesOf(failing, resource(toKey('events.amazonaws.com')))
  t.match(open, { code: 'service-principal-policy', confidence: 'possible' }, 'nobody read the policy of the topic')
})

t.test('what is proposed for the key of such a topic has no condition', async (t) => {
  const causes = await causesOf(failing)
  const statement = causes.find(({ code }) => code === 'kms-key-policy')?.remedies[0]?.statement
  t.match(statement, { Principal: { Service: 'events.amazonaws.com' } })
  t.notOk(statement?.Condition)
})

t.test('findings that do not arrive under the key that AWS manages', async (t) => {
  const text = 'The topic uses alias/aws/sns. Security Hub findings are not sent to the SNS topic.'
  const causes = await causesOf(
    text,
    resource({ ...toKey('events.amazonaws.com'), Action: 'sns:Publish', Resource: topic }),
  )
  t.match(causes, [{ code: 'kms-key-policy', facts: { servicePrincipal: 'events.amazonaws.com' } }])
  t.equal(causes.length, 1, 'the policy of the topic lets the rule in')
  t.same(await diagnosesOf('The events of this week are sent to the topic.'), [])
})

t.test('a stream is reached with the role of the rule', async (t) => {
  const text = 'All invocations are FailedInvocations: the rule should put each event into Kinesis.'
  const put = allow('kinesis:PutRecord', 'arn:aws:kinesis:eu-north-1:444455556666:stream/tide')
  const [unread] = await causesOf(text)
  t.match(unread, { code: 'service-role-missing-allow', confidence: 'possible' })
  t.match(unread?.remedies[0]?.statement, { Action: 'kinesis:PutRecord' })

  const [lacking] = await causesOf(text, identity(allow('logs:PutLogEvents', '*')))
  t.match(lacking, { code: 'service-role-missing-allow', confidence: 'evaluated' })

  const [key] = await causesOf(`${text}\nEventBridge could not encrypt the event.`, identity(put))
  t.match(key, { code: 'kms-behind-service', facts: { kmsActions: 'kms:GenerateDataKey' } })
  t.match(key?.remedies[0], { kind: 'add-identity-statement', target: { attachTo: 'role/<RuleRoleName>' } })
})
