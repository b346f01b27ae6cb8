import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const caller = 'arn:aws:sts::111122223333:assumed-role/mailer/run-7'
const record = {
  eventVersion: '1.09',
  userIdentity: {
    type: 'AssumedRole',
    arn: caller,
    sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/team/mailer' } },
  },
  eventTime: '2026-01-05T08:12:44Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetBucketAcl',
  vpcEndpointId: 'vpce-0a1b',
  errorCode: 'AccessDenied',
  errorMessage: 'Access Denied',
  requestID: '7D3C2B1A0F9E8D7C',
}
const sentence = (action: string, resource: string): string =>
  `User: ${caller} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`
const acl = sentence('s3:GetBucketAcl', 'arn:aws:s3:::docs')

const denialsOf = (...parts: readonly unknown[]) =>
  parsePaste(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('\n\n')).denials

t.test('a sentence and the record of the same event are one denial', (t) => {
  const want = {
    action: 's3:GetBucketAcl',
    resource: 'arn:aws:s3:::docs',
    policyType: 'identity-based',
    operation: 'GetBucketAcl',
    errorCode: 'AccessDenied',
    requestId: '7D3C2B1A0F9E8D7C',
    roleArn: 'arn:aws:iam::111122223333:role/team/mailer',
    context: { 'aws:SourceVpce': 'vpce-0a1b' },
    occurrences: 1,
  }
  t.match(denialsOf(acl, record), [want])
  t.match(denialsOf(record, acl), [want], 'in the other order')
  t.match(
    denialsOf(`AccessDeniedException: ${acl}`, record),
    [{ ...want, errorCode: 'AccessDeniedException' }],
    'what the caller got has a code of its own',
  )
  t.match(denialsOf(acl, record, record, record), [{ ...want, occurrences: 3 }], 'an event that came again')
  t.match(
    denialsOf(acl, { ...record, errorMessage: acl }),
    [{ ...want, occurrences: 2 }],
    'a record that has the sentence, too',
  )
  t.match(
    denialsOf(sentence('s3:ListBucket', 'arn:aws:s3:::docs'), { ...record, eventName: 'ListObjects' }),
    [{ action: 's3:ListBucket', operation: 'ListObjects' }],
    'an operation whose action has another name',
  )
  t.match(
    denialsOf(acl, '"errorCode": "AccessDenied",\n"eventSource": "s3.amazonaws.com",\n"eventName": "GetBucketAcl",\n'),
    [{ action: 's3:GetBucketAcl', operation: 'GetBucketAcl', errorCode: 'AccessDenied' }],
    'an excerpt that names nobody',
  )
  t.end()
})

t.test('records of other events stay denials of their own', (t) => {
  const rows: readonly (readonly [name: string, parts: readonly unknown[], operations: readonly unknown[]])[] = [
    ['another call', [acl, { ...record, eventName: 'PutBucketAcl' }], [null, 'PutBucketAcl']],
    ['another service', [acl, { ...record, eventSource: 'glacier.amazonaws.com' }], [null, 'GetBucketAcl']],
    [
      'another caller',
      [acl, { ...record, userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ann' } }],
      [null, 'GetBucketAcl'],
    ],
    ['another bucket', [acl, { ...record, requestParameters: { bucketName: 'logs' } }], [null, 'GetBucketAcl']],
    ['one of two', [acl, sentence('s3:GetBucketAcl', 'arn:aws:s3:::logs'), record], [null, null, 'GetBucketAcl']],
  ]
  for (const [name, parts, operations] of rows)
    t.strictSame(
      denialsOf(...parts).map(({ operation }) => operation),
      operations,
      name,
    )
  t.end()
})
