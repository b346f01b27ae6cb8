import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

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

t.test('an origin access identity cannot use a KMS key', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/0d0bb2a1-1111-4222-8333-444455556666'
  const encrypted = `${refused}; the bucket is encrypted with ${key}`
  const identities: readonly (readonly [text: string, policies?: Policies])[] = [
    [`${encrypted}. We use an OAI.`],
    [`${encrypted}. s3_origin_config { origin_access_identity = x }`],
    [encrypted, { 'resource-based': [{ name: 'site-7', document: policy(statement({ Principal: identity })) }] }],
  ]
  for (const asked of identities) {
    const [cause] = (await diagnosesOf(...asked))[0]?.causes ?? []
    t.match(cause, { code: 'kms-key-policy' })
    t.match(cause?.remedies[0], { values: { first: 'origin-access' }, statement: { Action: 'kms:Decrypt' } })
    t.match(cause?.remedies[0]?.commands?.awsCli, key, 'the key as it is printed')
    t.match(cause?.remedies[1], { alternative: false, statement: statement({ Resource: /^arn:aws:s3:::/u as never }) })
    const said = await answerOf(...asked)
    t.match(said?.causes[0]?.remedies[0]?.instruction, 'An origin access identity cannot use a KMS key')
  }
  for (const text of [encrypted, `${encrypted}. We moved from OAI to OAC.`]) {
    const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
    t.match(cause, { code: 'kms-key-policy' })
    t.notOk(cause?.remedies[0]?.values['first'])
  }
})
