import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { readDecodedMessage } from '../../src/evidence/decoded-message.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { grantsOutright } from '../../src/evidence/grants.ts'
import { managedBy, type PrincipalTraits } from '../../src/evidence/managed-by.ts'
import type { EvidenceEvent, EvidenceSettings } from '../../src/evidence/question.ts'
import { snapshotGatherer } from '../../src/evidence/snapshot/snapshot-gatherer.ts'
import { indexSnapshot } from '../../src/evidence/snapshot/snapshot-index.ts'
import { openSnapshot } from '../../src/evidence/snapshot/snapshot-store.ts'
import { subjectOf } from '../../src/evidence/subject.ts'
import { targetOf } from '../../src/evidence/target.ts'
import { ask, emptyDenial, settings } from '../helper/evidence.ts'

const account = '111122223333'
const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const names = (policies: unknown) => (policies as { name: string }[]).map(({ name }) => name)

async function open(t: Test, given: Partial<EvidenceSettings>) {
  const gatherer = await createGatherer(settings({ EVIDENCE: 'auto', ...given }))
  t.teardown(() => gatherer.close())
  return gatherer
}

t.test('who manages a principal', (t) => {
  const rows: { name: string; traits: PrincipalTraits; want: readonly [string, string | null] | null }[] = [
    {
      name: 'permission set, by its name alone',
      traits: { name: 'AWSReservedSSO_Power_User_0123456789abcdef' },
      want: ['identity-center', 'Power_User'],
    },
    {
      name: 'permission set, by its path',
      traits: { name: 'AWSReservedSSO_Odd_x', path: '/aws-reserved/sso.amazonaws.com/eu-west-1/' },
      want: ['identity-center', 'Odd'],
    },
    {
      name: 'a permission set whose random end was masked',
      traits: { name: 'AWSReservedSSO_DataReader_xxxxxxxx' },
      want: ['identity-center', 'DataReader'],
    },
    {
      name: 'a permission set of which all was masked',
      traits: { name: 'AWSReservedSSO_REDACTED_REDACTED' },
      want: ['identity-center', null],
    },
    { name: 'a name of one’s own in the same style', traits: { name: 'MyReservedSSO_Reader_xxxxxxxx' }, want: null },
    {
      name: 'service-linked, by its path',
      traits: { name: 'AWSServiceRoleForECS', path: '/aws-service-role/ecs.amazonaws.com/' },
      want: ['service-linked', 'ecs.amazonaws.com'],
    },
    {
      name: 'service-linked, by its name alone',
      traits: { name: 'AWSServiceRoleForAutoScaling_x' },
      want: ['service-linked', 'AutoScaling'],
    },
    {
      name: 'another reserved path',
      traits: { name: 'x', path: '/aws-reserved/odd.amazonaws.com/' },
      want: ['aws-reserved', 'odd.amazonaws.com'],
    },
    {
      name: 'CDK bootstrap, before the stack that made it',
      traits: {
        name: `cdk-hnb659fds-deploy-role-${account}-eu-west-1`,
        tags: { 'aws:cloudformation:stack-name': 'CDKToolkit' },
      },
      want: ['cdk-bootstrap', 'CDKToolkit'],
    },
    {
      name: 'a stack',
      traits: { name: 'app', tags: { 'aws:cloudformation:stack-name': 'site' } },
      want: ['cloudformation', 'site'],
    },
    {
      name: 'Terraform by a tag',
      traits: { name: 'app', tags: { ManagedBy: 'Terraform' } },
      want: ['terraform', null],
    },
    { name: 'Terraform said not', traits: { name: 'app', tags: { terraform: 'false' } }, want: null },
    {
      name: 'Control Tower',
      traits: { name: 'AWSControlTowerExecution' },
      want: ['control-tower', 'AWSControlTowerExecution'],
    },
    { name: 'a StackSet', traits: { name: 'stacksets-exec-0a' }, want: ['control-tower', 'stacksets-exec-0a'] },
    { name: 'a teaching lab', traits: { name: 'voclabs' }, want: ['lab', 'voclabs'] },
    {
      name: "a service's console role is everybody's to edit",
      traits: { name: 'x', path: '/service-role/' },
      want: null,
    },
    { name: 'nothing known', traits: { name: null }, want: null },
  ]
  for (const { name, traits, want } of rows)
    t.strictSame(managedBy(traits), want === null ? null : { kind: want[0], name: want[1] }, name)
  t.end()
})

