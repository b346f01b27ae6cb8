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

t.test('the same across accounts, where both sides would have to name this Region', async (t) => {
  const theirs = (region: string): string => catalog(region, '444455556666')
  const [diagnosis] = await diagnosesOf(
    denied(action, theirs('eu-north-1'), noResource(action)),
    identity(allow(['glue:Get*'], [theirs('eu-west-3'), 'arn:aws:glue:eu-west-3:444455556666:database/sales'])),
  )
  t.match(diagnosis?.causes[0], { code: 'wrong-region', facts: { region: 'eu-north-1', grantedIn: 'eu-west-3' } })
  t.strictSame(diagnosis?.causes.map(({ code }) => code).slice(1), ['cross-account-resource-side'])
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
