import t from 'tap'
import { allow, bare, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * Messages that name no resource, and policies that have the action on some.
 */

t.test('what is allowed on some resources is not missing', async (t) => {
  const rows = [
    [bare('PutObject'), identity(allow('s3:PutObject', 'arn:aws:s3:::ledger/*'))],
    [bare('GetObject'), identity(allow('s3:*', ['arn:aws:s3:::ledger', 'arn:aws:s3:::ledger/*']))],
    [bare('ListObjectsV2'), identity(allow('s3:ListBucket', 'arn:aws:s3:::ledger'))],
    [
      denied('dynamodb:Query', null),
      identity(allow('dynamodb:Query', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders')),
    ],
  ] as const
  for (const [text, policies] of rows) {
    const [diagnosis] = await diagnosesOf(text, policies)
    t.equal(diagnosis?.verdict?.decision, 'unknown', text)
    t.match(diagnosis?.causes[0], { code: 'resource-arn-mismatch', confidence: 'possible' }, text)
    t.ok(
      diagnosis?.causes.every(({ confidence }) => confidence === 'possible'),
      text,
    )
    t.ok(
      diagnosis?.causes.some(({ code }) => code === 'wrong-principal'),
      `${text}: something else may have refused`,
    )
  }
})

t.test('what AWS says was allowed on nothing was asked for on something else', async (t) => {
  const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'
  const text = denied('dynamodb:Query', null, noIdentity('dynamodb:Query'))
  const [diagnosis] = await diagnosesOf(text, identity(allow('dynamodb:Query', table)))
  t.match(diagnosis?.causes, [{ code: 'resource-arn-mismatch', confidence: 'evaluated', facts: { found: table } }])
})

t.test('what never fits the action, or is not there at all, is certain', async (t) => {
  const codeOf = async (text: string, statement: ReturnType<typeof allow>) => {
    const [diagnosis] = await diagnosesOf(text, identity(statement))
    return [diagnosis?.causes[0]?.code, diagnosis?.causes[0]?.confidence]
  }
  t.strictSame(await codeOf(bare('ListObjectsV2'), allow('s3:ListBucket', 'arn:aws:s3:::ledger/*')), [
    'bucket-arn-needed',
    'evaluated',
  ])
  t.strictSame(await codeOf(bare('PutObject'), allow('sqs:*')), ['missing-allow', 'evaluated'])
})
