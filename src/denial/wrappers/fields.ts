import type { Row } from '../signal.ts'

/** Names and values as objects, headers and XML print them. Quotes do not matter to a template. */
export const fieldRows: readonly Row[] = [
  {
    name: 'xml',
    kind: 'head',
    words: ['<code>{errorCode}</code>'],
    example: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
    seen: 'Query and REST-XML services',
  },
  {
    name: 'xml',
    kind: 'tail',
    words: ['<requestid>{requestId}</requestid>'],
    example: '<RequestId>548DB9HYB03QVGYV</RequestId>',
    seen: 'Query and REST-XML services',
  },
  {
    name: 'xml',
    kind: 'hint',
    words: ['<hostid>', 's3 extended request id', 'x-amz-id-2'],
    sets: { service: 's3' },
    example: '<HostId>kVCycZGQtfE=</HostId>',
    seen: 'S3',
  },
  {
    name: 'json',
    kind: 'head',
    words: [
      '__type:com.amazon.coral.service#{errorCode}',
      '__type: u com.amazon.coral.service#{errorCode}',
      '__type:com.amazonaws.{any}#{errorCode}',
      '__type:{errorCode}',
      'x-amzn-errortype: {errorCode}',
    ],
    example: '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"denied"}',
    seen: 'JSON services, raw body and headers',
  },
  {
    name: 'js',
    kind: 'head',
    words: [
      'errortype: {errorCode}',
      'errorcode: {errorCode}',
      'error code {errorCode}',
      'code: {errorCode}',
      'code=>{errorCode}',
      'code={errorCode}',
    ],
    example: "{ message: 'denied', code: 'AccessDeniedException', statusCode: 400 }",
    seen: 'AWS SDK for JavaScript, Lambda error objects, CloudTrail',
  },
  {
    name: 'js',
    kind: 'tail',
    words: [
      'requestid: {requestId}',
      'requestid: chr {requestId}',
      'x-amzn-requestid: {requestId}',
      'x-amz-request-id: {requestId}',
      'x-amz-request-id, {requestId}',
      'request id: {requestId}',
    ],
    example: "requestId: 'bc274a6c-ca34-44bb-91c4-1c6f996e43a7'",
    seen: 'AWS SDK for JavaScript, response headers',
  },
  {
    name: 'http-status',
    kind: 'tail',
    words: ['httpstatuscode: {status}', 'statuscode: {status}', 'status_code: {status}', 'status: {status},'],
    example: '"$metadata": { "httpStatusCode": 403, "attempts": 1 }',
    seen: 'AWS SDK for JavaScript and Rust',
  },
  {
    name: 'cloudtrail',
    kind: 'head',
    words: ['eventname: {operation}', 'cloudtrail event {operation} with'],
    example: '"eventName": "Decrypt"',
    seen: 'CloudTrail records, cut out of their JSON',
  },
  {
    name: 'cloudtrail',
    kind: 'hint',
    words: ['eventsource: {service}.amazonaws.com'],
    example: '"eventSource": "kms.amazonaws.com"',
    seen: 'CloudTrail records, cut out of their JSON',
  },
]
