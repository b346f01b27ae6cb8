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
    // Data sources of Terraform and tables of Steampipe only read.
    [`* data.aws_ami.base: data.aws_ami.base: ${refused}`, ['ec2:DescribeImages']],
    [
      `Error: ${refused}\n\n  with data.aws_vpc.main,\n  on main.tf line 1, in data "aws_vpc" "main":`,
      ['ec2:DescribeVpcs'],
    ],
    [`* aws_security_group.db: ${refused}`, []],
    ['> select * from aws_backup_framework\nError: AccessDeniedException: no', ['backup:ListFrameworks']],
    ['> select * from aws_widget_gadget\nError: AccessDeniedException: no', []],
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
      "AccessDeniedException\nvault = boto3.client('secretsmanager')\nvalue = vault.get_secret_value(SecretId=arn)",
      ['secretsmanager:GetSecretValue'],
    ],
    [
      'AccessDeniedException\nconst db = new AWS.DynamoDB.DocumentClient()\nawait db.scan(input).promise()',
      ['dynamodb:Scan'],
    ],
    ["AccessDeniedException\nvault = open_vault('secretsmanager')\nvault.get_secret_value(SecretId=arn)", []],
    [
      "AccessDeniedException\nx = boto3.client('sqs')\nx = boto3.client('sns')\nx.get_queue_attributes(QueueUrl=url)",
      [],
    ],
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

t.test('of an operation that several services have in equal parts, the code around tells whose it is', (t) => {
  const answer = 'An error occurred (AccessDeniedException) when calling the ListInstances operation: '
  const rows: readonly (readonly [text: string, service: string | null])[] = [
    [answer, null],
    [`sso = boto3.client("sso-admin")\n${answer}`, 'sso'],
    [`c = session.client('connect')\n${answer}`, 'connect'],
    [`File "ansible/modules/aws_sso_permission_set.py", line 19, in main\n${answer}`, 'sso'],
    [`c = boto3.client('sts')\n${answer}`, null],
    [`a = boto3.client('connect')\nb = boto3.client('sso-admin')\n${answer}`, null],
  ]
  for (const [text, service] of rows) t.equal(parsePaste(text).denials[0]?.service, service, text)
  t.end()
})

t.test('the row of a table names its caller', (t) => {
  const row = (caller: string): string =>
    `${caller}  0d0bb2a1-1111-4222-8333-444455556666  ec2.amazonaws.com  CreateNetworkInterface  Client.UnauthorizedOperation  You are not authorized to perform this operation.`
  const caller = 'arn:aws:sts::xxxxx:assumed-role/syncer-role/awslambda_744'
  t.match(parsePaste(row(caller)).denials, [
    {
      class: 'authorization',
      service: 'ec2',
      principal: caller,
      roleOrUserName: 'syncer-role',
      sessionName: 'awslambda_744',
    },
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
  t.strictSame(placesOf('POST https://docs-7.s3.amazonaws.com/ 403 (Forbidden)\nAccessDenied'), [
    [{ operation: 'PutObject', bucket: 'docs-7' }],
  ])
  t.strictSame(placesOf('POST https://docs-7.s3.amazonaws.com/?delete 403 (Forbidden)\nAccessDenied'), [[]])
  t.strictSame(
    placesOf(
      'Error loading state: AccessDenied: Access Denied\n\tstatus code: 403\n\nterraform {\n  backend "s3" {\n    bucket = "states-7"\n    key = "shop/state"\n  }\n}',
    ),
    [[{ operation: 'GetObject', bucket: 'states-7', key: 'shop/state' }]],
  )
  t.strictSame(placesOf('Error inspecting states in the "s3" backend:\n    AccessDenied: Access Denied'), [
    [{ operation: 'ListObjectsV2' }],
  ])
  t.strictSame(placesOf('Error inspecting states in the "gcs" backend:\n    AccessDenied: Access Denied, aws'), [[]])
  t.strictSame(placesOf('objects[key].exists? raises AWS::S3::Errors::Forbidden'), [[{ operation: 'HeadObject' }]])
  t.strictSame(placesOf('user.exists? and then AWS::S3::Errors::Forbidden'), [[]])
  t.strictSame(placesOf('calling delete_object on S3 returns 403 Forbidden'), [[{ operation: 'DeleteObject' }]])
  t.strictSame(placesOf('trying to call put_object, S3 says 403 Forbidden'), [[{ operation: 'PutObject' }]])
  t.strictSame(placesOf('get_object works, list_objects_v2 fails: S3 says 403 Forbidden'), [
    [{ operation: 'ListObjectsV2' }],
  ])
  t.strictSame(placesOf('get_object works no more, S3 says 403 Forbidden'), [[{ operation: 'GetObject' }]])
  t.strictSame(placesOf('obj = self.get_object()\n403 Forbidden from AWS'), [[]])
  t.strictSame(placesOf('File "x.py", line 3, in get_object\nPermissionError: Access Denied, on AWS'), [[]])
  t.strictSame(placesOf('self.client.get_object is what S3 refuses: 403 Forbidden'), [[{ operation: 'GetObject' }]])
  t.strictSame(placesOf('I can get_object, then S3 says 403 Forbidden'), [[]])
  t.strictSame(placesOf('Request Method: POST\nStatus Code: 403 Forbidden\nServer: AmazonS3\nAccessDenied'), [
    [{ operation: 'PutObject' }],
  ])
  t.strictSame(placesOf('Request Method: POST\nStatus Code: 403 Forbidden\nServer: nginx\nAWS AccessDenied'), [[]])
  t.strictSame(
    placesOf(
      'Waiting for DOWNLOAD_SOURCE\nAccessDenied: Access Denied\nstatus code: 403, request id: BTFHJDCXTMWYAVWJ, host id: LNd= for primary source',
    ),
    [[{ operation: 'GetObject' }]],
  )
  t.strictSame(placesOf(`$ hdfs dfs -get hdfs:///docs/a.tgz /tmp\n${refusedByS3}`), [[]])
  t.end()
})