t.test('whose policies are looked for', (t) => {
  const of = (arn: string | null, principalType: (typeof emptyDenial)['principalType']) =>
    subjectOf({ ...emptyDenial, principal: arn, principalType }, undefined)
  t.match(of(`arn:aws:sts::${account}:assumed-role/app/a@b`, 'assumed-role'), {
    kind: 'role',
    name: 'app',
    account,
    sessionName: 'a@b',
  })
  t.match(of(`arn:aws-cn:iam::${account}:role/path/app`, 'role'), { kind: 'role', name: 'app', partition: 'aws-cn' })
  t.match(of(`arn:aws:iam::${account}:user/a/b/jo`, 'user'), { kind: 'user', name: 'jo' })
  t.match(of('arn:aws:sts::00000000000:assumed-role/app/x', 'assumed-role'), { name: 'app', account: null })
  t.match(of('arn:aws:sts::000000000000:assumed-role/app/x', 'assumed-role'), { name: 'app', account: null })
  t.match(of(`arn:aws:iam::${account}:root`, 'root'), { kind: 'none' })
  t.equal(of('arn:aws:sts::***:assumed-role/<Role>/x', 'assumed-role'), null, 'a name that can be none')
  t.equal(of(null, null), null)
  t.end()
})

t.test('what holds the policy of a resource', (t) => {
  const rows: [string, string, unknown][] = [
    ['s3:GetObject', 'arn:aws:s3:::b/a/c', { service: 's3', arn: 'arn:aws:s3:::b', name: 'b', account: null }],
    ['s3:GetObject', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/x', null],
    ['kms:Decrypt', `arn:aws:kms:eu-west-1:${account}:alias/x`, { service: 'kms', name: 'alias/x' }],
    ['sns:Subscribe', `arn:aws:sns:eu-west-1:${account}:t:0a`, { arn: `arn:aws:sns:eu-west-1:${account}:t` }],
    ['lambda:InvokeFunction', `arn:aws:lambda:eu-west-1:${account}:function:f:live`, { name: 'f', qualifier: 'live' }],
    ['iam:PassRole', `arn:aws:iam::${account}:role/a/b`, { service: 'iam-role', name: 'b' }],
    ['ecr:BatchGetImage', `arn:aws:ecr:eu-west-1:${account}:repository/a/b`, { name: 'a/b' }],
    ['s3:ListBucket', '*', null],
    ['s3:ListBucket', 'arn:aws:s3:::<BucketName>', null],
    ['dynamodb:GetItem', `arn:aws:dynamodb:eu-west-1:${account}:table/t`, null],
  ]
  for (const [action, resource, want] of rows)
    t.match(targetOf({ action, resource, resourceAccount: null }), want, resource)
  t.end()
})

t.test('a decoded message of an unknown shape is none', (t) => {
  for (const value of [null, 'text', 7, [], {}, { matchedStatements: 3 }]) t.equal(readDecodedMessage(value), null)
  t.match(readDecodedMessage({ explicitDeny: false }), { explicitDeny: false, contextComplete: false })
  t.end()
})

t.test('documents that grant outright', (t) => {
  const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/a/c.txt' }
  const rows: [string, object, boolean][] = [
    ['exactly', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/a/c.txt' }, true],
    ['wildcards, another case of the action', { Action: ['S3:get*'], Resource: 'arn:*:b/*/c*t' }, true],
    ['the pieces may not overlap', { Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/a/c.txt*xt' }, false],
    ['another case of the resource', { Action: '*', Resource: 'ARN:aws:s3:::b/*' }, false],
    ['with a condition', { Action: '*', Resource: '*', Condition: {} }, false],
    ['with a variable', { Action: '*', Resource: 'arn:aws:s3:::b/${aws:username}/*' }, false],
    ['by exception', { NotAction: 'iam:*', Resource: '*' }, false],
  ]
  for (const [name, statement, want] of rows)
    t.equal(grantsOutright({ Statement: { Effect: 'Allow', ...statement } }, [request]), want, name)
  t.equal(grantsOutright({ Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] }, [request]), false)
  t.equal(grantsOutright('no document', [request]), false)
  t.end()
})

t.test('the sample account', async (t) => {
  const gatherer = await open(t, { EVIDENCE: 'sample' })
  t.equal(gatherer.source, 'sample')

  t.test('the redacted account of the tutorial matches by name, and says so', async (t) => {
    const evidence = await gatherer.collect(ask({ account: null, role: 'example-for-ec2' }))
    t.equal(evidence.source, 'sample')
    t.equal(evidence.caller?.matchedByNameOnly, true)
    t.strictSame(names(evidence.policies['identity-based']), [
      'ec2-look-up',
      'assets-read',
      'CloudWatchAgentServerPolicy',
    ])
    t.equal(evidence.policies['permissions-boundary'], null)
    t.strictSame(evidence.gaps, [])
  })

  t.test("another account's namesake is not taken for it", async (t) => {
    const evidence = await gatherer.collect(ask({ account: '444455556666', role: 'example-for-ec2' }))
    t.strictSame(evidence.policies, {})
    t.equal(evidence.caller?.exists, null)
    t.match(evidence.gaps, [{ reason: 'not-configured' }, { reason: 'not-configured' }])
  })

  t.test('a name that the account does not have', async (t) => {
    const evidence = await gatherer.collect(ask({ role: 'nobody' }))
    t.equal(evidence.caller?.exists, false)
    t.match(evidence.gaps, [{ reason: 'not-found' }, { reason: 'not-found' }])
  })

  t.test('a user with groups, and what would grant but does not apply', async (t) => {
    const evidence = await gatherer.collect(
      ask({
        user: 'jordan',
        action: 'sqs:ReceiveMessage',
        resource: `arn:aws:sqs:eu-west-1:${account}:orders-incoming`,
      }),
    )
    t.strictSame(evidence.caller?.groups, ['developers', 'audit'])
    const granting = async (action: string, resource: string) => {
      const { unattached } = await gatherer.collect(ask({ user: 'jordan', action, resource }))
      return unattached.map(({ name, why, version }) => [name, why, version])
    }
    const queue = `arn:aws:sqs:eu-west-1:${account}:orders-incoming`
    t.strictSame(await granting('sqs:receivemessage', queue), [['dev-sqs-read', 'not-default-version', 'v1']])
    t.strictSame(await granting('sqs:SendMessage', queue), [['orders-queue-write', 'not-attached', 'v1']])
    t.strictSame(await granting('sqs:SendMessage', `${queue}-2`), [], 'another queue')
    t.strictSame(await granting('ec2:StopInstances', `arn:aws:ec2:eu-west-1:${account}:instance/i-0a`), [
      ['restart-instances', 'group-without-user', null],
    ])
    t.strictSame(await granting('s3:GetObject', '*'), [], 'a boundary is nothing to attach')
  })

  t.test('boundary, path, tags, trust', async (t) => {
    const bounded = await gatherer.collect(ask({ role: 'data-scientist' }))
    t.strictSame(names(bounded.policies['permissions-boundary']), ['team-boundary'])
    const service = await gatherer.collect(ask({ role: 'order-events-role-x7k2p9qd' }))
    t.equal(service.caller?.path, '/service-role/')
    const deploy = await gatherer.collect(ask({ role: 'site-deploy' }))
    t.equal(deploy.caller?.managedBy?.kind, 'terraform')
    const assume = await gatherer.collect(
      ask({
        user: 'jordan',
        action: 'sts:AssumeRole',
        resource: `arn:aws:iam::${account}:role/data-scientist`,
        denial: { policyType: null },
      }),
    )
    t.match(assume.policies['role-trust'], [{ name: 'data-scientist' }])
  })

  t.test('every example on the page is about somebody in it', async (t) => {
    const pastes = JSON.parse(await readFile('data/sample-pastes.json', 'utf8')) as {
      id: string
      title: string
      text: string
    }[]
    t.equal(new Set(pastes.map(({ id }) => id)).size, pastes.length)
    for (const { id, text } of pastes) {
      const [, kind = '', name = ''] = /:(assumed-role|user)\/([\w+=,.@-]+)/.exec(text) ?? []
      if (kind === '') continue
      const evidence = await gatherer.collect(ask({ account: null, [kind === 'user' ? 'user' : 'role']: name }))
      t.equal(evidence.caller?.exists, true, id)
    }
  })
})

t.test('a snapshot', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const role = (RoleName: string, Document: unknown, of = account) => ({
    Path: '/',
    RoleName,
    RoleId: 'AROA',
    Arn: `arn:aws:iam::${of}:role/${RoleName}`,
    CreateDate: '2025-01-01T00:00:00Z',
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(allow('sts:AssumeRole'))),
    RolePolicyList: [{ PolicyName: 'one "quoted" \\ }]', PolicyDocument: Document }],
    AttachedManagedPolicies: [],
  })
  const dump = (...roles: object[]) => ({
    RoleDetailList: roles,
    UserDetailList: [],
    GroupDetailList: [],
    Policies: [],
  })
  writeFileSync(
    join(folder, 'a.json'),
    JSON.stringify(dump(role('app', encodeURIComponent(JSON.stringify(allow('s3:Get')))))),
  )
  // Two documents in one file, in UTF-16 as PowerShell redirects it.
  const two = `${JSON.stringify(dump(role('APP', allow('s3:Put'), '444455556666')))}\n${JSON.stringify(dump(role('lone', allow('s3:Put'), '444455556666')), null, 4)}`
  writeFileSync(join(folder, 'b.json'), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(two, 'utf16le')]))
  writeFileSync(
    join(folder, 'organization.json'),
    JSON.stringify({
      Organization: { Id: 'o-1', ManagementAccountId: '999900001111' },
      Accounts: { [account]: { Path: ['r-1', 'ou-1'] } },
      Targets: {
        'r-1': {
          ServiceControlPolicies: [{ Name: 'Full', Content: JSON.stringify(allow('*')) }],
          ResourceControlPolicies: [],
        },
        [account]: { ServiceControlPolicies: [{ Name: 'Fence', Document: allow('s3:*') }] },
      },
      ResourcePolicies: { 'arn:aws:s3:::b': allow('s3:Get'), 'arn:aws:s3:::bare': null },
    }),
  )
  const gatherer = await open(t, { SNAPSHOT_FILE: folder })
  t.equal(gatherer.source, 'snapshot', 'auto: a snapshot comes before AWS')

  t.test('the organization’s policies are read whatever AWS names: the file may be newer', async (t) => {
    const named = await gatherer.collect(ask({ role: 'app', denial: { policyType: 'identity-based' } }))
    t.match(named.policies['service-control'], [{ level: 'r-1' }, { level: 'ou-1' }, { level: account }])
    const other = await gatherer.collect(
      ask({ account: '444455556666', role: 'app', denial: { policyType: 'identity-based' } }),
    )
    t.notOk(
      other.gaps.some(({ about }) => about === 'service-control'),
      'what is not in it is not missed',
    )
  })

  t.test('many accounts; documents encoded or not', async (t) => {
    const one = await gatherer.collect(ask({ role: 'app' }))
    t.match(one.policies['identity-based'], [{ name: 'one "quoted" \\ }]', document: allow('s3:Get') }])
    const other = await gatherer.collect(ask({ account: '444455556666', role: 'app' }))
    t.match(other.policies['identity-based'], [{ document: allow('s3:Put') }], 'names have no case')
    t.equal((await gatherer.collect(ask({ account: null, role: 'lone' }))).caller?.matchedByNameOnly, true)
    const both = await gatherer.collect(ask({ account: null, role: 'app' }))
    t.equal(both.caller?.exists, null, 'two accounts have the name: neither is taken')
  })

  t.test('SCPs by level; a level that is not in it is unknown', async (t) => {
    const evidence = await gatherer.collect(ask({ role: 'app', denial: { policyType: 'service-control' } }))
    t.match(evidence.policies['service-control'], [
      { level: 'r-1', policies: [{ name: 'Full', document: allow('*') }] },
      { level: 'ou-1', policies: 'unknown' },
      { level: account, policies: [{ name: 'Fence' }] },
    ])
    t.equal(evidence.context['aws:PrincipalOrgID'], 'o-1')
    const outside = await gatherer.collect(
      ask({ account: '444455556666', role: 'app', denial: { policyType: 'service-control' } }),
    )
    t.match(outside.gaps, [{ about: 'service-control', reason: 'not-configured' }, { about: 'resource-control' }])
  })

  t.test('resource policies: given, none, not told', async (t) => {
    const of = async (bucket: string) => {
      const resource = `arn:aws:s3:::${bucket}/x`
      return gatherer.collect(ask({ role: 'app', action: 's3:GetObject', resource, denial: { policyType: null } }))
    }
    t.match((await of('b')).policies['resource-based'], [{ arn: 'arn:aws:s3:::b' }])
    t.equal((await of('bare')).policies['resource-based'], null)
    t.ok(
      (await of('other')).gaps.some(({ about, reason }) => about === 'resource-based' && reason === 'not-configured'),
    )
  })

  t.test('read again when it changes; garbage leaves the old one, and says so', async (t) => {
    const path = join(folder, 'changing.json')
    writeFileSync(path, JSON.stringify(dump(role('old', allow('s3:Get')))))
    const events: EvidenceEvent['code'][] = []
    const store = await openSnapshot({ path, pollMilliseconds: 10, log: ({ code }) => events.push(code) })
    t.teardown(() => store.close())
    const reader = snapshotGatherer(store, 'snapshot', Date.now)
    const until = async (done: () => boolean) => {
      for (let at = 0; at < 300 && !done(); at += 1) await new Promise((resolve) => setTimeout(resolve, 10))
    }
    for (const garbage of ['<html>', '{"RoleDetailList": [{"Arn": "x"', '{"RoleDetailList": [{}]}', '', '{"a": 1}']) {
      events.length = 0
      writeFileSync(path, garbage)
      await until(() => events.includes('snapshot-kept'))
      t.ok(events.includes('snapshot-kept'), JSON.stringify(garbage))
      const evidence = await reader.collect(ask({ role: 'old' }))
      t.equal(evidence.caller?.exists, true)
      t.equal(evidence.facts['snapshot-outdated'], true)
    }
    events.length = 0
    writeFileSync(path, JSON.stringify(dump(role('new', allow('s3:Get')))))
    await until(() => events.includes('snapshot-loaded'))
    const evidence = await reader.collect(ask({ role: 'new' }))
    t.equal(evidence.caller?.exists, true)
    t.notOk('snapshot-outdated' in evidence.facts)
  })

  t.test('a policy that it names and does not hold is a gap, not an empty policy', async (t) => {
    const held = {
      ...role('app', allow('s3:Get')),
      AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: 'arn:aws:iam::aws:policy/p' }],
    }
    const index = await indexSnapshot([{ bytes: Buffer.from(JSON.stringify(dump(held))), writtenAt: new Date(0) }])
    const store = { index: () => index, outdated: () => false, close: () => undefined }
    const evidence = await snapshotGatherer(store, 'snapshot', Date.now).collect(ask({ role: 'app' }))
    t.notOk('identity-based' in evidence.policies)
    t.match(evidence.gaps, [{ about: 'identity-based', reason: 'not-found' }])
  })

  t.test('what is no snapshot stops the start', async (t) => {
    await t.rejects(open(t, { SNAPSHOT_FILE: join(folder, 'nowhere.json') }))
    writeFileSync(join(folder, 'none.txt'), '{}')
    await t.rejects(open(t, { SNAPSHOT_FILE: join(folder, 'none.txt') }))
  })

  t.test('a large one is indexed in pieces, and answers at once', async (t) => {
    const roles = process.env['CI'] === 'true' ? 20_000 : 2000
    const documents = Array.from({ length: 20 }, (_, at) => allow(`s3:Action${at}`))
    const big = Array.from({ length: roles }, (_, at) =>
      role(`role-${at}`, { Version: '2012-10-17', Statement: documents.flatMap(({ Statement }) => Statement) }),
    )
    const bytes = Buffer.from(JSON.stringify(dump(...big)))
    let longest = 0
    let last = performance.now()
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 1)
    const index = await indexSnapshot([{ bytes, writtenAt: new Date(0) }])
    clearInterval(timer)
    t.equal(index.entries, roles)
    t.ok(longest < 250, `others run meanwhile (longest wait ${longest.toFixed(0)} ms)`)
    const store = { index: () => index, outdated: () => false, close: () => undefined }
    const reader = snapshotGatherer(store, 'snapshot', Date.now)
    const started = performance.now()
    for (let at = 0; at < 100; at += 1) await reader.collect(ask({ role: `role-${at}` }))
    t.ok((performance.now() - started) / 100 < 5)
  })
})

t.test('no source: the request alone', async (t) => {
  const gatherer = await open(t, { EVIDENCE: 'none' })
  const nothing = await gatherer.collect(ask({ role: 'app' }))
  t.strictSame([nothing.source, nothing.policies, nothing.caller], ['none', {}, null])
  const requested = {
    policies: { 'identity-based': [{ name: 'p', document: allow('s3:Get') }], 'permissions-boundary': null },
  }
  const given = await gatherer.collect(ask({ role: 'app', requested }))
  t.equal(given.source, 'request')
  t.strictSame(Object.keys(given.sources).sort(), ['identity-based', 'permissions-boundary'])
  const decoded = { explicitDeny: true, context: { action: 'ec2:RunInstances', conditions: { items: [] } } }
  const pasted = await gatherer.collect(ask({ role: 'app', denial: { decodedMessage: decoded } }))
  t.match(pasted.awsEvaluation, { from: 'decoded-message', action: 'ec2:RunInstances', explicitDeny: true })
})
