import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const classesOf = (text: string): readonly string[] => parsePaste(text).denials.map(({ class: kind }) => kind)

t.test('the words of AWS about a name, and nothing of AWS', (t) => {
  for (const text of [
    'Error: User 42 is not authorized to perform: delete on project',
    'Forbidden: User auth0|123 is not authorized to perform: create:invoice (Auth0)',
  ])
    t.same(classesOf(text), [], text)
  for (const text of [
    'SQL access control error: Insufficient privileges. User JDOE is not authorized to perform: USAGE on INTEGRATION LOAD_INT',
    'ORA-01031: insufficient privileges; user SCOTT is not authorized to perform this operation',
  ])
    t.same(classesOf(text), ['not-aws'], text)
  for (const text of [
    'User: dana is not authorized to perform: s3:GetObject',
    'User bob is not authorized to perform: newservice:Do on resource: arn:aws:newservice:eu-west-1:111122223333:x/y',
    'AccessDeniedException: User dana is not authorized to perform this operation',
    'AWS says: User dana is not authorized to perform this operation',
    'User: anonymous is not authorized to perform: newservice:Do with an explicit deny in an identity-based policy',
    'User: *** is not authorized to perform: newservice:Do',
  ])
    t.same(classesOf(text), ['authorization'], text)
  t.end()
})

t.test('the client of MinIO speaks to the host that it prints', (t) => {
  const refused = 'mc: <ERROR> Unable to list folder. Access Denied.'
  t.same(classesOf(`${refused} (alias: lab https://minio.example.com:9000)`), ['not-aws'])
  t.same(classesOf(`${refused} (alias: s3 https://s3.amazonaws.com)`), ['bare'])
  t.end()
})

t.test('other clouds have sentences and actions like those of AWS', (t) => {
  for (const text of [
    '[DescribeBuckets] You are not authorized to perform this operation. Check your CAM policies, and ensure that you are using the correct access keys. [[request id:0d0bb2a1-1111-4222-8333-444455556666]you are not authorized to perform operation (cos:GetBucket)\nresource (qcs::cos:ap-guangzhou:uid/1:bucket-1/) has no permission\n]',
    "AccessDenied: Policy doesn't allow obs:bucket:ListBucket to be performed. (endpoint: https://obs.eu-west-101.myhuaweicloud.com)",
    'AccessDenied: User is not authorized to perform: iam:ListUsers on resource: trn:iam::2100000001:user/*',
    'Service error:NotAuthorizedOrNotFound. Authorization failed or requested resource not found. http status code: 404',
  ])
    t.same(classesOf(text), ['not-aws'], text)
  t.same(classesOf('Forbidden: tcb:DescribeStore is missing'), [], 'an action of another cloud names none of AWS')
  t.same(classesOf('You are not authorized to perform this operation. (ec2:DescribeImages)'), ['authorization'])
  t.end()
})

t.test('storage that a tool was told to ask', (t) => {
  const refused =
    'ERROR : a.txt: Failed to copy: AccessDenied: Access Denied\n\tstatus code: 403, request id: 0123456789ABCDEF'
  for (const [text, want] of [
    [`rclone "--s3-endpoint" "s3.eu-central-003.backblazeb2.com" "copy" "a.txt" "b:files"\n${refused}`, 'not-aws'],
    [`[remote]\ntype = s3\nendpoint = s3.eu-central-1.wasabisys.com\n\n${refused}`, 'not-aws'],
    [`restic -r s3:https://s3.amazonaws.com/files backup\n${refused}`, 'bare'],
    [`We left s3.eu-central-1.wasabisys.com last year.\n${refused}`, 'bare'],
  ] as const)
    t.same(classesOf(text), [want], text)
  t.end()
})

t.test('storage that names itself in the headers of its answer', (t) => {
  const answer = (server: string): string =>
    `HTTP/1.1 403 Forbidden\nServer: ${server}\nX-Amz-Request-Id: 0123456789ABCDEF\n\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`
  t.same(classesOf(answer('MinIO')), ['not-aws'])
  t.same(classesOf(answer('AmazonS3')), ['bare'])
  t.same(
    classesOf(
      'The new server: MinIO is up.\nAn error occurred (AccessDenied) when calling the GetObject operation: Access Denied',
    ),
    ['bare'],
  )
  t.end()
})
