import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const at = (service: string): string => `arn:aws:${service}:eu-north-1:111122223333`
const causesOf = async (text: string, ...policy: readonly Statement[]) =>
  (await diagnosesOf(text, identity(...policy)))[0]?.causes ?? []
const key = `${at('kms')}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
const refers = `An error occurred (KMS.AccessDeniedException) when calling the ReceiveMessage operation: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access. (key ${key})`
const connection = `${at('codeconnections')}:connection/1234abcd-12ab-34cd-56ef-1234567890ab`
const panel = `Unable to use Connection: ${connection}. The provided role does not have sufficient permissions.`

t.test('an action under the prefix of another service is none', async (t) => {
  const rows: readonly (readonly [text: string, wrong: string, right: string])[] = [
    [refers, 'sqs:Decrypt', 'kms:Decrypt'],
    [
      denied('events:PutEvents', `${at('events')}:event-bus/orders`, noIdentity('events:PutEvents')),
      'eventbridge:PutEvents',
      'events:PutEvents',
    ],
    [
      denied('states:StartExecution', `${at('states')}:stateMachine:bill`, noIdentity('states:StartExecution')),
      'stepfunctions:StartExecution',
      'states:StartExecution',
    ],
  ]
  for (const [text, wrong, right] of rows) {
    const [cause] = await causesOf(text, allow([wrong, 'logs:PutLogEvents']))
    t.match(cause, { code: 'action-name-mismatch', facts: { wrongName: wrong, rightName: right } })
    t.strictSame(cause?.remedies[0]?.editedStatement?.Action, [right, 'logs:PutLogEvents'])
  }
  for (const [action, other] of [
    ['firehose:PutRecord', 'kinesis:PutRecord'],
    ['sqs:SendMessage', 'sns:SendMessage'],
    ['s3:GetObject', 's3-object-lambda:GetObject'],
  ] as const) {
    const [cause] = await causesOf(denied(action, '*', noIdentity(action)), allow(other))
    t.equal(cause?.code, 'missing-allow', `${other} is an action of its own`)
  }
})

t.test('a wrong name in the policies of a role that only a service speaks of', async (t) => {
  const [cause] = await causesOf(panel, allow(['codeconnections:UseConections', 's3:GetObject'], connection))
  t.match(cause, { code: 'action-name-mismatch', confidence: 'evaluated' })
  t.match(cause?.remedies[0], {
    kind: 'edit-statement',
    target: { attachTo: 'role/<ServiceRoleName>' },
    editedStatement: { Action: ['codeconnections:UseConnection', 's3:GetObject'] },
  })
  const [plain] = await causesOf(panel, allow(['codeconnections:ListConnections']))
  t.equal(plain?.code, 'service-role-missing-allow', 'another action is not meant')
})

t.test('a statement for something else stays as it is', async (t) => {
  const queue = `${at('sqs')}:bills`
  const [cause] = await causesOf(
    denied('sqs:SendMessage', queue, noIdentity('sqs:SendMessage')),
    allow('sqs:SendMessages', `${at('sqs')}:orders`),
  )
  t.equal(cause?.code, 'action-name-mismatch')
  t.strictSame(
    cause?.remedies.map(({ kind, statement }) => [kind, statement?.Resource]),
    [['add-identity-statement', queue]],
  )
})
