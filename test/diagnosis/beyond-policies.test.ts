import t from 'tap'
import { allow, denied, identity } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const first = async (...asked: Parameters<typeof diagnosesOf>) => (await diagnosesOf(...asked))[0]?.causes[0]

t.test('what Object Lock protects is given free by no Allow of s3:DeleteObject', async (t) => {
  for (const call of ['DeleteObject', 'PutObjectRetention']) {
    const text = `An error occurred (AccessDenied) when calling the ${call} operation: Access Denied because object protected by object lock.`
    const cause = await first(text)
    t.match(cause, { code: 'other-system', confidence: 'stated', facts: { system: 'object-lock' } })
    t.match(cause?.remedies, [{ step: 'see-object-lock', statement: null, command: /^aws s3api head-object / }])
    const answer = await answerOf(text)
    t.match(answer?.causes[0]?.remedies[0]?.instruction, /s3:BypassGovernanceRetention/u)
    t.strictSame(answer?.causes[0]?.remedies[0]?.doNot, [], 'the bypass is a permission')
  }
})

t.test('a signature of an older version is sent anew by a client that can', async (t) => {
  const told = (version: string) =>
    `An error occurred (InvalidRequest) when calling the PutObject operation: The authorization mechanism you have provided is not supported. Please use ${version}.`
  for (const [version, wanted] of [
    ['AWS4-HMAC-SHA256', '4'],
    ['Signature Version 4A', '4A'],
    ['AWS4-ECDSA-P256-SHA256', '4A'],
  ] as const)
    t.match(await first(told(version)), {
      code: 'signature-mismatch',
      confidence: 'stated',
      facts: { why: 'version', version: wanted },
      remedies: [{ step: 'sign-with-version', statement: null }],
    })
  const ofKey = 'Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.'
  t.match(await first(ofKey), { code: 'signature-mismatch', facts: { version: '4' } })
})

const linked = 'arn:aws:iam::444455556666:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS'

t.test('IAM changes no service-linked role, and deletes it by an action of its own', async (t) => {
  const deleted = await first(denied('iam:DeleteRole', linked))
  t.match(deleted, { code: 'service-linked-role', facts: { why: 'kept', role: 'AWSServiceRoleForRDS' } })
  t.match(deleted?.remedies, [
    { step: 'delete-linked-role', command: 'aws iam delete-service-linked-role --role-name AWSServiceRoleForRDS' },
    { statement: { Action: 'iam:DeleteServiceLinkedRole', Resource: linked } },
  ])
  const granted = identity(allow('iam:DeleteServiceLinkedRole'))
  t.equal((await first(denied('iam:DeleteRole', linked), granted))?.remedies.length, 1)
  const attached = await first(denied('iam:AttachRolePolicy', linked))
  t.match(attached?.remedies, [{ step: 'leave-linked-role', statement: null }])
  t.equal(attached?.remedies.length, 1)
  const plain = await first(denied('iam:DeleteRole', 'arn:aws:iam::111122223333:role/rds/monitoring'))
  t.equal(plain?.code, 'missing-allow')
  const seen = await first(denied('iam:GetRole', linked))
  t.not(seen?.facts['why'], 'kept', 'it may be read')
})

t.test('an operation printed with its path is that operation', async (t) => {
  const listed = (await diagnosesOf('Download failed: AccessDenied (403). ListObjectsV2 s3://models/resnet/'))[0]
  t.match(listed?.requests[0], { action: 's3:ListBucket', resource: 'arn:aws:s3:::models' })
  const read = (await diagnosesOf('AccessDenied: GetObject on s3://models/resnet/weights.bin'))[0]
  t.match(read?.requests[0], { action: 's3:GetObject', resource: 'arn:aws:s3:::models/resnet/weights.bin' })
})

t.test('the id of a change of Route 53 never comes again', async (t) => {
  const text = denied('route53:GetChange', 'arn:aws:route53:::change/C0A1B2C3D4')
  t.equal((await first(text))?.remedies[0]?.statement?.Resource, 'arn:aws:route53:::change/*')
})
