import t from 'tap'
import { clueShapes } from '../../src/denial/clues/clue-shapes.ts'
import { findClues } from '../../src/denial/clues/find-clues.ts'
import { withToldCall } from '../../src/denial/clues/told-call.ts'
import type { Denial } from '../../src/denial/denial.ts'
import type { TextView } from '../../src/denial/text-view.ts'
import { parsePaste } from '../../src/denial/parse.ts'

const view = (text: string): TextView => ({ text, spanOf: (start, end) => [start, end] })

t.test('every shape finds its own example', (test) => {
  for (const { kind, example, phrases } of clueShapes) {
    const [clue] = findClues(view(`Some text before. ${example}`)).filter((found) => found.kind === kind)
    test.ok(clue, `${kind}: ${example}`)
    for (const phrase of phrases) test.equal(phrase, phrase.toLowerCase(), 'phrases are compared in lower case')
  }
  test.end()
})

const captured: readonly (readonly [kind: string, text: string, values: Readonly<Record<string, string>>])[] = [
  ['s3-uri', 'copy to s3://orders-archive/2024/a.csv failed', { bucket: 'orders-archive', key: '2024/a.csv' }],
  ['s3-url', 'https://orders-archive.s3.eu-west-1.amazonaws.com/a.csv', { bucket: 'orders-archive', key: 'a.csv' }],
  ['s3-url', 'https://s3.eu-west-1.amazonaws.com/orders-archive/a.csv', { bucket: 'orders-archive', key: 'a.csv' }],
  ['bucket-named', "Bucket: 'orders-archive'", { bucket: 'orders-archive' }],
  ['object-named', 'Bucket: orders-archive Key: Reports/a.csv', { key: 'Reports/a.csv' }],
  ['object-named', "{ Key: 'Summary' }", { key: 'Summary' }],
  [
    'operation-told',
    'error putting object backups/nightly/velero-backup.json: AccessDenied: Access Denied',
    { service: 's3', operation: 'PutObject' },
  ],
  [
    'object-named',
    'error putting object backups/nightly/velero-backup.json: operation error S3: PutObject',
    { key: 'backups/nightly/velero-backup.json' },
  ],
  ['operation-told', 'a.7z: Failed to copy: s3 upload: 403 Forbidden', { service: 's3', operation: 'PutObject' }],
  [
    'operation-told',
    'a.7z: Failed to copy: failed to open source object: AccessDenied',
    { service: 's3', operation: 'GetObject' },
  ],
  [
    'operation-told',
    'Failed to generate AWS EC2 Instance Types: UnauthorizedOperation',
    { service: 'ec2', operation: 'DescribeInstanceTypes' },
  ],
  ['bucket-named', '<Error><Code>AccessDenied</Code><BucketName>reports</BucketName></Error>', { bucket: 'reports' }],
  ['object-named', '"requestKey": "in/a.csv", "requestBucket": "orders"', { key: 'in/a.csv' }],
  [
    'log-group-named',
    'Creating log group /aws/containerinsights/shop/app   |',
    { group: '/aws/containerinsights/shop/app' },
  ],
  ['log-group-named', 'Creating log stream a in log group shop-web.', { group: 'shop-web' }],
  ['acl-option', 's3.putObject({ ACL: "public-read" })', { acl: 'public-read' }],
  ['acl-option', 'setCannedAcl(CannedAccessControlList.PublicRead)', { acl: 'PublicRead' }],
  ['oidc-subject', 'sub is system:serviceaccount:tools:dns', { subject: 'system:serviceaccount:tools:dns' }],
  ['service-account-named', 'serviceAccountName: external-dns', { name: 'external-dns' }],
  ['service-account-named', 'service account kube-system/ebs-csi', { namespace: 'kube-system', name: 'ebs-csi' }],
  ['namespace-told', 'on EKS, namespace `dns`', { namespace: 'dns' }],
  [
    'token-issuer-named',
    'https://oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111',
    { host: 'oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111' },
  ],
  [
    'service-role-lacks',
    'role does not have permissions to call Publish on SNS',
    { operation: 'Publish', service: 'SNS' },
  ],
  ['region-named', 'only in ap-southeast-3', { region: 'ap-southeast-3' }],
  ['operation-told', 'at de_PutObjectCommandError (/app/index.js:1:2)', { operation: 'PutObject' }],
  [
    'operation-told',
    'at deserializeAws_restXmlPutObjectTaggingCommandError (/app/index.js:1:2)',
    { operation: 'PutObjectTagging' },
  ],
  [
    'operation-told',
    'at Amazon.S3.AmazonS3Client.PutObjectAsync(PutObjectRequest request)',
    { operation: 'PutObject' },
  ],
  ['operation-told', 'HeadObjectOperationDeserializer.deserialize(', { operation: 'HeadObject' }],
  ['operation-told', "return self.get_list('DescribeSubnets', params", { operation: 'DescribeSubnets' }],
  ['operation-told', 'X-Amz-Target: TrentService.Decrypt\\r\\n', { operation: 'Decrypt' }],
  ['operation-told', '"x-amz-target":"DynamoDB_20120810.GetItem"', { operation: 'GetItem' }],
  ['operation-told', 's3a://docs/a: getFileStatus on s3a://docs/a: Forbidden', { operation: 'HeadObject' }],
  ['operation-told', 's3a://docs/a: PUT 0-byte object  on s3a://docs/a: Forbidden', { operation: 'PutObject' }],
  ['bucket-named', 'sam package --s3-bucket artifacts --region eu-west-1', { bucket: 'artifacts' }],
  ['s3-url', 'to https://docs.s3.amazonaws.com/a.txt: Access Denied', { bucket: 'docs', key: 'a.txt' }],
  [
    'object-named',
    'terraform {\n  backend "s3" {\n    bucket = "states"\n    key    = "shop/state"\n  }\n}',
    { key: 'shop/state' },
  ],
  ['s3-uri', 's3://docs/a/b.txt,', { bucket: 'docs', key: 'a/b.txt' }],
  ['role-named', 'the role deploy.', { role: 'deploy' }],
  ['role-named', 'the role deploy...', { role: 'deploy' }],
  ['role-arn', '<code>arn:aws:iam::111122223333:role/app</code>', { role: 'arn:aws:iam::111122223333:role/app' }],
  ['function-named', 'the function named orders is refused', { functionName: 'orders' }],
  ['function-named', 'function app-orders', { functionName: 'app-orders' }],
  ['role-named', 'the role it-admin', { role: 'it-admin' }],
  ['role-arn', 'arn:aws:iam::...:role/nodes', { role: 'arn:aws:iam::...:role/nodes' }],
  ['operation-told', 'S3 getObjectAttributes: Forbidden', { operation: 'getObjectAttributes' }],
  ['operation-told', 'ec2.amazonaws.com RunInstances failed', { service: 'ec2', operation: 'RunInstances' }],
]

