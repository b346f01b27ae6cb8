import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { companionsOf, nextReasons } from '../../src/remedy/next.ts'
import { placeholdersWithin } from '../../src/remedy/placeholders.ts'
import { sidFor, uniqueSid } from '../../src/remedy/sid.ts'
import { allowStatement, type StatementHome, type StatementOptions } from './allow-statement.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'
import { requestFor, session } from './given.ts'

const services =
  's3 s3express ec2 iam kms sts sqs sns ssm logs lambda ecr ecs glue dynamodb secretsmanager bedrock athena codeartifact'

interface Row {
  readonly name: string
  readonly request: DeniedRequest
  readonly home?: StatementHome
  readonly options?: StatementOptions
  readonly want: Partial<Statement>
}

const arn = (text: string): string => `arn:aws:${text}`
const role = { AWS: 'arn:aws:iam::111122223333:role/reporter' }

const rows: readonly Row[] = [
  {
    name: 'the exact action on the exact resource',
    request: requestFor('s3:GetObject', arn('s3:::photos/2026/a.jpg')),
    want: { Action: 's3:GetObject', Resource: arn('s3:::photos/2026/a.jpg') },
  },
  {
    name: '* for an action without resource types, whatever the message printed',
    request: requestFor('s3:ListAllMyBuckets', arn('s3:::*')),
    want: { Action: 's3:ListAllMyBuckets', Resource: '*' },
  },
  {
    name: 'a bucket action goes on the bucket',
    request: requestFor('s3:ListBucket', arn('s3:::photos/2026/')),
    want: { Resource: arn('s3:::photos') },
  },
  {
    name: 'an object action goes on objects, which ones is left to say',
    request: requestFor('s3:GetObject', arn('s3:::photos')),
    want: { Resource: arn('s3:::photos/<ObjectName>') },
  },
  {
    name: 'an access point keeps its form',
    request: requestFor('s3:GetObject', arn('s3:eu-west-1:111122223333:accesspoint/ap/object/k')),
    want: { Resource: arn('s3:eu-west-1:111122223333:accesspoint/ap/object/k') },
  },
  {
    name: 'an index is a resource of its own',
    request: requestFor('dynamodb:Query', arn('dynamodb:eu-west-1:111122223333:table/orders/index/by-day')),
    want: { Resource: arn('dynamodb:eu-west-1:111122223333:table/orders/index/by-day') },
  },
  {
    name: 'streams are granted on their log group with :*',
    request: requestFor(
      'logs:PutLogEvents',
      arn('logs:eu-west-1:111122223333:log-group:/aws/lambda/f:log-stream:2026/x'),
    ),
    want: { Resource: arn('logs:eu-west-1:111122223333:log-group:/aws/lambda/f:*') },
  },
  {
    name: 'the log group itself too',
    request: requestFor('logs:CreateLogGroup', arn('logs:eu-west-1:111122223333:log-group:/aws/lambda/f:log-stream:')),
    want: { Resource: arn('logs:eu-west-1:111122223333:log-group:/aws/lambda/f:*') },
  },
  {
    name: 'a secret under its name alone gets six wildcards for what AWS adds',
    request: requestFor('secretsmanager:GetSecretValue', arn('secretsmanager:eu-west-1:111122223333:secret:app/db')),
    want: { Resource: arn('secretsmanager:eu-west-1:111122223333:secret:app/db-??????') },
  },
  {
    name: 'a secret with its six characters is exact',
    request: requestFor(
      'secretsmanager:GetSecretValue',
      arn('secretsmanager:eu-west-1:111122223333:secret:app/db-AbC123'),
    ),
    want: { Resource: arn('secretsmanager:eu-west-1:111122223333:secret:app/db-AbC123') },
  },
  {
    name: 'one slash after parameter',
    request: requestFor('ssm:GetParameter', arn('ssm:eu-west-1:111122223333:parameter//app/db')),
    want: { Resource: arn('ssm:eu-west-1:111122223333:parameter/app/db') },
  },
  {
    name: 'what AWS owns has no account',
    request: requestFor('ssm:SendCommand', arn('ssm:eu-west-1::document/AWS-RunShellScript')),
    want: { Resource: arn('ssm:eu-west-1::document/AWS-RunShellScript') },
  },
  {
    name: 'other partitions stay',
    request: requestFor('sqs:SendMessage', 'arn:aws-cn:sqs:cn-north-1:111122223333:jobs'),
    want: { Resource: 'arn:aws-cn:sqs:cn-north-1:111122223333:jobs' },
  },
  {
    name: 'patterns with marked placeholders where the resource is not known',
    request: requestFor('s3:GetObject', null, { resourcePatterns: [arn('s3:::<BucketName>/<ObjectName>')] }),
    want: { Resource: arn('s3:::<BucketName>/<ObjectName>') },
  },
  {
    name: 'never * because nothing is known',
    request: requestFor('iam:BrandNewThing', null),
    want: { Resource: '<ResourceArn>' },
  },
  {
    name: 'a phone number is reached through *',
    request: requestFor('sns:Publish', '+15555550100'),
    want: { Resource: '*' },
  },
  {
    name: 'PassRole is narrowed to the service that gets the role',
    request: requestFor('iam:PassRole', arn('iam::111122223333:role/task'), {
      context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
    }),
    want: {
      Resource: arn('iam::111122223333:role/task'),
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
  },
  {
    name: 'companions that AWS lists come along, invented ones do not',
    request: requestFor('ecr:BatchGetImage', arn('ecr:eu-west-1:111122223333:repository/app')),
    options: { companions: ['ecr:GetDownloadUrlForLayer', 'ecr:PullImage'] },
    want: { Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] },
  },
  {
    name: 'a bucket policy names the role, never the session',
    request: requestFor('s3:GetObject', arn('s3:::photos/a')),
    home: 'resource',
    want: { Principal: role, Action: 's3:GetObject', Resource: arn('s3:::photos/a') },
  },
  {
    name: 'a role known by its session alone',
    request: requestFor('s3:GetObject', arn('s3:::photos/a'), { principal: { type: 'assumed-role', arn: session } }),
    home: 'resource',
    want: { Principal: role },
  },
  {
    name: 'a key policy speaks of its own key',
    request: requestFor('kms:Decrypt', arn('kms:eu-west-1:111122223333:key/k')),
    home: 'key',
    want: { Principal: role, Resource: '*' },
  },
  {
    name: 'so does the policy of a secret',
    request: requestFor('secretsmanager:GetSecretValue', arn('secretsmanager:eu-west-1:111122223333:secret:db-AbC123')),
    home: 'secret',
    want: { Principal: role, Resource: '*' },
  },
  {
    name: 'a trust policy has no Resource',
    request: requestFor('sts:AssumeRole', arn('iam::111122223333:role/target')),
    home: 'trust',
    want: { Principal: role, Action: 'sts:AssumeRole', Resource: undefined as never },
  },
  {
    name: 'a repository policy has none either',
    request: requestFor('ecr:BatchGetImage', arn('ecr:eu-west-1:111122223333:repository/app')),
    home: 'repository',
    want: { Principal: role, Resource: undefined as never },
  },
  {
    name: 'an endpoint policy keeps Principal *',
    request: requestFor('s3:GetObject', arn('s3:::photos/a')),
    home: 'endpoint',
    want: { Principal: '*', Resource: arn('s3:::photos/a') },
  },
  {
    name: 'services are named as services',
    request: requestFor('sqs:SendMessage', arn('sqs:eu-west-1:111122223333:jobs'), {
      principal: { type: 'service', service: 'events.amazonaws.com' },
    }),
    home: 'resource',
    want: { Principal: { Service: 'events.amazonaws.com' } },
  },
  {
    name: 'a masked caller is asked for',
    request: requestFor('sqs:SendMessage', arn('sqs:eu-west-1:111122223333:jobs'), {
      principal: { type: 'user', arn: 'arn:aws:iam::************:user/kim' },
    }),
    home: 'resource',
    want: { Principal: { AWS: '<PrincipalArn>' } },
  },
  {
    name: 'web identities are named by their provider',
    request: requestFor('sts:AssumeRoleWithWebIdentity', arn('iam::111122223333:role/ci'), {
      principal: { type: 'web-identity' },
    }),
    home: 'trust',
    want: { Principal: { Federated: '<IdentityProviderArn>' } },
  },
]

