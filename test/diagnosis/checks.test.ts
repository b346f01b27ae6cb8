import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const caller = 'User: arn:aws:sts::111122223333:assumed-role/worker/session is not authorized to perform:'
const denied = (action: string, resource: string, reason = ''): string =>
  `An error occurred (AccessDeniedException): ${caller} ${action} on resource: ${resource}${reason}`

/** A candidate comes with the one command that settles it, of the service that was asked. */
const rows: readonly {
  readonly text: string
  readonly code: string
  readonly check: string | RegExp
}[] = [
  {
    text: denied('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:orders', ' with an explicit deny'),
    code: 'explicit-deny-resource',
    check:
      'aws sqs get-queue-attributes --attribute-names Policy --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/orders',
  },
  {
    text: denied('kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd', ' with an explicit deny'),
    code: 'explicit-deny-resource',
    check: 'aws kms get-key-policy --policy-name default --key-id arn:aws:kms:eu-west-1:111122223333:key/1234abcd',
  },
  {
    text: 'Execution failed due to configuration error: Invalid permissions on Lambda function',
    code: 'service-principal-policy',
    check: /^aws lambda get-policy --function-name/,
  },
  {
    text: 'An error occurred (AccessDenied) when calling the DescribeTable operation: Access Denied',
    code: 'resource-not-found-as-denied',
    check: "aws dynamodb describe-table --table-name '<TableName>'",
  },
  {
    text: 'An error occurred (AccessDenied) when calling the CreateVpc operation: Access Denied',
    code: 'resource-not-found-as-denied',
    check: /^aws cloudtrail lookup-events .*AttributeKey=EventName,AttributeValue=CreateVpc$/,
  },
  {
    text: 'An error occurred (403) when calling the HeadBucket operation: Forbidden\n$ aws s3api head-bucket --bucket reports',
    code: 'resource-not-found-as-denied',
    check: 'aws s3api head-bucket --bucket reports',
  },
]

for (const { text, code, check } of rows)
  t.test(text, async (t) => {
    const [diagnosis] = await diagnosesOf(text)
    const cause = diagnosis?.causes.find((one) => one.code === code)
    t.match(cause, { check }, `${code}: ${cause?.check ?? 'nothing'}`)
  })

t.test('a Deny that nobody names is looked for before any policy is changed', async (t) => {
  const [diagnosis] = await diagnosesOf(
    denied('eks:DescribeCluster', 'arn:aws:eks:eu-west-1:111122223333:cluster/main', ' with an explicit deny'),
  )
  const codes = diagnosis?.causes.map(({ code }) => code)
  t.strictSame(codes, ['explicit-deny-unnamed', 'explicit-deny-identity', 'scp-deny'], 'clusters hold no policies')
  t.match(diagnosis?.causes[0]?.remedies, [
    { kind: 'other', target: null, statement: null, command: /^aws iam simulate-principal-policy/ },
  ])
})

t.test('where neither service nor action is told, nothing is said to be missing first', async (t) => {
  const [nobody] = await diagnosesOf('Error: AccessDeniedException: status code: 400, request id: 0f3a9c1e')
  t.equal(nobody?.causes[0]?.code, 'wrong-principal')
  const [head] = await diagnosesOf('Forbidden: Forbidden\n\tstatus code: 403, request id: 0123456789ABCDEF')
  t.equal(head?.causes[0]?.code, 'resource-not-found-as-denied', 'an answer without a body is one to HEAD')
})
