import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'
import { maskSecrets, redactPaste } from '../../src/denial/redact.ts'
import { workloadOf } from '../../src/denial/workload.ts'

const refused = (operation: string): string =>
  `An error occurred (AccessDenied) when calling the ${operation} operation: Access Denied`
const callsOf = (command: string): unknown =>
  parsePaste(`$ ${command}\n${refused('X')}`).denials[0]?.calls.map(({ service, operation, parameters }) => ({
    service,
    operation,
    ...parameters,
  }))

t.test('a command that is said to work is not what was refused', (t) => {
  const operationsIn = (line: string): unknown =>
    parsePaste(`S3: AccessDenied: Access Denied\n${line}`).denials.map(({ calls }) =>
      calls.map(({ operation }) => operation),
    )
  const rows: readonly (readonly [line: string, operations: readonly string[]])[] = [
    ['I can see the buckets doing aws s3 ls', []],
    ["I'm able to list them with `aws s3 ls`", []],
    ["I can't see the buckets doing aws s3 ls", ['ListBuckets']],
    ['I can list the buckets with `aws s3 ls` as expected', []],
    ['I can run aws s3 ls from my laptop, in the pod it is refused', ['ListBuckets']],
    ['I am able to do this locally: it is aws s3 ls', ['ListBuckets']],
    ['We can list it as ann with `aws s3 ls`, as bob we get this', ['ListBuckets']],
    ['I can run aws s3 ls locally, and aws s3 rb s3://docs-7 is refused', ['DeleteBucket']],
    ['I am not able to run aws s3 ls', ['ListBuckets']],
    ['I can see it, but get this when I run aws s3 ls', ['ListBuckets']],
    ['aws s3 ls', ['ListBuckets']],
  ]
  for (const [line, operations] of rows) t.strictSame(operationsIn(line), [operations], line)
  t.end()
})

t.test('a transfer that is done is not what was refused', (t) => {
  const bucketsIn = (text: string): unknown =>
    parsePaste(text).denials.flatMap(({ calls }) => calls.map(({ parameters }) => parameters['bucket'] ?? null))
  const rows: readonly (readonly [before: string, bucket: string | null])[] = [
    ['upload: ./a.log to s3://logs-7/a.log', null],
    ['Completed 1 KiB/1 KiB with 1 file(s) remaining\rupload: ./a.log to s3://logs-7/a.log', null],
    ['12 | download: s3://src-7/a.txt to ./a.txt', null],
    ['copy: s3://src-7/a.txt to s3://dst-7/a.txt', null],
    ['move: ./a.txt to s3://dst-7/a.txt', null],
    ['delete: s3://dst-7/a.txt', null],
    ['upload: ./a.log to s3://logs-7/a.log\nnext goes s3://logs-8/b.log', 'logs-8'],
    ['upload failed: ./a.log to s3://logs-7/a.log', 'logs-7'],
    ["upload: 'a.log' -> 's3://logs-7/a.log'  [1 of 1]", 'logs-7'],
    ['what I copy: s3://src-7/a.txt', 'src-7'],
    ['INFO  Uploaded build/app.zip to s3://logs-7/app.zip (200 OK)', null],
    ['2026-10-01T10:00:00Z Successfully uploaded app.zip to s3://logs-7/app.zip', null],
    ['I uploaded it to s3://logs-7/a.log yesterday', 'logs-7'],
    ['INFO  Not uploaded to s3://logs-7/a.log', 'logs-7'],
  ]
  for (const [before, bucket] of rows) t.strictSame(bucketsIn(`${before}\n${refused('PutObject')}`), [bucket], before)
  t.end()
})

