import t from 'tap'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const table = 'arn:aws:dynamodb:us-east-1:111122223333:table/orders'
const denied = (action: string): string =>
  `User: arn:aws:sts::111122223333:assumed-role/app/s1 is not authorized to perform: ${action} on resource: ${table} because no identity-based policy allows the ${action} action`
const written = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'].map((name) => `dynamodb:${name}`)

t.test('what a transaction holds is not known from its name', async (t) => {
  const [diagnosis] = await diagnosesOf(denied('dynamodb:TransactWriteItems'))
  const [first] = diagnosis?.causes ?? []
  t.match(first, { code: 'missing-allow', facts: { alternatives: written.join(', ') } })
  t.match(first?.remedies[0], { readiness: 'needs-review', statement: { Action: written, Resource: table } })
  t.match(await summaryOf(denied('dynamodb:TransactWriteItems')), /one or more of .* the text does not show that/u)
})

t.test('nor what a statement of PartiQL does, unless it is shown', async (t) => {
  const message = 'An error occurred (AccessDeniedException) when calling the ExecuteStatement operation: Access denied'
  const [hidden] = await diagnosesOf(`aws dynamodb execute-statement --statement "$SQL"\n${message}`)
  t.equal([hidden?.causes[0]?.remedies[0]?.statement?.Action].flat().length, 4)
  t.equal(hidden?.causes[0]?.remedies[0]?.readiness, 'has-placeholders')
  const [shown] = await diagnosesOf(
    `aws dynamodb execute-statement --statement "UPDATE orders SET a = 1 WHERE id = 'x'"\n${message}`,
  )
  t.equal(shown?.causes[0]?.remedies[0]?.statement?.Action, 'dynamodb:PartiQLUpdate')
})

t.test('AWS’s own name of the action decides', async (t) => {
  const [diagnosis] = await diagnosesOf(
    `An error occurred (AccessDeniedException) when calling the TransactWriteItems operation: ${denied('dynamodb:UpdateItem')}`,
  )
  t.match(diagnosis?.causes[0]?.remedies[0], { readiness: 'ready', statement: { Action: 'dynamodb:UpdateItem' } })
})