t.test('values', (test) => {
  for (const [kind, text, values] of captured) {
    const found = findClues(view(text)).filter((clue) => clue.kind === kind)
    test.match(found[0]?.values, values, `${kind} in ${text}`)
  }
  test.end()
})

t.test('over a line break of a terminal', (test) => {
  const role = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1'
  const read = (text: string): Readonly<Record<string, string>> | undefined =>
    findClues(view(text)).find(({ kind }) => kind === 'caller-credentials-unusable')?.values
  test.match(read(`current credentials could not be used to assume\n'${role}',\nbut are for the right account.`), {
    role,
  })
  test.equal(read('credentials could not be used to assume\nanything'), undefined)
  const bucket = (text: string): string | undefined =>
    findClues(view(text)).find(({ kind }) => kind === 'log-bucket-refused')?.values['bucket']
  test.equal(
    bucket('Error: failure configuring LB attributes: InvalidConfigurationRequest: Access\nDenied for bucket: logs.'),
    'logs',
  )
  test.equal(
    bucket('InvalidConfigurationRequest: Access\nDenied for bucket: logs.'),
    undefined,
    'a short line ends itself',
  )
  test.end()
})

t.test('near neighbours that are no clues', (test) => {
  const kinds = (text: string): readonly string[] => findClues(view(text)).map(({ kind }) => kind)
  test.notOk(kinds('the bucket list is long').includes('bucket-named'), 'a word after "bucket"')
  for (const cut of [
    's3://docs-main-${stage}/a',
    's3://docs-<env>/a',
    's3://docs${stage}',
    'bucket: docs-main-${stage}',
  ])
    test.notOk(
      kinds(cut).some((kind) => kind === 's3-uri' || kind === 'bucket-named'),
      `${cut}: a part of a name`,
    )
  test.notOk(kinds('backend "gcs" {\n key = "a/b"\n}').includes('object-named'), 'the state of another cloud')
  test.notOk(kinds('use the option --bucket for it').includes('bucket-named'), 'a word after the option')
  test.notOk(kinds('because no identity-based policy allows the action').includes('session-policy-passed'))
  test.notOk(kinds('you should read the manual').includes('expected-principal'), 'no role is meant')
  for (const other of ['the service account app', 'the same account as ours', 'use account a lot'])
    test.notOk(kinds(other).includes('cross-account-told'), `${other}: one account`)
  test.ok(kinds('the bucket of account B').includes('cross-account-told'))
  for (const refused of ['rerunning gives the same error', 'a second time: denied', 'On the next run it fails as well'])
    test.notOk(kinds(refused).includes('later-works'), `${refused}: not later either`)
  test.ok(kinds('the first run fails, a rerun is fine').includes('later-works'))
  test.notOk(kinds('the role shows Allowed').includes('role-named'), 'no name')
  test.notOk(kinds('IAM user/role access to the console').includes('role-named'), 'no name')
  test.notOk(kinds('it is the expected role').includes('expected-principal'), 'the right one')
  test.ok(kinds('it is not the expected role').includes('expected-principal'))
  test.notOk(kinds('over there').includes('only-large-fails'), 'no size')
  test.notOk(kinds('the service account has the annotation').includes('service-account-named'), 'no name')
  test.notOk(kinds('msg="failed" namespace=web name=shop').includes('namespace-told'), 'the object of a log line')
  test.notOk(kinds('at github.com/aws/aws-sdk-go/aws').includes('github-mentioned'), 'the path of a module')
  test.notOk(kinds('https://gitlab.com/acme/app').includes('token-issuer-named'), 'a link')
  test.notOk(kinds('the role you provided').includes('role-named'), 'no name')
  test.notOk(kinds('role orders-prod-... is refused').includes('role-named'), 'a part of a name')
  test.notOk(kinds('arn:aws:iam::111122223333:role/orders-<Region>').includes('role-arn'), 'a part of a name')
  test.notOk(kinds('IAM role ARN value is invalid').includes('role-named'), 'no name')
  test.notOk(kinds('the service role associated with this account').includes('role-named'), 'no name')
  test.notOk(kinds('The role defined for the function cannot be assumed').includes('function-named'), 'no name')
  test.notOk(kinds("the function doesn't write").includes('function-named'), 'no name')
  for (const what of ['policy grants access', 'permissions are missing', 'timeout is 3 seconds', 'ARN is right'])
    test.notOk(kinds(`See that the function ${what}`).includes('function-named'), what)
  for (const what of ['settings of the project', 'configuration is wrong'])
    test.notOk(kinds(`Check that the service role ${what}`).includes('role-named'), what)
  test.notOk(kinds('Look at the service role policy first').includes('launch-role-told'), 'no name')
  test.notOk(kinds('the function execution-role').includes('function-named'), 'no function')
  test.notOk(kinds('what I read on s3://docs is old').includes('operation-told'), 'no operation of S3A')
  test.notOk(kinds('set sasl_mechanism = "scram-sha512"').includes('msk-iam-told'))
  for (const text of [
    'error getting object default/web: pods "web" is forbidden',
    'error getting object from the cache: Access Denied',
    'Failed to copy: open /etc/x: permission denied',
  ])
    test.notOk(kinds(text).includes('operation-told'), text)
  for (const text of [
    'in log group arn:aws:logs:eu-west-1:111122223333:log-group:a',
    'in log group order',
    'the log group is full',
  ])
    test.notOk(kinds(text).includes('log-group-named'), text)
  const error = 'error creating KMS Key: MalformedPolicyDocumentException: The new key policy will not allow it'
  test.notOk(kinds(error).includes('object-named'), 'an error behind the name of a thing')
  test.notOk(kinds('an environment variable').includes('region-named'))
  test.end()
})