t.test('what people run once they were refused is not what was refused', (t) => {
  const operationsIn = (text: string): unknown =>
    parsePaste(text).denials.map(({ service, calls }) => [service, ...calls.map(({ operation }) => operation)])
  const whoami = '$ aws sts get-caller-identity'
  const simulated =
    '$ aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/ann --action-names s3:PutObject'
  t.strictSame(operationsIn(`${whoami}\n$ terraform apply\nError: AccessDenied: Access Denied`), [[null]])
  t.strictSame(operationsIn(`${simulated}\nAccessDenied`), [['iam', 'SimulatePrincipalPolicy']])
  t.strictSame(operationsIn(`${simulated}\n{}\n$ terraform apply\nError: AccessDenied`), [[null]])
  t.strictSame(operationsIn('aws sts decode-authorization-message --encoded-message abc -> AccessDenied'), [
    ['sts', 'DecodeAuthorizationMessage'],
  ])
  t.strictSame(operationsIn(`${whoami}\nAccessDenied`), [[null]])
  t.strictSame(operationsIn(`${simulated}\n${refused('CreateStack')}`), [['cloudformation', 'CreateStack']])
  t.strictSame(operationsIn(`${simulated}\n${refused('SimulatePrincipalPolicy')}`), [
    ['iam', 'SimulatePrincipalPolicy'],
  ])
  t.strictSame(operationsIn(`${whoami}\nAn error occurred (ExpiredToken): The security token is expired`), [
    ['sts', 'GetCallerIdentity'],
  ])
  t.end()
})

t.test('command lines', (t) => {
  const rows: readonly (readonly [command: string, want: readonly Record<string, string>[]])[] = [
    ['aws s3 ls', [{ service: 's3', operation: 'ListBuckets' }]],
    ['aws s3 ls s3://docs/a/', [{ service: 's3', operation: 'ListObjectsV2', bucket: 'docs', prefix: 'a/' }]],
    ['aws s3 cp ./x.txt s3://docs/a/', [{ service: 's3', operation: 'PutObject', bucket: 'docs', key: 'a/x.txt' }]],
    ['aws s3 cp s3://docs/a.txt -', [{ service: 's3', operation: 'GetObject', bucket: 'docs', key: 'a.txt' }]],
    [
      'aws s3 cp --acl public-read x s3://docs/y --sse-kms-key-id alias/k',
      [{ service: 's3', operation: 'PutObject', bucket: 'docs', key: 'y', acl: 'public-read', sseKmsKeyId: 'alias/k' }],
    ],
    [
      'aws s3 mv s3://from/a s3://to/b',
      [
        { service: 's3', operation: 'CopyObject', bucket: 'to', key: 'b', copySource: 'from/a' },
        { service: 's3', operation: 'DeleteObject', bucket: 'from', key: 'a' },
      ],
    ],
    [
      'aws s3 sync ./dist s3://docs/web',
      [
        { service: 's3', operation: 'ListObjectsV2', bucket: 'docs', prefix: 'web' },
        { service: 's3', operation: 'PutObject', bucket: 'docs', key: 'web/*' },
      ],
    ],
    [
      'aws s3 sync ./dist s3://docs/web/ --delete',
      [
        { service: 's3', operation: 'ListObjectsV2', bucket: 'docs', prefix: 'web/' },
        { service: 's3', operation: 'PutObject', bucket: 'docs', key: 'web/*', delete: 'true' },
        { service: 's3', operation: 'DeleteObject', bucket: 'docs', key: 'web/*' },
      ],
    ],
    [
      'aws --profile dev --region eu-west-1 s3api get-object --bucket docs --key "a b.txt" out',
      [{ service: 's3', operation: 'GetObject', bucket: 'docs', key: 'a b.txt' }],
    ],
    [
      'aws lambda invoke --function-name orders out.json',
      [{ service: 'lambda', operation: 'Invoke', functionName: 'orders' }],
    ],
    ['aws dynamodb get-item --table-name=orders', [{ service: 'dynamodb', operation: 'GetItem', tableName: 'orders' }]],
    ['aws ecr get-login-password | docker login', [{ service: 'ecr', operation: 'GetAuthorizationToken' }]],
    [
      'aws cloudformation package --s3-bucket artifacts --template-file x.yaml',
      [{ service: 's3', operation: 'PutObject', recursive: 'true', bucket: 'artifacts', key: '*' }],
    ],
    ['aws cloudformation package --s3-bucket "$BUCKET"', [{ service: 's3', operation: 'PutObject' }]],
    ['aws iam policy is hard', []],
    ['aws configure', []],
  ]
  for (const [command, want] of rows) t.strictSame(callsOf(command), want, command)
  t.end()
})

