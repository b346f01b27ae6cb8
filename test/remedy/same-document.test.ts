import t from 'tap'
import { loadActionCatalogue } from '../../src/action-catalogue/load.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { list, type Statement } from '../../src/iam/policy-document.ts'
import { buildRemedies } from '../../src/remedy/build.ts'
import type { Fix } from '../../src/remedy/fix.ts'
import { joinEdits } from '../../src/remedy/join-edits.ts'
import { mergePlan, type Planned } from '../../src/remedy/plan.ts'
import type { Remedy } from '../../src/remedy/remedy.ts'
import type { DeniedRequest } from '../../src/requests/denied-request.ts'
import { allow, evidenceWith, fixWith, inline, noReason, requestFor } from './given.ts'

/** Several changes of one document, and documents that only look alike. */

const photo = 'arn:aws:s3:::photos/a'
const getPhoto = requestFor('s3:GetObject', photo)
const own = 'arn:aws:iam::111122223333:role/reporter'

const build = async (
  fixes: readonly Fix[],
  policies: Policies = {},
  requests: readonly DeniedRequest[] = [getPhoto],
): Promise<readonly Remedy[]> => {
  const catalogue = await loadActionCatalogue(['s3', 'sqs'])
  return buildRemedies(fixes, { denial: noReason, requests, evidence: evidenceWith(policies), catalogue })
}

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

t.test('two edits of one statement', (t) => {
  const deny = (roles: string | readonly string[], operator = 'ArnNotLike'): Statement => ({
    Effect: 'Deny',
    Action: 's3:*',
    Resource: '*',
    Condition: { [operator]: { 'aws:PrincipalArn': roles } },
  })
  const bare: Statement = { Effect: 'Deny', Action: 's3:*', Resource: '*' }
  t.strictSame(joinEdits(bare, deny('arn:a'), deny('arn:b'))?.Condition, {
    ArnNotLike: { 'aws:PrincipalArn': ['arn:a', 'arn:b'] },
  })
  const named = ['arn:a', 'arn:b', 'arn:c']
  const denied = deny(named, 'ArnEquals')
  t.strictSame(
    joinEdits(denied, deny(['arn:b', 'arn:c'], 'ArnEquals'), deny(['arn:a', 'arn:c'], 'ArnEquals')),
    deny('arn:c', 'ArnEquals'),
    'what either took out is gone',
  )
  const [two, one, other] = [
    deny(['arn:a', 'arn:b'], 'ArnEquals'),
    deny('arn:b', 'ArnEquals'),
    deny('arn:a', 'ArnEquals'),
  ]
  t.strictSame(
    joinEdits(two, one, other)?.Condition,
    { ...two.Condition, ArnNotEquals: { 'aws:PrincipalArn': ['arn:a', 'arn:b'] } },
    'a Deny that would be for nobody does not become one for everybody',
  )
  const principals = (roles: readonly string[]): Statement => ({ ...bare, Principal: { AWS: roles } })
  t.strictSame(
    joinEdits(principals(named), principals(['arn:b', 'arn:c']), principals(['arn:a', 'arn:c']))?.Principal,
    {
      AWS: 'arn:c',
    },
  )
  t.strictSame(joinEdits(principals(['arn:a', 'arn:b']), principals(['arn:b']), principals(['arn:a'])), {
    ...principals(['arn:a', 'arn:b']),
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['arn:a', 'arn:b'] } },
  })
  const not = (actions: readonly string[]): Statement => ({ Effect: 'Deny', NotAction: actions, Resource: '*' })
  t.strictSame(
    joinEdits(not(['iam:*']), not(['iam:*', 's3:X']), not(['iam:*', 'sqs:Y'])),
    not(['iam:*', 's3:X', 'sqs:Y']),
  )

  const read = (resource: string | readonly string[]): Statement => allow('s3:GetObject', resource)
  t.strictSame(joinEdits(read('x'), read(['x', 'y']), read(['x', 'z'])), read(['x', 'y', 'z']))
  t.strictSame(joinEdits(read('x'), read('y'), read('z')), read(['y', 'z']), 'each in the place of what was wrong')
  t.equal(joinEdits(read('x'), read(['x', 'y']), { ...read('x'), Condition: {} }), null)
  t.equal(
    joinEdits(read('x'), read(['x', 'y']), allow(['s3:GetObject', 's3:PutObject'], 'x')),
    null,
    'an Allow never gives one the part of the other',
  )
  t.end()
})

