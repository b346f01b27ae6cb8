import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { diagnosesOf } from './explain-text.ts'

const refused =
  '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error> through the CloudFront distribution'

const statement = (more: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Principal: { Service: 'cloudfront.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::site-7/*',
  ...more,
})
const identity = { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE' }
const fromDistribution = {
  StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE' },
}

const policy = (one: Statement) => ({ Version: '2012-10-17', Statement: [one] })
const handedOver = async (one: Statement) =>
  (await diagnosesOf(refused, { 'resource-based': [{ name: 'site-7', document: policy(one) }] }))[0]?.causes ?? []
const pasted = async (one: Statement) =>
  (await diagnosesOf(`${refused}. The bucket policy:\n${JSON.stringify(policy(one), null, 2)}`))[0]?.causes ?? []

for (const [how, causesOf] of [
  ['handed over', handedOver],
  ['in the text', pasted],
] as const)
  t.test(`the policy of an origin, ${how}`, async (t) => {
    const first = async (one: Statement) => (await causesOf(one))[0]
    for (const [who, more] of [
      ['an identity', { Principal: identity }],
      ['the distribution', { Condition: fromDistribution }],
    ] as const) {
      t.equal((await first(statement(more)))?.code, 's3-missing-object-403', `${who} is let in`)
      const onBucket = await first(statement({ ...more, Resource: 'arn:aws:s3:::site-7' }))
      t.equal(onBucket?.code, 'object-arn-needed', `${who} on the bucket alone`)
      const [edit] = onBucket?.remedies ?? []
      t.equal(edit?.kind, 'resource-policy')
      t.match(edit?.statement, { ...more, Action: 's3:GetObject', Resource: 'arn:aws:s3:::site-7/*' })
      if (causesOf === handedOver)
        t.strictSame(edit?.editedStatement?.Resource, ['arn:aws:s3:::site-7', 'arn:aws:s3:::site-7/*'])
    }
    const role = { AWS: 'arn:aws:iam::111122223333:role/web' }
    t.equal((await first(statement({ Principal: role })))?.code, 'service-principal-policy', 'somebody else')
    t.equal((await first(statement({ Action: 's3:PutObject' })))?.code, 'service-principal-policy', 'another action')
  })
