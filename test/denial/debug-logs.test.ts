import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const refused = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
const botocore = (operation: string): string =>
  `DEBUG - Making request for OperationModel(name=${operation}) with params\n`

t.test('the call that a log at level DEBUG names in front of its answer', (t) => {
  const rows: readonly (readonly [name: string, text: string, calls: readonly (readonly unknown[])[]])[] = [
    [
      "the EB CLI's last one",
      "ebcli.lib.aws : Making api call: (elasticbeanstalk, describe_environments) to region: eu-west-1 with args:{}\nebcli.lib.aws : Making api call: (s3, list_multipart_uploads) to region: eu-west-1 with args:{'Bucket': 'docs', 'Prefix': 'a.zip'}\nebcli.lib.aws : Response: {'Error': {'Code': 'AccessDenied', 'Message': 'Access Denied'}}",
      [['s3', 'ListMultipartUploads', { bucket: 'docs' }]],
    ],
    [
      'with bucket and key',
      `Making api call: (s3, get_object) to region: eu-west-1 with args:{'Bucket': 'docs', 'Key': 'a/b.zip'}\n${refused}`,
      [['s3', 'GetObject', { bucket: 'docs', key: 'a/b.zip' }]],
    ],
    [
      "botocore's last one, behind many others",
      `${botocore('HeadObject').repeat(12)}${botocore('PutBucketTagging')}${refused}`,
      [['s3', 'PutBucketTagging', {}]],
    ],
    [
      'an error with a call of its own',
      `${botocore('GetObject')}An error occurred (AccessDenied) when calling the PutObject operation: Access Denied`,
      [['s3', 'PutObject', {}]],
    ],
    [
      'an answer in front of the first request',
      `${refused}\n${'\n'.repeat(3)}No request: making api calls (s3, get_object)`,
      [],
    ],
  ]
  for (const [name, text, calls] of rows)
    t.strictSame(
      parsePaste(text).denials[0]?.calls.map(({ service, operation, parameters }) => [service, operation, parameters]),
      calls,
      name,
    )
  t.end()
})