t.test('a policy that several roles have, or several accounts ask of, is changed once in a plan', async (t) => {
  const other = 'arn:aws:iam::444455556666:role/exporter'
  const asker = (arn: string): Partial<DeniedRequest> => ({ principal: { type: 'assumed-role', arn, roleArn: arn } })
  const bucket: Policies = {
    'resource-based': [
      {
        name: 'photos',
        document: { Version: '2012-10-17', Statement: [{ ...allow('s3:ListBucket', 'x'), Principal: '*' }] },
      },
    ],
  }
  const letIn = (AWS: string): Fix =>
    fixWith('resource-based', 'bucket/photos', {
      Effect: 'Allow',
      Principal: { AWS },
      Action: 's3:GetObject',
      Resource: photo,
    })
  const fromTwoAccounts = mergePlan(
    await Promise.all(
      [own, other].map((arn) => planned(arn, [letIn(arn)], requestFor('s3:GetObject', photo, asker(arn)), bucket)),
    ),
  )
  t.equal(fromTwoAccounts.length, 1)
  t.strictSame(fromTwoAccounts[0]?.covers, [own, other])
  t.equal(list(fromTwoAccounts[0]?.policyDocument?.Statement).length, 3)

  const fence: Statement = { Effect: 'Deny', Action: 's3:*', Resource: '*' }
  const guard = {
    name: 'guard',
    arn: 'arn:aws:iam::111122223333:policy/team/guard',
    kind: 'managed' as const,
    document: { Version: '2012-10-17', Statement: [fence] },
  }
  const sparing = (role: string): Fix =>
    fixWith('identity-based', `role/${role}`, null, {
      kind: 'edit-statement',
      edit: {
        at: { policy: 'guard', statement: 0, sid: null },
        before: fence,
        after: { ...fence, Condition: { ArnNotEquals: { 'aws:PrincipalArn': role } } },
      },
    })
  const ofTwoRoles = mergePlan([
    await planned('1', [sparing('reporter')], getPhoto, { 'identity-based': [guard] }),
    await planned('2', [sparing('exporter')], getPhoto, { 'identity-based': [guard] }),
  ])
  t.equal(ofTwoRoles.length, 1)
  t.strictSame(list(ofTwoRoles[0]?.policyDocument?.Statement)[0]?.Condition, {
    ArnNotEquals: { 'aws:PrincipalArn': ['reporter', 'exporter'] },
  })
})

t.test('queues of one name in two Regions stay two in a plan', async (t) => {
  const send = (region: string): Promise<Planned> => {
    const queue = `arn:aws:sqs:${region}:111122223333:jobs`
    const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue } as const
    return planned(
      region,
      [fixWith('resource-based', 'queue/jobs', statement)],
      requestFor('sqs:SendMessage', queue),
      {},
    )
  }
  const plan = mergePlan([await send('eu-west-1'), await send('us-east-1')])
  t.strictSame(
    plan.map(({ covers }) => covers),
    [['eu-west-1'], ['us-east-1']],
  )
  for (const { covers, commands } of plan) t.match(commands?.awsCli, `--region ${covers[0] ?? ''}`)
})

