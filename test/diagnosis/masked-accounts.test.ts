import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const denied = (account: string, action = 'Invoke', path = 'GET/orders'): string =>
  `User: arn:aws:sts::111122223333:assumed-role/app/f is not authorized to perform: execute-api:${action} on resource: arn:aws:execute-api:eu-west-1:${account}:a1b2c3d4e5/live/${path}`
const statementFor = async (text: string): Promise<unknown> =>
  (await diagnosesOf(text))[0]?.causes[0]?.remedies[0]?.statement?.Resource
const resource = (account: string, path = 'GET/orders'): string =>
  `arn:aws:execute-api:eu-west-1:${account}:a1b2c3d4e5/live/${path}`

t.test('API Gateway prints the end of the account', async (t) => {
  t.equal(await statementFor(denied('********3333')), resource('111122223333'), 'the caller’s own')
  t.equal(await statementFor(denied('********7777')), resource('<AccountId>'), 'another one')
  const [own] = await diagnosesOf(denied('********3333'))
  const [other] = await diagnosesOf(denied('********7777'))
  t.ok(own?.verdict?.assuming.some(({ code }) => code === 'resource-in-callers-account'))
  t.ok(other?.verdict?.assuming.some(({ code }) => code === 'resource-in-another-account'))
  t.notOk(other?.verdict?.assuming.some(({ code }) => code === 'resource-in-callers-account'))
})

t.test('nobody knows the id of a connection', async (t) => {
  for (const id of ['{connectionId}', '***', '<id>'])
    t.equal(
      await statementFor(denied('111122223333', 'ManageConnections', `POST/@connections/${id}`)),
      resource('111122223333', 'POST/@connections/*'),
      id,
    )
})
