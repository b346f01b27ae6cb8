import t from 'tap'
import { allow, denied, identity, noResource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const action = 'glue:GetTables'
const catalog = (region: string, account = '111122223333'): string => `arn:aws:glue:${region}:${account}:catalog`
const refused = denied(action, catalog('eu-north-1'), noResource(action))
const causesOf = async (...resources: readonly string[]) =>
  (await diagnosesOf(refused, identity(allow(['glue:Get*'], resources))))[0]?.causes ?? []

t.test('what the caller has in another Region was asked for in this one', async (t) => {
  const [first, second] = await causesOf(catalog('eu-west-3'), 'arn:aws:glue:eu-west-3:111122223333:database/sales')
  t.match(first, {
    code: 'wrong-region',
    confidence: 'possible',
    facts: { region: 'eu-north-1' },
    remedies: [{ kind: 'not-iam', step: 'set-region', values: { region: 'eu-west-3' }, statement: null }],
  })
  t.equal(second?.code, 'resource-arn-mismatch', 'or the policy was to name this Region too')
})

t.test('nothing of that where the policies do not single out one other Region', async (t) => {
  const others: readonly (readonly string[])[] = [
    [catalog('eu-west-3'), catalog('us-west-2')],
    [catalog('eu-west-3'), catalog('eu-north-1')],
    [catalog('eu-west-3', '999988887777')],
    ['arn:aws:glue:eu-west-3:111122223333:*'],
    ['arn:aws:glue:eu-west-3:111122223333:database/sales'],
  ]
  for (const resources of others)
    t.notOk(
      (await causesOf(...resources)).some(({ code }) => code === 'wrong-region'),
      resources.join(' '),
    )
})