const inProse: readonly (readonly [kind: string, text: string])[] = [
  ['organization-told', 'the account is in an organization'],
  ['organization-told', 'it belongs to the sandbox OU of our organisation'],
  ['organization-told', "the organization's rules are strict"],
  ['organization-told', 'names such as acme-sandbox, and an SCP as well'],
  ['organization-told', 'perhaps an organization-wide SCP'],
  ['organization-told', 'boundary/SCP?'],
  ['organization-told', 'could be some SCP/RCP.'],
  ['organization-told', 'SCP가 있습니다'],
  ['organization-told', 'the account sits in "Sandbox"'],
  ['administrator-told', 'the role has **AdministratorAccess**'],
  ['administrator-told', 'I am logged in as an administrator: nothing works'],
  ['administrator-told', 'my administrator role is refused too'],
  ['administrator-told', 'tried as administrator; no luck'],
  ['administrator-told', '(administrator)'],
  ['power-user-told', 'we all have PowerUserAccess'],
  ['s3-full-access-told', 'with AmazonS3FullAccess attached'],
  ['mfa-told', 'works with an MFA-protected profile'],
  ['absent-told', 'there was a typo in the name'],
]

t.test('circumstances count where a sentence tells them', (test) => {
  const kinds = (text: string): readonly string[] => findClues(view(text)).map(({ kind }) => kind)
  for (const [kind, text] of inProse) test.ok(kinds(text).includes(kind), `${kind}: ${text}`)
  const elsewhere = [
    'arn:aws:s3:::acme-sandbox/orders.csv',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/organization',
    'table/organization-members',
    'is not authorized to perform: organizations:ListAccounts',
    'roots = organizations.list_roots()',
    'client = boto3.client("organizations")',
    "client = boto3.client('organizations')",
    'aws organizations list-roots',
    'operation error Organizations: ListRoots, access denied',
    '(Service: Organizations; Status Code: 400)',
    'on resource: instance profile administrator because',
    'b-1.msk-sandbox-1.a1b2c3.c4.kafka.eu-west-1.amazonaws.com',
    'level=error namespace=sandbox pod=a',
    '{"level":"error","namespace":"sandbox"}',
    '{"message":"the sandbox is closed"}',
    'namespace: sandbox',
    'sandbox: true',
    'sandbox = Stack(app)',
    'sandbox(app)',
    'deploy --stage sandbox now',
    'resource "aws_organizations_account" "sandbox" {',
    'creating ECS Cluster (sandbox): denied',
    '[sandbox] denied',
    'when calling the ApplyGuardrail operation',
    'scp report.csv host:/tmp',
    'PS C:\\Users\\Administrator> ls',
    'root@sandbox:~#',
    'User: administrator is not authorized',
    'a role with AdministratorAccess-Amplify',
    'arn:aws:iam::aws:policy/AdministratorAccess',
    'Please contact your administrator.',
    'send it to your AWS\nadministrator. Learn more',
    'After your AWS administrator or you have updated your permissions, please try again.',
    'The administrator must grant this.',
    'It was created by an administrator.',
    'the GitHub organization acme',
    'this account is not in an organization',
    'there are no SCPs',
    'arn:aws:iam::111122223333:user/mfa-admin',
    'typography and s3://typo-archive/x',
  ]
  const told = new Set(inProse.map(([kind]) => kind))
  for (const text of elsewhere)
    test.strictSame(
      kinds(text).filter((kind) => told.has(kind)),
      [],
      text,
    )
  test.end()
})

