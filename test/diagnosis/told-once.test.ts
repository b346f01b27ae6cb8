import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const causesOf = async (text: string, policies: Policies) => {
  const [diagnosis] = await diagnosesOf(text, policies)
  return (diagnosis?.causes ?? []).map(({ code }) => code)
}
const object = 'arn:aws:s3:::ledger/2026/may.csv'
const lacking = denied('s3:GetObject', object, noIdentity('s3:GetObject'))
const buckets = (...names: readonly string[]): Policies =>
  identity(...names.map((name): Statement => allow('s3:GetObject', `arn:aws:s3:::${name}`)))

t.test('of many statements about other things none is the one that was meant', async (t) => {
  t.strictSame((await causesOf(lacking, buckets('photos/*', 'music/*', 'films/*')))[0], 'missing-allow')
  t.strictSame((await causesOf(lacking, buckets('photos/*')))[0], 'resource-arn-mismatch', 'a single one may be')
  t.strictSame(
    (await causesOf(lacking, buckets('photos/*', 'ledger/2025/*')))[0],
    'resource-arn-mismatch',
    'one is nearer',
  )
  const elsewhere = identity(
    allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs'),
    allow('sqs:SendMessage', 'arn:aws:sqs:us-east-1:111122223333:orders'),
  )
  const queue = denied('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:orders', noIdentity('sqs:SendMessage'))
  t.strictSame((await causesOf(queue, elsewhere))[0], 'resource-arn-mismatch')
})

t.test('one change is asked for once', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const text = `User: arn:aws:sts::444455556666:assumed-role/guest/s is not authorized to perform: kms:Decrypt on resource: ${key}`
  const root = { ...allow('kms:*'), Principal: { AWS: 'arn:aws:iam::111122223333:root' } }
  const both = { ...identity(allow('s3:*')), 'resource-based': [{ name: 'key', document: { Statement: root } }] }
  t.strictSame(await causesOf(text, both), ['kms-key-policy'], 'its remedies change both sides')
  const pass = denied('iam:PassRole', 'arn:aws:iam::111122223333:role/task', noIdentity('iam:PassRole'))
  const toOther = identity(
    allow('iam:PassRole', 'arn:aws:iam::111122223333:role/task', {
      StringEquals: { 'iam:PassedToService': 'ecs.amazonaws.com' },
    }),
  )
  t.strictSame(
    await causesOf(`An error occurred (AccessDeniedException) when calling the RunTask operation: ${pass}`, toOther),
    ['condition-mismatch'],
  )
})

t.test('no statement is asked for where no policy can hold it', async (t) => {
  const instance = denied('ec2:StopInstances', 'arn:aws:ec2:eu-west-1:444455556666:instance/i-0abc1234567890def')
  const known = { ...identity(allow('ec2:*')), 'resource-based': null }
  t.strictSame(await causesOf(instance, known), ['wrong-principal'])
  const silent = {
    ...identity(allow('ec2:*', 'arn:aws:ec2:eu-west-1:444455556666:instance/i-1')),
    'resource-based': null,
  }
  t.strictSame(await causesOf(instance, silent), ['wrong-principal'], 'no statement of its own would help')
  const blamed = `${instance} because no resource-based policy allows the ec2:StopInstances action`
  t.strictSame(await causesOf(blamed, known), ['wrong-principal'])
  const refused = { ...identity(allow('ec2:*'), deny('ec2:*')), 'resource-based': null }
  t.strictSame(await causesOf(instance, refused), ['explicit-deny-identity', 'wrong-principal'])
  const queue = denied('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:444455556666:orders')
  t.strictSame((await causesOf(queue, { ...known, ...identity(allow('sqs:*')) }))[0], 'cross-account-resource-side')
})