for (const { name, request, home, options, want } of rows) {
  t.test(name, async (t) => {
    const catalogue = await loadActionCatalogue(services.split(' '))
    const statement = allowStatement(request, catalogue, home, options)
    t.equal(statement.Effect, 'Allow')
    t.match(statement.Sid, /^[A-Za-z0-9]+$/u, 'a Sid that IAM takes')
    for (const [key, value] of Object.entries(want)) t.strictSame(statement[key as keyof Statement], value, key)
    if ((home ?? 'identity') === 'identity') t.equal(statement.Principal, undefined)
  })
}

t.test('placeholders are listed with what they mean', (t) => {
  const statement: Statement = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: ['arn:aws:s3:::<BucketName>/<ObjectName>', '<BucketName>'],
  }
  t.strictSame(placeholdersWithin(statement), [
    { name: 'BucketName', meaning: 'bucket-name' },
    { name: 'ObjectName', meaning: 'object-name' },
  ])
  t.strictSame(placeholdersWithin(null), [])
  t.end()
})

t.test('Sids', (t) => {
  t.equal(sidFor({ Effect: 'Allow', Action: 'ecr-public:Get*' }), 'AllowEcrPublicGet')
  t.equal(uniqueSid('A', new Set(['A', 'A2'])), 'A3')
  t.end()
})

