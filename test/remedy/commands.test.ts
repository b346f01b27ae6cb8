import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import { isObject } from '../../src/iam/json.ts'
import type { NamedPolicy, Policies } from '../../src/iam/policies.ts'
import type { PolicyDocument, Statement } from '../../src/iam/policy-document.ts'
import type { PolicyType } from '../../src/iam/policy-type.ts'
import { buildRemedies } from '../../src/remedy/build.ts'
import { policyApiFor } from '../../src/remedy/commands/aws-api.ts'
import { awsCli } from '../../src/remedy/commands/aws-cli.ts'
import type { CommandInput } from '../../src/remedy/commands/command-input.ts'
import { hclString, hclValue } from '../../src/remedy/commands/hcl.ts'
import { quote, windowsLine } from '../../src/remedy/commands/shell.ts'
import { yamlBlock } from '../../src/remedy/commands/yaml.ts'
import type { Remedy } from '../../src/remedy/remedy.ts'
import { allow, evidenceWith, fixWith, inline, noReason, requestFor } from './given.ts'

/** Everything that a shell, JSON, HCL or YAML might take for something of its own. */
const nasty = `it's "quoted" \\ $(id) \`id\` \${aws:username} %{if} #x 2012-10-17 é`

/** An `aws` that writes down its arguments and the files that they name, and prints the document of its environment. */
const fakeAws = `#!/bin/sh
{
  for word; do
    case "$word" in
      *file://*) printf '%s\\0' "$(cat "\${word#*file://}")" ;;
      *) printf '%s\\0' "$word" ;;
    esac
  done
  printf '\\001'
} >>"$RECORD"
case "$2" in get-* | describe-*) printf '%s\\n' "$PRESENT" ;; esac
`

interface Ran {
  readonly status: number | null
  readonly calls: readonly (readonly string[])[]
}