t.test('two statements of one inline policy are corrected at once, whatever Region was asked', async (t) => {
  const queue = 'arn:aws:sqs:eu-west-1:111122223333:jobs'
  const [read, send] = [allow('s3:GetObject', 'arn:aws:s3:::photos'), allow('sqs:SendMessage', 'arn:aws:sqs:*:*:job')]
  const policies = { 'identity-based': [inline('work', read, send)] }
  const corrected = (statement: number, after: Statement): Fix =>
    fixWith('identity-based', 'role/reporter', null, {
      kind: 'edit-statement',
      edit: { at: { policy: 'work', statement, sid: null }, after },
    })
  const [readNow, sendNow] = [allow('s3:GetObject', photo), allow('sqs:SendMessage', queue)]
  const plan = mergePlan([
    await planned('1', [corrected(0, readNow)], getPhoto, policies),
    await planned('2', [corrected(1, sendNow)], requestFor('sqs:SendMessage', queue), policies),
  ])
  t.equal(plan.length, 1)
  t.strictSame(plan[0]?.policyDocument?.Statement, [readNow, sendNow])
})

t.test('a diff is one that `patch` reads, whatever the policy is called', async (t) => {
  const before = allow('s3:GetObject', 'arn:aws:s3:::photos')
  const after = allow('s3:GetObject', photo)
  const name = 'a\nb\t--- c'
  const edit = { at: { policy: name, statement: 0, sid: null }, after }
  const fix = fixWith('identity-based', 'role/reporter', null, { kind: 'edit-statement', edit })
  const [remedy] = await build([fix], { 'identity-based': [inline(name, before)] })
  const lines = (remedy?.diff ?? '').split('\n')
  t.strictSame(
    lines.filter((line) => /^(?:---|\+\+\+) /u.test(line)),
    ['--- a b --- c\tpresent', '+++ a b --- c\tchanged'],
  )
})

t.test('of two policies of one name the one that holds the statement is edited', async (t) => {
  const before: Statement = { Sid: 'Read', ...allow('s3:GetObject', 'arn:aws:s3:::photos') }
  const after = { ...before, Resource: photo }
  const other = inline('S3', allow('ec2:DescribeInstances', '*'))
  const at = { policy: 'S3', statement: 0, sid: 'Read' }
  const edited = (attachTo: string) =>
    fixWith('identity-based', attachTo, null, { kind: 'edit-statement', edit: { at, before, after } })
  const ofGroup = { ...inline('S3', before), group: 'readers' }
  const [inGroup] = await build([edited('user/kim')], { 'identity-based': [other, ofGroup] })
  t.match(inGroup?.target, { attachTo: 'group/readers', policyName: 'S3' })
  t.match(inGroup?.commands?.awsCli, 'put-group-policy --group-name readers')
  t.strictSame(inGroup?.policyDocument?.Statement, [after])
  t.equal(inGroup?.verification?.decision, 'allowed')
  const managed = (path: string, ...Statement: readonly Statement[]) => ({
    name: 'S3',
    arn: `arn:aws:iam::111122223333:policy/${path}/S3`,
    kind: 'managed' as const,
    document: { Version: '2012-10-17', Statement },
  })
  const [inPath] = await build([edited('role/reporter')], {
    'identity-based': [other, managed('a', allow('ec2:DescribeInstances', '*')), managed('b', before)],
  })
  t.equal(inPath?.target?.policyArn, 'arn:aws:iam::111122223333:policy/b/S3')
  t.equal(inPath?.verification?.decision, 'allowed')

  const fence = (Sid: string, Action: string): Statement => ({ Sid, Effect: 'Deny', Action, Resource: '*' })
  const level = (name: string, statement: Statement) => ({
    level: name,
    policies: [inline('FullAWSAccess', allow('*', '*')), inline('guard', statement)],
  })
  const spared = { ...fence('Mine', 's3:*'), Condition: { ArnNotLike: { 'aws:PrincipalArn': own } } }
  const [inLevel] = await build(
    [
      fixWith('service-control', 'organization/<TargetId>', null, {
        kind: 'scp',
        edit: { at: { policy: 'guard', statement: 0, sid: 'Mine' }, before: fence('Mine', 's3:*'), after: spared },
      }),
    ],
    { 'service-control': [level('root', fence('Other', 'ec2:*')), level('ou', fence('Mine', 's3:*'))] },
  )
  t.strictSame(inLevel?.policyDocument?.Statement, [spared])
})
