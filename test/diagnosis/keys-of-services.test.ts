import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, bare, denied, identity, noIdentity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const queue = 'arn:aws:sqs:eu-west-1:111122223333:heron'
const account = { StringEquals: { 'aws:SourceAccount': '111122223333' } }
const first = async (text: string, ...statements: readonly Statement[]) =>
  (await diagnosesOf(text, identity(...statements)))[0]?.causes[0]
const sent = denied('sqs:SendMessage', queue)

t.test('a role never carries the keys of a service, and the condition is put right', async (t) => {
  const found = await first(sent, allow('sqs:SendMessage', queue, account))
  t.match(found, {
    code: 'condition-mismatch',
    confidence: 'evaluated',
    facts: { key: 'aws:SourceAccount', sent: 'absent' },
  })
  t.strictSame(found?.remedies[0]?.editedStatement, {
    ...allow('sqs:SendMessage', queue),
    Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
  })
})

t.test('what no key says in its place is left out, and the rest stays', async (t) => {
  const topic = { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:heron' }
  const found = await first(
    denied('sqs:SendMessage', queue, noIdentity('sqs:SendMessage')),
    allow('sqs:SendMessage', queue, { ArnLike: topic, Bool: { 'aws:SecureTransport': 'true' } }),
  )
  t.match(found, { code: 'condition-mismatch', facts: { key: 'aws:SourceArn' } })
  t.strictSame(found?.remedies[0]?.editedStatement?.Condition, { Bool: { 'aws:SecureTransport': 'true' } })
})

t.test('of conditions that may hold, that one decides', async (t) => {
  const both = { StringEquals: { ...account.StringEquals, 'aws:PrincipalTag/team': 'birds' } }
  t.equal((await first(sent, allow('sqs:*', '*', both)))?.facts['key'], 'aws:SourceAccount')
})

t.test('what holds where the key is absent is not blamed', async (t) => {
  for (const operator of ['StringNotEquals', 'StringEqualsIfExists', 'ForAllValues:StringEquals'])
    t.not((await first(sent, allow('sqs:*', queue, { [operator]: account.StringEquals })))?.code, 'condition-mismatch')
})

t.test('no caller is told: whose policies are handed over, is no service', async (t) => {
  const grant = allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::heron', 'arn:aws:s3:::heron/*'], account)
  t.match(await first(`${bare('GetObject')} s3://heron/a.csv`, grant), {
    code: 'condition-mismatch',
    confidence: 'evaluated',
  })
  const silent =
    'Access Denied (Service: S3, Status Code: 403, Request ID: 3C7W8SDZFXKRB5E9). The source could not be read.'
  const found = await first(silent, allow('sqs:*'), grant)
  t.match(found, { code: 'condition-mismatch', confidence: 'evaluated', facts: { statement: '2' } })
  t.match(found?.remedies[0]?.statement, { Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } } })
  // Another statement grants the same; or the service is another.
  t.not((await first(silent, grant, allow('s3:*')))?.code, 'condition-mismatch')
  t.not((await first(silent, allow('sqs:*', '*', account)))?.code, 'condition-mismatch')
})

t.test('a service that comes to a resource carries them', async (t) => {
  const grant = {
    ...allow('sqs:SendMessage', queue, { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:heron' } }),
    Principal: { Service: 'sns.amazonaws.com' },
  }
  const [found] = await diagnosesOf(
    denied('sqs:SendMessage', queue).replace(/User: \S+/u, 'sns.amazonaws.com'),
    resource(grant),
  )
  t.not(found?.causes[0]?.facts['sent'], 'absent')
})
