import t from 'tap'
import { allow, identity, policies } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const refused = 'Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: AB12)'
const first = async (...asked: Parameters<typeof diagnosesOf>) => (await diagnosesOf(...asked))[0]
const results = identity(allow('s3:GetObject', 'arn:aws:s3:::query-results/*'))

t.test('the object that a query could not read is what the policies are asked about', async (t) => {
  for (const text of [
    `${refused} (Path: s3://sales-lake/2026/may.parquet)`,
    `${refused}, S3 Extended Request ID: Zz9+a/b= (Bucket: sales-lake, Key: 2026/may.parquet)`,
    `HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://sales-lake/2026/may.parquet (offset=0, length=24): ${refused}`,
    `HIVE_CURSOR_ERROR: Failed to read ORC file: s3://sales-lake/2026/may.parquet: ${refused}`,
  ]) {
    const found = await first(text, results)
    t.equal(found?.requests[0]?.action, 's3:GetObject', text)
    t.equal(found?.requests[0]?.resource, 'arn:aws:s3:::sales-lake/2026/may.parquet', text)
    t.match(found?.causes[0], { code: 'resource-arn-mismatch', confidence: 'evaluated' }, text)
  }
  const folder = await first(`${refused} (Path: s3://sales-lake/2026/)`)
  t.equal(folder?.requests[0], undefined, 'a folder is no object')
})

t.test('the template that CloudFormation fetches', async (t) => {
  const text = `S3 error: Access Denied
For more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
TemplateURL: https://stacks-prod.s3.eu-west-1.amazonaws.com/net/vpc.yaml`
  const absent = await first(text, identity(allow('s3:GetObject', 'arn:aws:s3:::stacks-prod/*')))
  t.equal(absent?.causes[0]?.code, 's3-missing-object-403')
  const lacking = await first(text, identity(allow('cloudformation:*')))
  t.match(lacking?.causes[0], { code: 'missing-allow', confidence: 'evaluated' })
  t.equal(lacking?.causes[0]?.remedies[0]?.statement?.Resource, 'arn:aws:s3:::stacks-prod/net/vpc.yaml')
})

const body = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
const curl = `$ curl -sO https://agents-public.s3.amazonaws.com/linux/agent.rpm\n${body}`

t.test('curl signs nothing: an endpoint that leaves the bucket out, or its owner', async (t) => {
  const through = policies('vpc-endpoint', { ...allow('s3:*', 'arn:aws:s3:::own-data/*'), Principal: '*' })
  const cause = (await first(curl, through))?.causes[0]
  t.match(cause, { code: 'vpce-policy', confidence: 'evaluated' })
  t.strictSame(cause?.remedies[0]?.statement?.Resource, 'arn:aws:s3:::agents-public/linux/agent.rpm')
  t.equal(cause?.remedies[0]?.statement?.Condition, undefined, 'nobody’s account is in such a request')
  const alone = await answerOf(curl)
  t.equal(alone?.causes[0]?.code, 'credentials-missing')
  t.match(alone?.summary, /presigned URL/)
  t.notMatch(alone?.summary, /no-sign-request/)
  const told = await first(`${curl}\nonly through the VPC endpoint`)
  t.ok(told?.causes.some(({ code }) => code === 'vpce-policy'))
})

t.test('what curl sends, or signs, is no such reading', async (t) => {
  for (const text of [
    `curl -T a.bin https://agents-public.s3.amazonaws.com/linux/a.bin\n${body}`,
    `curl "https://agents-public.s3.amazonaws.com/linux/a.bin?X-Amz-Signature=ab12"\n${body}`,
  ]) {
    const found = await first(text)
    t.not(found?.causes[0]?.facts['why'], 'not-signed', text)
  }
})

t.test('the artifacts of a pipeline', async (t) => {
  const own = 'codepipeline-eu-west-1-444455556666'
  const onBucket = identity(allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::${own}`))
  const onObjects = identity(allow('s3:*Object*', `arn:aws:s3:::${own}/*`))
  const named = `Unable to access the artifact with Amazon S3 object key 'shop/SourceArti/Qx1' located in the Amazon S3 artifact bucket '${own}'. The provided role does not have sufficient permissions.`
  const passed = `The provided role does not have permissions to perform this action. Underlying error: ${refused} while the source went to bucket ${own}`
  for (const text of [named, passed]) {
    const cause = (await first(text, onBucket))?.causes[0]
    t.match(cause, { code: 'object-arn-needed', confidence: 'evaluated' }, text)
    t.equal(cause?.remedies[0]?.kind, 'edit-statement')
    const granted = await first(text, onObjects)
    t.notOk(
      granted?.causes.some(({ code }) => code === 'service-role-missing-allow'),
      'what the role has is not asked for',
    )
    const unread = (await first(text))?.causes[0]
    t.equal(unread?.code, 'service-role-missing-allow')
  }
  const statement = (await first(passed))?.causes[0]?.remedies[0]?.statement
  t.strictSame(statement?.Action, ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'])
  t.equal(statement?.Resource, `arn:aws:s3:::${own}/*`)
})

t.test('a listing that is allowed on objects is named as what it is', async (t) => {
  const text = `An error occurred (AccessDenied) when calling the GetObject operation: Access Denied
aws s3api get-object --bucket plans-prod --key q2.json out.json`
  const onObjects = identity(allow(['s3:GetObject', 's3:ListBucket'], 'arn:aws:s3:::plans-prod/*'))
  const cause = (await first(text, onObjects))?.causes[0]
  t.match(cause, { code: 'bucket-arn-needed', facts: { action: 's3:ListBucket' } })
  t.equal(cause?.remedies[0]?.verification?.decision, 'allowed')
  const answer = await answerOf(text, onObjects)
  t.match(answer?.summary, /`s3:ListBucket` is an action on the bucket/)
  t.notMatch(answer?.summary, /s3:GetObject/)
  t.equal(answer?.causes[1]?.code, 's3-missing-object-403')
})

t.test('an address without a signature that a program could not fetch', async (t) => {
  const refused = 'HTTP Error 403 : <Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
  for (const address of [
    'https://ledger-tools.s3.amazonaws.com/boot/agent.service',
    'https://s3.eu-west-1.amazonaws.com/ledger-tools/boot/agent.service',
  ]) {
    const [found] = await diagnosesOf(`Error: Failed to retrieve ${address}: ${refused}`)
    t.match(found?.causes[0], { code: 'credentials-missing', confidence: 'possible' }, address)
    t.match(found?.causes[1], { code: 's3-missing-object-403', facts: { bucket: 'ledger-tools' } })
  }
  const signed = 'https://ledger-tools.s3.amazonaws.com/a.tgz?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0a1b'
  const [found] = await diagnosesOf(`Error: Failed to download ${signed}: ${refused}`)
  t.not(found?.causes[0]?.code, 'credentials-missing')
})