const runIn = (t: Test, command: string, present: string): Ran => {
  const folder = t.testdir({ bin: { aws: fakeAws } })
  chmodSync(`${folder}/bin/aws`, 0o755)
  const record = `${folder}/record`
  const { status } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    env: { PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`, RECORD: record, PRESENT: present },
  })
  const calls = existsSync(record) ? readFileSync(record, 'utf8').split('\u0001').slice(0, -1) : []
  return { status, calls: calls.map((call) => call.split('\0').slice(0, -1)) }
}

/** The policy documents among the arguments of a call, also those inside an attribute. */
const documentsIn = (call: readonly string[]): readonly unknown[] =>
  call.flatMap((word): readonly unknown[] => {
    if (!word.startsWith('{')) return []
    const value: unknown = JSON.parse(word)
    if (!isObject(value)) return []
    return typeof value['Policy'] === 'string' ? [JSON.parse(value['Policy'])] : [value]
  })

interface Home {
  readonly name: string
  readonly policyType: PolicyType
  readonly attachTo: string
  readonly action: string
  readonly resource: string | null
  readonly statement: Statement
  /** What the CLI is asked to do in the end. */
  readonly verb: string
  readonly present: Policies
  readonly terraform: string | null
  readonly cloudformation: string | null
}

const kept: Statement = { Sid: 'Kept', Effect: 'Allow', Action: 'x:Y', Resource: `arn:aws:x:::${nasty}` }
const given = { Version: '2012-10-17', Statement: [kept] }
/** What was there before, in the form that this kind of policy has. */
const keptIn = (type: PolicyType): Statement => {
  const { Sid = '', Effect, Action = '' } = kept
  const own = { Sid, Effect, Principal: principal, Action }
  if (type === 'role-trust') return { ...own, Condition: { StringEquals: { 'a:b': nasty } } }
  return type === 'resource-based' ? { ...own, Resource: '*', Condition: { StringEquals: { 'a:b': nasty } } } : kept
}
const givenIn = (type: PolicyType) => ({ ...given, Statement: [keptIn(type)] })
const one = (type: PolicyType, arn?: string): Policies => ({
  [type]: [{ name: 'present', document: givenIn(type), ...(arn === undefined ? {} : { arn, kind: 'managed' }) }],
})
const principal = { AWS: 'arn:aws:iam::111122223333:role/reporter' }
const add = (action: string, resource?: string): Statement => ({
  Effect: 'Allow',
  ...(resource === undefined ? {} : { Principal: principal }),
  Action: action,
  Resource: resource ?? `arn:aws:s3:::photos/${nasty}`,
})

const boundary = 'arn:aws:iam::111122223333:policy/team/cap'
const homes: readonly Home[] = [
  {
    name: 'new inline policy of a role',
    policyType: 'identity-based',
    attachTo: 'role/reporter',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::photos/a',
    statement: add('s3:GetObject'),
    verb: 'put-role-policy',
    present: {},
    terraform: 'aws_iam_role_policy',
    cloudformation: 'AWS::IAM::RolePolicy',
  },
  {
    name: 'new inline policy of a user',
    policyType: 'identity-based',
    attachTo: 'user/kim',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::photos/a',
    statement: add('s3:GetObject'),
    verb: 'put-user-policy',
    present: {},
    terraform: 'aws_iam_user_policy',
    cloudformation: 'AWS::IAM::UserPolicy',
  },
  {
    name: 'permissions boundary',
    policyType: 'permissions-boundary',
    attachTo: 'policy/cap',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::photos/a',
    statement: add('s3:GetObject'),
    verb: 'create-policy-version',
    present: one('permissions-boundary', boundary),
    terraform: 'aws_iam_policy',
    cloudformation: 'AWS::IAM::ManagedPolicy',
  },
  {
    name: 'bucket policy',
    policyType: 'resource-based',
    attachTo: 'bucket/photos',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::photos/a',
    statement: add('s3:GetObject', 'arn:aws:s3:::photos/a'),
    verb: 'put-bucket-policy',
    present: one('resource-based'),
    terraform: 'aws_s3_bucket_policy',
    cloudformation: 'AWS::S3::BucketPolicy',
  },
  {
    name: 'access point policy',
    policyType: 'resource-based',
    attachTo: 'accesspoint/reports',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/reports/object/a',
    statement: add('s3:GetObject', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/reports/object/a'),
    verb: 'put-access-point-policy',
    present: one('resource-based'),
    terraform: 'aws_s3control_access_point_policy',
    cloudformation: null,
  },
  {
    name: 'key policy',
    policyType: 'resource-based',
    attachTo: 'key/k-1',
    action: 'kms:Decrypt',
    resource: 'arn:aws:kms:eu-west-1:111122223333:key/k-1',
    statement: add('kms:Decrypt', '*'),
    verb: 'put-key-policy',
    present: one('resource-based'),
    terraform: 'aws_kms_key_policy',
    cloudformation: 'AWS::KMS::Key',
  },
  {
    name: 'queue policy',
    policyType: 'resource-based',
    attachTo: 'queue/jobs',
    action: 'sqs:SendMessage',
    resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
    statement: add('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs'),
    verb: 'set-queue-attributes',
    present: one('resource-based'),
    terraform: 'aws_sqs_queue_policy',
    cloudformation: 'AWS::SQS::QueuePolicy',
  },
  {
    name: 'topic policy',
    policyType: 'resource-based',
    attachTo: 'topic/news',
    action: 'sns:Publish',
    resource: 'arn:aws:sns:eu-west-1:111122223333:news',
    statement: add('sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:news'),
    verb: 'set-topic-attributes',
    present: one('resource-based'),
    terraform: 'aws_sns_topic_policy',
    cloudformation: 'AWS::SNS::TopicPolicy',
  },
  {
    name: 'policy of a secret',
    policyType: 'resource-based',
    attachTo: 'secret/db-AbC123',
    action: 'secretsmanager:GetSecretValue',
    resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbC123',
    statement: add('secretsmanager:GetSecretValue', '*'),
    verb: 'put-resource-policy',
    present: one('resource-based'),
    terraform: 'aws_secretsmanager_secret_policy',
    cloudformation: 'AWS::SecretsManager::ResourcePolicy',
  },
  {
    name: 'repository policy',
    policyType: 'resource-based',
    attachTo: 'repository/team/app',
    action: 'ecr:BatchGetImage',
    resource: 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
    statement: { Effect: 'Allow', Principal: principal, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] },
    verb: 'set-repository-policy',
    present: one('resource-based'),
    terraform: 'aws_ecr_repository_policy',
    cloudformation: 'AWS::ECR::Repository',
  },
  {
    name: 'trust policy',
    policyType: 'role-trust',
    attachTo: 'role/target',
    action: 'sts:AssumeRole',
    resource: 'arn:aws:iam::111122223333:role/target',
    statement: { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' },
    verb: 'update-assume-role-policy',
    present: one('role-trust'),
    terraform: 'aws_iam_role',
    cloudformation: 'AWS::IAM::Role',
  },
  {
    name: 'endpoint policy',
    policyType: 'vpc-endpoint',
    attachTo: 'vpc-endpoint/vpce-0a1b2c3d',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::photos/a',
    statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::photos/a' },
    verb: 'modify-vpc-endpoint',
    present: one('vpc-endpoint'),
    terraform: 'aws_vpc_endpoint_policy',
    cloudformation: null,
  },
  {
    name: 'service control policy',
    policyType: 'service-control',
    attachTo: 'organization/root',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::photos/a',
    statement: allow('s3:GetObject', '*'),
    verb: '',
    present: { 'service-control': [{ level: 'root', policies: [{ name: 'present', document: given }] }] },
    terraform: 'aws_organizations_policy',
    cloudformation: 'AWS::Organizations::Policy',
  },
]

const build = async (home: Home, present: Policies): Promise<Remedy> => {
  const catalogue = await loadActionCatalogue(['s3', 'kms', 'sqs', 'sns', 'secretsmanager', 'ecr', 'sts'])
  const request = requestFor(home.action, home.resource)
  const fix = fixWith(home.policyType, home.attachTo, home.statement)
  const [remedy] = buildRemedies([fix], {
    denial: noReason,
    requests: [request],
    evidence: evidenceWith(present),
    catalogue,
  })
  if (remedy === undefined) throw new Error('no remedy')
  return remedy
}

const pythonModule = (name: string): string | null => {
  const candidates = [process.env['TEST_PYTHON'], '.venv/bin/python3', 'python3'].filter((path) => path !== undefined)
  return candidates.find((path) => spawnSync(path, ['-c', `import ${name}`]).status === 0) ?? null
}
const hclPython = pythonModule('hcl2')
const linter = ((path) => (existsSync(path) ? path : null))(`${(hclPython ?? '').replace(/[^/]*$/u, '')}cfn-lint`)

/** Why a test cannot run here; where CI runs it, it fails instead. */
const missing = (found: string | null, name: string): string | false =>
  found !== null || process.env['CI'] === 'true' ? false : `no ${name}: .venv/bin/pip install -r test/requirements.txt`

/** The policy documents in Terraform texts, by a parser of the language itself. */
const decodeHcl = (texts: readonly string[]): readonly unknown[] => {
  // python-hcl2 leaves function calls as text, so that the argument is read as a value of its own.
  const values = texts.map((text, index) => {
    const start = text.indexOf('jsonencode(') + 'jsonencode('.length
    return `v${String(index)} = ${text.slice(start, text.indexOf('\n  })', start))}\n  }\n`
  })
  const script = 'import hcl2,json,sys; print(json.dumps(hcl2.loads(sys.stdin.read())))'
  const input = values.join('')
  const decoded = JSON.parse(
    execFileSync(hclPython ?? 'python3', ['-c', script], { input, encoding: 'utf8' }),
  ) as object
  return Object.values(decoded)
}

t.test('Terraform decodes to the same documents', { skip: missing(hclPython, 'python-hcl2') }, async (t) => {
  const remedies = await Promise.all(homes.map((home) => build(home, home.present)))
  const decoded = decodeHcl(remedies.map(({ commands }) => commands?.terraform ?? ''))
  t.equal(decoded.length, homes.length)
  for (const [index, home] of homes.entries())
    t.strictSame(undouble(decoded[index]), remedies[index]?.policyDocument, home.name)
})

for (const home of homes) {
  t.test(home.name, async (t) => {
    const remedy = await build(home, home.present)
    const { commands, policyDocument: want } = remedy
    const isNew = Object.keys(home.present).length === 0
    t.ok(want !== null, 'the whole document is known')
    const statements = want?.Statement as readonly Statement[]
    t.equal(statements.length, isNew ? 1 : 2, 'nothing that was there is lost')
    if (!isNew) t.strictSame(statements[0], keptIn(home.policyType), 'what was there stays as it was')

    if (home.verb !== '') {
      const { status, calls } = runIn(t, commands?.awsCli ?? 'false', '')
      t.equal(status, 0)
      t.equal(calls.length, home.verb === 'create-policy-version' ? 2 : 1)
      t.ok(calls.at(-1)?.includes(home.verb), home.verb)
      t.strictSame(documentsIn(calls.at(-1) ?? []), [want], 'the shell hands over the document as it is')
      t.match(commands?.awsCliFile, /file:\/\/policy\.json/u)
      t.notMatch(commands?.awsCliFile, /'/u, 'neither PowerShell nor cmd is given single quotes')
      if (!isNew && commands?.undo != null) {
        const undone = runIn(t, commands.undo, '').calls.at(-1) ?? []
        t.strictSame(documentsIn(undone), [givenIn(home.policyType)], 'undo brings the earlier document back')
      }
    } else t.equal(commands?.awsCli, null)

    t.match(commands?.terraform, `resource "${home.terraform ?? ''}" "`)
    if (home.cloudformation === null) t.equal(commands?.cloudformation, null)
    else {
      const template = parse(commands?.cloudformation ?? '') as { Resources: Record<string, CloudFormation> }
      const [resource] = Object.values(template.Resources)
      t.equal(resource?.Type, home.cloudformation)
      t.ok(Object.values(resource?.Properties ?? {}).some((value) => JSON.stringify(value) === JSON.stringify(want)))
      t.match(commands?.cdk, `new ${home.cloudformation.split('::')[1]?.toLowerCase() ?? ''}.Cfn`)
      t.strictSame(decodeCdk(commands?.cdk ?? ''), resource?.Properties)
    }
  })
}

