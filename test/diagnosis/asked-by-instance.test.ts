import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
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

t.test('a pod that is annotated with a role of its own, and called as its node', async (t) => {
  const table = 'arn:aws:dynamodb:eu-west-1:444455556666:table/carts'
  const call = (role: string, session: string, reason = ''): string =>
    `User: arn:aws:sts::444455556666:assumed-role/${role}/${session} is not authorized to perform: dynamodb:PutItem on resource: ${table} ${reason}`
  const annotations = [
    'annotations:\n  iam.amazonaws.com/role: cart-writer',
    '"iam.amazonaws.com/role": "arn:aws:iam::444455556666:role/shop/cart-writer"',
    'eks.amazonaws.com/role-arn=arn:aws:iam::444455556666:role/cart-writer',
  ]
  const first = async (text: string, policies: Policies = {}) => (await diagnosesOf(text, policies))[0]?.causes[0]
  const refusals: readonly (readonly [reason: string, policies: Policies])[] = [
    ['', {}],
    ['', identity(allow('dynamodb:PutItem', '*'))],
    [noIdentity('dynamodb:PutItem'), {}],
  ]
  for (const annotation of annotations)
    for (const [reason, policies] of refusals) {
      const found = await first(`${call('compute-pool', 'i-0a1b2c3d4e5f6a7b8', reason)}\n${annotation}`, policies)
      t.match(found, { code: 'wrong-principal', facts: { why: 'node-role' } }, annotation)
      t.ok(
        found?.remedies.every(({ statement }) => statement === null),
        'the node is given nothing',
      )
    }
  const [annotation = ''] = annotations
  const own = await first(`${call('cart-writer', 'i-0a1b2c3d4e5f6a7b8')}\n${annotation}`)
  t.equal(own?.code, 'missing-allow', 'that very role asked')
  const session = await first(`${call('compute-pool', 'carts')}\n${annotation}`)
  t.equal(session?.code, 'missing-allow', 'no instance asked')
})
