import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

/** The calls that a paste tells of, as `service:Operation`. */
const callsOf = (text: string): readonly string[] =>
  parsePaste(text).denials.flatMap(({ calls }) => calls.map(({ service, operation }) => `${service}:${operation}`))

const refused = 'UnauthorizedOperation: You are not authorized to perform this operation.'

t.test('verb and noun of a tool are the operation, where one service alone has it', (t) => {
  const rows: readonly (readonly [text: string, calls: readonly string[]])[] = [
    [
      'error creating Backup Vault (nightly): AccessDeniedException: \n\tstatus code: 403',
      ['backup:CreateBackupVault'],
    ],
    [
      'Error: creating Backup Vault (nightly):\nAccessDeniedException: no\n\tstatus code: 403',
      ['backup:CreateBackupVault'],
    ],
    ['Error: creating Backup Vault\n(nightly): AccessDeniedException: no', ['backup:CreateBackupVault']],
    ['error creating AWS Organizations Account (ops): AccessDeniedException: no', ['organizations:CreateAccount']],
    [`Error: Error requesting spot fleet: ${refused}`, ['ec2:RequestSpotFleet']],
    [`Could not create volume "pvc-1": could not create volume in EC2: ${refused}`, ['ec2:CreateVolume']],
    ['Error: creating IAM Role (app): AccessDenied: Access Denied', ['iam:CreateRole']],
    ['Error: reading IAM Role (app): AccessDenied: Access Denied', ['iam:GetRole']],
    ['Error: deleting EKS Cluster (shop): AccessDeniedException: Access Denied', ['eks:DeleteCluster']],
    ['Error: creating Cognito User Pool (shop): AccessDeniedException: Access Denied', ['cognito-idp:CreateUserPool']],
    ['Error: creating IAM Role Policy (app): AccessDenied: Access Denied', ['iam:PutRolePolicy']],
    [
      'error creating public access block policy for S3 bucket (docs): AccessDenied: Access Denied',
      ['s3:PutPublicAccessBlock'],
    ],
    [
      `Error waiting for spot request (sir-0a1b2c3d) to become ready:\n${refused}`,
      ['ec2:DescribeSpotInstanceRequests'],
    ],
    [`Error: Error creating VPC: ${refused}`, ['ec2:CreateVPC']],
    [`Error launching instance: ${refused}`, ['ec2:RunInstances']],
    [`==> amazon-ebs: Error querying AMI: ${refused}`, ['ec2:DescribeImages']],
    [
      'Error querying AMI: You are not authorized to perform this operation. (UnauthorizedOperation)',
      ['ec2:DescribeImages'],
    ],
    [`Error fetching Availability Zones: ${refused}`, ['ec2:DescribeAvailabilityZones']],
    [`could not attach volume "vol-0a1b2c3d" to node "i-0a1b2c3d": ${refused}`, ['ec2:AttachVolume']],
    // Whose operation it is among several, by who refused.
    ['fetching images: AccessDeniedException: no (Service: AmazonECR; Status Code: 400)', ['ecr:DescribeImages']],
    ['Error: reading S3 Bucket (docs): Forbidden: Forbidden\n\tstatus code: 403', ['s3:HeadBucket']],
    ['Error: reading S3 Bucket Versioning (docs): AccessDenied: Access Denied', ['s3:GetBucketVersioning']],
    ['Error: reading Secrets Manager Secret (x): AccessDenied: Access Denied', ['secretsmanager:DescribeSecret']],
    ['Secrets Manager: cannot retrieve secret: AccessDenied: Access Denied', []],
    // A noun that many services have, one that none has, and a name that stands for no operation.
    ['AWS: error creating Cluster (shop): AccessDeniedException: Access Denied', []],
    ['Error: creating IAM Widget (app): AccessDenied: Access Denied', []],
    ['Error: attaching SNS Topic Policy (app): AccessDenied: Access Denied', []],
    // Things that every application has, and services that few people use.
    ['aws: error fetching user profile: AccessDenied: Access Denied', []],
    ['aws: error getting chat messages: Forbidden', []],
    ['aws: failed to fetch account alias: AccessDenied', []],
    // GitHub refuses in that word as well.
    ['aws codebuild: error fetching pull requests: Forbidden', []],
    ['aws codebuild: error fetching pull requests: AccessDeniedException', ['codecommit:ListPullRequests']],
    // What the error itself names goes first, and so does another line's end.
    [
      'creating Backup Vault (x): An error occurred (AccessDeniedException) when calling the CreateKey operation: no',
      ['kms:CreateKey'],
    ],
    ['creating Backup Vault (nightly): done\naws: AccessDenied: Access Denied\n\tstatus code: 403', []],
  ]
  for (const [text, calls] of rows) t.strictSame(callsOf(text), calls, text)
  t.end()
})

t.test("CloudFormation's type is the call where its own service refused", (t) => {
  const answer = (service: string): string =>
    `3/4 | 2:40:06 PM | CREATE_FAILED | AWS::SecretsManager::Secret | Secret Access denied (Service: ${service}; Status Code: 400; Error Code: AccessDeniedException; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)`
  t.strictSame(callsOf(answer('AWSSecretsManager')), ['secretsmanager:CreateSecret'])
  t.strictSame(callsOf(answer('AWSKMS')), [])
  t.strictSame(callsOf('3/4 | 2:40:06 PM | CREATE_FAILED | AWS::Backup::BackupVault | Access Denied'), [])
  t.end()
})