interface CloudFormation {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

/** The parser hands back strings with their quotes, escapes and template marks as written. */
const undouble = (value: unknown): unknown => {
  if (typeof value === 'string') {
    const text =
      value.startsWith('"') && value.endsWith('"') && value.length > 1 ? (JSON.parse(value) as string) : value
    return text.replaceAll('$${', '${').replaceAll('%%{', '%{')
  }
  if (Array.isArray(value)) return value.map(undouble)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [undouble(key), undouble(member)]))
}

/** The properties that the CDK's class is given, under CloudFormation's names. */
const decodeCdk = (text: string): unknown => {
  const start = text.indexOf('{', text.indexOf('new '))
  const literal = text.slice(start, text.lastIndexOf('}') + 1)
  // The literal is TypeScript that we wrote ourselves, with nothing in it but data.
  const value = JSON.parse(runInNewContext(`JSON.stringify(${literal})`) as string) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.slice(0, 1).toUpperCase() + key.slice(1), member]),
  )
}

const unread = homes.filter(({ verb, policyType }) => verb !== '' && policyType !== 'identity-based')
for (const home of unread) {
  t.test(`${home.name} that was not read: read, merge, put`, async (t) => {
    const remedy = await build(home, {})
    t.equal(remedy.readiness, 'needs-review')
    t.equal(remedy.policyDocument, null)
    t.equal(remedy.commands?.awsCliFile, null)
    t.equal(remedy.commands?.undo, null)
    t.equal(remedy.commands?.terraform, null, 'Terraform would replace what it does not know')
    const command = remedy.commands?.awsCli ?? 'false'

    const merged = runIn(t, command, JSON.stringify(given))
    t.equal(merged.status, 0)
    const put = merged.calls.at(-1) ?? []
    t.ok(put.includes(home.verb))
    const [document] = documentsIn(put) as readonly PolicyDocument[]
    t.strictSame(document?.Statement, [kept, remedy.statement], 'the statement stands behind what was there')

    if (home.name !== 'bucket policy' && home.name !== 'queue policy') return
    const nothing = runIn(t, command, '')
    t.not(nothing.status, 0, 'without a document to merge into it stops')
    t.notOk(
      nothing.calls.some((call) => call.includes(home.verb)),
      'and writes nothing',
    )

    const taken = { ...given, Statement: [{ ...kept, Sid: remedy.statement?.Sid }] }
    const refused = runIn(t, command, JSON.stringify(taken))
    t.not(refused.status, 0, 'a Sid that is taken stops it')
    t.notOk(refused.calls.some((call) => call.includes(home.verb)))
  })
}