const next: readonly (readonly [string, string | null, readonly string[]])[] = [
  [
    's3:GetObject',
    'arn:aws:s3:::photos/a',
    [
      'list-after-read s3:ListBucket arn:aws:s3:::photos',
      'kms-behind-service kms:Decrypt arn:aws:kms:<Region>:111122223333:key/<KeyId>',
    ],
  ],
  [
    'ecs:RunTask',
    'arn:aws:ecs:eu-west-1:111122223333:task-definition/app:1',
    [
      'pass-role iam:PassRole arn:aws:iam::111122223333:role/<RoleName>',
      'pass-execution-role iam:PassRole arn:aws:iam::111122223333:role/<RoleName>',
    ],
  ],
  [
    'glue:GetTable',
    'arn:aws:glue:eu-west-1:111122223333:catalog',
    [
      'glue-parent-resource glue:GetTable arn:aws:glue:eu-west-1:111122223333:database/<DatabaseName>',
      'glue-parent-resource glue:GetTable arn:aws:glue:eu-west-1:111122223333:table/<DatabaseName>/<TableName>',
    ],
  ],
  [
    'glue:GetTable',
    'arn:aws:glue:eu-west-1:111122223333:database/sales',
    [
      'glue-parent-resource glue:GetTable arn:aws:glue:eu-west-1:111122223333:catalog',
      'glue-parent-resource glue:GetTable arn:aws:glue:eu-west-1:111122223333:table/sales/<TableName>',
    ],
  ],
  [
    'ecr:BatchGetImage',
    'arn:aws:ecr:eu-west-1:111122223333:repository/app',
    ['companion-of-operation ecr:GetDownloadUrlForLayer arn:aws:ecr:eu-west-1:111122223333:repository/app'],
  ],
  [
    'codeartifact:GetAuthorizationToken',
    'arn:aws:codeartifact:eu-west-1:111122223333:domain/acme',
    ['companion-of-operation sts:GetServiceBearerToken *'],
  ],
  [
    'ec2:RunInstances',
    'arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-0a1b2c3d',
    [
      'asked-together ec2:RunInstances arn:aws:ec2:eu-west-1::image/<ImageId>',
      'asked-together ec2:RunInstances arn:aws:ec2:eu-west-1:111122223333:instance/*',
    ],
  ],
  ['sqs:PurgeQueue', 'arn:aws:sqs:eu-west-1:111122223333:jobs', []],
]
for (const [action, resource, want] of next) {
  t.test(`expected after ${action} on ${resource ?? 'nothing known'}`, async (t) => {
    const catalogue = await loadActionCatalogue(services.split(' '))
    const found = companionsOf(requestFor(action, resource), catalogue)
    const shown = found.map((one) => `${one.because.code} ${one.action} ${one.resource ?? '?'}`)
    t.strictSame(shown.slice(0, want.length), want)
    if (want.length === 0) t.strictSame(shown, [])
    for (const { because } of found) t.ok(nextReasons.includes(because.code))
  })
}

t.test('what is expected next is always an action that AWS lists', async (t) => {
  const prefixes = [...services.split(' '), 'rds', 'states', 'cloudformation', 'elasticloadbalancing']
  const catalogue = await loadActionCatalogue(prefixes)
  const actions = prefixes.flatMap((prefix) => catalogue.actionsOf(prefix))
  const invented = actions.flatMap((action) =>
    companionsOf(requestFor(action, null), catalogue).filter(
      (one) =>
        catalogue.serviceExists(one.action.split(':')[0] ?? '') && catalogue.find(one.action)?.action !== one.action,
    ),
  )
  t.ok(actions.length > 1000)
  t.strictSame(invented, [])
})
