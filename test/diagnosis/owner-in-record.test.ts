import t from 'tap'
import { allow, identity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const bucket = 'arn:aws:s3:::amzn-s3-demo-audit'
const record = (...owners: readonly string[]): string =>
  JSON.stringify({
    eventSource: 's3.amazonaws.com',
    eventName: 'HeadBucket',
    awsRegion: 'eu-west-1',
    errorCode: 'AccessDenied',
    errorMessage: 'Access Denied',
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/deploy/session',
      accountId: '111122223333',
    },
    requestParameters: { bucketName: 'amzn-s3-demo-audit' },
    resources: owners.map((accountId) => ({ type: 'AWS::S3::Bucket', ARN: bucket, accountId })),
  })

t.test('CloudTrail tells whose the bucket is: across accounts both sides have to allow', async (t) => {
  const policies = {
    ...identity(allow('s3:*')),
    ...resource({ Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action: 's3:*', Resource: bucket }),
  }
  const first = async (text: string) => (await diagnosesOf(text, policies))[0]?.causes[0]
  const cause = await first(record('444455556666'))
  t.match(cause, { code: 'cross-account-resource-side', confidence: 'evaluated' })
  t.match(cause?.remedies[0]?.statement, { Principal: { AWS: 'arn:aws:iam::111122223333:role/deploy' } })
  for (const own of [record('111122223333'), record(), record('111122223333', '444455556666')])
    t.not((await first(own))?.code, 'cross-account-resource-side')
})