t.test('a statement without a Sid goes beside others without one', (t) => {
  const name = 'photos'
  const home = {
    kind: 'bucket',
    name,
    arn: `arn:aws:s3:::${name}`,
    partition: 'aws',
    region: null,
    account: null,
  } as const
  const add: Statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:DeleteObject',
    Resource: `arn:aws:s3:::${name}/*`,
  }
  const present: readonly Statement[] = [
    { ...add, Action: 's3:DeleteBucket' },
    { ...add, Sid: 'DenyPut' },
  ]
  const target = { policyType: 'resource-based', attachTo: `bucket/${name}` } as unknown as CommandInput['target']
  for (const [statement, merges] of [
    [add, true],
    [{ ...add, Sid: 'DenyDelete' }, true],
    [{ ...add, Sid: 'DenyPut' }, false],
  ] as const) {
    const input: CommandInput = { home, target, before: null, after: null, add: statement }
    const command = awsCli(input, policyApiFor(input)) ?? 'false'
    const { status, calls } = runIn(t, command, JSON.stringify({ Version: '2012-10-17', Statement: present }))
    t.equal(status === 0, merges, statement.Sid ?? 'no Sid')
    if (merges) t.match(documentsIn(calls.at(-1) ?? []), [{ Statement: [...present, statement] }])
  }
  t.end()
})