t.test('the words of the AWS CLI in front of an error', (t) => {
  const rows: readonly (readonly [line: string, operation: string, want: Readonly<Record<string, string>>])[] = [
    ['upload failed: ./a to s3://docs/x/a', 'PutObject', { bucket: 'docs', key: 'x/a' }],
    ['upload failed: ./a to s3://docs/x/a', 'UploadPart', { bucket: 'docs', key: 'x/a' }],
    ['upload failed: - to\ns3://docs/x/a', 'PutObject', { bucket: 'docs', key: 'x/a' }],
    ['download failed: s3://docs/my file.txt to ./my file.txt', 'GetObject', { bucket: 'docs', key: 'my file.txt' }],
    ['delete failed: s3://docs/x', 'DeleteObject', { bucket: 'docs', key: 'x' }],
    ['copy failed: s3://from/a to s3://to/b', 'CopyObject', { bucket: 'to', key: 'b', copySource: 'from/a' }],
    ['copy failed: s3://from/a to s3://to/b', 'GetObjectTagging', { bucket: 'from', key: 'a' }],
    ['copy failed: s3://from/a to s3://to/b', 'PutObjectTagging', { bucket: 'to', key: 'b' }],
    // boto3 prints bucket and key as one path.
    ['Failed to upload /tmp/x.png to docs/c4/x.png:', 'PutObject', { bucket: 'docs', key: 'c4/x.png' }],
    ['Failed to upload /tmp/x.png to\ndocs/c4/x.png:', 'UploadPart', { bucket: 'docs', key: 'c4/x.png' }],
    ['Failed to upload report to accounting:', 'PutObject', {}],
    ['Failed to upload a.txt to docs/a.txt. Next try:', 'ListQueues', {}],
    ['move failed: s3://from/a to s3://to/b', 'DeleteObject', { bucket: 'from', key: 'a' }],
  ]
  for (const [line, operation, want] of rows)
    t.strictSame(
      parsePaste(`${line} ${refused(operation)}`).denials.map(({ calls, resource }) => [
        resource,
        ...calls.map(({ parameters }) => parameters),
      ]),
      [[null, want]],
      `${line}, ${operation}`,
    )
  // Of a name that was masked nothing is known.
  t.strictSame(
    parsePaste(`upload failed: ./a to s3://***/x/a ${refused('PutObject')}`).denials[0]?.calls[0]?.parameters['bucket'],
    undefined,
  )
  // What a program says of something else, some lines before.
  t.strictSame(
    parsePaste(`upload failed: ./a to s3://docs/a\nretrying\n${refused('ListQueues')}`).denials[0]?.calls[0]
      ?.parameters,
    {},
  )
  t.end()
})