t.test('what SDKs and their tools log of the call', (t) => {
  const told = 'User: arn:aws:iam::111122223333:user/kim is not authorized to perform: sqs:GetQueueUrl'
  const rows: readonly (readonly [name: string, text: string, want: object])[] = [
    [
      'Go v1',
      `[aws-sdk-go] DEBUG: Response sqs/GetQueueUrl Details:\n[aws-sdk-go] {"__type":"AccessDeniedException","Message":"${told}"}`,
      { operation: 'GetQueueUrl', errorCode: 'AccessDeniedException' },
    ],
    [
      'Go v2, as Terraform logs it',
      `HTTP Response Received: http.response.body={"__type":"AccessDeniedException","Message":"${told}"} rpc.method=GetQueueUrl rpc.service=SQS rpc.system=aws-api`,
      { operation: 'GetQueueUrl' },
    ],
    [
      'CDK with JavaScript v2',
      'Call failed: getBucketAcl({"Bucket":"docs"}) => Access Denied (code=AccessDenied)',
      { operation: 'getBucketAcl', service: 's3', errorCode: 'AccessDenied' },
    ],
    [
      'JavaScript v2',
      `[AWS sqs 403 0.1s 0 retries] getQueueUrl({ QueueName: 'a' })\nAccessDenied: ${told}`,
      { operation: 'getQueueUrl' },
    ],
    [
      'JavaScript v3',
      `{ clientName: 'SQSClient', commandName: 'GetQueueUrlCommand', error: AccessDenied: ${told} }`,
      { operation: 'GetQueueUrl', errorCode: 'AccessDenied' },
    ],
    [
      'CDK with JavaScript v3',
      `[2 attempts, 0ms retry] SQS.GetQueueUrl({"QueueName":"a"}) -> AccessDenied: ${told}`,
      { operation: 'GetQueueUrl' },
    ],
    [
      'C++',
      `[INFO] 2026-01-02 03:04:05.006 SQSClient [1402] Calling GetQueueUrl\n[ERROR] 2026-01-02 03:04:05.106 AWSXmlClient [1402] HTTP response code: 403\nException name: AccessDenied\nError message: ${told}`,
      { operation: 'GetQueueUrl', errorCode: 'AccessDenied' },
    ],
    [
      'Swift, Soto',
      `Request:\n  GetQueueUrl\n  POST https://sqs.eu-west-1.amazonaws.com/\nResponse:\n  Status : 403\n  Body:\n  {"Message":"${told}"}`,
      { operation: 'GetQueueUrl' },
    ],
    [
      'Swift, Soto with swift-log',
      'error soto : aws-error-code=AccessDenied aws-error-message=Access Denied aws-operation=GetBucketAcl aws-service=s3 AWSClient error',
      { operation: 'GetBucketAcl', errorCode: 'AccessDenied' },
    ],
    [
      'Kotlin',
      'aws.sdk.kotlin.services.s3.model.S3Exception: Service returned error code 403: Forbidden, Error type: Unknown, Request ID: 0123456789ABCDEF',
      { errorCode: '403', service: 's3', requestId: '0123456789ABCDEF' },
    ],
    [
      'Elixir, and whoever prints the body of a query',
      `Request BODY: "Action=GetQueueUrl&Version=2012-11-05"\n<Error><Code>AccessDenied</Code><Message>${told}</Message></Error>`,
      { operation: 'GetQueueUrl' },
    ],
    [
      'Rust before it was stable',
      'ServiceError { source: GetBucketAclError { kind: Unhandled(Unhandled { source: Error { code: Some("AccessDenied"), message: Some("Access Denied"), request_id: Some("0123456789ABCDEF"), extras: {} } }) } }',
      { operation: 'GetBucketAcl', requestId: '0123456789ABCDEF' },
    ],
    [
      'Rusoto',
      `Sqs GetQueueUrlError: Unknown(BufferedHttpResponse {status: 403, body: "<Code>AccessDenied</Code><Message>${told}</Message>"})`,
      { operation: 'GetQueueUrl' },
    ],
    [
      'Haskell',
      `ServiceError' {_serviceErrorCode = ErrorCode "AccessDenied", _serviceErrorMessage = Just (ErrorMessage "${told}"), _serviceErrorRequestId = Just (RequestId "0d0bb2a1-1111-4222-8333-444455556666")}`,
      { requestId: '0d0bb2a1-1111-4222-8333-444455556666' },
    ],
    [
      'S3A of Hadoop',
      'S3Exception: User: arn:aws:iam::111122223333:user/kim is not authorized to perform: s3:GetObject (Service: S3, Status Code: 403, Request ID: 0123456789ABCDEF) (SDK Attempt Count: 1):AccessDenied',
      { errorCode: 'AccessDenied' },
    ],
    [
      'Mountpoint for Amazon S3',
      '0: initial ListObjectsV2 failed for bucket docs in region eu-west-1\n1: Client error\n2: Forbidden: User: arn:aws:iam::111122223333:user/kim is not authorized to perform: s3:ListBucket',
      { operation: 'ListObjectsV2', errorCode: 'Forbidden' },
    ],
    [
      'an alert',
      'Access denied on event CreateSubnet occurred in account 111122223333\nEvent source: ec2.amazonaws.com',
      { operation: 'CreateSubnet', service: 'ec2' },
    ],
  ]
  for (const [name, text, want] of rows) {
    const { denials } = parsePaste(text)
    t.equal(denials.length, 1, `${name}: one denial`)
    t.match(denials[0], want, name)
  }
  for (const text of [
    'Call failed: getUser({"id":1}) => not found',
    '[worker] Calling GetQueueUrl\nok',
    'Request BODY: "Action=GetQueueUrl&Version=2012-11-05"\nResponse: 200',
    'rpc.method=GetQueueUrl rpc.service=SQS rpc.system=aws-api http.status_code=200',
  ])
    t.same(parsePaste(text).denials, [], text)
  t.end()
})

t.test('keys that AWS did not know, and then a caller that lacks something: two answers with ids of their own', (t) => {
  const line = (text: string, id: string): string => `error="${text}\\n\\tstatus code: 403, request id: ${id}"`
  const unknown = 'InvalidClientTokenId: The security token included in the request is invalid.'
  const refused2 = 'AccessDenied: User: arn:aws:iam::111122223333:user/kim is not authorized to perform: sqs:ListQueues'
  const classes = (text: string): unknown => parsePaste(text).denials.map(({ class: kind }) => kind)
  const [a, b] = ['0d0bb2a1-1111-4222-8333-444455556666', '1d0bb2a1-1111-4222-8333-444455556666']
  t.strictSame(classes(`${line(unknown, a)}\n\nlater\n\n${line(refused2, b)}`), ['credential', 'authorization'])
  t.strictSame(classes(`${line(unknown, a)}\n\nlater\n\n${line(refused2, a)}`), ['authorization'])
  t.end()
})