const homeNamed = (name: string): Home => {
  const home = homes.find((one) => one.name === name)
  if (home === undefined) throw new Error(name)
  return home
}

t.test('a managed policy of five versions: the oldest that is not in force makes room', async (t) => {
  const home = homeNamed('permissions boundary')
  const command = (await build(home, home.present)).commands?.awsCli ?? 'false'
  const fake = (versions: string): string =>
    `aws() { case "$2" in list-policy-versions) printf '%s\\n' '${versions}';; *) printf '%s ' "$@" | cut -c1-120; esac; }; `
  const run = (versions: string): string => execFileSync('sh', ['-c', fake(versions) + command], { encoding: 'utf8' })
  t.notMatch(run(''), 'delete-policy-version', 'there is room')
  t.match(run('v2'), `iam delete-policy-version --policy-arn ${boundary} --version-id v2`)
  t.match(run('v2'), 'create-policy-version')
  const failing = `aws() { [ "$2" != list-policy-versions ] && echo written; }; ${command}`
  t.notMatch(spawnSync('sh', ['-c', failing]).stdout.toString(), 'written', 'who may not list them changes nothing')
})

t.test('undo of a managed policy sets the version that was in force', async (t) => {
  const home = homeNamed('permissions boundary')
  const [policy] = home.present['permissions-boundary'] as readonly NamedPolicy[]
  const known = policy === undefined ? [] : [{ ...policy, version: 'v3' }]
  const { commands } = await build(home, { 'permissions-boundary': known })
  t.equal(commands?.undo, `aws iam set-default-policy-version --policy-arn ${boundary} --version-id v3`)
  t.match((await build(home, home.present)).commands?.undo, 'create-policy-version', 'which one it was is not known')
})

t.test('a policy that is not there yet is begun', async (t) => {
  for (const [name, error] of [
    ['bucket policy', 'NoSuchBucketPolicy'],
    ['access point policy', 'NoSuchAccessPointPolicy'],
    ['repository policy', 'RepositoryPolicyNotFoundException'],
  ] as const) {
    const home = homeNamed(name)
    const remedy = await build(home, {})
    const folder = t.testdir({})
    const run = (code: string): string => {
      const aws = `aws() { case "$2" in get-*) echo "An error occurred (${code})" >&2; return 254;; *) cat merged-policy.json;; esac; }; `
      return spawnSync('sh', ['-c', aws + (remedy.commands?.awsCli ?? 'false')], { cwd: folder }).stdout.toString()
    }
    t.strictSame(JSON.parse(run(error)), { Version: '2012-10-17', Statement: [remedy.statement] }, name)
    t.equal(run('AccessDenied'), '', `${name}: one that could not be read is not replaced`)
  }
  const { status, calls } = runIn(t, (await build(homeNamed('queue policy'), {})).commands?.awsCli ?? 'false', 'None')
  t.equal(status, 0, 'the AWS CLI prints None for a queue without a policy')
  t.match(documentsIn(calls.at(-1) ?? []), [{ Statement: [{ Effect: 'Allow' }] }])
})

