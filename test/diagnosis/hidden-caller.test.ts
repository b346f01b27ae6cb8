import t from 'tap'
import { allow, identity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/** As the owner of a bucket finds it: of a caller from elsewhere CloudTrail has the account and the unique id. */
const record = (principalId: string, accountId = '444455556666'): string =>
  JSON.stringify({
    eventVersion: '1.08',
    userIdentity: { type: 'AWSAccount', principalId, accountId },
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    errorCode: 'AccessDenied',
    errorMessage: 'Access Denied',
    requestParameters: { bucketName: 'ledger-reports', key: 'may.csv' },
    resources: [
      { type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::ledger-reports/may.csv' },
      { accountId: '111122223333', type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::ledger-reports' },
    ],
    recipientAccountId: '111122223333',
  })
const causesOf = async (text: string) => (await diagnosesOf(text))[0]?.causes ?? []

t.test('a caller of another account whose name is hidden: both accounts have to agree', async (t) => {
  for (const [id, caller] of [
    ['AROAEXAMPLEEXAMPLE123:nightly', 'arn:aws:iam::444455556666:role/<RoleName>'],
    ['AIDAEXAMPLEEXAMPLE123', 'arn:aws:iam::444455556666:user/<UserName>'],
    ['', '<PrincipalArn>'],
  ] as const) {
    const [first] = await causesOf(record(id))
    t.equal(first?.code, 'cross-account-resource-side', id)
    t.match(first?.remedies[0], {
      kind: 'resource-policy',
      statement: {
        Principal: { AWS: caller },
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::ledger-reports/may.csv',
      },
    })
    t.match(first?.remedies[1], { kind: 'add-identity-statement' })
  }
})

t.test('a caller of the same account needs no policy of the bucket', async (t) => {
  const [first] = await causesOf(record('AROAEXAMPLEEXAMPLE123:nightly', '111122223333'))
  t.equal(first?.code, 'missing-allow')
})

t.test('whose the bucket is, as people tell it', async (t) => {
  const refused =
    '$ aws sts get-caller-identity\n{\n    "UserId": "AIDAEXAMPLE",\n    "Account": "444455556666",\n    "Arn": "arn:aws:iam::444455556666:user/ana"\n}\n$ aws s3 cp s3://ledger-reports/may.csv .\nfatal error: An error occurred (403) when calling the HeadObject operation: Forbidden\n'
  const own = identity(allow('s3:ListAllMyBuckets'))
  const open = resource({
    ...allow('s3:GetObject', 'arn:aws:s3:::ledger-reports/*'),
    Principal: { AWS: 'arn:aws:iam::444455556666:user/ana' },
  })
  const codeOf = async (told: string) => (await diagnosesOf(refused + told, { ...own, ...open }))[0]?.causes[0]?.code
  for (const told of [
    'bucket and objects live in 111122223333',
    'ledger-reports resides in account 111122223333',
    'the buckets belong to 111122223333',
  ])
    t.equal(await codeOf(told), 'cross-account-identity-side', told)
  t.not(await codeOf('I am in 111122223333'), 'cross-account-identity-side', 'that is who asks')
})
