import t, { type Test } from 'tap'
import type { Denial } from '../../src/denial/denial.ts'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * Which code, which call and which caller belong to the error, where the paste names several or tells them in words.
 */

const ann = 'arn:aws:iam::111122223333:user/ann'
const refused = `User: ${ann} is not authorized to perform: sqs:PurgeQueue on resource: arn:aws:sqs:eu-west-1:111122223333:outbox`

type Row = readonly [name: string, text: string, want: Partial<Denial>]

const check = (t: Test, rows: readonly Row[]): void => {
  for (const [name, text, want] of rows) t.match(parsePaste(text).denials, [want], name)
  t.end()
}

t.test('the code of the error, and no other', (t) => {
  check(t, [
    [
      'of EC2, also where another service has the call',
      'An error occurred (UnauthorizedOperation) when calling the CreateTags operation: not allowed',
      { service: 'ec2' },
    ],
    [
      'of EC2, and Redshift has it too',
      'An error occurred (UnauthorizedOperation) when calling the RestoreFromClusterSnapshot operation: Access Denied.',
      { service: 'redshift' },
    ],
    [
      'in front of a sentence without a name',
      'ThingBrokenException: Caller is not authorized to perform kms:Encrypt operation',
      { errorCode: 'ThingBrokenException' },
    ],
    [
      'on one line, with what comes next below it',
      'The upload to S3 got AccessDenied\nError message: nothing more',
      { errorCode: 'AccessDenied' },
    ],
    [
      'broken by a terminal',
      'An error occurred (AccessDenied\nException) when calling the ListKeys operation',
      { errorCode: 'AccessDeniedException' },
    ],
    [
      'in the brackets behind the message, not in the words above it',
      `I expected a NotAuthorizedException here, and what comes is\n${refused} (Service: AmazonSQS; Status Code: 403; Error Code: AccessDenied; Request ID: 0d0bb2a1-4b1c-5d7e-9f00-112233445566)`,
      { errorCode: 'AccessDenied', requestId: '0d0bb2a1-4b1c-5d7e-9f00-112233445566' },
    ],
    [
      'of its own line, where the brackets name another',
      `AuthorizationErrorException: ${refused} (Service: AmazonSQS; Status Code: 403; Error Code: AccessDenied)`,
      { errorCode: 'AuthorizationErrorException' },
    ],
    [
      'a class of the client is none',
      `{"errorType": "AmazonSQSException", "errorMessage": "${refused}"}`,
      { action: 'sqs:PurgeQueue', errorCode: null },
    ],
    [
      'printed by R',
      '$Code\n List of 2\n $ Code: chr "AccessDenied"\n $ Message: chr "Access Denied"\n $ RequestId: chr "7D3C2B1A0F9E8D7C"',
      { errorCode: 'AccessDenied', requestId: '7D3C2B1A0F9E8D7C' },
    ],
  ])
})

t.test('a code, an id and a service as loggers, panels and controllers print them', (t) => {
  const id = '0d0bb2a1-4b1c-5d7e-9f00-112233445566'
  check(t, [
    ['no capitals', `WARNING [poller] - [accessdeniedexception] ${refused}`, { errorCode: 'accessdeniedexception' }],
    ['what is no code', `WARNING [somethinghappened] ${refused}`, { errorCode: null }],
    ['Portuguese', `${refused}\nID da solicitação: ${id}`, { requestId: id }],
    ['Korean', `${refused}\n요청 ID: ${id}`, { requestId: id }],
    [
      'Crossplane',
      'Warning  CannotObserve  9m5s  managed/queue.sqs.aws.crossplane.io  failed to describe: AccessDeniedException:',
      { service: 'sqs' },
    ],
    [
      'the controllers of AWS',
      'topics.sns.services.k8s.aws/orders is not synced: AccessDeniedException',
      { service: 'sns' },
    ],
    ['a name of nothing', 'thing.other.aws.crossplane.io: AccessDeniedException', { service: null }],
  ])
})

