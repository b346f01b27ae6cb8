import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * Services that write logs into a bucket whose policy was read.
 */

const trail =
  'InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: amzn-s3-demo-trail'
const flow = 'Access Denied for LogDestination: amzn-s3-demo-trail. Please check LogDestination permission'
const logs = 'arn:aws:s3:::amzn-s3-demo-trail/AWSLogs/111122223333/*'
const under = 'arn:aws:s3:::amzn-s3-demo-trail/audit/AWSLogs/111122223333/*'
const given = { 's3:x-amz-acl': 'bucket-owner-full-control' }

const lets = (service: string, on: string, condition: Readonly<Record<string, string>> = given): Statement => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 's3:PutObject',
  Resource: on,
  Condition: { StringEquals: condition },
})
const looks = (service: string): Statement => ({
  Effect: 'Allow',
  Principal: { Service: service },
  Action: 's3:GetBucketAcl',
  Resource: 'arn:aws:s3:::amzn-s3-demo-trail',
})
const causesOf = async (text: string, ...statements: readonly Statement[]) =>
  (await diagnosesOf(text, resource(...statements)))[0]?.causes ?? []
const causeOf = async (text: string, ...statements: readonly Statement[]) => (await causesOf(text, ...statements))[0]

t.test('the ACL that the service always sends is no fault, and stays in the policy', async (t) => {
  for (const [text, service] of [
    [trail, 'cloudtrail.amazonaws.com'],
    [flow, 'delivery.logs.amazonaws.com'],
  ] as const) {
    const cause = await causeOf(text, lets(service, logs), looks(service))
    t.match(cause, { code: 'service-principal-policy', confidence: 'possible' }, service)
    const edited = cause?.remedies[0]?.editedStatement
    t.strictSame(edited?.Condition, { StringEquals: given })
    t.strictSame(edited?.Resource, [logs, logs.replace('/AWSLogs', '/<Prefix>/AWSLogs')])
  }
})

t.test('whoever may write has to look at the ACL of the bucket first', async (t) => {
  for (const [text, service] of [
    [trail, 'cloudtrail.amazonaws.com'],
    [flow, 'delivery.logs.amazonaws.com'],
  ] as const) {
    const cause = await causeOf(text, lets(service, logs))
    t.match(cause, { code: 'service-principal-policy', confidence: 'evaluated', facts: { action: 's3:GetBucketAcl' } })
    t.match(cause?.remedies[0]?.statement, { ...looks(service), Condition: { StringEquals: {} } })
    const both = await causeOf(text)
    t.strictSame(
      both?.remedies.filter(({ alternative }) => !alternative).map(({ statement }) => statement?.Action),
      ['s3:PutObject', 's3:GetBucketAcl'],
    )
  }
  const told = await causesOf(`${trail}\nLogFilePrefix: audit`, lets('cloudtrail.amazonaws.com', logs))
  t.equal(told[0]?.remedies.length, 2, 'both are certain, and both are wrong')
})

t.test('the prefix of the logs belongs in the policy', async (t) => {
  for (const told of ['LogFilePrefix: audit', 's3_key_prefix = "audit"', 'S3KeyPrefix: /audit/']) {
    const cause = await causeOf(`${trail}\n${told}`, lets('cloudtrail.amazonaws.com', logs))
    t.match(cause, { code: 'service-principal-policy', confidence: 'evaluated', facts: { wanted: under } }, told)
    t.strictSame(cause?.remedies[0]?.editedStatement, lets('cloudtrail.amazonaws.com', under))
  }
  const right = await causeOf(
    `${trail}\nLogFilePrefix: audit`,
    lets('cloudtrail.amazonaws.com', logs),
    lets('cloudtrail.amazonaws.com', under),
    looks('cloudtrail.amazonaws.com'),
  )
  t.match(right, { confidence: 'possible', remedies: [{ editedStatement: null }] }, 'another statement opens it')
  const none = await causeOf(
    `${trail}\nLogFilePrefix: null`,
    lets('cloudtrail.amazonaws.com', logs),
    looks('cloudtrail.amazonaws.com'),
  )
  t.equal(none?.confidence, 'possible')
})

t.test('a condition that no service meets goes alone', async (t) => {
  const cause = await causeOf(trail, lets('cloudtrail.amazonaws.com', logs, { ...given, 'aws:PrincipalOrgID': 'o-1' }))
  t.match(cause, { code: 'condition-mismatch', confidence: 'evaluated', facts: { key: 'aws:PrincipalOrgID' } })
  t.strictSame(cause?.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { ...given, 'aws:SourceAccount': '111122223333' },
  })
  const open = await causeOf(
    trail,
    lets('cloudtrail.amazonaws.com', logs, { 's3:x-amz-server-side-encryption': 'AES256' }),
  )
  t.match(open, { code: 'condition-mismatch', confidence: 'possible', remedies: [{ editedStatement: null }] })
  t.not(open?.facts['sent'], 'absent', 'what the service sends of it nobody told')
})

