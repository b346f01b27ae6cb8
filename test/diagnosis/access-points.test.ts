import t from 'tap'
import type { NamedPolicy, Policies } from '../../src/iam/policies.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const owner = '111122223333'
const other = '444455556666'
const point = `arn:aws:s3:eu-west-1:${owner}:accesspoint/reports`
const object = `${point}/object/may.csv`
const alias = `arn:aws:s3:::reports-${'abcdefghij'.repeat(4).slice(0, 34)}-s3alias/may.csv`
const message = (account: string, resource: string, side = 'resource-based'): string =>
  `User: arn:aws:sts::${account}:assumed-role/reader/s is not authorized to perform: s3:GetObject on resource: ${resource} because no ${side} policy allows the s3:GetObject action`

const policy = (name: string, Principal: unknown, Resource: string, Condition = {}): NamedPolicy => ({
  name,
  document: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource, Condition }],
  },
})
const reader = (account: string) => ({ AWS: `arn:aws:iam::${account}:role/reader` })
const own: Policies = {
  'identity-based': [
    {
      name: 'own',
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
    },
  ],
}
const delegating = policy('data', { AWS: '*' }, 'arn:aws:s3:::data/*', {
  StringEquals: { 's3:DataAccessPointAccount': owner },
})

t.test('the access point’s own policy does not let the caller in', async (t) => {
  const [unread] = await diagnosesOf(message(other, object))
  t.match(unread?.causes[0], { code: 'cross-account-resource-side', confidence: 'stated' })
  t.equal(unread?.causes[0]?.remedies[0]?.target?.attachTo, 'accesspoint/reports')
  t.match(
    unread?.causes[0]?.remedies[0]?.commands?.awsCli,
    /s3control put-access-point-policy --account-id 111122223333 --name reports --region eu-west-1/u,
  )
  const given = { ...own, 'resource-based': [policy('reports', reader(owner), `${point}/object/*`)] }
  const [read] = await diagnosesOf(message(other, object), given)
  t.match(read?.causes[0], { code: 'cross-account-resource-side', confidence: 'evaluated' })
  t.equal(read?.causes[0]?.remedies[0]?.target?.attachTo, 'accesspoint/reports')
})

t.test('it lets the caller in, and the bucket behind it does not', async (t) => {
  const lets = policy('reports', reader(other), `${point}/object/*`)
  const given = { ...own, 'resource-based': [lets] }
  const [found] = await diagnosesOf(message(other, object), given)
  t.match(found?.causes[0], {
    code: 'cross-account-resource-side',
    confidence: 'stated',
    facts: { behind: 'bucket' },
    remedies: [
      {
        readiness: 'has-placeholders',
        target: { attachTo: 'bucket/<BucketName>' },
        statement: {
          Principal: { AWS: '*' },
          Resource: 'arn:aws:s3:::<BucketName>/*',
          Condition: { StringEquals: { 's3:DataAccessPointAccount': owner } },
        },
      },
    ],
  })
  t.match(await summaryOf(message(other, object), given), 'that of the bucket behind it does not')
  t.match(await summaryOf(message(other, object), given, {}, 'ko'), '버킷의 정책은 허용하지 않습니다')
  const [both] = await diagnosesOf(message(other, object), { ...own, 'resource-based': [lets, delegating] })
  t.equal(both?.causes[0]?.code, 'evaluation-allows', 'both were read, and both let the caller in')
})

t.test('a bucket that leaves the decision to access points wants the call to go through one', async (t) => {
  const given = { ...own, 'resource-based': [delegating] }
  t.match(
    await summaryOf(message(other, 'arn:aws:s3:::data/may.csv'), given),
    'Make the request through an access point of the account `111122223333`.',
  )
})

t.test('an alias tells the name of the access point, and policies take its ARN', async (t) => {
  const [found] = await diagnosesOf(message(other, alias))
  t.equal(found?.causes[0]?.remedies[0]?.target?.attachTo, 'accesspoint/reports')
  t.match(found?.causes[0]?.remedies[0]?.statement, {
    Resource: 'arn:aws:s3:<Region>:<AccountId>:accesspoint/reports/object/may.csv',
  })
  const allowing = (Resource: string): Policies => ({
    'identity-based': [
      { name: 'own', document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource } } },
    ],
  })
  const [named] = await diagnosesOf(message(owner, alias, 'identity-based'), allowing('arn:aws:s3:::data/*'))
  t.equal(named?.causes[0]?.code, 'access-point-arn')
  const text = message(owner, alias).replace(/ because.*$/u, '')
  const [open] = await diagnosesOf(text, allowing(`${point}/object/*`))
  t.equal(open?.verdict?.decision, 'unknown', 'Region and account of an alias are not told')
  const [bucket] = await diagnosesOf(message(owner, 'arn:aws:s3:::my-s3alias/may.csv', 'identity-based'))
  t.equal(bucket?.requests[0]?.resource, 'arn:aws:s3:::my-s3alias/may.csv', 'a bucket of such a name is a bucket')
})

t.test('a request through an access point has the keys that tell of it', async (t) => {
  const [found] = await diagnosesOf(message(owner, object, 'identity-based'))
  t.match(found?.requests[0]?.context, { 's3:DataAccessPointAccount': owner, 's3:DataAccessPointArn': point })
})

t.test('an access point of the caller’s own account is not in another one, and its bucket has no name', async (t) => {
  const [diagnosis] = await diagnosesOf(message(owner, object))
  t.match(diagnosis?.causes[0], { code: 'resource-policy-not-allowed', confidence: 'stated' })
  t.equal(diagnosis?.causes[0]?.remedies[0]?.target?.attachTo, 'accesspoint/reports')
  const next = diagnosis?.next.map(({ action, resource }) => `${action} ${resource}`) ?? []
  t.ok(next.includes(`s3:ListBucket ${point}`), next.join())
  const [listing] = await diagnosesOf(message(owner, point).replaceAll('s3:GetObject', 's3:ListBucket'))
  const further = listing?.next.map(({ action, resource }) => `${action} ${resource}`) ?? []
  t.ok(further.includes(`s3:GetObject ${point}/object/<ObjectName>`), further.join())
})