t.test('events of CloudTrail as others print them', (t) => {
  const elastic = {
    'event.provider': ['sqs.amazonaws.com'],
    'event.action': ['PurgeQueue'],
    'aws.cloudtrail.error_code': ['AccessDenied'],
    'aws.cloudtrail.error_message': [refused],
    'aws.cloudtrail.request_id': ['0d0bb2a1-4b1c-5d7e-9f00-112233445566'],
  }
  const found = { operation: 'PurgeQueue', service: 'sqs', requestId: '0d0bb2a1-4b1c-5d7e-9f00-112233445566' }
  check(t, [
    ['Elastic, with a list for each field', JSON.stringify(elastic, null, 2).slice(1, -1), found],
    [
      'Elastic, with values',
      JSON.stringify(elastic, null, 2)
        .replaceAll(/\[\s*|\s*\]/g, '')
        .slice(1, -1),
      found,
    ],
    [
      'what was looked up',
      `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=PurgeQueue\n"${refused}"`,
      { operation: 'PurgeQueue' },
    ],
    [
      'the same as JSON',
      `--lookup-attributes '[{"AttributeKey":"EventName","AttributeValue":"PurgeQueue"}]'\n"${refused}"`,
      { operation: 'PurgeQueue' },
    ],
    [
      'an id behind a sign',
      `eventName=PurgeQueue errorCode=AccessDenied errorMessage="${refused}" requestID=0d0bb2a1-4b1c-5d7e-9f00-112233445566 host=a`,
      found,
    ],
  ])
})

t.test('who called what, in the words of an alert', (t) => {
  const called = { class: 'authorization', principal: ann, operation: 'DeleteTrail', service: 'cloudtrail' } as const
  check(t, [
    ['called', `${ann} called DeleteTrail but failed due to AccessDenied`, called],
    ['tried', `\`${ann}\` tried to call DeleteTrail: AccessDeniedException`, called],
    ['attempted', `${ann} has attempted DeleteTrail (AccessDenied)`, called],
    [
      'a word that is no operation',
      `${ann} called SomebodyElse, then S3 said AccessDenied`,
      { class: 'bare', principal: null },
    ],
  ])
})

t.test('the call that a waiter makes', (t) => {
  const rows: readonly (readonly [text: string, service: string | null, operation: string | null])[] = [
    ['AccessDeniedException: Resource is not in the state functionUpdatedV2', 'lambda', 'GetFunction'],
    ['AccessDeniedException: Resource is not in the state functionUpdated', 'lambda', 'GetFunctionConfiguration'],
    ['Waiter TableExists failed: An error occurred (AccessDeniedException): no', 'dynamodb', 'DescribeTable'],
    ['AccessDeniedException: Resource is not in the state functionUpdatedV3', null, null],
    // What it waited for failed, and not the call.
    [
      'Waiter StackCreateComplete failed: Waiter encountered a terminal failure state. Reason: AccessDenied',
      null,
      null,
    ],
  ]
  for (const [text, service, operation] of rows) {
    const [denial] = parsePaste(text).denials
    t.strictSame([denial?.service, denial?.calls[0]?.operation ?? null], [service, operation], text)
  }
  t.end()
})

t.test('words behind an encoded message that is not there', (t) => {
  const failure =
    'An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message:'
  const rows: readonly (readonly [behind: string, blob: string | null])[] = [
    ['\n```\n\nWhich permission is missing?', null],
    ['\n\nThanks', null],
    [' Could somebody decode it?', null],
    [' xxxxxxxx', 'xxxxxxxx'],
    [' xxxxxxxx please help', 'xxxxxxxx'],
    ['\naBcDeF-123_456', 'aBcDeF-123_456'],
  ]
  for (const [behind, blob] of rows)
    t.match(parsePaste(failure + behind).denials, [{ class: 'encoded', encodedMessage: blob }], behind)
  t.end()
})

t.test('the box of the S3 console', (t) => {
  const rows: readonly (readonly [text: string, action: string])[] = [
    [
      "You don't have permission to get bucket website details\nYou or your AWS administrator must update your IAM permissions to allow s3:GetBucketWebsite. After you obtain the necessary permission, refresh the page.\nAPI response\nAccess Denied",
      's3:GetBucketWebsite',
    ],
    [
      'Insufficient permissions to list objects\nAfter you or your AWS administrator update your permissions to allow the s3:ListBucket action, refresh the page.',
      's3:ListBucket',
    ],
  ]
  for (const [text, action] of rows) t.match(parsePaste(text).denials, [{ class: 'authorization', action }], action)
  t.end()
})