t.test('objects of one bucket are one denial, those of another are another', (t) => {
  const failed = (place: string): string => `upload failed: ./a to s3://${place} ${refused('PutObject')}`
  const placesOf = (text: string): unknown =>
    parsePaste(text).denials.map(({ calls, occurrences }) => [calls[0]?.parameters, occurrences, calls.length])
  t.strictSame(placesOf([failed('docs/a/x'), failed('docs/a/y'), failed('docs/a/b/z')].join('\n')), [
    [{ bucket: 'docs', key: 'a/*' }, 3, 1],
  ])
  t.strictSame(placesOf([failed('docs/x'), failed('docs/y')].join('\n')), [[{ bucket: 'docs', key: '*' }, 2, 1]])
  t.strictSame(placesOf([failed('docs/a'), failed('logs/a'), failed('docs/a')].join('\n')), [
    [{ bucket: 'docs', key: 'a' }, 2, 1],
    [{ bucket: 'logs', key: 'a' }, 1, 1],
  ])
  // The command that is shown asked for a folder, and with an option.
  t.strictSame(placesOf(`$ aws s3 cp . s3://docs/a/ --recursive --acl private\n${failed('docs/a/x')}`), [
    [{ recursive: 'true', acl: 'private', bucket: 'docs', key: 'a/*' }, 1, 1],
  ])
  t.strictSame(placesOf(`$ aws s3 cp . s3://logs/ --recursive\n${failed('docs/a/x')}`), [
    [{ bucket: 'docs', key: 'a/x' }, 1, 2],
  ])
  t.end()
})

t.test('a command to storage of others got an error of theirs', (t) => {
  const classOf = (command: string, more = ''): unknown =>
    parsePaste(`$ ${command}\n${more}${refused('ListObjectsV2')}`).denials.map((one) => [
      one.class,
      one.format,
      one.service,
    ])
  const foreign = [['not-aws', 'neighbour:object-storage', null]]
  const own = [['bare', 'access-denied', 's3']]
  for (const endpoint of [
    'https://minio.example.com:9000',
    'http://localhost:9000',
    'https://0123456789abcdef.r2.cloudflarestorage.com',
    'https://s3.eu-central-003.backblazeb2.com/',
    'http://10.0.0.7:8080',
  ]) {
    t.strictSame(classOf(`aws s3 ls s3://docs --endpoint-url ${endpoint}`), foreign, endpoint)
    t.strictSame(classOf(`aws --endpoint-url=${endpoint} s3 ls s3://docs`), foreign, endpoint)
  }
  for (const endpoint of [
    'https://s3.eu-west-1.amazonaws.com',
    'https://bucket.vpce-0123456789abcdef0-abcdefgh.s3.eu-west-1.vpce.amazonaws.com',
    'https://s3.cn-north-1.amazonaws.com.cn',
    'https://s3.dualstack.eu-west-1.api.aws',
    'http://localhost:4566',
    'http://s3.localhost.localstack.cloud:4566',
    '$ENDPOINT',
  ])
    t.strictSame(classOf(`aws s3 ls s3://docs --endpoint-url ${endpoint}`), own, endpoint)
  for (const command of [
    'AWS_ENDPOINT_URL=http://minio:9000 aws s3 ls s3://docs',
    'AWS_ENDPOINT_URL_S3="https://minio.example.com" aws s3 ls s3://docs',
    'export AWS_ENDPOINT_URL=http://minio:9000\n$ aws s3 ls s3://docs',
    'export AWS_ENDPOINT_URL=http://minio:9000 AWS_REGION=eu-west-1\n$ aws s3 ls s3://docs',
    "$env:AWS_ENDPOINT_URL_S3 = 'http://minio:9000'\nPS C:\\> aws s3 ls s3://docs",
    'AWS_ENDPOINT_URL: http://minio:9000\n\n$ aws s3 ls s3://docs',
  ])
    t.strictSame(classOf(command), foreign, command)
  for (const command of [
    'AWS_ENDPOINT_URL=http://localhost:4566 aws s3 ls s3://docs',
    'AWS_ENDPOINT_URL_SQS=http://queue:9324 aws s3 ls s3://docs',
    'date\n#export AWS_ENDPOINT_URL=http://minio:9000\n$ aws s3 ls s3://docs',
    'AWS_ENDPOINT_URL=http://minio:9000 aws s3 ls s3://docs\na.txt\n$ aws s3 ls s3://docs',
    'export AWS_ENDPOINT_URL=http://minio:9000\nunset AWS_ENDPOINT_URL\n$ aws s3 ls s3://docs',
    'export AWS_ENDPOINT_URL=http://minio:9000\n$ aws s3 ls s3://docs --endpoint-url https://s3.eu-west-1.amazonaws.com',
  ])
    t.strictSame(classOf(command), own, command)
  const minio = 'aws s3 ls s3://docs --endpoint-url https://minio.example.com'
  t.strictSame(classOf(minio, 'a.txt\n$ aws s3 ls s3://logs\n'), own, 'another command got the error')
  t.strictSame(
    parsePaste(`$ ${minio}\n${refused('GetSecretValue')}`).denials.map((one) => one.class),
    ['bare'],
    'another service',
  )
  t.strictSame(
    parsePaste(`$ ${minio}\na.txt\nThe function then printed: ${refused('PutObject')}`).denials.map((one) => one.class),
    ['bare'],
    'another call',
  )
  for (const operation of ['HeadObject', 'GetObject'])
    t.strictSame(
      parsePaste(
        `$ aws s3 cp s3://docs/a . --endpoint-url https://minio.example.com\n${refused(operation)}`,
      ).denials.map((one) => one.format),
      ['neighbour:object-storage'],
      operation,
    )
  t.end()
})

