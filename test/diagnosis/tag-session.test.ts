import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, identity, trust } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const own = '444455556666'
const role = `arn:aws:iam::${own}:role/lookup`
const denied = `User: arn:aws:sts::111122223333:assumed-role/deploy/s is not authorized to perform: sts:TagSession on resource: ${role}`
const mine = identity(allow(['sts:AssumeRole', 'sts:TagSession'], role))
const lets = (Principal: Statement['Principal'], ...Action: readonly string[]): Statement => ({
  Effect: 'Allow',
  ...(Principal === undefined ? {} : { Principal }),
  Action: ['sts:AssumeRole', ...Action],
})
const first = async (...statements: readonly Statement[]) =>
  (await diagnosesOf(denied, { ...mine, ...trust(...statements) }))[0]?.causes[0]

t.test('the statement of the caller is edited, wherever it stands', async (t) => {
  const others = [
    lets({ AWS: `arn:aws:iam::${own}:root` }, 'sts:TagSession'),
    lets({ AWS: `arn:aws:iam::${own}:root` }),
    lets({ Service: 'ec2.amazonaws.com' }),
    lets({ AWS: 'arn:aws:iam::111122223333:role/other' }),
  ]
  for (const named of [
    'arn:aws:iam::111122223333:root',
    '111122223333',
    'arn:aws:iam::111122223333:role/deploy',
    'arn:aws:iam::111122223333:role/ci/deploy',
  ])
    for (const other of others) {
      const cause = await first(other, lets({ AWS: named }))
      t.match(cause, { code: 'tag-session', confidence: 'evaluated' })
      t.strictSame(cause?.remedies[0]?.editedStatement, lets({ AWS: named }, 'sts:TagSession'), named)
    }
})

t.test('nobody else is let in to tag', async (t) => {
  const cause = await first(lets({ Service: 'ec2.amazonaws.com' }))
  t.match(cause?.remedies[0], {
    editedStatement: null,
    statement: {
      Principal: { AWS: 'arn:aws:iam::111122223333:role/deploy' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    },
  })
})

t.test('tags are allowed, to whoever sends the external id', async (t) => {
  const held = {
    ...lets({ AWS: 'arn:aws:iam::111122223333:role/deploy' }, 'sts:TagSession'),
    Condition: { StringEquals: { 'sts:ExternalId': 'heron-1' } },
  }
  const cause = await first(held)
  t.match(cause, { code: 'trust-policy', facts: { key: 'sts:ExternalId' }, remedies: [{ step: 'send-external-id' }] })
  for (const { statement } of cause?.remedies ?? []) t.equal(statement, null, 'no way past the condition')
})

t.test('what the caller lacks itself goes before a condition of the role', async (t) => {
  const held = {
    ...lets({ AWS: 'arn:aws:iam::111122223333:role/deploy' }, 'sts:TagSession'),
    Condition: { StringEquals: { 'aws:RequestTag/team': 'data' } },
  }
  const [diagnosis] = await diagnosesOf(denied, { ...identity(allow('sts:AssumeRole', role)), ...trust(held) })
  t.match(diagnosis?.causes[0], { code: 'tag-session', confidence: 'evaluated' })
  t.strictSame(
    diagnosis?.causes[0]?.remedies.map(({ kind }) => kind),
    ['add-identity-statement', 'other'],
    'no statement without the condition',
  )
})

t.test('a source identity is told apart from tags', async (t) => {
  const said = denied.replace('sts:TagSession', 'sts:SetSourceIdentity')
  for (const [locale, told, never] of [
    ['en', 'source identity', 'session tags'],
    ['ko', '소스 ID', '세션 태그'],
  ] as const) {
    const answer = await answerOf(
      said,
      trust(lets({ AWS: 'arn:aws:iam::111122223333:role/deploy' }, 'sts:TagSession')),
      {},
      locale,
    )
    const words = JSON.stringify([
      answer?.summary,
      answer?.causes[0]?.title,
      answer?.causes[0]?.remedies.map(({ instruction }) => instruction),
    ])
    t.match(words, told)
    t.notOk(words.includes(never), words)
  }
})
