import t from 'tap'
import type { Denial } from '../../src/denial/denial.ts'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * Denials as other tools, services and people tell them: in comments and notes, with names where AWS prints ARNs,
 * and with the operation where AWS prints the action.
 */

interface Case {
  readonly name: string
  readonly text: string
  /** What each denial says, in order; what is not listed is not checked. */
  readonly want: readonly Partial<Denial>[]
}

const operations: readonly Case[] = [
  {
    name: "what Elastic Beanstalk may not do for its caller, and a refusal of the caller's own below it",
    text: "A client error (InsufficientPrivilegesException) occurred when calling the UpdateEnvironment operation: You do not have permission to perform the 's3:CreateBucket' action. Verify that your S3 policies and your ACLs allow you to perform these actions.\n\nMessage:User: arn:aws:iam::111122223333:user/ci is not authorized to perform: elasticloadbalancing:RegisterInstancesWithLoadBalancer",
    want: [
      {
        action: 's3:CreateBucket',
        service: 's3',
        operation: 'UpdateEnvironment',
        errorCode: 'InsufficientPrivilegesException',
        principal: null,
      },
      {
        action: 'elasticloadbalancing:RegisterInstancesWithLoadBalancer',
        operation: null,
        errorCode: null,
        principal: 'arn:aws:iam::111122223333:user/ci',
      },
    ],
  },
  {
    name: 'the same words alone',
    text: 'Error: You do not have permission to perform the "autoscaling:DescribeAutoScalingGroups" action.',
    want: [{ class: 'authorization', action: 'autoscaling:DescribeAutoScalingGroups' }],
  },
  {
    name: 'a permission of another system',
    text: "You do not have permission to perform the 'orders:delete' action.",
    want: [],
  },
  {
    name: 'no permission is named',
    text: 'You do not have permission to perform the requested operation: ask an administrator',
    want: [],
  },
  {
    name: 'what a manual says of whoever may lack it',
    text: 'If you do not have permission to perform the s3:ListBucket action, S3 answers 403. User: arn:aws:iam::111122223333:user/ci is not authorized to perform: s3:GetObject',
    want: [{ action: 's3:GetObject' }],
  },
  {
    name: 'permissions that CloudFormation lists, to tag what it made',
    text: 'Failed to set tags on AWS::SNS::Topic. IAM permissions SNS:ListTagsForResource, SNS:TagResource and SNS:UntagResource are required to tag AWS::SNS::Topic resources.',
    want: [{ class: 'authorization', action: 'SNS:ListTagsForResource', service: 'sns' }],
  },
  {
    name: 'permissions that a note lists behind a refusal of another',
    text: 'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:ListBucket on resource: arn:aws:s3:::reports\n\nNote that the IAM permissions s3:GetObject and s3:PutObject are required for the backup.',
    want: [{ action: 's3:ListBucket' }],
  },
  {
    name: 'actions and their answer, one on a line',
    text: 'Results:\n - sns:ListTopics denied\n - sns:ListSubscriptions allowed\n - ses:ListIdentities denied',
    want: [
      { class: 'authorization', action: 'sns:ListTopics', service: 'sns' },
      { class: 'authorization', action: 'ses:ListIdentities', service: 'ses' },
    ],
  },
  {
    name: 'what a policy denies, in the middle of a sentence',
    text: 'We have an SCP by which ec2:RunInstances denied elsewhere is no surprise',
    want: [],
  },
  { name: 'a permission that AWS’s service of that name does not have', text: 'config:GetSettings denied', want: [] },
  { name: 'a name of others with a colon, denied', text: 'git:PushBranch denied', want: [] },
  {
    name: 'a bucket that FSx may not look at',
    text: 'BadRequest: Amazon FSx is unable to validate access to the S3 bucket. Ensure the IAM role or user you are using has s3:Get*, s3:List* and s3:PutObject permissions to the S3 bucket prefix.',
    want: [{ class: 'authorization', action: 's3:PutObject' }],
  },
  {
    name: 'an operation in prose that only a rare service has',
    text: 'CreateOrder failed with AccessDenied',
    want: [{ class: 'bare', operation: 'CreateOrder', service: null }],
  },
  {
    name: 'the same, as the AWS CLI prints it',
    text: 'An error occurred (AccessDeniedException) when calling the CreateOrder operation: no',
    want: [{ class: 'bare', operation: 'CreateOrder', service: 'outposts' }],
  },
  {
    name: 'a user of some other system',
    text: 'User: bob is not authorized to perform StartPipeline on the staging environment',
    want: [{ operation: 'StartPipeline', service: null }],
  },
  {
    name: 'an error object that has its message twice',
    text: '{"errorType":"AccessDeniedException","errorMessage":"User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecs:RunTask","code":"AccessDeniedException","message":"User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecs:RunTask","requestId":"0d0bb2a1-1111-4222-8333-444455556666"}',
    want: [{ action: 'ecs:RunTask', occurrences: 1, wrapper: 'js' }],
  },
  {
    name: 'an error and the dump of it that the AWS SDK for Go prints behind it',
    text: 'InvalidParameterException: User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:PassRole\n{\n  RespMetadata: {\n    StatusCode: 403,\n    RequestID: "0d0bb2a1-1111-4222-8333-444455556666"\n  },\n  Message_: "User: arn:aws:iam::111122223333:user/ann is not authorized to perform: iam:PassRole"\n}',
    want: [{ action: 'iam:PassRole', occurrences: 1, requestId: '0d0bb2a1-1111-4222-8333-444455556666' }],
  },
  {
    name: 'the same with the code in the dump too',
    text: 'updating Security Hub Organization Configuration (): InvalidAccessException: Account 111122223333 is not an administrator for this organization\n{\n  RespMetadata: {\n    StatusCode: 401\n  },\n  Code_: "InvalidAccessException",\n  Message_: "Account 111122223333 is not an administrator for this organization"\n}',
    want: [
      {
        format: 'neighbour:account-not-administrator',
        service: 'securityhub',
        errorCode: 'InvalidAccessException',
        occurrences: 1,
      },
    ],
  },
  {
    name: 'an error whose causes say 403 again',
    text: 'Amazon.EC2.AmazonEC2Exception: You are not authorized to perform this operation. ---> Amazon.Runtime.Internal.HttpErrorResponseException: The remote server returned an error: (403) Forbidden. ---> System.Net.WebException: The remote server returned an error: (403) Forbidden.',
    want: [{ class: 'bare', service: 'ec2', occurrences: 1 }],
  },
  {
    name: 'one log group beside the call that failed',
    text: "[info] Creating log group /shop/web\n[error] CreateLogGroup API responded with error='AccessDeniedException'",
    want: [
      {
        service: 'logs',
        calls: [
          { service: 'logs', operation: 'CreateLogGroup', parameters: { logGroupName: '/shop/web' }, span: [44, 106] },
        ],
      },
    ],
  },
  {
    name: 'several log groups beside the call that failed',
    text: "[info] Creating log group /shop/web\n[info] Creating log group /shop/db\n[error] CreateLogGroup API responded with error='AccessDeniedException'",
    want: [
      { service: 'logs', calls: [{ service: 'logs', operation: 'CreateLogGroup', parameters: {}, span: [79, 141] }] },
    ],
  },
  {
    name: 'the service that a tool names, with credentials that are refused',
    text: 'Failed to change Route 53 record set: SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided.',
    want: [{ class: 'credential', service: 'route53' }],
  },
  ...(
    [
      [
        'of several services whose principal stands beside it',
        'CreateCluster',
        'role x cannot be assumed by eks.amazonaws.com',
        'eks',
      ],
      [
        'of several services whose ARN stands beside it',
        'DeleteCluster',
        'arn:aws:kafka:eu-west-1:111122223333:cluster/x',
        'kafka',
      ],
      [
        'of several services whose endpoint stands beside it',
        'CreateModel',
        'https://sagemaker.eu-west-1.amazonaws.com/',
        'sagemaker',
      ],
      ['of several services, two of them named', 'CreateCluster', 'eks.amazonaws.com, ecs.amazonaws.com', null],
      ['of several services, none of them named', 'CreateCluster', 'no', null],
      ['of several services, another role named', 'CreateCluster', 'ecs-tasks.amazonaws.com', null],
      ['that one service alone is known for', 'CreateTable', 'no', 'dynamodb'],
      [
        'that one service is known for, and another named',
        'CreateTable',
        'arn:aws:glue:eu-west-1:111122223333:catalog',
        'glue',
      ],
      ['that one service alone has', 'RunTask', 'role x cannot be assumed by eks.amazonaws.com', 'ecs'],
    ] as const
  ).map(([name, operation, text, service]) => ({
    name: `an operation ${name}`,
    text: `An error occurred (AccessDeniedException) when calling the ${operation} operation: ${text}`,
    want: [{ operation, service }],
  })),
  {
    name: 'two error objects with the same message',
    text: '{"message":"User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecs:RunTask"}\n{"message":"User: arn:aws:iam::111122223333:user/ann is not authorized to perform: ecs:RunTask"}',
    want: [{ action: 'ecs:RunTask', occurrences: 2 }],
  },
  {
    name: 'a wire log, whose last request was refused',
    text: '> X-Amz-Target: DynamoDB_20120810.GetItem\n< HTTP/1.1 200 OK\n> X-Amz-Target: DynamoDB_20120810.PutItem\n< HTTP/1.1 200 OK\n> X-Amz-Target: DynamoDB_20120810.GetItem\n< HTTP/1.1 400 Bad Request\n{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"}',
    want: [
      {
        class: 'bare',
        service: 'dynamodb',
        calls: [{ service: 'dynamodb', operation: 'GetItem', parameters: {}, span: [122, 161] }],
      },
    ],
  },
  {
    name: 'a wire log, whose first request went through',
    text: '> X-Amz-Target: DynamoDB_20120810.GetItem\n< HTTP/1.1 200 OK\n> X-Amz-Target: DynamoDB_20120810.PutItem\n< HTTP/1.1 400 Bad Request\n{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"no"}',
    want: [
      {
        class: 'bare',
        service: 'dynamodb',
        calls: [{ service: 'dynamodb', operation: 'PutItem', parameters: {}, span: [62, 101] }],
      },
    ],
  },
  {
    name: 'an operation of a service that few people use',
    text: 'arn:aws:iam::111122223333:user/ann is not authorized to perform CreateComponentVersion (Status Code: 403; Error Code: AccessDeniedException)',
    want: [{ class: 'authorization', operation: 'CreateComponentVersion', service: 'greengrass' }],
  },
  {
    name: 'Go’s wrapper without the HTTP status',
    text: 'operation error ACM: RequestCertificate: AccessDeniedException: User is not authorized to perform: acm:RequestCertificate',
    want: [
      {
        class: 'authorization',
        action: 'acm:RequestCertificate',
        operation: 'RequestCertificate',
        errorCode: 'AccessDeniedException',
        wrapper: 'go-v2',
      },
    ],
  },
  {
    name: 'a service in front of its error',
    text: '* route53: AccessDenied: User: arn:aws:sts::111122223333:assumed-role/acme/ann is not authorized to access this resource',
    want: [{ class: 'authorization', service: 'route53', errorCode: 'AccessDenied' }],
  },
  {
    name: 'an error of the SDK for Ruby in Markdown',
    text: '**Aws::S3::Errors::AccessDenied** in **Storage::PurgeJob@default**\nAccess Denied',
    want: [{ class: 'bare', service: 's3', errorCode: 'AccessDenied', wrapper: 'ruby' }],
  },
  {
    name: 'a list of R',
    text: 'List of 4\n $ Code     : chr "AccessDenied"\n $ Message  : chr "Access Denied"\n $ RequestId: chr "A096AC9FC2F163A7"\nError in parse_aws_s3_response(r, Sig, verbose = verbose) :\n  Forbidden (HTTP 403).',
    want: [{ class: 'bare', service: 's3', errorCode: 'AccessDenied', requestId: 'A096AC9FC2F163A7' }],
  },
  {
    name: 'R’s client of S3, without more',
    text: 'Error in parse_aws_s3_response(r, Sig, verbose = verbose) :\n  Forbidden (HTTP 403).',
    want: [{ class: 'bare', service: 's3' }],
  },
  {
    name: 'a device that AWS IoT Core does not let connect',
    text: '{"level":"ERROR","contexts":{"reason":"CONNACK:Client is not authenticated/authorized to send the message:0d0bb2a1","clientId":"meter-7"}}',
    want: [{ class: 'bare', service: 'iot', operation: 'Connect' }],
  },
  {
    name: 'a device on which AWS IoT Core hung up at once',
    text: 'CrtError: Failed to connect: libaws-c-mqtt: AWS_ERROR_MQTT_UNEXPECTED_HANGUP\nThe connection was closed unexpectedly',
    want: [{ class: 'bare', service: 'iot', operation: 'Connect' }],
  },
  {
    name: 'a connection that stood, and was closed for whatever reason',
    text: 'Connection interrupted. error: AWS_ERROR_MQTT_UNEXPECTED_HANGUP: The connection was closed unexpectedly.',
    want: [],
  },
  {
    name: 'return code 5 of AWS IoT Core',
    text: 'mqtt client for a1b2-ats.iot.eu-west-1.amazonaws.com: Error: Connection refused: Not authorized',
    want: [{ class: 'bare', service: 'iot', operation: 'Connect' }],
  },
  {
    name: 'return code 5 of a broker of one’s own',
    text: 'mosquitto_sub: Connection Refused: not authorised.',
    want: [],
  },
  {
    name: 'the role that SageMaker’s SDK cannot look up',
    text: "Couldn't call 'get_role' to get Role ARN from role name notebook-7 to get Role path.",
    want: [{ class: 'bare', service: 'iam', operation: 'GetRole', resource: 'notebook-7' }],
  },
  {
    name: 'a user, for whom SageMaker’s SDK finds no role',
    text: "Couldn't call 'get_role' to get Role ARN from role name ci to get Role path.\nValueError: The current AWS identity is not a role: arn:aws:iam::111122223333:user/ci, therefore it cannot be used as a SageMaker execution role",
    want: [{ class: 'other-aws', format: 'neighbour:identity-is-no-role' }],
  },
  {
    name: 'SageMaker Studio, which cannot make the app with the role of the profile',
    text: "SageMaker is unable to use your associated ExecutionRole [arn:aws:iam::111122223333:role/studio-7] to create app. Verify that your associated ExecutionRole has permission for 'sagemaker:CreateApp'.",
    want: [
      { class: 'authorization', action: 'sagemaker:CreateApp', principal: 'arn:aws:iam::111122223333:role/studio-7' },
    ],
  },
  {
    name: 'data keys that the Encryption SDK cannot decrypt',
    text: 'aws_encryption_sdk.exceptions.DecryptKeyError: Unable to decrypt any data key',
    want: [{ class: 'bare', service: 'kms', operation: 'Decrypt' }],
  },
  {
    name: 'a role that a service cannot assume, by its principal',
    text: '"cause": "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role."',
    want: [{ class: 'other-aws', service: 'states' }],
  },
  {
    name: 'a sender that SES does not know, as an SDK prints it',
    text: 'MessageRejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: shop@example.com',
    want: [{ class: 'other-aws', service: 'ses', errorCode: 'MessageRejected' }],
  },
  {
    name: 'no credentials for a storage library',
    text: 'PermissionDenied (persistent) at stat, context: { service: s3, path: data/a.tbl } => no valid credential found, please check configuration or try again',
    want: [{ class: 'credential' }],
  },
  {
    name: 'an operation where others print the action',
    text: 'Resource handler returned message: "User with accountId: 111122223333 is not authorized to perform CreateLogGroup with Tags (Service: CloudWatchLogs, Status Code: 400, Request ID: 0d0bb2a1-1111-4222-8333-444455556666)" (HandlerErrorCode: GeneralServiceException)',
    want: [{ class: 'authorization', principal: null, action: null, operation: 'CreateLogGroup', service: 'logs' }],
  },
  {
    name: 'assuming a role, without the prefix of STS',
    text: 'arn:aws:iam::111122223333:role/pipeline is not authorized to perform AssumeRole on role arn:aws:iam::111122223333:role/deploy (Service: AWSCodePipeline; Status Code: 400; Error Code: InvalidStructureException; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)',
    want: [
      {
        class: 'authorization',
        principal: 'arn:aws:iam::111122223333:role/pipeline',
        operation: 'AssumeRole',
        resource: 'arn:aws:iam::111122223333:role/deploy',
      },
    ],
  },
  {
    name: 'a permission that is required, by its name',
    text: "An error occurred (AccessDeniedException) when calling the CreateKey operation: You don't have the kms:TagResource permission that is required to add tags during key creation.",
    want: [
      { class: 'authorization', action: 'kms:TagResource', operation: 'CreateKey', errorCode: 'AccessDeniedException' },
    ],
  },
  {
    name: 'a user who lacks a permission, in few words',
    text: '"User not has permission sqs:ReceiveMessage"',
    want: [{ class: 'authorization', action: 'sqs:ReceiveMessage' }],
  },
  {
    name: 'a permission that is required, told beside what was refused',
    text: 'Ensure that permission s3:GetObject is required by the job. User: arn:aws:iam::111122223333:user/ann is not authorized to perform: sqs:SendMessage',
    want: [{ class: 'authorization', action: 'sqs:SendMessage' }],
  },
  {
    name: 'a permission that is there',
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied. You have the s3:ListBucket permission.',
    want: [{ class: 'bare', action: null, operation: 'GetObject' }],
  },
  {
    name: 'a connection that was refused, by its ARN',
    text: 'CREATE_FAILED | AWS::CodeBuild::Project | App\nFailed to call CreateWebhook, reason: Access denied to connection arn:aws:codeconnections:eu-west-1:111122223333:connection/0d0bb2a1-1111-4222-8333-444455556666 (Service: AWSCodeBuild; Status Code: 400; Error Code: InvalidInputException; Request ID: 0d0bb2a1-2222-4222-8333-444455556666; Proxy: null)',
    want: [
      {
        class: 'bare',
        resource: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/0d0bb2a1-1111-4222-8333-444455556666',
        service: 'codeconnections',
        region: 'eu-west-1',
      },
    ],
  },
  {
    name: 'a connection without its ARN',
    text: 'Access denied to connection shop (Service: AWSCodeBuild; Status Code: 400; Error Code: InvalidInputException; Request ID: 0d0bb2a1-2222-4222-8333-444455556666; Proxy: null)',
    want: [{ class: 'bare', resource: null, service: 'codebuild' }],
  },
  {
    name: 'Secrets Manager about the key of a secret',
    text: 'AWS::SecretsManager::Secret | Secret Access to KMS is not allowed (Service: AWSSecretsManager; Status Code: 400; Error Code: AccessDeniedException; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)',
    want: [{ class: 'bare', service: 'secretsmanager', errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'the same in Terraform, by the words before it',
    text: 'Error: error reading Secrets Manager Secret Version: AccessDeniedException: Access to KMS is not allowed\n\tstatus code: 400, request id: 0d0bb2a1-1111-4222-8333-444455556666',
    want: [{ class: 'bare', service: 'secretsmanager' }],
  },
  {
    name: 'the same by the operation, misspelt around it',
    text: 'An Error occured (AccessDeniedException) when calling the GetSecretValue operation: Access to KMS is not allowed',
    want: [{ class: 'bare', service: 'secretsmanager', operation: 'GetSecretValue' }],
  },
  {
    name: 'the same without anybody who says it',
    text: 'AccessDeniedException: Access to KMS is not allowed',
    want: [{ class: 'bare', service: 'kms' }],
  },
  {
    name: 'a launch template that was tried for another call',
    text: 'AWS::AutoScaling::AutoScalingGroup/NodeGroup: CREATE_FAILED – "API: autoscaling:CreateAutoScalingGroup You are not authorized to use launch template: shop-nodes"',
    want: [{ class: 'bare', action: null, service: 'ec2' }],
  },
  {
    name: 'a call that was refused itself',
    text: 'API: autoscaling:CreateAutoScalingGroup You are not authorized to perform this operation',
    want: [{ class: 'authorization', action: 'autoscaling:CreateAutoScalingGroup' }],
  },
  {
    name: 'a device that no IoT policy lets connect, in the log of AWS IoT',
    text: '{ "timestamp": "2026-01-11 04:00:42.998", "logLevel": "ERROR", "status": "Failure", "eventType": "Connect", "protocol": "MQTT", "clientId": "meter-7", "reason": "AUTHORIZATION_FAILURE" }',
    want: [{ class: 'authorization', action: 'iot:Connect', service: 'iot', errorCode: 'AUTHORIZATION_FAILURE' }],
  },
  {
    name: 'a device that may not publish, its members the other way round',
    text: '{"status":"Failure","reason":"AUTHORIZATION_FAILURE","protocol":"MQTT","topicName":"meters/7","eventType":"Publish-In"}\n{"eventType":"Connect","status":"Success"}',
    want: [{ class: 'authorization', action: 'iot:Publish' }],
  },
  {
    name: 'lines of a bucket’s server access log',
    text: '27f33dcde626 amzn-s3-demo-bucket [04/Jun/2026:01:45:57 +0000] 192.0.2.3 arn:aws:iam::111122223333:user/blog DA10333234650546 REST.PUT.OBJECT 2026/a%20b.jpg "PUT /amzn-s3-demo-bucket/2026/a%2520b.jpg HTTP/1.1" 403 AccessDenied 243 70291 13 - "-" "aws-sdk-nodejs/2.0.17 linux/v4.2.6" -\n27f33dcde626 amzn-s3-demo-bucket [04/Jun/2026:01:45:58 +0000] 192.0.2.4 - DA10333234650547 REST.GET.BUCKET - "GET /amzn-s3-demo-bucket HTTP/1.1" 403 AccessDenied 243 - 13 - "-" "curl" -\n27f33dcde626 amzn-s3-demo-bucket [04/Jun/2026:01:45:59 +0000] 192.0.2.4 - DA10333234650548 REST.GET.OBJECT a.txt "GET /a.txt HTTP/1.1" 200 - 243 243 13 - "-" "curl" -',
    want: [
      {
        class: 'authorization',
        format: 's3-access-log',
        service: 's3',
        operation: 'PutObject',
        principal: 'arn:aws:iam::111122223333:user/blog',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket/2026/a b.jpg',
        errorCode: 'AccessDenied',
        requestId: 'DA10333234650546',
      },
      {
        operation: 'ListObjectsV2',
        principal: 'anonymous',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket',
      },
    ],
  },
  {
    name: 'a service in a bucket’s server access log',
    text: '27f33dcde626 amzn-s3-demo-bucket [04/Jun/2026:01:45:57 +0000] - svc:cloudfront.amazonaws.com DA10333234650546 REST.GET.OBJECT a.html "GET /a.html HTTP/1.1" 403 AccessDenied 243 - 13 - "-" "Amazon CloudFront" -',
    want: [
      {
        class: 'authorization',
        format: 's3-access-log',
        operation: 'GetObject',
        principal: 'cloudfront.amazonaws.com',
        principalType: 'service',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket/a.html',
      },
    ],
  },
  {
    name: 'a row of the access log as a record of a query',
    text: '[{ "bucket_name": "amzn-s3-demo-bucket", "requester": "arn:aws:iam::111122223333:user/blog", "requestid": "DA10333234650549", "operation": "REST.PUT.OBJECT", "key": "2026/b.jpg", "httpstatus": "403", "errorcode": "AccessDenied" },\n{ "requester": "arn:aws:iam::111122223333:user/blog", "operation": "REST.GET.OBJECT", "key": "c.jpg", "errorcode": null }]',
    want: [
      {
        class: 'authorization',
        format: 's3-access-log',
        operation: 'PutObject',
        principal: 'arn:aws:iam::111122223333:user/blog',
        resource: 'arn:aws:s3:::amzn-s3-demo-bucket/2026/b.jpg',
        requestId: 'DA10333234650549',
      },
    ],
  },
  {
    name: 'such a record without its other columns names nobody',
    text: '{"operation": "REST.GET.OBJECT", "bucket": "amzn-s3-demo-bucket", "errorcode": "AccessDenied"}',
    want: [{ operation: 'GetObject', principal: null, resource: null, requestId: null }],
  },
  {
    name: 'Arrow tells operation and code, whatever the body says',
    text: "OSError: When reading information for key 'a/part-0.parquet' in bucket 'amzn-s3-demo-bucket': AWS Error ACCESS_DENIED during GetObject operation: Access Denied.",
    want: [
      { class: 'bare', format: 'arrow-refused', service: 's3', operation: 'GetObject', errorCode: 'ACCESS_DENIED' },
    ],
  },
  {
    name: 'an operation of the access log in prose',
    text: 'AccessDenied. The access log has REST.GET.OBJECT for it.',
    want: [{ class: 'bare', format: 'code-only', operation: null }],
  },
  {
    name: 'a refusal that people sum up beside a sentence of AWS’s',
    text: 'For S3, "Access Denied - "s3:GetBucketVersioning" Action"\n\nFor DynamoDB,\n\nAccessDeniedException: User: arn:aws:iam::111122223333:user/ci is not authorized to perform: dynamodb:DescribeTable on resource: arn:aws:dynamodb:us-east-2:111122223333:table/lock',
    want: [{ action: 's3:GetBucketVersioning', principal: null }, { action: 'dynamodb:DescribeTable' }],
  },
  {
    name: 'an action of another system',
    text: 'Access Denied - "orders:delete" action',
    want: [{ class: 'bare', action: null }],
  },
  {
    name: 'each bucket that ScoutSuite could not look at',
    text: 'scout ERROR s3.py L99: Failed to get encryption configuration for docs-7: An error occurred (AccessDenied) when calling the GetBucketEncryption operation: Access Denied\nscout ERROR s3.py L119: Failed to get ACL configuration for docs-7: An error occurred (AccessDenied) when calling the GetBucketAcl operation: Access Denied',
    want: [
      { operation: 'GetBucketEncryption', calls: [{ parameters: { bucket: 'docs-7' } }] as unknown as Denial['calls'] },
      { operation: 'GetBucketAcl', calls: [{ parameters: { bucket: 'docs-7' } }] as unknown as Denial['calls'] },
    ],
  },
  {
    name: 'the table that PynamoDB tells',
    text: 'An error occurred (AccessDeniedException) on request (HASH) on table (orders-7) when calling the Query operation',
    want: [{ operation: 'Query', calls: [{ parameters: { tableName: 'orders-7' } }] as unknown as Denial['calls'] }],
  },
  {
    name: 'devices in the log of AWS IoT as it once was',
    text: '2017-02-15 20:10:06.000 TRACEID:5c1e PRINCIPALID:1215 [ERROR] EVENT:MQTT Client Connect MESSAGE:Connect Status: AUTHORIZATION_FAILURE\n2017-02-15 20:10:07.000 TRACEID:5c1f PRINCIPALID:1215 [ERROR] EVENT:PublishEvent TOPICNAME:meters/7 MESSAGE:PublishIn Status: AUTHORIZATION_FAILURE',
    want: [
      { class: 'authorization', action: 'iot:Connect', service: 'iot', errorCode: 'AUTHORIZATION_FAILURE' },
      { class: 'authorization', action: 'iot:Publish' },
    ],
  },
  {
    name: 'an old line of another system',
    text: 'MESSAGE:Login Status: AUTHORIZATION_FAILURE of the AWS account team',
    want: [],
  },
  {
    name: 'a device that failed otherwise',
    text: '{ "logLevel": "ERROR", "status": "Failure", "eventType": "Connect", "protocol": "MQTT", "reason": "CONNECTION_LOST" }',
    want: [],
  },
  {
    name: 'actions that an installer tried its credentials for',
    text: 'time="2026-07-10T12:16:55Z" level=warning msg="Action not allowed with tested creds" action="iam:CreateAccessKey"\ntime="2026-07-10T12:16:55Z" level=warning msg="Action not allowed with tested creds" action="iam:CreateUser"\ntime="2026-07-10T12:16:55Z" level=info msg="Action allowed with tested creds" action="iam:GetUser"',
    want: [
      { class: 'authorization', action: 'iam:CreateAccessKey' },
      { class: 'authorization', action: 'iam:CreateUser' },
    ],
  },
  {
    name: 'a client of Elasticsearch that signs for AWS',
    text: 'Trace: { Authorization Exception :: {"path":"/","query":{},"statusCode":403,"response":""}\n    at cleanUp (node_modules/http-aws-es/connector.js:61:9)',
    want: [{ class: 'bare', service: 'es' }],
  },
  {
    name: 'the same client with a server of somebody else',
    text: 'Trace: { Authorization Exception :: {"path":"/","query":{},"statusCode":403,"response":""}\n    at cleanUp (node_modules/elasticsearch/http.js:61:9)',
    want: [],
  },
  {
    name: 'a word that is no operation',
    text: 'aws said: you are not authorized to perform Housekeeping',
    want: [],
  },
  {
    name: 'Fluent Bit puts the operation first',
    text: "[2026/02/03 10:33:39] [error] [output:cloudwatch_logs:cloudwatch_logs.0] CreateLogStream API responded with error='AccessDeniedException'\n[2026/02/03 10:33:39] [error] [output:cloudwatch_logs:cloudwatch_logs.0] Failed to create log stream",
    want: [{ class: 'bare', operation: 'CreateLogStream', service: 'logs', errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'an operation that failed',
    text: 'STS AssumeRole failed: AccessDenied: Access Denied',
    want: [{ class: 'bare', operation: 'AssumeRole', service: 'sts' }],
  },
  {
    name: 'an operation that failed, the reason below',
    text: '`PutObject` failed with:\n\nbecause no session policy allows the s3:PutObject action',
    want: [{ action: 's3:PutObject', operation: 'PutObject', policyType: 'session', effect: 'implicit' }],
  },
  {
    name: "the CLI's words without its brackets",
    text: 'Error: AccessDenied when calling PutObject on S3 bucket shop-media',
    want: [{ class: 'bare', operation: 'PutObject', service: 's3' }],
  },
  {
    name: "the CLI's words without its brackets, the end kept",
    text: '| AccessDenied when calling the CreateRole operation | permissions | ask |',
    want: [{ class: 'bare', operation: 'CreateRole', service: 'iam' }],
  },
  {
    name: 'a call inside of a call',
    text: 'AccessDenied: Failed to verify the given VPC by calling ec2:DescribeVpcs: You are not authorized to perform this operation. (Service: AmazonEC2; Status Code: 403; Error Code: UnauthorizedOperation; Request ID: 0d0bb2a1-1111-4222-8333-444455556666; Proxy: null)',
    want: [{ class: 'authorization', action: 'ec2:DescribeVpcs', service: 'ec2' }],
  },
  {
    name: 'CloudFormation denied an operation, not a type',
    text: "CREATE_FAILED: Access denied for operation 'CreateIndex'. (RequestToken: 0d0bb2a1-1111-4222-8333-444455556666, HandlerErrorCode: AccessDenied)",
    want: [{ class: 'bare', operation: 'CreateIndex', errorCode: 'AccessDenied' }],
  },
  {
    name: 'a CloudTrail event told in prose',
    text: "CloudTrail event 'DescribeStackSet' with error code AccessDenied is logged every hour.",
    want: [{ class: 'bare', operation: 'DescribeStackSet', service: 'cloudformation', errorCode: 'AccessDenied' }],
  },
  {
    name: 'Lambda on the way to S3',
    text: 'Your access has been denied by S3, please make sure your request credentials have permission to GetObject for amzn-s3-demo-bucket/app.zip. S3 Error Code: AccessDenied. S3 Error Message: Access Denied (Service: Lambda, Status Code: 403, Request ID: 0d0bb2a1-1111-4222-8333-444455556666)',
    want: [{ class: 'authorization', action: null, operation: 'GetObject', service: 's3' }],
  },
]

const names: readonly Case[] = [
  {
    name: 'a placeholder of two words, no colon',
    text: 'AccessDenied: User [Lambda ARN] is not authorized to perform: sts:AssumeRole on resource: [Backup Role ARN]',
    want: [{ principal: '[Lambda ARN]', resource: '[Backup Role ARN]', errorCode: 'AccessDenied' }],
  },
  {
    name: 'a name that can only be one',
    text: 'after calling curl I got "orders-api-prod-create is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1"',
    want: [{ principal: 'orders-api-prod-create', action: 'dynamodb:PutItem' }],
  },
  {
    name: 'a word that names nobody',
    text: '// the error you get: lambda is not authorized to perform: ecs:ListTasks on resource: *',
    want: [{ principal: null, action: 'ecs:ListTasks', resource: '*' }],
  },
  {
    name: 'an ARN of the command before is not the caller',
    text: '$ aws sts assume-role --role-arn arn:aws:iam::111122223333:role/portable ...\nAccessDenied: user/backup is not authorized to perform: sts:AssumeRole',
    want: [{ principal: 'user/backup', errorCode: 'AccessDenied' }],
  },
  {
    name: 'an ARN without its first words',
    text: '    # Add 111122223333:assumed-role/batch-service/aws-batch\n    # is not authorized to perform: logs:DescribeLogGroups\n    # on resource: arn:aws:logs:us-west-2:111122223333:log-group::log-stream:\n    # because no identity-based policy allows the logs:DescribeLogGroups action',
    want: [
      {
        principal: '111122223333:assumed-role/batch-service/aws-batch',
        resource: 'arn:aws:logs:us-west-2:111122223333:log-group::log-stream:',
        policyType: 'identity-based',
      },
    ],
  },
  {
    name: 'a log group ends in a colon, prose does not',
    text: 'User: arn:aws:iam::111122223333:user/bob is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:us-east-2:111122223333:log-group:/ecs/web:log-stream: because no identity-based policy allows the logs:CreateLogGroup action',
    want: [{ resource: 'arn:aws:logs:us-east-2:111122223333:log-group:/ecs/web:log-stream:' }],
  },
  {
    name: 'SES with names for ARNs',
    text: '554 Access denied: User UserARN is not authorized to perform ses:SendRawEmail on resource IdentityARN',
    want: [{ principal: 'UserARN', action: 'ses:SendRawEmail', resource: 'IdentityARN' }],
  },
  {
    name: 'back-ticks inside of a name',
    text: 'User: arn:aws:iam::111122223333:user/`bob` is not authorized to perform: iam:PassRole',
    want: [{ principal: 'arn:aws:iam::111122223333:user/bob' }],
  },
  {
    name: 'a comment block',
    text: ' * ResourceInitializationError: unable to pull secrets or registry auth:\n *   AccessDeniedException: User: .../shop-exec is not authorized to\n *   perform: secretsmanager:GetSecretValue on resource:\n *   .../secret:shop/token-*\n *\n * See the runbook.',
    want: [
      {
        class: 'authorization',
        principal: '.../shop-exec',
        action: 'secretsmanager:GetSecretValue',
        resource: '.../secret:shop/token-*',
      },
    ],
  },
  {
    name: 'an account taken out together with its colons',
    text: 'AccessDenied: User: arn:aws:sts:XXXXXXXXXassumed-role/shop-nodes-NodeInstanceRole/i-XXXXXXXXXX is not authorized to perform: route53:ListHostedZones',
    want: [{ principalType: 'assumed-role', roleOrUserName: 'shop-nodes-NodeInstanceRole', accountId: null }],
  },
  {
    name: 'an ARN without anything of a role in it',
    text: 'AccessDenied: User: arn:aws:sts:XXXXXXXXX/shop/i-XXXXXXXXXX is not authorized to perform: route53:ListHostedZones',
    want: [{ principalType: null, roleOrUserName: null }],
  },
  {
    name: 'the role that the CDK could not assume',
    text: "current credentials could not be used to assume 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1', but are for the right account. Proceeding anyway.",
    want: [
      {
        class: 'other-aws',
        service: 'sts',
        operation: 'AssumeRole',
        resource: 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1',
      },
    ],
  },
  {
    name: 'credentials that the CDK could not use, of nobody',
    text: 'current credentials could not be used to assume the AWS role of the bootstrap stack',
    want: [{ class: 'other-aws', operation: 'AssumeRole', resource: null }],
  },
  {
    name: 'an exception of the SDK for PHP names its service',
    text: String.raw`"Exception": "Aws\S3\Exception\AccessDeniedException", "Message": "Access Denied"`,
    want: [{ class: 'bare', service: 's3', errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'an exception that all services of the SDK for PHP share',
    text: String.raw`"Exception": "Aws\Common\Exception\AccessDeniedException", "Message": "Access Denied"`,
    want: [{ class: 'bare', service: null }],
  },
  {
    name: 'a resource of one asterisk on a line of its own',
    text: 'User: arn:aws:iam::111122223333:user/bob is not authorized to perform: s3:ListAllMyBuckets on resource:\n* because no identity-based policy allows the s3:ListAllMyBuckets action',
    want: [{ resource: '*', policyType: 'identity-based' }],
  },
]

const codes: readonly Case[] = [
  {
    name: 'a code of another error, some lines before the refusal',
    text: "An error occurred (RepositoryAlreadyExistsException) when calling the CreateRepository operation: The repository with name 'web' already exists in the registry with id '111122223333'\nLogin Succeeded\nThe push refers to repository [111122223333.dkr.ecr.eu-west-1.amazonaws.com/web]\ndenied: User: arn:aws:sts::111122223333:assumed-role/build/b is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-west-1:111122223333:repository/web",
    want: [
      { class: 'authorization', action: 'ecr:InitiateLayerUpload', errorCode: null, operation: null, wrapper: null },
    ],
  },
  {
    name: 'the code right before the message, not the one of the log line before',
    text: "W0506 clusterstate.go:281] Disabling scale-up for node group web until 2026-05-06; errorClass=Other; errorCode=cloudProviderError\nI0506 event.go:281] type: 'Warning' reason: 'FailedToScaleUpGroup' Scale-up failed for group web: AccessDenied: User: arn:aws:sts::111122223333:assumed-role/scaler/s is not authorized to perform: autoscaling:SetDesiredCapacity",
    want: [{ class: 'authorization', errorCode: 'AccessDenied' }],
  },
  {
    name: 'a code that is none of a refusal, at the head of the same message',
    text: 'An error occurred (InvalidInputException) when calling the CreateProject operation:\nUser: arn:aws:sts::111122223333:assumed-role/build/b is not authorized to perform: iam:PassRole on resource: arn:aws:iam::111122223333:role/app',
    want: [{ class: 'authorization', errorCode: 'InvalidInputException', operation: 'CreateProject' }],
  },
  {
    name: 'a refusal inside of a failed call, with its own code in brackets',
    text: 'Error calling API cloudformation:CreateChangeSet. ErrorCode: ValidationError, Message: User: arn:aws:sts::111122223333:assumed-role/ops/s is not authorized to perform: SNS:Publish on resource: arn:aws:sns:eu-west-1:444455556666:events (Service: AmazonSNS; Status Code: 403; Error Code: AuthorizationError; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)',
    want: [{ class: 'authorization', errorCode: 'AuthorizationError', service: 'sns' }],
  },
  {
    name: 'the class for all that a service answers is no code',
    text: 'software.amazon.awssdk.services.kinesis.model.KinesisException: User: arn:aws:sts::111122223333:assumed-role/app/a is not authorized to perform: kinesis:DescribeStreamSummary',
    want: [{ class: 'authorization', errorCode: null }],
  },
  {
    name: 'the same class without its package',
    text: 'SecretsManagerException: User: arn:aws:sts::111122223333:assumed-role/app/a is not authorized to perform: secretsmanager:GetSecretValue',
    want: [{ class: 'authorization', errorCode: null }],
  },
  {
    name: 'an exception that says what happened is a code',
    text: 'InvalidParameterValueException: User: arn:aws:sts::111122223333:assumed-role/app/a is not authorized to perform: lambda:GetLayerVersion',
    want: [{ class: 'authorization', errorCode: 'InvalidParameterValueException' }],
  },
  {
    name: 'a misleading code before the sentence',
    text: 'Error: Stack shop failed: ValidationError: User: <user-arn> is not authorized to perform: ssm:GetParameters on resource: <resource-arn> because no identity-based policy allows the ssm:GetParameters action',
    want: [{ principal: '<user-arn>', resource: '<resource-arn>', errorCode: 'ValidationError' }],
  },
  {
    name: "the service's code counts more than the handler's",
    text: 'Resource handler returned message: "Service returned error code AccessDeniedException (Service: Lambda, Status Code: 403, Request ID: 0d0bb2a1-1111-4222-8333-444455556666)" (RequestToken: 0d0bb2a1-2222-4222-8333-444455556666, HandlerErrorCode: GeneralServiceException)',
    want: [{ class: 'bare', service: 'lambda', errorCode: 'AccessDeniedException' }],
  },
  {
    name: "an encoded message without anything else is EC2's",
    text: '"You are not authorized to perform this operation. Encoded authorization failure message: HZ_v......"',
    want: [{ class: 'encoded', service: 'ec2' }],
  },
  {
    name: 'a record without its source',
    text: '{ "eventName": "DeleteVpc", "errorCode": "AccessDenied", "userIdentity": { "arn": "arn:aws:iam::111122223333:user/bob" } }',
    want: [{ class: 'authorization', operation: 'DeleteVpc', service: 'ec2' }],
  },
]

const neighbours: readonly Case[] = [
  {
    name: 'IAM, which Vault asked for a role that may log in',
    text: 'Error writing data to auth/aws/role/app: Error making API request.\n\nURL: PUT https://vault.example.com/v1/auth/aws/role/app\nCode: 400. Errors:\n\n* failed updating the unique ID of ARN "arn:aws:iam::111122223333:role/app": &awserr.requestError{awsError:(*awserr.baseError)(0xc000), statusCode:403, requestID:"0d0bb2a1-1111-4222-8333-444455556666"}',
    want: [{ class: 'bare', service: 'iam', operation: 'GetRole', resource: 'arn:aws:iam::111122223333:role/app' }],
  },
  {
    name: 'Vault itself, and later an error of AWS',
    text: 'Error making API request.\n\nURL: PUT https://vault.example.com/v1/kv/app\nCode: 403. Errors:\n\n* permission denied\n\nTerraform then says: status code: 404, request id: 0d0bb2a1-1111-4222-8333-444455556666',
    want: [{ class: 'not-aws', format: 'neighbour:vault' }],
  },
  {
    name: 'Vault, which has no client for the account of a role',
    text: 'Code: 400. Errors: unable to resolve ARN "arn:aws:iam::111122223333:role/app" to internal ID: unable to fetch client for account ID "111122223333" -- default client is for account "444455556666"',
    want: [],
  },
  {
    name: 'API Gateway’s words of another service, by its address',
    text: 'url=https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write err="server returned HTTP status 403 Forbidden: {\\"message\\":\\"Missing Authentication Token\\"}"',
    want: [{ class: 'credential', service: 'aps', operation: null }],
  },
  {
    name: 'API Gateway’s words of another service, whose Region was taken out',
    text: 'POST https://aps-workspaces.<REGION>.amazonaws.com/workspaces/<ID>/api/v1/remote_write 403 {"message":"Missing Authentication Token"}',
    want: [{ class: 'credential', service: 'aps' }],
  },
  {
    name: 'API Gateway itself, where a service is spoken of behind it',
    text: '{"message":"Missing Authentication Token"}\nThe function writes to https://dynamodb.eu-west-1.amazonaws.com/',
    want: [{ class: 'other-aws', service: 'execute-api' }],
  },
  {
    name: 'API Gateway itself, behind the address of an object',
    text: 'The build comes from https://amzn-s3-demo-bucket.s3.eu-west-1.amazonaws.com/build.zip and then our API says {"message":"Missing Authentication Token"}',
    want: [{ class: 'other-aws', service: 'execute-api' }],
  },
  {
    name: 'API Gateway’s words from a host that is named without its scheme',
    text: 'INFO GET https://sqs.eu-west-1.amazonaws.com/111122223333/jobs 200\nERROR upstream api.example.com says {"message":"Missing Authentication Token"}',
    want: [{ class: 'other-aws', service: 'execute-api' }],
  },
  {
    name: 'API Gateway itself, by its own address',
    text: 'curl https://abc123.execute-api.eu-west-1.amazonaws.com/prod/orders\n{"message":"Missing Authentication Token"}',
    want: [{ class: 'other-aws', service: 'execute-api' }],
  },
  {
    name: 'API Gateway behind a name of one’s own',
    text: 'curl https://api.example.com/orders\n{"message":"Missing Authentication Token"}\nuploads go to https://reports.s3.amazonaws.com',
    want: [{ class: 'other-aws', service: 'execute-api' }],
  },
  {
    name: 'a request of Go that did not arrive, whatever wanted it',
    text: 'failed to refresh cached credentials, failed to retrieve credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 0, RequestID: , request send failed, Post "https://sts.us-east-1.amazonaws.com/": dial tcp: lookup sts.us-east-1.amazonaws.com: i/o timeout',
    want: [{ class: 'other-aws', format: 'neighbour:network-unreachable', service: 'sts' }],
  },
  {
    name: 'a request of Go to the metadata of its machine',
    text: 'no EC2 IMDS role found, operation error ec2imds: GetMetadata, request send failed, Get "http://169.254.169.254/latest/meta-data/iam/security-credentials/": dial tcp 169.254.169.254:80: connect: no route to host',
    want: [{ class: 'credential', format: 'neighbour:credentials-missing' }],
  },
  {
    name: 'a chain of credentials at whose end STS refused',
    text: 'failed to refresh cached credentials, operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 0d0bb2a1-1111-4222-8333-444455556666, api error AccessDenied: User: arn:aws:iam::111122223333:user/ann is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/deploy',
    want: [{ class: 'authorization', action: 'sts:AssumeRole' }],
  },
  {
    name: 'a host of somebody else that was not reached',
    text: 'operation error S3: PutObject, https response error StatusCode: 0, RequestID: , HostID: , request send failed, Put "https://minio.example.com/data/a": dial tcp: lookup minio.example.com: no such host',
    want: [],
  },
  {
    name: 'a collector that has nothing to sign with',
    text: 'Error: failed to get config: invalid configuration: extension "sigv4auth" has invalid configuration: bad AWS credentials',
    want: [{ class: 'credential', format: 'neighbour:credentials-missing' }],
  },
  {
    name: 'a person who speaks of bad credentials',
    text: 'Thought it was bad AWS credentials, but it says AccessDenied: Access Denied',
    want: [{ class: 'bare' }],
  },
  {
    name: 'S3 about the destinations of its events, a function named beside it',
    text: "{ [InvalidArgument: Unable to validate the following destination configurations]\n  statusCode: 400 }\nLambdaFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:resize'",
    want: [
      {
        class: 'other-aws',
        service: 's3',
        operation: 'PutBucketNotificationConfiguration',
        errorCode: 'InvalidArgument',
        region: null,
      },
    ],
  },
  {
    name: 'destinations of something else that could not be validated',
    text: 'AccessDeniedException: Unable to validate the following destinations',
    want: [{ class: 'bare', service: null, operation: null }],
  },
  {
    name: 'a registry of ECR that wants a login, in the words of all registries',
    text: 'kubelet  Failed to pull image "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:2": rpc error: code = Unknown desc = Error reading manifest 2 in 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web: unauthorized: authentication required',
    want: [{ class: 'credential', service: 'ecr', format: 'neighbour:registry-login-missing' }],
  },
  {
    name: 'another registry that wants a login, ECR on the next line',
    text: 'Failed to pull image "registry.example.com/web:2": unauthorized: authentication required\nPulling image "111122223333.dkr.ecr.eu-west-1.amazonaws.com/sidecar:1"',
    want: [{ class: 'not-aws' }],
  },
  {
    name: 'npm without a token for CodeArtifact',
    text: 'npm http fetch GET 401 https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/shop/lodash 90ms\nnpm ERR! code E401\nnpm ERR! Unable to authenticate, need: Bearer realm="acme"',
    want: [{ class: 'credential', service: 'codeartifact', format: 'neighbour:artifact-login-expired' }],
  },
  {
    name: 'npm that asked another registry, CodeArtifact beside it',
    text: 'npm ERR! code E401\nnpm ERR! 401 Unauthorized - GET https://npm.pkg.github.com/@acme%2fweb\nThe mirror https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/shop/ works.',
    want: [{ class: 'not-aws', format: 'neighbour:package-registry' }],
  },
  {
    name: 'npm that CodeArtifact forbids a package',
    text: 'npm ERR! code E403\nnpm ERR! 403 Forbidden - GET https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/shop/lodash',
    want: [{ class: 'bare', service: 'codeartifact' }],
  },
  {
    name: 'a registry of others on the line, CodeArtifact on the next',
    text: 'GET https://packages.example.com/web status: 401 unauthorized\nfalls back to https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/maven/shop/',
    want: [],
  },
  {
    name: 'what another registry forbids, behind an answer of CodeArtifact',
    text: 'npm ERR! 404 Not Found - GET https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/shop/web\nnpm ERR! 403 Forbidden - GET https://npm.pkg.github.com/@acme/web',
    want: [{ class: 'bare', operation: null }],
  },
  {
    name: 'NuGet without a token for CodeArtifact',
    text: '  Response status code does not indicate success: 401 (Unauthorized).\n[acme/shop] Unable to load the service index for source https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/nuget/shop/v3/index.json.',
    want: [{ class: 'credential', service: 'codeartifact' }],
  },
  {
    name: 'NuGet without a token for another feed',
    text: '  Response status code does not indicate success: 401 (Unauthorized).\nUnable to load the service index for source https://pkgs.dev.example.com/acme/_packaging/shop/nuget/v3/index.json.',
    want: [],
  },
  {
    name: 'pip without a token for CodeArtifact',
    text: 'WARNING: 401 Error, Credentials not correct for https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/shop/simple/requests/',
    want: [{ class: 'credential', service: 'codeartifact' }],
  },
  {
    name: 'npm without a token for CodeArtifact',
    text: 'npm ERR! 401 Unauthorized - GET https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/npm/shop/web',
    want: [{ class: 'credential', service: 'codeartifact' }],
  },
  {
    name: 'an older pip without a token for CodeArtifact',
    text: 'ERROR: HTTP error 401 while getting https://aws:****@acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com/pypi/shop/simple/requests/',
    want: [{ class: 'credential', service: 'codeartifact' }],
  },
  {
    name: 'npm without a token for another registry',
    text: 'npm ERR! 401 Unauthorized - GET https://npm.pkg.github.com/@acme/web',
    want: [],
  },
  {
    name: 'a host of one’s own that nobody knows, and AWS’s behind it',
    text: 'java.net.UnknownHostException: vault.internal\ns3.amazonaws.com is fine',
    want: [],
  },
  {
    name: 'a field that another schema prohibits',
    text: 'openapi: schema Widget has prohibited field resource',
    want: [],
  },
  {
    name: 'things of AWS that a tool could not list',
    text: 'aws: failed to list *route53.HostedZone: Unauthorized: access denied, status code: 403',
    want: [{ class: 'bare' }],
  },
  {
    name: 'a code of AWS’s that holds the words of an operating system',
    text: 'Error: OperationNotPermittedException: this share is not yours',
    want: [{ class: 'bare', errorCode: 'OperationNotPermittedException' }],
  },
  {
    name: 'a request that did not arrive, and one behind it that was refused',
    text: 'WARN send request failed, Get "https://s3.eu-west-1.amazonaws.com/": timeout\nERROR AccessDenied: Access Denied',
    want: [{ class: 'bare', service: 's3', errorCode: 'AccessDenied' }],
  },
  {
    name: 'what became of it is no part of a function’s name',
    text: 'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:111122223333:function:web failed (Service: AWSLambda; Status Code: 403)',
    want: [{ resource: 'arn:aws:lambda:eu-west-1:111122223333:function:web' }],
  },
  {
    name: 'an instance whose metadata did not answer, and a refusal of something else',
    text: 'WARN error fetching credentials: Get "http://169.254.169.254/latest/meta-data/iam/security-credentials/web": timeout\nERROR AccessDenied: Access Denied',
    want: [{ class: 'bare', service: null, operation: null }],
  },
  {
    name: 'how long a request took is no status',
    text: 'GET /docs/a.csv 200ms s3 AccessDenied: Access Denied',
    want: [{ class: 'bare', service: 's3' }],
  },
  {
    name: 'a code that a terminal cut where another code ends',
    text: 'An error occurred (Unauthorized\nOperation) when calling the DescribeInstances operation: You are not authorized to perform this operation.',
    want: [{ class: 'bare', service: 'ec2', operation: 'DescribeInstances', errorCode: 'UnauthorizedOperation' }],
  },
  {
    name: 'the words of an operating system, on two lines',
    text: 'chown: changing ownership of /mnt/data: Operation\nnot permitted',
    want: [{ class: 'not-aws', format: 'neighbour:operating-system' }],
  },
  {
    name: 'a share that RAM keeps within the organization, under a tool’s name',
    text: 'Error: associating RAM Resource Share: OperationNotPermittedException: The resource you are attempting to share can only be shared within your AWS Organization.',
    want: [{ class: 'other-aws', service: 'ram', format: 'neighbour:share-outside-organization' }],
  },
  {
    name: 'a copy of AWS Backup into an account of another organization, whatever its verb',
    text: 'Copy job FAILED. Access denied: both source and destination accounts must be members of the same organization (recovery point of 111122223333)',
    want: [{ class: 'other-aws', service: 'backup', format: 'neighbour:copy-outside-organization' }],
  },
  {
    name: 'a forge that speaks of outsiders in words like RAM’s',
    text: 'ForbiddenException: you do not have permission to add external collaborators to this project',
    want: [{ class: 'bare', service: null }],
  },
  {
    name: 'a chat that speaks of outsiders, and memory',
    text: 'You do not have permission to add external members to this channel. RAM usage: 80%',
    want: [],
  },
  {
    name: 'principals of services that another cloud asks for',
    text: 'The following required service principals are needed: https://graph.example.com',
    want: [],
  },
  {
    name: 's3fs with storage of others',
    text: 's3fs data /mnt -o url=http://storage.example.com:9000\ncurl.cpp:RequestPerform(2066): HTTP response code 403 was returned, returning EPERM',
    want: [],
  },
  {
    name: 's3fs with an endpoint of AWS',
    text: 's3fs data /mnt -o url=https://s3.eu-west-1.amazonaws.com\ncurl.cpp:RequestPerform(2066): HTTP response code 403 was returned, returning EPERM',
    want: [{ class: 'bare', service: 's3' }],
  },
  {
    name: 'a folder that ls may not open, and goofys spoken of',
    text: 'goofys is mounted at /mnt; ls: unable to access /mnt/private: Permission denied',
    want: [],
  },
  {
    name: 'a bucket of Google’s',
    text: 'gsutil: Bucket web-1 does not exist or you do not have access. The one in AWS works.',
    want: [],
  },
  {
    name: 'git and a folder that it may not open',
    text: "fatal: unable to access '/srv/app/.git/config': Permission denied",
    want: [],
  },
  {
    name: 'a bucket, and no word of AWS',
    text: 'Error: Bucket web-1 does not exist or you do not have access.',
    want: [],
  },
  {
    name: 'a bucket that a task of the AWS Toolkit does not find',
    text: '...configuring AWS credentials from service endpoint\nError: Bucket web-1 does not exist or you do not have access. Auto-create option not set.',
    want: [{ class: 'bare', service: 's3', operation: 'HeadBucket', errorCode: null }],
  },
  {
    name: 'a controller whose token the cluster does not take',
    text: 'reflector.go:147: Failed to watch *v1alpha1.ComputeEnvironment: failed to list *v1alpha1.ComputeEnvironment: Unauthorized',
    want: [{ class: 'not-aws', format: 'neighbour:kubernetes-rbac' }],
  },
  {
    name: 'a program that lists instances with an SDK of AWS',
    text: 'failed to list *ec2.Instance: UnauthorizedOperation: You are not authorized to perform this operation.',
    want: [{ class: 'bare', service: 'ec2', errorCode: 'UnauthorizedOperation' }],
  },
  {
    name: 'a user of Cassandra',
    text: 'com.datastax.driver.core.exceptions.UnauthorizedException: User app has no CREATE permission on <all keyspaces> or any of its parents',
    want: [{ class: 'not-aws', format: 'neighbour:database' }],
  },
  {
    name: 'a user of Amazon Keyspaces',
    text: 'cassandra.eu-west-1.amazonaws.com: User app has no CREATE permission on <all keyspaces> or any of its parents',
    want: [],
  },
  {
    name: 'Bedrock model access, cut short',
    text: "botocore.exceptions.ClientError: An error occurred (AccessDeniedException) \nwhen calling the InvokeModel operation: You don't have access to the model",
    want: [{ class: 'other-aws', operation: 'InvokeModel', service: 'bedrock' }],
  },
  {
    name: 'a sender that was not verified',
    text: 'failed to send email: 554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: shop@example.com',
    want: [{ class: 'other-aws', service: 'ses' }],
  },
  {
    name: 'SMTP without a login',
    text: '<shop@example.com>: host email-smtp.eu-west-1.amazonaws.com[203.0.113.20] said: 530 Authentication required (in reply to MAIL FROM command)',
    want: [{ class: 'credential', service: 'ses' }],
  },
  {
    name: 'containerd without a login for ECR',
    text: 'failed to resolve reference "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1": unexpected status from HEAD request to https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/web/manifests/1: 401 Unauthorized',
    want: [{ class: 'credential', service: 'ecr' }],
  },
  {
    name: 'containerd with a login for ECR that may not pull',
    text: 'failed to resolve reference "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1": unexpected status from HEAD request to https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/web/manifests/1: 403 Forbidden',
    want: [{ class: 'bare', service: 'ecr' }],
  },
  {
    name: 'a web identity that could not be fetched',
    text: 'level=error caller=reporter.go:203 err="WebIdentityErr: failed to retrieve credentials\\ncaused by: SerializationError: failed to unmarshal error message\\n\\tstatus code: 405, request id: "',
    want: [{ class: 'credential', format: 'neighbour:foreign-endpoint', service: 'sts', requestId: null }],
  },
  {
    name: 'a token that the pod may not read',
    text: '"error"="Failed to change Route 53 record set: WebIdentityErr: unable to read file at /var/run/secrets/eks.amazonaws.com/serviceaccount/token"',
    want: [{ class: 'credential', format: 'neighbour:credentials-missing' }],
  },
  {
    name: 'a file of somebody else that may not be read',
    text: 'unable to read file at /var/run/secrets/kubernetes.io/serviceaccount/token',
    want: [],
  },
  {
    name: 'a web identity that was refused',
    text: 'WebIdentityErr: failed to retrieve credentials\ncaused by: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity\n\tstatus code: 403, request id: 0d0bb2a1-1111-4222-8333-444455556666',
    want: [{ class: 'authorization', action: 'sts:AssumeRoleWithWebIdentity' }],
  },
  {
    name: 'Azure storage',
    text: 'This request is not authorized to perform this operation.\nRequestId:eac84bcc-0000-0034-433b-000000000000\nStatus: 403\nErrorCode: AuthorizationFailure\nServer: Microsoft-HTTPAPI/2.0',
    want: [{ class: 'not-aws' }],
  },
  {
    name: 'DigitalOcean',
    text: 'digitalocean_spaces_bucket_policy.site: Error occurred while creating new Spaces bucket policy: Forbidden: Forbidden',
    want: [{ class: 'not-aws' }],
  },
  {
    name: "Google's gsutil",
    text: 'AccessDeniedException: 403 billing account disabled',
    want: [{ class: 'not-aws' }],
  },
  {
    name: 'a directory of Windows',
    text: 'Unable to create tempDir\nAccessDeniedException: C:\\WINDOWS\\tomcat',
    want: [{ class: 'not-aws' }],
  },
  {
    name: 'Spring Security',
    text: 'org.springframework.security.access.AccessDeniedException: Access is denied\n\tat org.springframework.security.access.vote.AffirmativeBased.decide(AffirmativeBased.java:84)',
    want: [{ class: 'not-aws' }],
  },
  { name: 'Odoo', text: 'odoo.exceptions.AccessDenied: Access Denied', want: [{ class: 'not-aws' }] },
]

for (const [title, cases] of Object.entries({ operations, names, codes, neighbours }))
  t.test(title, (t) => {
    for (const { name, text, want } of cases)
      t.test(name, (t) => {
        const { denials } = parsePaste(text)
        t.equal(denials.length, want.length)
        want.forEach((expected, index) => t.match(denials[index], expected))
        t.end()
      })
    t.end()
  })