t.test('frames and classes of SDKs name the operation', (t) => {
  const rows: readonly (readonly [text: string, calls: readonly string[]])[] = [
    [
      'AccessDenied: Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.\n    at deserializeAws_queryCreateQueueCommandError (/app/main.js:5:43)',
      ['sqs:CreateQueue'],
    ],
    [
      'AccessDenied: Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.\n    at de_SendMessageCommandError (/app/main.js:5:43)',
      ['sqs:SendMessage'],
    ],
    [
      `com.amazonaws.services.ec2.model.AmazonEC2Exception: You are not authorized to perform this operation. (Service: AmazonEC2; Status Code: 403; Error Code: UnauthorizedOperation; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)\n\tat com.amazonaws.http.AmazonHttpClient.execute(AmazonHttpClient.java:405)\n\tat com.amazonaws.services.ec2.AmazonEC2Client.doInvoke(AmazonEC2Client.java:1)\n\tat com.amazonaws.services.ec2.AmazonEC2Client.executeDescribeSpotFleetRequests(AmazonEC2Client.java:2)`,
      ['ec2:DescribeSpotFleetRequests'],
    ],
    [
      'AccessDeniedException: Access Denied (Service: AWSIot; Status Code: 403; Error Code: AccessDeniedException; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)\n\tat com.amazonaws.services.iot.AWSIotClient.attachPolicy(AWSIotClient.java:1)',
      ['iot:AttachPolicy'],
    ],
    [
      'Access Denied (Service: Sqs, Status Code: 403, Request ID: 0d0bb2a1-1111-4222-8333-444455556666)\n\tat software.amazon.awssdk.services.sqs.DefaultSqsClient.sendMessage(DefaultSqsClient.java:1)',
      ['sqs:SendMessage'],
    ],
    [
      "client.rb:375:in `return_or_raise': Access Denied (AWS::S3::Errors::AccessDenied)\n\tfrom client.rb:476:in `client_request'\n\tfrom (eval):3:in `get_bucket_website'",
      ['s3:GetBucketWebsite'],
    ],
    [
      "Access Denied (Aws::S3::Errors::AccessDenied)\n\tfrom aws-sdk-s3/client.rb:4500:in 'Aws::S3::Client#list_objects_v2'",
      ['s3:ListObjectsV2'],
    ],
    [
      'When I run `await sqs.sendMessage(params).promise()` I get Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.',
      ['sqs:SendMessage'],
    ],
    // The frames of another service, and code that makes several calls.
    [
      'Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 7D3C2B1A0F9E8D7C)\n\tat com.amazonaws.services.sqs.AmazonSQSClient.sendMessage(AmazonSQSClient.java:1)',
      [],
    ],
    [
      'await sqs.sendMessage(a); await sqs.receiveMessage(b) gives Access to the resource https://sqs.eu-west-1.amazonaws.com/ is denied.',
      [],
    ],
    ["Access Denied (AWS::S3::Errors::AccessDenied)\n\tfrom app.rb:3:in `load_all_things'", []],
  ]
  for (const [text, calls] of rows) t.strictSame(callsOf(text), calls, text)
  t.end()
})

t.test('a call that is told names its service', (t) => {
  t.match(parsePaste('Error putting S3 policy: AccessDenied: Access Denied').denials, [
    { service: 's3', operation: null },
  ])
  t.match(parsePaste('aws: AccessDenied: Access Denied').denials, [{ service: null }])
  t.end()
})

t.test('the row of a table names its caller', (t) => {
  const row = (caller: string): string =>
    `${caller}  0d0bb2a1-1111-4222-8333-444455556666  ec2.amazonaws.com  CreateNetworkInterface  Client.UnauthorizedOperation  You are not authorized to perform this operation.`
  const caller = 'arn:aws:sts::xxxxx:assumed-role/syncer-role/awslambda_744'
  t.match(parsePaste(row(caller)).denials, [
    { class: 'bare', service: 'ec2', principal: caller, roleOrUserName: 'syncer-role', sessionName: 'awslambda_744' },
  ])
  t.match(parsePaste(row('arn:aws:iam::111122223333:role/syncer-role')).denials, [{ principal: null }])
  t.match(parsePaste(`${caller} was made yesterday.\n${row('-')}`).denials, [{ principal: null }])
  t.end()
})

t.test('objects behind requests, classes and shells', (t) => {
  const placesOf = (text: string): unknown =>
    parsePaste(text).denials.map(({ calls }) =>
      calls.map(({ operation, parameters }) => ({ operation, ...parameters })),
    )
  t.strictSame(
    placesOf(
      'AccessDeniedException: s3a://docs/a/b.csv: getFileStatus on s3a://docs/a/b.csv: com.amazonaws.services.s3.model.AmazonS3Exception: Forbidden; request: HEAD https://docs.s3.us-east-2.amazonaws.com a/b.csv {} com.amazonaws.services.s3.model.GetObjectMetadataRequest; Request ID: 4KZAZ961HQGG0RSG (Service: Amazon S3; Status Code: 403; Error Code: 403 Forbidden; Request ID: 4KZAZ961HQGG0RSG)',
    ),
    [[{ operation: 'HeadObject', bucket: 'docs', key: 'a/b.csv' }]],
  )
  t.strictSame(placesOf('unexpected error from ListObjects on shop-traces: Access Denied'), [
    [{ operation: 'ListObjects', bucket: 'shop-traces' }],
  ])
  t.strictSame(placesOf('unexpected error from ListObjects on startup of s3: Access Denied'), [
    [{ operation: 'ListObjects' }],
  ])
  const refusedByS3 =
    'AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied)'
  t.strictSame(placesOf(`$ hdfs dfs -get s3://docs/a.tgz /tmp\n${refusedByS3}`), [
    [{ operation: 'GetObject', bucket: 'docs', key: 'a.tgz' }],
  ])
  t.strictSame(placesOf(`$ hdfs dfs -get hdfs:///docs/a.tgz /tmp\n${refusedByS3}`), [[]])
  t.end()
})
