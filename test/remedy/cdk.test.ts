import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import type { PolicyType } from '../../src/iam/policy-type.ts'
import { buildRemedies } from '../../src/remedy/build.ts'
import type { Remedy } from '../../src/remedy/remedy.ts'
import { allow, evidenceWith, fixWith, noReason, requestFor } from './given.ts'

/**
 * The CDK's own compiler options and classes judge the TypeScript that we hand out, and its own synthesiser what the
 * classes make of it. `.ci/run` installs it outside the project, which does without it.
 */
const library = resolve(process.env['CDK_FOLDER'] ?? '.cache/cdk')
const isThere = existsSync(`${library}/node_modules/aws-cdk-lib`)
const skip =
  isThere || process.env['CI'] === 'true'
    ? false
    : 'no CDK: npm install --prefix .cache/cdk --no-save aws-cdk-lib constructs'

interface Place {
  readonly policyType: PolicyType
  readonly attachTo: string
  readonly statement: Statement
  readonly action: string
  readonly resource: string
  readonly present?: readonly Statement[]
  readonly arn?: string
}

const caller = { AWS: 'arn:aws:iam::111122223333:role/reporter' }
const kept: Statement = {
  Sid: 'Kept',
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:GetObjectTagging'],
  Resource: 'arn:aws:s3:::photos/${aws:username}/it\'s "quoted" `and` \\ $(more)',
  Condition: { StringLike: { 's3:prefix': ['a', 'b*'] }, Bool: { 'aws:SecureTransport': true } },
}
/** Keys, topics and roles are never without a policy. */
const ownersOwn = (Action: string): Statement => ({
  Sid: 'Owner',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:root' },
  Action,
})
const resourcePolicy = (
  attachTo: string,
  action: string,
  resource: string,
  statement: Partial<Statement> = {},
): Place => ({
  policyType: 'resource-based',
  attachTo,
  action,
  resource,
  present: [],
  statement: { Effect: 'Allow', Principal: caller, Action: action, Resource: resource, ...statement },
})
const inRegion = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:111122223333:${rest}`

const photo = { action: 's3:GetObject', resource: 'arn:aws:s3:::photos/a', statement: allow('s3:GetObject', '*') }
const places: Readonly<Record<string, Place>> = {
  'new inline policy of a role': { ...photo, policyType: 'identity-based', attachTo: 'role/reporter' },
  'new inline policy of a user': { ...photo, policyType: 'identity-based', attachTo: 'user/kim' },
  'new inline policy of a group': { ...photo, policyType: 'identity-based', attachTo: 'group/readers' },
  'permissions boundary': {
    ...photo,
    policyType: 'permissions-boundary',
    attachTo: 'policy/cap',
    present: [kept],
    arn: 'arn:aws:iam::111122223333:policy/team/cap',
  },
  'service control policy': {
    ...photo,
    policyType: 'service-control',
    attachTo: 'organization/root',
    present: [kept],
  },
  'trust policy': {
    policyType: 'role-trust',
    attachTo: 'role/target',
    action: 'sts:AssumeRole',
    resource: 'arn:aws:iam::111122223333:role/target',
    present: [ownersOwn('sts:AssumeRole')],
    statement: {
      Effect: 'Allow',
      Principal: caller,
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
    },
  },
  'bucket policy': resourcePolicy('bucket/photos', 's3:GetObject', 'arn:aws:s3:::photos/a'),
  'key policy': {
    ...resourcePolicy('key/k-1', 'kms:Decrypt', inRegion('kms', 'key/k-1'), { Resource: '*' }),
    present: [{ ...ownersOwn('kms:*'), Resource: '*' }],
  },
  'queue policy': resourcePolicy('queue/jobs', 'sqs:SendMessage', inRegion('sqs', 'jobs')),
  'topic policy': {
    ...resourcePolicy('topic/news', 'sns:Publish', inRegion('sns', 'news')),
    present: [{ ...ownersOwn('sns:*'), Resource: inRegion('sns', 'news') }],
  },
  'policy of a secret': resourcePolicy(
    'secret/db-AbC123',
    'secretsmanager:GetSecretValue',
    inRegion('secretsmanager', 'secret:db-AbC123'),
    { Resource: '*' },
  ),
  'repository policy': {
    ...resourcePolicy('repository/team/app', 'ecr:BatchGetImage', inRegion('ecr', 'repository/team/app')),
    statement: { Effect: 'Allow', Principal: caller, Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'] },
  },
  'permission of a function': resourcePolicy(
    'function/greet',
    'lambda:InvokeFunction',
    inRegion('lambda', 'function:greet'),
    {
      Principal: { Service: 'events.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': inRegion('events', 'rule/nightly') } },
    },
  ),
}

const policiesOf = ({ policyType, present, arn }: Place): Policies => {
  if (present === undefined || present.length === 0) return present === undefined ? {} : { [policyType]: null }
  const document = { Version: '2012-10-17', Statement: present }
  const policy = { name: 'present', document, ...(arn === undefined ? {} : { arn, kind: 'managed' as const }) }
  return policyType === 'service-control'
    ? { [policyType]: [{ level: 'root', policies: [policy] }] }
    : { [policyType]: [policy] }
}

const remedyFor = async (place: Place): Promise<Remedy> => {
  const catalogue = await loadActionCatalogue(['s3', 'kms', 'sqs', 'sns', 'secretsmanager', 'ecr', 'sts', 'lambda'])
  const [remedy] = buildRemedies([fixWith(place.policyType, place.attachTo, place.statement)], {
    denial: noReason,
    requests: [requestFor(place.action, place.resource)],
    evidence: evidenceWith(policiesOf(place)),
    catalogue,
  })
  if (remedy === undefined) throw new Error('no remedy')
  return remedy
}

/** What a reader does with it: the imports to the top, the rest into a stack. */
const stackOf = (name: string, cdk: string): string => {
  const lines = cdk.split('\n')
  const isImport = (line: string): boolean => line.startsWith('import ')
  return [
    "import { Stack, type App } from 'aws-cdk-lib'",
    ...lines.filter(isImport),
    `export class ${name} extends Stack {`,
    '  constructor(app: App) {',
    `    super(app, '${name}')`,
    ...lines.filter((line) => !isImport(line)),
    '  }',
    '}',
    '',
  ].join('\n')
}

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Properties: Readonly<Record<string, unknown>> }>>
}
interface CdkLibrary {
  readonly App: new () => unknown
  readonly assertions: {
    readonly Template: { readonly fromStack: (stack: unknown) => { readonly toJSON: () => Template } }
  }
}

t.test('the CDK takes what is written for it', { skip, timeout: 300_000 }, async (t) => {
  t.ok(isThere, `aws-cdk-lib is installed in ${library}`)
  const names = Object.keys(places)
  const remedies = await Promise.all(Object.values(places).map(remedyFor))
  const texts = remedies.map(({ commands }) => commands?.cdk ?? null)
  t.strictSame(
    names.filter((_, index) => texts[index] === null),
    [],
    'each of these places has a form for the CDK',
  )
  const stackName = (index: number): string => `Stack${String(index)}`
  const options = {
    compilerOptions: {
      target: 'es2022',
      module: 'nodenext',
      strict: true,
      noImplicitAny: true,
      rootDir: 'src',
      outDir: 'out',
      types: [],
      skipLibCheck: true,
    },
  }
  const folder = t.testdir({
    node_modules: t.fixture('symlink', `${library}/node_modules`),
    'package.json': '{"type":"commonjs"}',
    'tsconfig.json': JSON.stringify(options),
    src: Object.fromEntries(
      texts.map((text, index) => [`${stackName(index)}.ts`, stackOf(stackName(index), text ?? '')]),
    ),
  })
  const { status, stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder], {
    encoding: 'utf8',
  })
  t.equal(status, 0, `the compiler has nothing to say: ${stdout}`)

  const load = createRequire(`${folder}/`)
  const { App } = load('aws-cdk-lib') as CdkLibrary
  const { Template } = load('aws-cdk-lib/assertions') as CdkLibrary['assertions']
  for (const [index, name] of names.entries()) {
    const module = load(`./out/${stackName(index)}.js`) as Record<string, new (app: unknown) => unknown>
    const Stack = module[stackName(index)]
    if (Stack === undefined) throw new Error(`no class for ${name}`)
    const [resource] = Object.values(Template.fromStack(new Stack(new App())).toJSON().Resources)
    const values = Object.values(resource?.Properties ?? {})
    const { policyDocument } = remedies[index] ?? {}
    if (name === 'permission of a function') t.match(resource?.Properties, { Action: 'lambda:InvokeFunction' }, name)
    else
      t.ok(
        values.some((value) => isDeepStrictEqual(value, policyDocument)),
        name,
      )
  }
})
