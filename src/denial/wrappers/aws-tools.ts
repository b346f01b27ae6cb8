import type { Row } from '../signal.ts'

/** What SDKs and AWS's own tools put before and after a service's message. */
export const sdkRows: readonly Row[] = [
  {
    name: 'aws-cli',
    kind: 'head',
    words: [
      'an error occurred ({errorCode}) when calling the {operation} operation',
      'a client error ({errorCode}) occurred when calling the {operation} operation',
      'an error occured ({errorCode}) when calling the {operation} operation',
      'an error occurred ({errorCode}) {any}when calling the {operation} operation',
      'a client error ({errorCode}) occurred',
      'an error occurred ({errorCode})',
    ],
    example: 'An error occurred (AccessDenied) when calling the PutObject operation: Access Denied',
    seen: 'AWS CLI, botocore and boto3',
  },
  {
    name: 'go-v2',
    kind: 'head',
    words: [
      'operation error {service}: {operation}, https response error statuscode: {status}, requestid: {requestId}, [hostid: {any}, ][api error ]{errorCode}:',
      'operation error {service}: {operation}, https response error statuscode: {status}, requestid: {requestId}, [hostid: {any}, ]api error {errorCode}',
      'operation error {service}: {operation}, https response error statuscode: {status}, requestid: {requestId},',
      'operation error {service}: {operation},',
      'operation error {service}: {operation}: {errorCode}:',
    ],
    // The instance metadata service is asked without a signature, and no policy speaks of it.
    when: (_, __, printed) => !/error ec2imds:/iu.test(printed),
    example:
      'operation error S3: HeadObject, https response error StatusCode: 403, RequestID: 6CFCTJNQ5SFK1WMV, HostID: abc=, api error Forbidden: Forbidden',
    seen: 'AWS SDK for Go v2, Terraform, Kubernetes controllers',
  },
  {
    name: 'go-v2',
    kind: 'head',
    words: [
      'https response error statuscode: {status}, requestid: {requestId}, [hostid: {any}, ][api error ]{errorCode}:',
      'https response error statuscode: {status}, requestid: {requestId}, [hostid: {any}, ]api error {errorCode}',
      'https response error statuscode: {status}, requestid: {requestId},',
      'https response error statuscode: {status}, api error {errorCode}:',
    ],
    example:
      'https response error StatusCode: 403, RequestID: 06aac20a-2ea6-4434-a0b2-d150e3f1a598, api error UnrecognizedClientException: The security token included in the request is invalid',
    seen: 'AWS SDK for Go v2, cut off at the front',
  },
  {
    name: 'go-v1',
    kind: 'tail',
    words: 'status code: {status}, request id: {requestId}',
    example: 'AccessDenied: Access Denied\n\tstatus code: 403, request id: 7D3C2B1A0F9E8D7C, host id: abc=',
    seen: 'AWS SDK for Go v1, older Terraform and Kubernetes',
  },
  {
    name: 'go-v1',
    kind: 'tail',
    words: 'status code: {status}, request id: {requestId}, host id:',
    sets: { service: 's3' },
    example: 'AccessDenied: Access Denied\n\tstatus code: 403, request id: 7D3C2B1A0F9E8D7C, host id: abc=',
    seen: 'AWS SDK for Go v1: only S3 has host ids',
  },
  {
    name: 'java-v1',
    kind: 'tail',
    words: [
      'service: {service}; status code: {status}; error code: {errorCode}; request id: {requestId}',
      'service: {service}; status code: {status}; error code: {errorCode}',
      'service: {service}; status code: {status}',
    ],
    example:
      'Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 43DN7Y9K8JBQ5Q0B; Proxy: null)',
    seen: 'AWS SDK for Java v1 and services written with it',
  },
  {
    name: 'java-v2',
    kind: 'tail',
    words: [
      'service: {service}, status code: {status}, request id: {requestId}',
      'service: {service}, status code: {status}',
    ],
    example: 'Access Denied (Service: S3, Status Code: 403, Request ID: HJXCD4QSS51HEFXG) (SDK Attempt Count: 1)',
    seen: 'AWS SDK for Java v2 and CloudFormation resource handlers',
  },
  {
    name: 'java-v1',
    kind: 'head',
    words: ['status code: {status}, aws service: {service}, aws request id: {requestId}, aws error code: {errorCode},'],
    example:
      'Status Code: 400, AWS Service: AmazonDynamoDBv2, AWS Request ID: 4Q6TS6N01GGRWHVS, AWS Error Code: AccessDeniedException, AWS Error Message: denied',
    seen: 'First versions of the AWS SDK for Java',
  },
  {
    name: 'php',
    kind: 'head',
    words: ['error executing {operation} on'],
    example:
      'Error executing "PutObject" on "https://amzn-s3-demo-bucket.s3.amazonaws.com/a"; AWS HTTP error: Client error',
    seen: 'AWS SDK for PHP',
  },
  {
    name: 'php-s3-class',
    kind: 'head',
    words: ['s3::{operation}():', 's3::{operation}({any}):'],
    sets: { service: 's3' },
    example: 'S3::putObject(): [AccessDenied] Access Denied',
    seen: 'The S3 class for PHP that predates the SDK',
  },
  {
    name: 'clickhouse',
    kind: 'head',
    words: ['exception calling {operation} for'],
    example: 'DB::Exception: Exception calling GetTable for table sales.orders: Access denied',
    seen: 'ClickHouse, reading the Glue Data Catalog',
  },
  {
    name: 'rust',
    kind: 'head',
    words: ['err: {operation}error'],
    // `err: rpc error: code = Unknown` is gRPC's.
    when: (_, after) => /^\s*\{/.test(after),
    example: 'source: ServiceError { err: HeadObjectError { kind: Unhandled',
    seen: 'AWS SDK for Rust, first versions',
  },
  {
    name: 'rust',
    kind: 'head',
    words: ['code: some({errorCode})'],
    example: 'ErrorMetadata { code: Some("AccessDenied"), message: Some("Access Denied") }',
    seen: 'AWS SDK for Rust, Debug',
  },
  {
    name: 'ruby',
    kind: 'head',
    words: 'aws::{service}::errors::{errorCode}',
    example: 'Aws::S3::Errors::AccessDenied (Access Denied)',
    seen: 'AWS SDK for Ruby',
  },
  {
    name: 'ruby',
    kind: 'tail',
    words: '(aws::{service}::errors::{errorCode})',
    example: 'Access Denied (Aws::S3::Errors::AccessDenied)',
    seen: 'AWS SDK for Ruby, as irb and Rails print it',
  },
  {
    name: 'ruby',
    kind: 'tail',
    words: ['while calling {operation} on amazon::coral::{service}client', 'while calling {operation} on'],
    example: 'while calling DescribeJobFlows on Amazon::Coral::ElasticMapReduceClient, retrying in 3.0 seconds',
    seen: 'Amazon::Coral clients',
  },
  {
    name: 'operation-behind',
    kind: 'head',
    words: ['error calling {service}:{operation}:'],
    example:
      'error validating provider credentials: error calling sts:GetCallerIdentity: InvalidClientTokenId: The security token',
    seen: 'Terraform and what is built on its providers',
  },
  {
    name: 'redshift',
    kind: 'head',
    words: ['s3serviceexception:{any},status {status},error {errorCode},rid {requestId},'],
    sets: { service: 's3' },
    example: 'S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid 760EF028,ExtRid abc=,CanRetry 1',
    seen: 'Redshift COPY',
  },
]

export const cloudFormationRows: readonly Row[] = [
  {
    name: 'cloudformation',
    kind: 'tail',
    words: ['handlererrorcode: {errorCode}'],
    example: 'Resource handler returned message: "denied" (RequestToken: 0d0bb2a1, HandlerErrorCode: AccessDenied)',
    seen: 'CloudFormation resource handlers',
  },
  {
    name: 'cloudformation',
    kind: 'head',
    words: ['resource handler returned message'],
    example: 'Resource handler returned message: "Access denied for operation \'AWS::Logs::LogGroup\'."',
    seen: 'CloudFormation resource handlers',
  },
  {
    name: 'cloudformation-api',
    kind: 'head',
    words: ['api: {action}'],
    // Not the end of `execute-api:`.
    when: (before) => !/[\w-]$/.test(before),
    example: 'API: sqs:CreateQueue Access to the resource https://sqs.us-east-1.amazonaws.com/ is denied.',
    seen: 'CloudFormation, resource types without a handler',
  },
]