t.test('what a denial is read from tells no circumstance beside it', (test) => {
  const kinds = (text: string): readonly string[] => parsePaste(text).denials[0]?.clues.map(({ kind }) => kind) ?? []
  const denial =
    'User: arn:aws:iam::111122223333:user/a is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::data/our sandbox plan.csv"'
  test.notOk(kinds(denial).includes('organization-told'))
  test.ok(kinds(`${denial} (in our sandbox account)`).includes('organization-told'))
  test.end()
})

t.test('the same clue twice is one, at its first place', (test) => {
  const text = 's3://orders-archive/a and again s3://orders-archive/a'
  const found = findClues(view(text)).filter(({ kind }) => kind === 's3-uri')
  test.equal(found.length, 1)
  test.strictSame(found[0]?.span, [0, 's3://orders-archive/a'.length])
  test.end()
})

t.test('capitals whose small letters are longer move nothing', (test) => {
  const text = 'İİ \u212a: ACL=Private, EU-west-1, in eu-west-1'
  const found = findClues(view(text))
  test.match(
    found.map(({ kind, values, span }) => [kind, values, text.slice(...span)]),
    [
      ['acl-option', { acl: 'Private' }, 'ACL=Private'],
      ['region-named', { region: 'eu-west-1' }, 'eu-west-1'],
    ],
  )
  test.end()
})

t.test('only a sentence that stands alone makes a denial', (test) => {
  const [denial] = parsePaste('The instance stopped: Client.InternalError: Client error on launch').denials
  test.equal(denial?.class, 'other-aws')
  for (const { kind, standsAlone, example } of clueShapes)
    if (!standsAlone)
      for (const { format } of parsePaste(example).denials) test.not(format, `clue:${kind}`, `${kind}: ${example}`)
  test.end()
})