t.test('access logs of a load balancer go under no KMS key, and its account may stand for the service', async (t) => {
  const refused =
    'Failure configuring LB attributes: InvalidConfigurationRequest: Access Denied for bucket: heron-lb. Please check S3bucket permission'
  const byAccount: Statement = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::156460612806:root' },
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::heron-lb/AWSLogs/111122223333/*',
  }
  const underKey = await causeOf(`${refused}\nThe bucket is encrypted with KMS.`, byAccount)
  t.match(underKey, { code: 'kms-key-policy', remedies: [{ kind: 'not-iam', step: 'encrypt-with-s3-key' }] })
  t.match(await causeOf(refused, byAccount), { code: 'service-principal-policy', confidence: 'possible' })
  const other = { ...byAccount, Principal: { AWS: 'arn:aws:iam::444455556666:root' } }
  t.match(await causeOf(refused, other), { code: 'service-principal-policy', confidence: 'evaluated' })
})

t.test('flow logs say no more than that access failed', async (t) => {
  const toBucket = 'fl-0f1e2d3c4b5a69788 Active Destination s3: arn:aws:s3:::heron-flow FAILED Error: Access error'
  t.match((await diagnosesOf(toBucket))[0]?.causes[0], {
    code: 'service-principal-policy',
    facts: { servicePrincipal: 'delivery.logs.amazonaws.com' },
    remedies: [{ target: { attachTo: 'bucket/heron-flow' } }],
  })
  const described = '{ "DeliverLogsErrorMessage": "Access error", "LogDestination": "arn:aws:s3:::heron-flow" }'
  t.equal(
    (await diagnosesOf(`aws ec2 describe-flow-logs\n${described}`))[0]?.causes[0]?.code,
    'service-principal-policy',
  )
  const toGroup =
    '{ "DeliverLogsErrorMessage": "Access error", "DeliverLogsPermissionArn": "arn:aws:iam::111122223333:role/flow", "FlowLogId": "fl-0f1e2d3c4b5a69788" }'
  const [diagnosis] = await diagnosesOf(toGroup)
  t.strictSame(
    diagnosis?.causes.map(({ code }) => code),
    ['service-role-missing-allow', 'trust-policy'],
  )
  t.strictSame(await diagnosesOf('another system had an access error'), [])
})

t.test('the trail of an organization writes under the id of the organization as well', async (t) => {
  const service = 'cloudtrail.amazonaws.com'
  const refused =
    'InsufficientEncryptionPolicyException: Insufficient permissions to access S3 bucket amzn-s3-demo-trail or KMS key arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-4222-8333-944455566677.'
  for (const text of [
    `${trail}\nis_organization_trail = true`,
    `${trail}\naws cloudtrail create-trail --name all --is-organization-trail`,
    `${refused}\nisOrganizationTrail: true`,
  ]) {
    const causes = await causesOf(text, lets(service, logs), looks(service))
    t.match(causes[0], { code: 'service-principal-policy', confidence: 'evaluated' }, text)
    t.match(causes[0]?.remedies[0]?.statement, {
      Resource: 'arn:aws:s3:::amzn-s3-demo-trail/AWSLogs/<OrganizationId>/*',
    })
    const own = lets(service, 'arn:aws:s3:::amzn-s3-demo-trail/AWSLogs/o-exampleorgid/*')
    const [other] = await causesOf(text, lets(service, logs), own, looks(service))
    t.notOk(JSON.stringify(other?.remedies).includes('<OrganizationId>'), `granted already: ${text}`)
  }
  const [single] = await causesOf(`${trail}\nis_organization_trail = false`, lets(service, logs), looks(service))
  t.notOk(JSON.stringify(single?.remedies).includes('<OrganizationId>'))
})

t.test('CloudTrail names bucket and key in one breath', async (t) => {
  const text =
    'InsufficientEncryptionPolicyException: Insufficient permissions to access S3 bucket amzn-s3-demo-trail or KMS key arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-1111-4222-8333-944455566677.'
  const unread = await diagnosesOf(text)
  t.strictSame(
    unread[0]?.causes.map(({ code, confidence }) => `${code} ${confidence}`),
    ['kms-key-policy possible', 'service-principal-policy possible'],
  )
  t.match(JSON.stringify(unread[0]?.causes[1]?.remedies), 'cloudtrail.amazonaws.com')
  const service = 'cloudtrail.amazonaws.com'
  const [only, ...more] = await causesOf(text, lets(service, logs), looks(service))
  t.match(only, { code: 'kms-key-policy', confidence: 'stated' }, 'the bucket lets it in')
  t.strictSame(more, [])
  const [bucket] = await causesOf(text, looks('config.amazonaws.com'))
  t.match(bucket, { code: 'service-principal-policy', confidence: 'evaluated' }, 'the bucket knows it not')
})
