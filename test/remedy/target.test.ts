import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { list, type PolicyDocument, type Statement } from '../../src/iam/policy-document.ts'
import { buildRemedies } from '../../src/remedy/build.ts'
import { applyChange, changedDocument, documentOf } from '../../src/remedy/change.ts'
import type { Fix } from '../../src/remedy/fix.ts'
import { attachmentOf } from '../../src/remedy/home.ts'
import { mergeStatements } from '../../src/remedy/merge-statements.ts'
import { mergePlan, type Planned } from '../../src/remedy/plan.ts'
import { policyNameFor } from '../../src/remedy/policy-name.ts'
import { policySize } from '../../src/remedy/policy-size.ts'
import type { Remedy } from '../../src/remedy/remedy.ts'
import { wordsOf } from '../../src/words/words-of.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'
import { allow, evidenceWith, fixWith, inline, noReason, requestFor } from './given.ts'

const photo = 'arn:aws:s3:::photos/a'
const getPhoto = requestFor('s3:GetObject', photo)

const build = async (
  fixes: readonly Fix[],
  policies: Policies = {},
  requests: readonly DeniedRequest[] = [getPhoto],
  more: Parameters<typeof evidenceWith>[1] = {},
): Promise<readonly Remedy[]> => {
  const catalogue = await loadActionCatalogue(['s3', 'kms', 'sqs', 'logs', 'iam', 'sts'])
  return buildRemedies(fixes, { denial: noReason, requests, evidence: evidenceWith(policies, more), catalogue })
}

const addPhoto = fixWith('identity-based', 'role/reporter', allow('s3:GetObject', photo))

t.test('a statement is added in a new inline policy whose name cannot be taken', async (t) => {
  const [remedy] = await build([addPhoto], { 'identity-based': [inline('present', allow('sqs:SendMessage', '*'))] })
  t.equal(remedy?.readiness, 'ready')
  t.match(remedy?.target, { create: true, policyArn: null, attachTo: 'role/reporter' })
  t.match(remedy?.target?.policyName, /^allow-s3-GetObject-[0-9a-f]{8}$/u)
  t.equal(remedy?.verification?.decision, 'allowed')
  t.strictSame(remedy?.verification?.alsoAllowed, [])
  const [other] = await build([fixWith('identity-based', 'role/reporter', allow('s3:GetObject', `${photo}b`))])
  t.not(other?.target?.policyName, remedy?.target?.policyName, 'another statement, another name')
})

t.test('a full inline quota sends the statement into a new managed policy', async (t) => {
  const long = inline(
    'long',
    allow(
      's3:GetObject',
      Array.from({ length: 362 }, (_, n) => `arn:aws:s3:::bucket-${String(n)}/*`),
    ),
  )
  t.ok(policySize(long.document) > 9900 && policySize(long.document) < 10_240)
  const statement = allow(
    's3:GetObject',
    Array.from({ length: 20 }, (_, n) => `arn:aws:s3:::photos/${String(n)}`),
  )
  const [remedy] = await build([fixWith('identity-based', 'role/reporter', statement)], { 'identity-based': [long] })
  t.equal(remedy?.readiness, 'needs-review', 'the request is another')
  t.match(remedy?.commands?.awsCli, /^aws iam create-policy /u)
  t.match(
    remedy?.commands?.awsCli,
    /aws iam attach-role-policy --role-name reporter --policy-arn arn:aws:iam::111122223333:policy\/allow-s3-GetObject-/u,
  )
  t.match(remedy?.commands?.undo, /^aws iam detach-role-policy /u)
  t.match(remedy?.commands?.terraform, /aws_iam_role_policy_attachment/u)

  const slots = Array.from({ length: 10 }, (_, n) => ({
    name: `m${String(n)}`,
    arn: `arn:aws:iam::111122223333:policy/m${String(n)}`,
    kind: 'managed' as const,
    document: { Version: '2012-10-17', Statement: [] },
  }))
  const [full] = await build([fixWith('identity-based', 'role/reporter', statement)], {
    'identity-based': [long, ...slots],
  })
  t.equal(full?.readiness, 'needs-review')
  t.equal(full?.values['obstacle'], 'quota', 'over quota is said')
  t.equal(full?.commands?.awsCli, null, 'what AWS would refuse half-way is no command')
  t.match(full?.commands?.terraform, 'aws_iam_policy')
  t.match(wordsOf('en').noRoom(full?.values ?? {}), 'There is no room')
})