t.test('options on further lines belong to the command', (t) => {
  t.strictSame(callsOf('aws sns create-topic \\\n    --name t \\\n    --region eu-west-1'), [
    { service: 'sns', operation: 'CreateTopic', name: 't', region: 'eu-west-1' },
  ])
  t.end()
})

t.test('calls in code', (t) => {
  const rows: readonly (readonly [code: string, want: readonly Record<string, string>[]])[] = [
    ["s3.upload({Bucket: 'docs', Key: 'a'})", [{ service: 's3', operation: 'PutObject', bucket: 'docs', key: 'a' }]],
    [
      "client.get_object(Bucket='docs', Key='a')",
      [{ service: 's3', operation: 'GetObject', bucket: 'docs', key: 'a' }],
    ],
    [
      "new PutItemCommand({ TableName: 'orders' })",
      [{ service: 'dynamodb', operation: 'PutItem', tableName: 'orders' }],
    ],
    [
      "s3.copy({'Bucket': 'from', 'Key': 'a'}, 'to', 'b')",
      [{ service: 's3', operation: 'CopyObject', copySource: 'from/a', bucket: 'to', key: 'b' }],
    ],
    [
      "s3.copy_object(CopySource={'Bucket': 'from', 'Key': 'a'}, Bucket='to', Key='b')",
      [{ service: 's3', operation: 'CopyObject', copySource: 'from/a', bucket: 'to', key: 'b' }],
    ],
    [
      "s3.copyObject({Bucket: 'to', Key: 'b', CopySource: '/from/a'})",
      [{ service: 's3', operation: 'CopyObject', bucket: 'to', key: 'b', copySource: '/from/a' }],
    ],
    ["items.push({ name: 'a' })", []],
  ]
  for (const [code, want] of rows) t.strictSame(callsOf(code), want, code)
  t.end()
})

t.test('each command goes to its own error', (t) => {
  const { denials } = parsePaste(
    `$ aws iam list-users\n${refused('ListUsers')}\n$ aws sqs list-queues\n${refused('ListQueues')}`,
  )
  t.match(
    denials.map(({ calls }) => calls.map(({ operation }) => operation)),
    [['ListUsers'], ['ListQueues']],
  )
  t.end()
})

