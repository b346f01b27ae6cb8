import t from 'tap'
import { answerOf } from './explain-text.ts'

const statementsOf = (answer: Awaited<ReturnType<typeof answerOf>>) =>
  answer?.causes[0]?.remedies.map(({ statement }) => statement) ?? []

t.test('Config looks for its bucket, and writes under the prefix that it names', async (t) => {
  const text = (prefix: string): string =>
    `An error occurred (InsufficientDeliveryPolicyException) when calling the PutDeliveryChannel operation: Insufficient delivery policy to s3 bucket: history-444455556666, unable to write to bucket, provided s3 key prefix is '${prefix}', provided kms key is 'null'.`
  const [write, look] = statementsOf(await answerOf(text('null')))
  t.match(write?.Resource, /^arn:aws:s3:::history-444455556666\/AWSLogs\//u)
  t.same(look?.Action, ['s3:GetBucketAcl', 's3:ListBucket'])
  t.equal(look?.Resource, 'arn:aws:s3:::history-444455556666')
  const [prefixed] = statementsOf(await answerOf(text('audit')))
  t.match(prefixed?.Resource, /^arn:aws:s3:::history-444455556666\/audit\/AWSLogs\//u)
})

t.test('a prefix that nothing tells may be none', async (t) => {
  const answer = await answerOf(
    'An error occurred (InsufficientS3BucketPolicyException) when calling the CreateTrail operation: Incorrect S3 bucket policy is detected for bucket: trails-of-all',
  )
  const [remedy] = answer?.causes[0]?.remedies ?? []
  t.match(remedy?.statement?.Resource, '/<Prefix>/AWSLogs/')
  t.match(remedy?.placeholders.find(({ name }) => name === 'Prefix')?.meaning, /leave it out/u)
})

t.test('OpenSearch makes the streams that it writes to, in a policy of the account', async (t) => {
  const answer = await answerOf(
    'The Resource Access Policy specified for the CloudWatch Logs log group /search/slow does not grant sufficient permissions for Amazon OpenSearch Service to create a log stream. Please check the Resource Access Policy.',
  )
  const [cause] = answer?.causes ?? []
  const [remedy] = cause?.remedies ?? []
  t.same(remedy?.statement?.Action, ['logs:CreateLogStream', 'logs:PutLogEvents'])
  t.match(remedy?.statement?.Resource, /:log-group:\/search\/slow:\*$/u)
  t.equal(cause?.check, 'aws logs describe-resource-policies')
  t.match(
    remedy?.commands?.awsCli,
    /^aws logs put-resource-policy --policy-name allow-logs-CreateLogStream-[0-9a-f]{8} .*--policy-document '\{.*"es\.amazonaws\.com"/u,
  )
})

t.test('a sender to an encrypted queue takes both actions of the key, and was refused one', async (t) => {
  const of = (service: string) =>
    answerOf(
      `User: ${service} is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-west-2:444455556666:key/0a1b2c3d-0000-4000-8000-0123456789ab because no resource-based policy allows the kms:GenerateDataKey action`,
    )
  const sender = await of('cloudwatch.amazonaws.com')
  t.same(statementsOf(sender)[0]?.Action, ['kms:GenerateDataKey', 'kms:Decrypt'])
  t.notMatch(sender?.summary, 'kms:Decrypt')
  t.equal(statementsOf(await of('cloudtrail.amazonaws.com'))[0]?.Action, 'kms:GenerateDataKey')
})

t.test('what the role of a state machine lacks is what its statement has', async (t) => {
  const answer = await answerOf(
    'An error occurred (AccessDeniedException) when calling the UpdateStateMachine operation: The state machine IAM Role is not authorized to access the Log Destination',
  )
  t.match(answer?.summary, 'logs:CreateLogDelivery')
  t.notMatch(answer?.summary, 'states:')
})
