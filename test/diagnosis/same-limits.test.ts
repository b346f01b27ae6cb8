import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const at = (service: string): string => `arn:aws:${service}:eu-north-1:111122223333`
const office = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }

async function causeOf(action: string, resource: string, ...policy: readonly Statement[]): Promise<Cause> {
  const [found] = await diagnosesOf(denied(action, resource, noIdentity(action)), identity(...policy))
  const [cause] = found?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const conditionsOf = ({ remedies }: Cause): readonly unknown[] =>
  remedies.map(({ statement, editedStatement }) => (editedStatement ?? statement)?.Condition)

t.test('a statement beside the one that nearly fits asks for what that asks for', async (t) => {
  const queue = await causeOf(
    'sqs:SendMessage',
    `${at('sqs')}:bills`,
    allow('sqs:SendMessage', `${at('sqs')}:x`, office),
  )
  t.equal(queue.code, 'resource-arn-mismatch')
  t.strictSame(conditionsOf(queue), [office, office])
  const list = await causeOf('s3:ListBucket', 'arn:aws:s3:::bills', allow('s3:*', 'arn:aws:s3:::bills/*', office))
  t.equal(list.code, 'bucket-arn-needed')
  t.strictSame(conditionsOf(list), [office])
  t.equal(list.remedies[0]?.values['limits'], 'aws:SourceIp')
  const parameter = `${at('ssm')}:parameter/bills`
  const path = await causeOf('ssm:GetParametersByPath', parameter, allow('ssm:*', `${parameter}/*`, mfa))
  t.ok(conditionsOf(path).every((one) => one === undefined || JSON.stringify(one) === JSON.stringify(mfa)))
  const misnamed = await causeOf('s3:ListBucket', 'arn:aws:s3:::bills', allow('s3:ListObjects', '*', office))
  t.equal(misnamed.code, 'action-name-mismatch')
  t.strictSame(conditionsOf(misnamed), [office, office])
})

t.test('what the action never has is left out, and its owner decides', async (t) => {
  const prefix = { StringLike: { 's3:prefix': 'bills/*' } }
  const action = ['s3:GetObject', 's3:ListBucket']
  const read = await causeOf(
    's3:GetObject',
    'arn:aws:s3:::b/k',
    allow(action, 'arn:aws:s3:::c/*', { ...office, ...prefix }),
  )
  const [added] = read.remedies.filter(({ editedStatement }) => editedStatement === null)
  t.strictSame(added?.statement?.Condition, office)
  t.equal(added?.readiness, 'needs-review')
  t.equal(added?.values['past'], 's3:prefix')
})

t.test('what an instance has is not asked of the image that it starts from', async (t) => {
  const small = { StringEquals: { 'ec2:InstanceType': 't3.small' }, ...office }
  const image = 'arn:aws:ec2:eu-north-1::image/ami-0123456789abcdef0'
  const run = await causeOf('ec2:RunInstances', image, allow('ec2:RunInstances', `${at('ec2')}:instance/*`, small))
  t.equal(run.code, 'companion-resource-needed')
  t.strictSame(conditionsOf(run), [office])
})

t.test('the answer says that the condition stays', async (t) => {
  const action = 's3:ListBucket'
  const policies = identity(allow('s3:*', 'arn:aws:s3:::bills/*', office))
  t.match(
    await summaryOf(denied(action, 'arn:aws:s3:::bills', noIdentity(action)), policies),
    /keeps the condition on `aws:SourceIp`/,
  )
})

t.test('a policy in the text with a condition: the missing statement keeps it', async (t) => {
  const policy = { Version: '2012-10-17', Statement: [allow('s3:GetObject', 'arn:aws:s3:::plans/*', office)] }
  const text = `${denied('s3:GetObject', 'arn:aws:s3:::bills/x', noIdentity('s3:GetObject'))}\n${JSON.stringify(policy)}`
  const [found] = await diagnosesOf(text)
  const [cause] = found?.causes ?? []
  t.equal(cause?.code, 'missing-allow')
  t.strictSame(cause?.remedies[0]?.statement?.Condition, office)
})
