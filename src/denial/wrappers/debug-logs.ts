import { isOperation } from '../../action-catalogue/operations.ts'
import type { Row } from '../signal.ts'

const ofOperation = (_: string, __: string, printed: string): boolean =>
  isOperation(/[A-Za-z0-9]{3,90}(?=Error$|\(\{?$)/u.exec(printed.trimEnd())?.[0] ?? '')

/** What SDKs and the tools on top of them log of their calls, in front of the answer or behind it. */
export const debugLogRows: readonly Row[] = [
  {
    name: 'go-v1-log',
    kind: 'head',
    words: ['debug: response {service}/{operation} details', 'debug: request {service}/{operation} details'],
    example: '[aws-sdk-go] DEBUG: Response sqs/TagQueue Details:',
    seen: 'AWS SDK for Go v1 at its level debug; Terraform',
  },
  {
    name: 'go-v2-log',
    kind: 'tail',
    words: [
      'rpc.method={operation} rpc.service={service} rpc.system',
      'rpc.method:{operation},rpc.service:{service},rpc.system',
    ],
    example: 'HTTP Response Received: rpc.method=ListTags rpc.service=EFS rpc.system=aws-api',
    seen: 'Terraform’s provider for AWS at its level debug',
  },
  {
    name: 'js-v2-log',
    kind: 'head',
    words: ['call failed: {operation}('],
    when: ofOperation,
    example: 'Call failed: getQueueUrl({"QueueName":"orders"}) => Access Denied (code=AccessDenied)',
    seen: 'AWS CDK',
  },
  {
    name: 'js-v2-log',
    kind: 'head',
    words: ['aws {service} {status} {any}retries] {operation}('],
    when: ofOperation,
    example: "[AWS s3 403 0.112s 0 retries] getBucketAcl({ Bucket: 'docs' })",
    seen: 'the logger of the AWS SDK for JavaScript v2',
  },
  {
    name: 'js-v3-log',
    kind: 'head',
    words: [
      'clientname: {service}client, commandname: {operation}command',
      'commandname: {operation}command',
      'attempts, {any}retry] {service}.{operation}(',
    ],
    example: "{ clientName: 'SQSClient', commandName: 'GetQueueUrlCommand', error: AccessDenied",
    seen: 'the logger of the AWS SDK for JavaScript v3; AWS CDK',
  },
  {
    name: 'cpp-log',
    kind: 'head',
    words: ['] calling {operation}'],
    when: (_, __, printed) => isOperation(/[A-Za-z0-9]{3,90}$/u.exec(printed)?.[0] ?? ''),
    example: '[INFO] 2026-01-02 03:04:05.006 SQSClient [140231788] Calling GetQueueUrl',
    seen: 'AWS SDK for C++',
  },
  {
    name: 'cpp-log',
    kind: 'head',
    words: ['exception name: {errorCode}'],
    example: 'Exception name: AccessDenied\nError message: Access Denied',
    seen: 'AWS SDK for C++',
  },
  {
    name: 'swift-log',
    kind: 'head',
    words: ['get', 'post', 'put', 'delete', 'head', 'patch'].map((method) => `request: {operation} ${method} https://`),
    example: 'Request:\n  ListQueues\n  POST https://sqs.eu-west-1.amazonaws.com/',
    seen: 'Soto, the SDK for Swift',
  },
  {
    name: 'swift-log',
    kind: 'tail',
    words: ['aws-operation={operation} ', 'aws-operation: {operation},', 'aws-operation={operation}'],
    example: 'aws-error-code=AccessDenied aws-error-message=Access Denied aws-operation=ListQueues aws-service=sqs',
    seen: 'Soto, the SDK for Swift',
  },
  {
    name: 'swift-log',
    kind: 'head',
    words: ['aws-error-code={errorCode}'],
    example: 'aws-error-code=AccessDenied aws-error-message=Access Denied aws-operation=ListQueues aws-service=sqs',
    seen: 'Soto, the SDK for Swift',
  },
  {
    name: 'kotlin',
    kind: 'head',
    words: ['service returned error code {errorCode}, error type'],
    example: 'S3Exception: Service returned error code AccessDenied, Error type: Client, Protocol response: HTTP 403',
    seen: 'AWS SDK for Kotlin',
  },
  {
    name: 'java-v2-metrics',
    kind: 'head',
    words: ['operationname={operation}, serviceid={service},'],
    example: 'metrics=[MarshallingDuration=PT0.1S, OperationName=GetQueueUrl, ServiceId=Sqs, ServiceEndpoint=',
    seen: 'AWS SDK for Java v2, its metrics in a log',
  },
  {
    name: 'rust',
    kind: 'head',
    words: ['source: {operation}error'],
    when: (before, after, printed) => /^\s*\{/.test(after) && ofOperation(before, after, printed),
    example: 'ServiceError { source: DescribeLogStreamsError { kind: Unhandled',
    seen: 'AWS SDK for Rust, releases before the first stable one',
  },
  {
    name: 'rust-log',
    kind: 'head',
    words: ['operation={operation} service={service}}', 'rpc.service={service} rpc.method={operation}'],
    example: 'send_operation{operation="GetQueueUrl" service="sqs"}: aws_smithy_http_tower',
    seen: 'the spans of the AWS SDK for Rust',
  },
  {
    name: 'hadoop',
    kind: 'tail',
    words: ['sdk attempt count: {any}):{errorCode}'],
    when: (_, __, printed) => !/:null$/u.test(printed),
    example: 'Access Denied (Service: S3, Status Code: 403, Request ID: 7D3C) (SDK Attempt Count: 1):AccessDenied',
    seen: 'S3A of Hadoop, in front of the AWS SDK for Java v2',
  },
  {
    name: 'alert',
    kind: 'tail',
    words: ['on event {operation} occured', 'on event {operation} occurred'],
    example: 'Access denied on event TagQueue occurred in account 111122223333',
    seen: 'alerts made of CloudTrail’s events',
  },
]