t.test('workloads by session and role name', (t) => {
  const rows: readonly (readonly [role: string, session: string | null, want: string | null])[] = [
    ['app', 'i-0123456789abcdef0', 'ec2-instance'],
    ['app', 'i-01234567', 'ec2-instance'],
    ['app', 'i-00000000000', 'ec2-instance'],
    // As people shorten them.
    ['app', 'i-0123456', 'ec2-instance'],
    ['app', 'i-abc', null],
    ['app', 'i-orders', null],
    ['AWSReservedSSO_Dev_0123456789abcdef', 'jane@example.com', 'identity-center-user'],
    ['AWSServiceRoleForAutoScaling', 'AutoScaling', 'service-linked-role'],
    ['task', '0123456789abcdef0123456789abcdef', 'ecs-task'],
    ['app', '1234567890123456789', null],
    ['app', 'botocore-session-1700000000', null],
    ['app', 'aws-sdk-java-1700000000000', null],
    ['app', 'aws-go-sdk-1700000000000000000', null],
    ['pod', 'eks-prod-web-0d0bb2a1-1111-4222-8333-444455556666', 'eks-pod-identity'],
    ['build', 'AWSCodeBuild-0d0bb2a1', 'codebuild'],
    ['pipeline', '1700000000000', 'codepipeline'],
    ['cdk-hnb659fds-cfn-exec-role-111122223333-eu-west-1', 'AWSCloudFormation', 'cdk'],
    ['deploy', 'AWSCloudFormation', 'cloudformation'],
    ['ci', 'GitHubActions', 'github-actions'],
    ['voclabs', 'user1=x', 'teaching-lab'],
    ['orders-role-a1b2c3d4', 'orders', 'lambda-function'],
    ['StepFunctions-orders-role-a1b2c3d4', 'abcd', null],
    ['cdk-pipelines-trigger', 'orders', null],
    ['saml', 'jane@example.com', 'saml-user'],
    ['app', 'anything', null],
    ['app', null, null],
  ]
  for (const [roleOrUserName, sessionName, want] of rows)
    t.equal(
      workloadOf({ principalType: 'assumed-role', roleOrUserName, sessionName, clues: [] }),
      want,
      `${roleOrUserName}/${sessionName ?? ''}`,
    )
  t.equal(workloadOf({ principalType: 'user', roleOrUserName: 'voclabs', sessionName: null, clues: [] }), null)
  t.end()
})

t.test('a session that an SDK named: the text has to speak of a token', (t) => {
  const rows: readonly (readonly [session: string, around: string, want: string | null])[] = [
    [
      '1700000000000000000',
      'AWS_WEB_IDENTITY_TOKEN_FILE=/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
      'kubernetes-service-account',
    ],
    [
      '1700000000000000000',
      'level=error msg="external-dns: failed to list hosted zones"',
      'kubernetes-service-account',
    ],
    ['aws-sdk-java-1700000000000', 'the service account carries the role annotation', 'web-identity'],
    ['1700000000000000000', 'Error: reading IAM Role (deploy): operation error IAM: GetRole', null],
    ['aws-go-sdk-1700000000000000000', 'the profile assumes the role of the other account', null],
  ]
  for (const [session, around, want] of rows) {
    const text = `${around}\nUser: arn:aws:sts::111122223333:assumed-role/app/${session} is not authorized to perform: iam:GetRole on resource: role deploy`
    t.equal(parsePaste(text).denials.map(workloadOf)[0], want, around)
  }
  t.end()
})

const key = ['AKIA', 'IOSFODNN7EXAMPLE'].join('')
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const token = `IQoJb3JpZ2lu${'aB3/'.repeat(30)}`
const blob = `${'aB3_'.repeat(25)}\n│ ${'cD4-'.repeat(10)}`
const paste = [
  `export AWS_ACCESS_KEY_ID=${key}`,
  `"SecretAccessKey": "${secret}",`,
  `aws_session_token = ${token}`,
  `https://docs.s3.amazonaws.com/a?X-Amz-Credential=${key}%2F20260105&X-Amz-Signature=${'0a'.repeat(32)}&x=1`,
  `User: arn:aws:sts::111122223333:assumed-role/app/jane@example.com is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::docs/a with an explicit deny in a service control policy: arn:aws:organizations::444455556666:policy/o-abcdefghij/service_control_policy/p-1.`,
  `Go to https://eu-west-1.console.aws.amazon.com/iam/home#/authorization-details/q9w8e7r6t5y4u3i2o1p0 from 203.0.113.20, account 111122223333, or 203.0.113.21`,
  `Encoded authorization failure message: ${blob}`,
  '\tstatus code: 403',
].join('\n')