t.test('Lambda has calls for single statements', async (t) => {
  const catalogue = await loadActionCatalogue(['lambda'])
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:greet'
  const [remedy] = buildRemedies(
    [
      fixWith(
        'resource-based',
        'function/greet',
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arn,
          Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:111122223333:rule/nightly' } },
        },
        { kind: 'resource-policy' },
      ),
    ],
    {
      denial: noReason,
      requests: [
        requestFor('lambda:InvokeFunction', arn, { principal: { type: 'service', service: 'events.amazonaws.com' } }),
      ],
      evidence: evidenceWith({}),
      catalogue,
    },
  )
  t.equal(remedy?.readiness, 'ready', 'adding replaces nothing')
  const { calls } = runIn(t, remedy?.commands?.awsCli ?? 'false', '')
  t.strictSame(calls, [
    [
      ...['lambda', 'add-permission', '--function-name', arn, '--region', 'eu-west-1'],
      ...['--statement-id', 'AllowLambdaInvokeFunction', '--action', 'lambda:InvokeFunction'],
      ...['--principal', 'events.amazonaws.com'],
      ...['--source-arn', 'arn:aws:events:eu-west-1:111122223333:rule/nightly'],
    ],
  ])
  t.match(remedy?.commands?.undo, /remove-permission/u)
  t.match(remedy?.commands?.terraform, /aws_lambda_permission/u)
  t.match(remedy?.commands?.cloudformation, /AWS::Lambda::Permission/u)
})

t.test('versions of layers are shared with whole accounts, statement by statement', async (t) => {
  const catalogue = await loadActionCatalogue(['lambda'])
  const arn = 'arn:aws:lambda:eu-west-1:444455556666:layer:sharp:3'
  const [remedy] = buildRemedies(
    [
      fixWith(
        'resource-based',
        'layer/sharp:3',
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: 'lambda:GetLayerVersion',
          Resource: arn,
        },
        { kind: 'resource-policy' },
      ),
    ],
    { denial: noReason, requests: [requestFor('lambda:GetLayerVersion', arn)], evidence: evidenceWith({}), catalogue },
  )
  const { calls } = runIn(t, remedy?.commands?.awsCli ?? 'false', '')
  const place = ['--layer-name', arn.slice(0, -2), '--region', 'eu-west-1', '--version-number', '3']
  t.strictSame(calls, [
    [
      ...['lambda', 'add-layer-version-permission', ...place],
      ...['--statement-id', 'AllowLambdaGetLayerVersion', '--action', 'lambda:GetLayerVersion'],
      ...['--principal', '111122223333'],
    ],
  ])
  t.match(remedy?.commands?.undo, /remove-layer-version-permission/u)
  t.match(remedy?.commands?.terraform, /aws_lambda_layer_version_permission/u)
  t.match(remedy?.commands?.cloudformation, /LayerVersionArn: arn:aws:lambda:eu-west-1:444455556666:layer:sharp:3/u)
})

t.test('CloudFormation passes its linter', { skip: missing(linter, 'cfn-lint') }, async (t) => {
  const folder = t.testdir({})
  for (const home of homes) {
    const remedy = await build({ ...home, statement: plainStatement(home) }, plainPresent(home.present))
    const template = remedy.commands?.cloudformation
    if (template != null) writeFileSync(`${folder}/${home.name.replaceAll(' ', '-')}.yaml`, template)
  }
  // E3003: the policy of a key or a role is part of a resource whose other required properties only its owner knows.
  const found = spawnSync(
    linter ?? '',
    ['--ignore-checks', 'W', 'E3003', '--format', 'parseable', `${folder}/*.yaml`],
    {
      encoding: 'utf8',
    },
  )
  t.equal(found.stdout, '')
  t.equal(found.status, 0, found.stderr)
})

const plainStatement = ({ statement }: Home): Statement =>
  statement.Resource === undefined || statement.Resource === '*' || statement.Principal !== undefined
    ? statement
    : { ...statement, Resource: 'arn:aws:s3:::photos/a' }

/** The same policies without the statement whose texts only try the quoting. */
const plainPresent = (present: Policies): Policies =>
  JSON.parse(JSON.stringify(present, (key, value: unknown) => (key === 'Statement' ? [] : value))) as Policies

t.test('words for PowerShell and cmd', (t) => {
  const rows = [
    [['aws', '--policy-document', 'file://policy.json'], 'aws --policy-document file://policy.json'],
    [['--role-name', 'a=b@c.d+e'], '--role-name a=b@c.d+e'],
    [['--role-name', 'a,b'], '--role-name "a,b"'],
    [['--role-name', '@a'], '--role-name "@a"'],
    [['--role-name', 'a b'], '--role-name "a b"'],
    [['--role-name', '$a'], null],
  ] as const
  for (const [argv, line] of rows) t.equal(windowsLine(argv), line)
  t.end()
})