t.test('an edit for which there is no room is told', async (t) => {
  const near: Statement = { Sid: 'Read', ...allow('s3:GetObject', 'arn:aws:s3:::photos') }
  const filler = (length: number): Statement => allow('s3:GetObject', `arn:aws:s3:::x/${'long'.repeat(length / 4)}`)
  const edit = {
    at: { policy: 'present', statement: 0, sid: 'Read' },
    before: near,
    after: { ...near, Resource: photo },
  }
  const fix = fixWith('identity-based', 'user/kim', null, { kind: 'edit-statement', edit })
  const rows = [
    [[inline('present', near, filler(100))], undefined],
    [[inline('present', near, filler(2000))], '2048'],
    [[inline('present', near, filler(900)), inline('other', filler(1000))], '2048'],
    [[inline('present', near, filler(900)), { ...inline('other', filler(1000)), group: 'readers' }], undefined],
    [
      [{ ...inline('present', near, filler(6100)), kind: 'managed', arn: 'arn:aws:iam::111122223333:policy/present' }],
      '6144',
    ],
  ] as const
  for (const [policies, quota] of rows) {
    const [remedy] = await build([fix], { 'identity-based': policies })
    t.equal(remedy?.values['quota'], quota)
    t.equal(remedy?.commands?.awsCli === null, quota !== undefined)
    t.equal(
      wordsOf('en')
        .noRoom(remedy?.values ?? {})
        ?.includes(String(quota)) ?? false,
      quota !== undefined,
    )
    if (quota !== undefined) t.equal(remedy?.readiness, 'needs-review')
  }
})

t.test('white space between the parts of the JSON does not count, inside strings it does', (t) => {
  t.equal(policySize(JSON.parse('{ "a" :  [ "b c" ] }')), '{"a":["b c"]}'.length)
  t.end()
})