t.test('secrets are masked, the rest stays', (t) => {
  const masked = maskSecrets(paste)
  for (const hidden of [key, secret, token, '0a0a0a', 'q9w8e7r6', 'aB3_aB3_', 'cD4-cD4-'])
    t.notMatch(masked, hidden, hidden.slice(0, 6))
  for (const shown of ['111122223333', 'jane@example.com', 's3:GetObject', 'status code: 403', '&x=1', '203.0.113.20'])
    t.ok(masked.includes(shown), shown)
  t.equal(maskSecrets('nothing secret here'), 'nothing secret here')
  t.end()
})

t.test('every kind of secret is masked where it is the only one', (t) => {
  const hex = '0a'.repeat(32)
  const texts = [
    `AKIA${'Q7'.repeat(8)}`,
    `ASIA${'Q7'.repeat(8)}`,
    `secret_key=${'aB3+'.repeat(10)}`,
    `AWS_SECRET_ACCESS_KEY: ${'aB3+'.repeat(10)}`,
    `"SecretAccessKey" : "${'aB3+'.repeat(10)}"`,
    `sessionToken=${'aB3+'.repeat(10)}`,
    `aws_security_token = ${'aB3+'.repeat(10)}`,
    `X-Amz-Security-Token: ${'aB3+'.repeat(10)}`,
    `WebIdentityToken=${'aB3+'.repeat(10)}`,
    ...['IQoJb3JpZ2lu', 'FwoGZXIvYXdz', 'FQoGZXIvYXdz'].map((start) => start + 'aB3+'.repeat(10)),
    `eyJ${'aB3_'.repeat(5)}.eyJ${'cD4-'.repeat(5)}`,
    `?X-Amz-Signature=${hex}`,
    `&Signature=${'aB3/'.repeat(5)}`,
    `&amp;X-Amz-Credential=${'aB3/'.repeat(5)}`,
    `?AWSAccessKeyId=${'aB3/'.repeat(5)}`,
    `Signature=${hex}`,
    `Credential=${'aB3/'.repeat(5)}`,
    `authorization: bearer ${'aB3_'.repeat(5)}`,
    `Authorization: Basic ${'aB3_'.repeat(5)}`,
    `authorization-details/${'a1b2'.repeat(5)}`,
    `Authorization ID: ${'a1b2'.repeat(5)}`,
    `-----BEGIN RSA PRIVATE KEY-----\n${'aB3+'.repeat(10)}`,
    `Encoded authorization failure message: ${'aB3-'.repeat(10)}`,
    `encoded\nmessage ${'aB3-'.repeat(10)}`,
  ]
  for (const text of texts) t.match(maskSecrets(text), /\*{4}/, text.slice(0, 24))
  t.end()
})

t.test('a public copy hides who and where, the same value always alike', (t) => {
  const copy = redactPaste(paste)
  for (const hidden of ['444455556666', 'jane@', 'o-abcdefghij', '203.0.113.20', key, secret])
    t.notOk(copy.includes(hidden), hidden)
  t.match(copy, /s3:GetObject on resource: arn:aws:s3:::docs\/a with an explicit deny in a service control policy/)
  t.equal(copy.split('192.0.2.1').length, 2)
  t.ok(copy.includes('192.0.2.2'))
  const account = /sts::(\d{12}):/.exec(copy)?.[1] ?? ''
  t.ok(copy.includes(`account ${account}`), 'one account, one replacement')
  t.match(parsePaste(copy).denials[0], { action: 's3:GetObject', policyType: 'service-control' })
  t.end()
})