t.test('words for the shell', (t) => {
  for (const word of ['', 'plain-word_1.2/3:4', "it's", '$HOME', 'a b', nasty, '*', '~', "''", '\n']) {
    t.equal(execFileSync('sh', ['-c', `printf %s ${quote(word)}`], { encoding: 'utf8' }), word, JSON.stringify(word))
  }
  t.end()
})

t.test("Terraform's templates are not opened by what a policy says", (t) => {
  t.equal(hclString('${aws:username} %{x}'), '"$${aws:username} %%{x}"')
  t.equal(hclValue([]), '[]')
  t.equal(hclValue({}), '{}')
  t.equal(hclValue({ a: true, b: 1 }), '{\n  "a" = true\n  "b" = 1\n}')
  t.equal(
    hclValue({ Sid: 'a', Effect: 'Allow', Action: ['x', 'y'], Resource: '*', B: {} }),
    '{\n  "Sid"    = "a"\n  "Effect" = "Allow"\n  "Action" = [\n    "x",\n    "y",\n  ]\n  "Resource" = "*"\n  "B"        = {}\n}',
    'as `terraform fmt` sets it',
  )
  t.end()
})

t.test('an edit in the quota, an inline policy of a group', async (t) => {
  const catalogue = await loadActionCatalogue(['s3'])
  const policy = { ...inline('shared', allow('s3:GetObject', 'arn:aws:s3:::old/*')), group: 'readers' }
  const after = allow('s3:GetObject', ['arn:aws:s3:::old/*', 'arn:aws:s3:::photos/a'])
  const [remedy] = buildRemedies(
    [
      fixWith('identity-based', 'user/kim', allow('s3:GetObject', 'arn:aws:s3:::photos/a'), {
        kind: 'edit-statement',
        edit: { at: { policy: 'shared', statement: 0, sid: null }, after },
      }),
    ],
    {
      denial: noReason,
      requests: [
        requestFor('s3:GetObject', 'arn:aws:s3:::photos/a', {
          principal: { type: 'user', arn: 'arn:aws:iam::111122223333:user/kim' },
        }),
      ],
      evidence: evidenceWith({ 'identity-based': [policy] }),
      catalogue,
    },
  )
  t.equal(remedy?.target?.attachTo, 'group/readers')
  t.match(remedy?.commands?.awsCli, /put-group-policy --group-name readers --policy-name shared/u)
  t.match(remedy?.diff, /\+ .*arn:aws:s3:::photos\/a/u)
  t.equal(remedy?.verification?.decision, 'allowed')
  t.strictSame(remedy?.verification?.alsoAllowed, [])
})

t.test('YAML reads back as what was written, in both versions', (t) => {
  const texts = [
    ...['', ' ', 'a', 'a b', 'a ', 'a:b', 'a: b', 'a:', 'a #b', 'a#b', '- a', '-', '? a', '?', '~', '*', 's3:*', '<<'],
    ...['y', 'No', 'on', 'OFF', 'true', 'NULL', 'e0', 'E+5', '1', '1e3', '0x1', '1:30', '.5', '.inf', '2012-10-17'],
    ...['&a', '!a', '|', '>', '%a', '@a', '`a', '{', '[', ']', '{}', '[]', ',', '=', '---', '...', '\n', 'a\nb', '\t'],
    ...['arn:aws:s3:::photos/${aws:username}/*', '<BucketName>', '<', '/path', '$x', '\u2028', '한국', '\u0000', nasty],
  ]
  const values = [
    ...texts,
    texts,
    Object.fromEntries(texts.map((text) => [text, text])),
    Object.fromEntries(texts.map((text) => [text, { [text]: [text, [text], { [text]: text }] }])),
    ...[[], {}, null, 1, true, [[]], [{}], { a: [] }, { a: {} }, [[1, [2]], { a: [null, { b: false, c: [3] }] }]],
  ]
  for (const version of ['1.1', '1.2'] as const)
    for (const [index, value] of values.entries())
      t.strictSame(parse(yamlBlock(value, ''), { version, merge: false }), value, `${version}, value ${index}`)
  t.equal(yamlBlock({ a: undefined, b: [{ c: 'd', e: ['f'] }] }, ''), 'b:\n  - c: d\n    e:\n      - f')
  t.end()
})