t.test('an edit changes the one statement and keeps the rest', async (t) => {
  const deny: Statement = { Sid: 'Never', Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' }
  const near: Statement = { Sid: 'Read', ...allow('s3:GetObject', 'arn:aws:s3:::photo/*') }
  const after = { ...near, Resource: photo }
  const edit = { at: { policy: 'present', statement: 1, sid: 'Read' }, after }
  const fix = fixWith('identity-based', 'role/reporter', allow('s3:GetObject', photo), { kind: 'edit-statement', edit })
  const [remedy] = await build([fix], { 'identity-based': [inline('present', deny, near)] })
  t.equal(remedy?.readiness, 'ready')
  t.equal(remedy?.kind, 'edit-statement')
  t.strictSame(remedy?.policyDocument?.Statement, [deny, after])
  t.strictSame(remedy?.editedStatement, after)
  t.match(remedy?.target, { create: false, policyName: 'present' })
  t.match(remedy?.commands?.awsCli, /put-role-policy --role-name reporter --policy-name present/u)
  t.equal(remedy?.verification?.decision, 'allowed')
})

t.test("AWS's own policies are never edited", async (t) => {
  const present = {
    name: 'AmazonS3ReadOnlyAccess',
    arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
    document: { Version: '2012-10-17', Statement: [allow('s3:GetObject', 'arn:aws:s3:::other/*')] },
  }
  const edit = { at: { policy: present.name, statement: 0, sid: null }, after: allow('s3:GetObject', photo) }
  const fix = fixWith('identity-based', 'role/reporter', allow('s3:GetObject', photo), { kind: 'edit-statement', edit })
  const [remedy] = await build([fix], { 'identity-based': [present] })
  t.equal(remedy?.kind, 'add-identity-statement')
  t.equal(remedy?.target?.create, true)
  t.match(remedy?.commands?.awsCli, /put-role-policy/u)
})

t.test('a customer managed policy gets a new version', async (t) => {
  const present = {
    name: 'team',
    arn: 'arn:aws:iam::111122223333:policy/x/team',
    document: { Version: '2012-10-17', Statement: allow('s3:GetObject', 'arn:aws:s3:::other/*') },
  }
  const after = allow('s3:GetObject', ['arn:aws:s3:::other/*', photo])
  const edit = { at: { policy: 'team', statement: 0, sid: null }, after }
  const [remedy] = await build([fixWith('identity-based', 'role/reporter', null, { kind: 'edit-statement', edit })], {
    'identity-based': [present],
  })
  t.match(
    remedy?.commands?.awsCli,
    /create-policy-version --policy-arn arn:aws:iam::111122223333:policy\/x\/team .*--set-as-default/u,
  )
  t.match(remedy?.commands?.terraform, 'path = "/x/"', 'without its path it would be another policy')
  t.match(remedy?.commands?.cloudformation, 'Path: /x/')
  t.equal(remedy?.verification?.decision, 'allowed', 'a single statement without a list is a document too')
})

const managed: readonly (readonly [string, string, boolean, RegExp | null])[] = [
  [
    'a permission set',
    'role/AWSReservedSSO_Reader_0123456789abcdef',
    true,
    /sso-admin put-inline-policy-to-permission-set/u,
  ],
  ["the CDK's bootstrap role", 'role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1', true, null],
]
for (const [name, attachTo, hasCommands, awsCli] of managed) {
  t.test(`${name} is changed at its source`, async (t) => {
    const more = { caller: null }
    const [remedy] = await build(
      [fixWith('identity-based', attachTo, allow('s3:GetObject', photo))],
      {},
      [getPhoto],
      more,
    )
    t.equal(remedy?.readiness, 'needs-review')
    t.equal(remedy?.commands !== null && remedy?.commands !== undefined, hasCommands)
    if (awsCli === null) t.notOk(remedy?.commands?.awsCli, 'no IAM command on the role')
    else t.match(remedy?.commands?.awsCli, awsCli)
    t.notMatch(remedy?.commands?.awsCli ?? '', /aws iam put-role-policy/u)
    t.type(remedy?.values['managedBy'], 'string')
  })
}

t.test('marked placeholders lower the readiness', async (t) => {
  const fix = fixWith(
    'identity-based',
    'role/reporter',
    allow('s3:GetObject', 'arn:aws:s3:::<BucketName>/<ObjectName>'),
  )
  const [remedy] = await build([fix])
  t.equal(remedy?.readiness, 'has-placeholders')
  t.strictSame(
    remedy?.placeholders.map((one) => one.name),
    ['BucketName', 'ObjectName'],
  )
})

t.test('a fix of no policy carries no document', async (t) => {
  const [remedy] = await build([
    fixWith('identity-based', 'role/reporter', null, {
      kind: 'not-iam',
      step: 'wait-and-retry',
      target: null,
      readiness: 'none',
      command: 'aws s3 ls',
    }),
  ])
  t.match(remedy, {
    readiness: 'none',
    target: null,
    statement: null,
    policyDocument: null,
    commands: null,
    verification: null,
    command: 'aws s3 ls',
  })
})

t.test('an edit of a policy that nobody has read is somebody to review', async (t) => {
  const edit = { at: { policy: 'gone', statement: 0, sid: null }, after: allow('s3:GetObject', photo) }
  const [remedy] = await build([fixWith('identity-based', 'role/reporter', null, { kind: 'edit-statement', edit })])
  t.match(remedy, { readiness: 'needs-review', target: null, policyDocument: null })
})

t.test('what a change opens beyond the denied request is listed', async (t) => {
  const wide = fixWith(
    'identity-based',
    'role/reporter',
    allow(['s3:GetObject', 's3:GetObjectTagging'], 'arn:aws:s3:::photos/*'),
  )
  const [remedy] = await build([wide])
  t.strictSame(remedy?.verification?.alsoAllowed, [
    { action: 's3:GetObject', resource: 'arn:aws:s3:::photos/*' },
    { action: 's3:GetObjectTagging', resource: 'arn:aws:s3:::photos/*' },
  ])
})

t.test('an alternative is verified in place of the remedy before it', async (t) => {
  const bucket: Policies = {
    'resource-based': [{ name: 'bucket-policy', document: { Version: '2012-10-17', Statement: [] } }],
  }
  const inBucket = fixWith(
    'resource-based',
    'bucket/photos',
    {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/reporter' },
      Action: 's3:GetObject',
      Resource: photo,
    },
    { kind: 'resource-policy', alternative: true },
  )
  const remedies = await build([addPhoto, inBucket], { 'identity-based': [], ...bucket })
  t.strictSame(
    remedies.map(({ verification }) => verification?.decision),
    ['allowed', 'allowed'],
  )
  const [alone] = await build([inBucket], { 'identity-based': [], ...bucket })
  t.equal(alone?.verification?.decision, 'allowed', 'in the same account naming the role is enough')
})

t.test('changes to documents', (t) => {
  const document: PolicyDocument = {
    Version: '2008-10-17',
    Id: 'kept',
    Statement: { Sid: 'A', ...allow('s3:GetObject', '*') },
  }
  const added = applyChange(document, { add: { Sid: 'A', ...allow('s3:PutObject', '*') }, edit: null })
  t.equal(added.Id, 'kept')
  t.equal(added.Version, '2008-10-17', 'the version is not ours to change')
  t.strictSame(
    list(added.Statement).map(({ Sid }) => Sid),
    ['A', 'A2'],
    'Sids stay unique',
  )
  t.equal(documentOf('not a document'), null)
  t.equal(documentOf({ Statement: ['x'] }), null)
  t.equal(changedDocument({ present: 'not-read', add: allow('s3:GetObject', '*'), edit: null }), null)
  t.equal(changedDocument({ present: document, add: null, edit: { statement: 7, after: allow('a:b', '*') } }), null)
  t.end()
})

t.test('statements are merged only where that allows no more', (t) => {
  const merged = mergeStatements([
    allow('s3:GetObject', 'arn:aws:s3:::a/*'),
    allow('s3:GetObject', 'arn:aws:s3:::b/*'),
    allow('s3:PutObject', ['arn:aws:s3:::b/*', 'arn:aws:s3:::a/*']),
    allow('s3:DeleteObject', 'arn:aws:s3:::a/*'),
    { ...allow('s3:DeleteObject', 'arn:aws:s3:::a/*'), Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
    { Effect: 'Allow', NotAction: 'sts:*', Resource: '*' },
  ])
  t.strictSame(
    merged.map(({ Action, NotAction, Resource, Condition }) => [
      Action ?? NotAction,
      Resource,
      Condition !== undefined,
    ]),
    [
      [['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'], false],
      ['s3:DeleteObject', 'arn:aws:s3:::a/*', false],
      ['s3:DeleteObject', 'arn:aws:s3:::a/*', true],
      ['iam:*', '*', false],
      ['sts:*', '*', false],
    ],
  )
  t.equal(new Set(merged.map(({ Sid }) => Sid)).size, merged.length, 'every Sid once')
  t.end()
})

const planned = async (
  id: string,
  fixes: readonly Fix[],
  request: DeniedRequest,
  policies: Policies,
): Promise<Planned> => ({
  id,
  requests: [request],
  evidence: evidenceWith(policies),
  causes: [{ confidence: 'evaluated', remedies: await build(fixes, policies, [request]) }],
})

t.test('a plan makes one policy out of many denials', async (t) => {
  const send = requestFor('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs')
  const addSend = fixWith('identity-based', 'role/reporter', allow(send.action, send.resource ?? ''))
  const plan = mergePlan([
    await planned('1', [addPhoto], getPhoto, {}),
    await planned('2', [addSend], send, {}),
    await planned('3', [addPhoto], getPhoto, {}),
  ])
  t.equal(plan.length, 1)
  t.strictSame(plan[0]?.covers, ['1', '2', '3'])
  const statements = list(plan[0]?.policyDocument?.Statement)
  t.strictSame(
    statements.map(({ Action, Resource }) => [Action, Resource]),
    [
      ['s3:GetObject', photo],
      ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs'],
    ],
  )
  t.equal(plan[0]?.target.policyName, policyNameFor(statements))
})

t.test('what nobody read is added to statement by statement, each with its denials', async (t) => {
  const inBucket = (key: string, action: string): Fix =>
    fixWith('resource-based', 'bucket/photos', {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/reporter' },
      Action: action,
      Resource: `arn:aws:s3:::photos/${key}`,
    })
  const plan = mergePlan([
    await planned('1', [inBucket('a', 's3:GetObject')], getPhoto, {}),
    await planned('2', [inBucket('b', 's3:GetObject')], getPhoto, {}),
    await planned('3', [inBucket('c', 's3:PutObject')], getPhoto, {}),
  ])
  t.strictSame(
    plan.map(({ covers }) => covers),
    [['1', '2'], ['3']],
  )
})

t.test('a plan changes an existing document once', async (t) => {
  const bucket: Policies = {
    'resource-based': [
      {
        name: 'bucket-policy',
        document: { Version: '2012-10-17', Statement: [{ ...allow('s3:ListBucket', 'x'), Principal: '*' }] },
      },
    ],
  }
  const inBucket = (key: string): Fix =>
    fixWith('resource-based', 'bucket/photos', {
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/reporter' },
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::photos/${key}`,
    })
  const plan = mergePlan([
    await planned('1', [inBucket('a')], getPhoto, bucket),
    await planned('2', [inBucket('b')], getPhoto, bucket),
  ])
  t.equal(plan.length, 1)
  t.strictSame(list(plan[0]?.policyDocument?.Statement).length, 2)
  t.strictSame(list(plan[0]?.policyDocument?.Statement)[1]?.Resource, [
    'arn:aws:s3:::photos/a',
    'arn:aws:s3:::photos/b',
  ])
  t.match(plan[0]?.commands?.awsCli, /put-bucket-policy/u)
})

t.test('a plan for a whole log is cut where AWS would refuse its length', async (t) => {
  const many = await Promise.all(
    Array.from({ length: 150 }, async (_, n) => {
      const action = n % 2 === 0 ? 's3:GetObject' : 's3:PutObject'
      const request = requestFor(action, `arn:aws:s3:::bucket-${String(n)}/${'x'.repeat(60)}`)
      return planned(
        String(n),
        [fixWith('identity-based', 'role/reporter', allow(action, request.resource ?? ''))],
        request,
        {},
      )
    }),
  )
  const plan = mergePlan(many)
  t.ok(plan.length > 1)
  for (const { policyDocument } of plan) t.ok(policySize(policyDocument) <= 6144)
  t.equal(new Set(plan.map(({ target }) => target.policyName)).size, plan.length, 'each under a name of its own')
  for (const { policyDocument, covers } of plan) {
    const buckets = new Set(
      list(policyDocument?.Statement).flatMap(({ Resource }) =>
        list(Resource).map((one) => /bucket-(\d+)/u.exec(one)?.[1]),
      ),
    )
    t.strictSame(new Set(covers), buckets, 'and told whose denials it settles')
  }
})

t.test('a plan attaches no more policies than IAM takes', async (t) => {
  const slots = Array.from({ length: 9 }, (_, n) => ({
    name: `m${String(n)}`,
    arn: `arn:aws:iam::111122223333:policy/m${String(n)}`,
    kind: 'managed' as const,
    document: { Version: '2012-10-17', Statement: [] },
  }))
  const plan = mergePlan(
    await Promise.all(
      Array.from({ length: 120 }, (_, n) => {
        const request = requestFor('s3:GetObject', `arn:aws:s3:::bucket-${String(n)}/${'x'.repeat(80)}`)
        const fix = fixWith('identity-based', 'user/kim', allow(request.action, request.resource ?? ''))
        return planned(String(n), [fix], request, { 'identity-based': slots })
      }),
    ),
  )
  t.ok(plan.length > 2)
  const attached = plan.filter(({ commands }) => commands?.awsCli?.includes('attach-user-policy') === true)
  t.equal(attached.length, 1)
  for (const { isOverQuota, commands } of plan) t.equal(commands?.awsCli === null, isOverQuota)
})

t.test('a plan counts what it writes into the policies that are there', async (t) => {
  const near: Statement = { Sid: 'Read', ...allow('s3:GetObject', 'arn:aws:s3:::photos') }
  const long = (n: number): string => `arn:aws:s3:::photos/${String(n)}${'x'.repeat(900)}`
  const edit = {
    at: { policy: 'work', statement: 0, sid: 'Read' },
    before: near,
    after: { ...near, Resource: long(0) },
  }
  const corrected = fixWith('identity-based', 'user/kim', null, { kind: 'edit-statement', edit })
  const added = fixWith('identity-based', 'user/kim', allow('s3:PutObject', long(1)))
  const policies = { 'identity-based': [inline('work', near)] }
  const put = requestFor('s3:PutObject', long(1))
  const alone = mergePlan([await planned('2', [added], put, policies)])
  t.match(alone[0]?.commands?.awsCli, 'put-user-policy')
  const both = mergePlan([
    await planned('2', [added], put, policies),
    await planned('1', [corrected], getPhoto, policies),
  ])
  t.match(both[0]?.commands?.awsCli, 'aws iam create-policy ')
  t.match(both[1]?.commands?.awsCli, 'put-user-policy --user-name kim --policy-name work')
})

t.test('candidates are not part of a plan', async (t) => {
  const answer = await planned('1', [addPhoto], getPhoto, {})
  const other = await build([fixWith('identity-based', 'role/reporter', allow('s3:PutObject', photo))])
  const plan = mergePlan([{ ...answer, causes: [...answer.causes, { confidence: 'possible', remedies: other }] }])
  t.strictSame(
    list(plan[0]?.policyDocument?.Statement).map(({ Action }) => Action),
    ['s3:GetObject'],
  )
})

const attachments: readonly (readonly [string, string | null])[] = [
  ['arn:aws:s3:::photos/a/b', 'bucket/photos'],
  ['arn:aws:kms:eu-west-1:111122223333:key/k', 'key/k'],
  ['arn:aws:kms:eu-west-1:111122223333:alias/k', null],
  ['arn:aws:sqs:eu-west-1:111122223333:jobs', 'queue/jobs'],
  ['arn:aws:sns:eu-west-1:111122223333:news:sub', 'topic/news'],
  ['arn:aws:secretsmanager:eu-west-1:111122223333:secret:a/b-AbC123', 'secret/a/b-AbC123'],
  ['arn:aws:lambda:eu-west-1:111122223333:function:greet:live', 'function/greet'],
  ['arn:aws:ecr:eu-west-1:111122223333:repository/team/app', 'repository/team/app'],
  ['arn:aws:iam::111122223333:role/team/target', 'role/target'],
  ['arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k', 'accesspoint/ap'],
  ['not an arn', null],
]
for (const [resource, want] of attachments) {
  t.test(`the policy of ${resource}`, (t) => {
    t.equal(attachmentOf(resource), want)
    t.end()
  })
}

t.test('a masked account and a name that is no ARN are asked for', async (t) => {
  const [masked] = await build([
    fixWith('identity-based', 'role/reporter', allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:XXXX:jobs')),
  ])
  t.match(masked, { readiness: 'has-placeholders', statement: { Resource: 'arn:aws:sqs:eu-west-1:<AccountId>:jobs' } })
  const made = ['1234', '0123456789', '01234567890123'].map((id) => `arn:aws:sqs:eu-west-1:${id}:jobs`)
  for (const arn of made) {
    const [short] = await build([fixWith('identity-based', 'role/reporter', allow('sqs:SendMessage', arn))])
    t.match(short, { readiness: 'has-placeholders', statement: { Resource: 'arn:aws:sqs:eu-west-1:<AccountId>:jobs' } })
  }
  const denied = requestFor('sqs:SendMessage', made[0] ?? null)
  const [opened] = await build(
    [fixWith('identity-based', 'role/reporter', allow('sqs:SendMessage', made[0] ?? ''))],
    { 'identity-based': [] },
    [denied],
  )
  t.strictSame(opened?.verification?.alsoAllowed, [], 'the placeholder stands for what was denied')
  const [own] = await build([
    fixWith('identity-based', 'role/reporter', allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs')),
  ])
  t.match(own, { readiness: 'ready', statement: { Resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs' } })
  const variable = allow('iam:PassRole', 'arn:aws:iam::111122223333:role/node-${CLUSTER_NAME}')
  const [template] = await build([fixWith('identity-based', 'role/reporter', variable)])
  t.match(template, {
    readiness: 'has-placeholders',
    statement: { Resource: 'arn:aws:iam::111122223333:role/node-<ResourceName>' },
  })
  const ofPolicy = allow('s3:GetObject', 'arn:aws:s3:::home/${aws:username}/*')
  const [kept] = await build([fixWith('identity-based', 'role/reporter', ofPolicy)])
  t.match(kept, { readiness: 'needs-review', statement: { Resource: 'arn:aws:s3:::home/${aws:username}/*' } })
  const [named] = await build([fixWith('identity-based', 'role/reporter', allow('sqs:SendMessage', 'jobs'))])
  t.match(named, { readiness: 'has-placeholders', statement: { Resource: '<ResourceArn>' } })
  const trust = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam:::user/kim' }, Action: 'sts:AssumeRole' } as const
  const [trusted] = await build([fixWith('role-trust', 'role/target', trust, { kind: 'trust-policy' })])
  t.strictSame(trusted?.statement?.Principal, { AWS: 'arn:aws:iam::<AccountId>:user/kim' })
})

t.test('placeholders are verified as if they held what belongs there', async (t) => {
  const open = requestFor('s3:GetObject', null, { resourcePatterns: ['arn:aws:s3:::<BucketName>/<ObjectName>'] })
  const fix = fixWith(
    'identity-based',
    'role/reporter',
    allow('s3:GetObject', 'arn:aws:s3:::<BucketName>/<ObjectName>'),
  )
  const [remedy] = await build([fix], { 'identity-based': [] }, [open])
  t.equal(remedy?.verification?.decision, 'allowed')
  const deny: Statement = { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::secret/*' }
  const [unsure] = await build([fix], { 'identity-based': [inline('guard', deny)] }, [open])
  t.equal(unsure?.verification?.decision, 'unknown', 'what else hangs on the name stays unknown')
})

t.test('a statement about another action does not stand for policies that nobody read', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/k-1'
  const mayDecrypt = fixWith('identity-based', 'role/reporter', allow('kms:Decrypt', key))
  const [remedy] = await build([mayDecrypt])
  t.equal(remedy?.verification, null)
  const both = await build([mayDecrypt, addPhoto])
  t.strictSame(
    both.map(({ verification }) => verification?.decision),
    ['allowed', 'allowed'],
    'beside one about the denied action',
  )
  const [granted] = await build([mayDecrypt], { 'identity-based': [inline('all', allow('s3:*', '*'))] })
  t.equal(granted?.verification, null, 'what was allowed before proves nothing either')
  const [wide] = await build([fixWith('identity-based', 'role/reporter', allow('s3:Get*', photo))])
  t.ok(wide?.verification !== null, 'a pattern speaks of the action')
  const [read] = await build([fixWith('identity-based', 'role/reporter', allow('kms:Decrypt', key))], {
    'identity-based': [],
  })
  t.equal(read?.verification?.decision, 'implicitDeny', 'where they were read, they are asked')
})

t.test('two changes of one document: whichever is written last holds both', async (t) => {
  const cap: Policies = {
    'permissions-boundary': [
      {
        name: 'cap',
        arn: 'arn:aws:iam::111122223333:policy/cap',
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] },
      },
    ],
    'identity-based': [inline('granted', allow('s3:GetObject', photo))],
  }
  const spared: Statement = { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*' }
  const exempt = fixWith('permissions-boundary', 'policy/cap', null, {
    kind: 'boundary',
    edit: { at: { policy: 'cap', statement: 0, sid: null }, after: spared },
  })
  const add = fixWith('permissions-boundary', 'policy/cap', allow('s3:GetObject', photo), { kind: 'boundary' })
  const remedies = await build([exempt, add], cap)
  const last = list(remedies.at(-1)?.policyDocument?.Statement)
  t.strictSame(last[0], spared)
  t.match(last[1], { Effect: 'Allow', Action: 's3:GetObject' })
  t.strictSame(
    remedies.map(({ verification }) => verification?.decision),
    ['allowed', 'allowed'],
  )
})

t.test('a policy with actions that are no text is no policy of another thing', async (t) => {
  const broken = { Statement: [{ Effect: 'Deny', Action: ['sqs:*', 7, null], Resource: '*' }] }
  const statement = { ...allow('s3:GetObject', photo), Principal: { AWS: 'arn:aws:iam::444455556666:root' } }
  const [remedy] = await build([fixWith('resource-based', 'bucket/photos', statement)], {
    'resource-based': [{ name: 'bucket', document: broken }],
  })
  t.equal(remedy?.target?.attachTo, 'bucket/photos')
})
