import t from 'tap'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const first = async (text: string, policies = {}) => (await diagnosesOf(text, policies))[0]?.causes[0]
const upload = 'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied'
const put = allow(['s3:PutObject', 's3:GetObject'], 'arn:aws:s3:::heron-keep/*')

t.test('tags of an upload, where the policies that were read grant the upload alone', async (t) => {
  const text =
    'level=error msg="Error uploading log file" bucket=heron-keep error="error putting object a/b.gz: operation error S3: PutObject, https response error StatusCode: 403, RequestID: 0ABC, HostID: 0D=, api error AccessDenied: Access Denied"\nconfig:\n  tagging: "team=data"'
  const cause = await first(text, identity(put))
  t.match(cause, { code: 'dependent-action-needed', confidence: 'possible', facts: { option: 'tagging' } })
  t.match(cause?.remedies[0]?.statement, { Action: 's3:PutObjectTagging', Resource: 'arn:aws:s3:::heron-keep/a/b.gz' })
  const both = await first(text, identity(put, allow('s3:PutObjectTagging', 'arn:aws:s3:::heron-keep/*')))
  t.not(both?.code, 'dependent-action-needed', 'it is granted')
  const none = await first(text, identity(allow('s3:GetObject', 'arn:aws:s3:::heron-keep/*')))
  t.equal(none?.code, 'missing-allow', 'the upload itself is not')
})

t.test('a sentence of AWS that blames the tags of what is created', async (t) => {
  const text =
    'Resource handler returned message: "User with accountId: 111122223333 is not authorized to perform CreateLogGroup with Tags (Service: CloudWatchLogs, Status Code: 400, Request ID: 0d0bb2a1-1111-4222-8333-444455556666)"'
  const cause = await first(text, identity(allow(['logs:CreateLogGroup', 'logs:PutRetentionPolicy'])))
  t.match(cause, { code: 'dependent-action-needed', confidence: 'evaluated', facts: { action: 'logs:TagResource' } })
  t.match(cause?.remedies[0]?.statement, {
    Action: 'logs:TagResource',
    Resource: /^arn:aws:logs:[^:]+:[^:]+:log-group:[^:]+$/u,
  })
  const granted = await first(text, identity(allow(['logs:CreateLogGroup', 'logs:TagResource'])))
  t.equal(granted?.code, 'evaluation-allows')
})

t.test('what an option lacks is named, and not the call', async (t) => {
  const text = `aws s3 cp a.txt s3://heron-keep/a.txt --acl bucket-owner-full-control\nupload failed: ./a.txt to s3://heron-keep/a.txt ${upload}`
  const cause = await first(text)
  t.match(cause, { code: 'dependent-action-needed', facts: { action: 's3:PutObjectAcl', mainAction: 's3:PutObject' } })
})

t.test('a listing of uploads that was called itself is granted on the bucket', async (t) => {
  const text =
    "An error occurred (AccessDenied) when calling the ListMultipartUploads operation: Access Denied\nclient.list_multipart_uploads(Bucket='heron-keep')"
  const cause = await first(text, identity(allow('s3:*', 'arn:aws:s3:::heron-keep/*')))
  t.match(cause, { code: 'bucket-arn-needed', facts: { wanted: 'arn:aws:s3:::heron-keep' } })
  t.equal((await first(text, identity(put)))?.code, 'dependent-action-needed', 'where nothing grants it')
})