t.test('a registry or a stack that failed otherwise is no denial', (test) => {
  const registry = 'https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/v2/app'
  for (const text of [
    'ConditionalCheckFailedException: The conditional request failed\n    at de_PutItemCommandError (/app/node_modules/@aws-sdk/client-dynamodb/dist-cjs/index.js:1:1)',
    `unexpected status from HEAD request to ${registry}/manifests/1: 404 Not Found`,
    `unexpected status from PUT request to ${registry}/manifests/1: 400 Bad Request: tag is immutable`,
    'pulling from host 111122223333.dkr.ecr.eu-west-1.amazonaws.com failed with status code [manifests 1.2]: 401 Unauthorized',
  ])
    test.strictSame(parsePaste(text).denials, [], text)
  for (const [text, operation] of [
    [
      'AccessDeniedException: no\n    at de_PutItemCommandError (/app/node_modules/@aws-sdk/client-dynamodb/dist-cjs/index.js:1:1)',
      'PutItem',
    ],
    [`unexpected status from HEAD request to ${registry}/manifests/1: 403 Forbidden`, 'BatchGetImage'],
    [`failed to do request: Head "${registry}/manifests/1": denied`, 'BatchGetImage'],
    [
      'pulling from host 111122223333.dkr.ecr.eu-west-1.amazonaws.com failed with status code [manifests 1.2]: 403 Forbidden',
      'BatchGetImage',
    ],
  ] as const)
    test.match(parsePaste(text).denials, [{ calls: [{ operation }] }], text)
  test.end()
})

t.test('the call that circumstances tell of', (test) => {
  const callOf = (text: string): Denial['calls'][number] | undefined => parsePaste(text).denials[0]?.calls[0]
  test.match(callOf('S3 headObject Error: Forbidden (Bucket: orders-archive Key: a/b.png)'), {
    service: 's3',
    operation: 'HeadObject',
    parameters: { bucket: 'orders-archive', key: 'a/b.png' },
  })
  test.match(callOf('error uploading backup: AccessDenied: Access Denied (s3://orders-archive/b)'), {
    operation: 'PutObject',
    parameters: { bucket: 'orders-archive', key: 'b' },
  })
  const [whole] = parsePaste(
    'User: arn:aws:iam::111122223333:user/a is not authorized to perform: s3:GetObject',
  ).denials
  test.ok(whole !== undefined && withToldCall(whole) === whole, 'the action is known: nothing to add')
  test.end()
})

t.test('long and hostile texts', (test) => {
  const hostile = [
    'over ',
    'acl: ',
    'bucket ',
    'repo:',
    's3://',
    'arn:aws:iam::1:role/',
    'environment ',
    '"aroa',
    '-sandbox',
    'no scp ',
    'sandbox= ',
  ]
  for (const piece of hostile) {
    const started = performance.now()
    findClues(view(piece.repeat(Math.ceil(1_000_000 / piece.length))))
    test.ok(performance.now() - started < 2_000, `a megabyte of ${JSON.stringify(piece)}`)
  }
  test.end()
})

t.test('a terminal cuts the words of a phrase', (t) => {
  const kinds = (text: string): readonly string[] => parsePaste(text).denials[0]?.clues.map(({ kind }) => kind) ?? []
  const said =
    'UPDATE_FAILED | Custom::Notifications: An error occurred (InvalidArgument) when calling the PutBucketNotificationConfiguration operation: Unable to validate the following destination configurations'
  const at = said.indexOf('destination config')
  for (const cut of [at + 3, at + 9, at + 14]) {
    const broken = `${said.slice(0, cut)}\n${said.slice(cut)}`
    t.ok(kinds(broken).includes('destination-not-validated'), JSON.stringify(said.slice(cut)))
  }
  const twice = `${said.slice(0, at + 3)}\n${said.slice(at + 3)}`.replace('InvalidArgument', 'InvalidArgu\nment')
  t.ok(kinds(twice).includes('destination-not-validated'))
  const short = `Unable to validate the following dest\nination configurations ${said.slice(0, 60)}`
  t.notOk(kinds(short).includes('destination-not-validated'), 'no terminal is so narrow')
  const spans = parsePaste(`${said.slice(0, at + 9)}\n${said.slice(at + 9)}`).denials[0]?.clues
  const span = spans?.find(({ kind }) => kind === 'destination-not-validated')?.span
  t.strictSame(span, [said.indexOf('Unable'), said.length + 1], 'where it stands in the paste')
  t.end()
})
