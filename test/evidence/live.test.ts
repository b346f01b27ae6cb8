import { getEventListeners } from 'node:events'
import process from 'node:process'
import { setImmediate } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { ownPermissions } from '../../src/evidence/own-permissions.ts'
import type { EvidenceGatherer, EvidencePorts, EvidenceSettings } from '../../src/evidence/question.ts'
import { list } from '../../src/iam/policy-document.ts'
import { ask, counter, settings } from '../helper/evidence.ts'
import { startFakeAws, type FakeWorld } from '../helper/fake-aws.ts'

const home = '111122223333'
const other = '444455556666'
const stranger = '777788889999'
const allow = (Action: string, Resource = '*') => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
})
const arn = (name: string, account = home) => `arn:aws:iam::${account}:policy/${name}`
const key = `arn:aws:kms:eu-west-1:${home}:key/0a1b`
const many = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`p${at}`, allow(`s3:Get${at}`)]))

const world: FakeWorld = {
  home,
  trustedExternalId: 'secret-handshake',
  accounts: {
    [home]: {
      roles: {
        app: {
          path: '/service/',
          inline: { one: allow('s3:GetObject'), 'zwei ä%': allow('s3:PutObject') },
          managed: ['a', 'b', 'c', 'd', 'e'].map((name) => arn(name)),
          tags: { team: 'orders' },
          trust: allow('sts:AssumeRole'),
        },
        bounded: { inline: { one: allow('s3:*') }, boundary: arn('ceiling') },
        wide: { inline: many, managed: ['a', 'b', 'c'].map((name) => arn(name)) },
      },
      users: {
        jo: { inline: { own: allow('iam:GetUser') }, managed: [arn('a')], groups: ['devs', 'ops'] },
      },
      groups: { devs: { inline: { dev: allow('ec2:*') }, managed: [arn('b')] }, ops: {} },
      policies: Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e', 'ceiling'].map((name) => [arn(name), allow(`sqs:${name}`)]),
      ),
      buckets: {
        'own-bucket': {
          region: 'eu-west-1',
          policy: allow('s3:GetObject'),
          key,
          block: true,
          ownership: 'BucketOwnerEnforced',
        },
        'plain-bucket': { region: 'us-east-1' },
      },
    },
    [other]: { roles: { app: { inline: { there: allow('s3:GetObject') } } } },
  },
  organization: {
    id: 'o-example',
    management: '999900001111',
    parents: { [home]: 'ou-ab12-team', 'ou-ab12-team': 'r-ab12' },
    attached: {
      'r-ab12': ['p-FullAWSAccess'],
      'ou-ab12-team': ['p-FullAWSAccess', 'p-fence'],
      [home]: ['p-FullAWSAccess'],
    },
    documents: { 'p-fence': allow('s3:*') },
  },
  decoded: {
    'encoded-blob': {
      allowed: false,
      explicitDeny: true,
      matchedStatements: { items: [{ statementId: 'DenyOutsideRegion', effect: 'DENY' }] },
      context: {
        principal: { id: 'AROAEXAMPLE:one' },
        action: 'ec2:RunInstances',
        resource: `arn:aws:ec2:us-east-1:${home}:instance/*`,
        conditions: { items: [{ key: 'aws:RequestedRegion', values: { items: [{ value: 'us-east-1' }] } }] },
      },
    },
  },
  authorizations: {
    abc123: [
      {
        requestContext: { 'aws:SourceIp': '192.0.2.7', 'aws:MultiFactorAuthPresent': false },
        evaluations: [{ action: 'iam:ListRoles', resource: '*', evaluatedEffect: 'ALLOW' }],
        policies: [{ uri: arn('fence'), type: 'SERVICE_CONTROL_POLICY', inline: false }],
      },
      {
        requestContext: {},
        policies: [],
        evaluations: [
          {
            action: 'iam:GetRole',
            resource: `arn:aws:iam::${home}:role/app`,
            context: { 'iam:ResourceTag/team': 'x' },
            evaluatedEffect: 'EXPLICIT_DENY',
            matchedPolicies: [{ uri: arn('fence'), matchedStatements: [{ sid: 'Fence', evaluatedEffect: 'DENY' }] }],
          },
        ],
      },
    ],
  },
}

async function open(
  t: Test,
  given: Partial<EvidenceSettings> = {},
  ports: EvidencePorts = {},
): Promise<EvidenceGatherer> {
  const gatherer = await createGatherer(settings(given), ports)
  t.teardown(() => gatherer.close())
  // The identity is asked for at start: wait for it, so that it does not count among a diagnosis's calls.
  await gatherer.collect(ask({ account: stranger, role: 'nobody' }))
  return gatherer
}

const names = (policies: unknown) => (policies as { name: string }[]).map(({ name }) => name).sort()

t.test('live reads', async (t) => {
  const fake = await startFakeAws(t, world)
  t.beforeEach(() => fake.reset())

  /** Rounds are told by time: on a busy machine calls that go out together may look like two rounds, so the best counts. */
  async function fewestRounds(t: Test, question: ReturnType<typeof ask>): Promise<number> {
    let fewest = Infinity
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const gatherer = await open(t)
      fake.calls.length = 0
      fake.latency = 100
      await gatherer.collect(question)
      fewest = Math.min(fewest, fake.rounds())
      fake.reset()
    }
    return fewest
  }

  t.test('a role: 3 + inline + 2 × managed calls, none when warm', async (t) => {
    const observe = counter()
    const gatherer = await open(t, {}, { observe })
    fake.calls.length = 0
    const evidence = await gatherer.collect(ask({ role: 'app', session: 'i-0abc' }))
    t.equal(fake.count(), 3 + 2 + 2 * 5)
    t.strictSame(names(evidence.policies['identity-based']), ['a', 'b', 'c', 'd', 'e', 'one', 'zwei ä%'])
    t.equal(evidence.policies['permissions-boundary'], null)
    t.equal(evidence.source, 'aws')
    t.matchOnlyStrict(evidence.caller, {
      roleOrUserArn: `arn:aws:iam::${home}:role/service/app`,
      path: '/service/',
      createDate: '2025-01-01T00:00:00.000Z',
      tags: { team: 'orders' },
      managedBy: null,
      exists: true,
      matchedByNameOnly: false,
      groups: [],
    })
    t.strictSame(evidence.context, { 'aws:PrincipalTag/team': 'orders', 'aws:userid': 'AROAEXAMPLEAPP:i-0abc' })
    t.strictSame(evidence.gaps, [])
    await gatherer.collect(ask({ role: 'app', session: 'i-0def' }))
    t.equal(fake.count(), 15, 'warm: no call')
    t.ok(observe.seen.includes('hit'))
    t.equal(observe.seen.filter((line) => line.endsWith(' ok')).length, 15, 'each call observed')
    await gatherer.collect(ask({ role: 'app', fresh: true }))
    t.equal(fake.count(), 15 + 10, 'fresh: everything again but versions, which never change')
  })

  t.test('three rounds for a role, with a boundary too; four for a user with groups', async (t) => {
    t.equal(await fewestRounds(t, ask({ role: 'app' })), 3)
    t.equal(await fewestRounds(t, ask({ role: 'bounded' })), 3)
    t.equal(await fewestRounds(t, ask({ user: 'jo' })), 4)
  })

  t.test('the boundary counts as a managed policy', async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    const evidence = await gatherer.collect(ask({ role: 'bounded' }))
    t.equal(fake.count(), 3 + 1 + 2)
    t.strictSame(names(evidence.policies['permissions-boundary']), ['ceiling'])
  })

  t.test('a user with his own policies and those of his groups', async (t) => {
    const gatherer = await open(t)
    const evidence = await gatherer.collect(ask({ user: 'jo' }))
    t.strictSame(names(evidence.policies['identity-based']), ['a', 'b', 'dev', 'own'])
    t.strictSame(
      (evidence.policies['identity-based'] as readonly { group?: string }[]).map(({ group }) => group ?? null),
      [null, null, 'devs', 'devs'],
    )
    t.strictSame(evidence.caller?.groups, ['devs', 'ops'])
    t.equal(evidence.context['aws:userid'], 'AIDAEXAMPLEJO')
  })

  t.test('fifty pastes at the same time make one fetch', async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    fake.latency = 20
    await Promise.all(Array.from({ length: 50 }, (_, at) => gatherer.collect(ask({ role: 'app', session: `s${at}` }))))
    t.equal(fake.count(), 15)
  })

  t.test('inline and attached policies are paged', async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    fake.pageSize = 2
    const evidence = await gatherer.collect(ask({ role: 'wide' }))
    t.equal((evidence.policies['identity-based'] as unknown[]).length, 10)
    t.equal(fake.count('iam:ListRolePolicies'), 4)
    t.equal(fake.count('iam:ListAttachedRolePolicies'), 2)
  })

  t.test('who is not there is known not to be there', async (t) => {
    const gatherer = await open(t)
    const evidence = await gatherer.collect(ask({ role: 'gone' }))
    t.equal(evidence.caller?.exists, false)
    t.strictSame(
      evidence.gaps.map(({ about, reason, statement }) => [about, reason, statement]),
      [
        ['identity-based', 'not-found', null],
        ['permissions-boundary', 'not-found', null],
      ],
    )
  })

  t.test('an account that is only named in a paste is never called', async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    const evidence = await gatherer.collect(
      ask({
        account: stranger,
        role: 'app',
        action: 'sqs:SendMessage',
        resource: `arn:aws:sqs:eu-west-1:${stranger}:q`,
      }),
    )
    t.equal(fake.count(), 0)
    t.ok(evidence.gaps.length > 0)
    t.ok(evidence.gaps.every(({ reason, statement }) => reason === 'not-configured' && statement === null))
    t.equal(evidence.caller?.exists, null)
  })

  t.test('a redacted account matches by name, and says so', async (t) => {
    const gatherer = await open(t)
    const evidence = await gatherer.collect(ask({ account: null, role: 'app' }))
    t.equal(evidence.caller?.matchedByNameOnly, true)
    t.notOk('aws:userid' in evidence.context, 'keys that tell the account are not lent')
    const unknown = await gatherer.collect(ask({ account: null, role: 'gone' }))
    t.equal(unknown.caller?.exists, null, 'a stranger may well exist elsewhere')
  })

  t.test('evidence in the request replaces what was read, per policy type', async (t) => {
    const gatherer = await open(t)
    const requested = {
      policies: { 'identity-based': [{ name: 'given', document: allow('s3:*') }], session: null },
      context: { 'AWS:PrincipalTag/team': 'mine' },
      contextComplete: true,
    }
    const evidence = await gatherer.collect(ask({ role: 'bounded', requested }))
    t.strictSame(names(evidence.policies['identity-based']), ['given'])
    t.strictSame(names(evidence.policies['permissions-boundary']), ['ceiling'])
    t.equal(evidence.policies.session, null)
    t.equal(evidence.sources['identity-based']?.source, 'request')
    t.equal(evidence.sources['permissions-boundary']?.source, 'aws')
    t.equal(evidence.contextComplete, true)
    const merged = await gatherer.collect(ask({ role: 'app', requested }))
    t.strictSame(
      Object.keys(merged.context).filter((name) => name.toLowerCase().includes('principaltag')),
      ['AWS:PrincipalTag/team'],
      'context keys have no case',
    )
  })

  t.test('root, services and anonymous callers are known to have no policies', async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    for (const principalType of ['root', 'service', 'anonymous'] as const) {
      const evidence = await gatherer.collect(ask({ denial: { principalType, principal: null } }))
      t.equal(evidence.policies['identity-based'], null, principalType)
    }
    t.equal(fake.count(), 0)
  })
})

t.test('bad times', async (t) => {
  const fake = await startFakeAws(t, world)
  t.beforeEach(() => fake.reset())

  t.test('throttling and errors that pass are retried', async (t) => {
    const gatherer = await open(t)
    fake.trouble = (action, attempt) => (action === 'iam:GetRole' && attempt === 1 ? 'throttle' : null)
    t.strictSame((await gatherer.collect(ask({ role: 'app' }))).gaps, [])
    fake.reset()
    fake.trouble = (action, attempt) => (action === 'iam:GetRolePolicy' && attempt === 1 ? 'error' : null)
    t.strictSame((await gatherer.collect(ask({ role: 'bounded' }))).gaps, [])
  })

  t.test('throttling that lasts is a gap, and so is an outage', async (t) => {
    for (const [trouble, reason] of [
      ['throttle', 'throttled'],
      ['error', 'failed'],
      ['drop', 'timeout'],
    ] as const) {
      const gatherer = await open(t)
      fake.trouble = (action) => (action === 'iam:ListRolePolicies' ? trouble : null)
      const evidence = await gatherer.collect(ask({ role: 'app' }))
      t.match(evidence.gaps, [{ about: 'identity-based', reason, statement: null }], trouble)
      t.notOk('identity-based' in evidence.policies, 'half of the policies are not taken for all')
      t.equal(evidence.policies['permissions-boundary'], null, 'the rest is there')
      fake.reset()
    }
  })

  t.test('what hangs is a gap at the deadline, and is asked again next time', async (t) => {
    const gatherer = await open(t, { EVIDENCE_TIMEOUT_MS: 300 })
    fake.trouble = (action) => (action === 'iam:GetRolePolicy' ? 'hang' : null)
    const started = performance.now()
    const evidence = await gatherer.collect(ask({ role: 'app' }))
    t.ok(performance.now() - started < 600, 'in time')
    t.match(evidence.gaps, [{ about: 'identity-based', reason: 'timeout' }])
    t.equal(evidence.caller?.exists, true)
    fake.reset()
    t.strictSame((await gatherer.collect(ask({ role: 'app' }))).gaps, [], 'not remembered')
  })

  t.test('an identity that cannot be told is a gap, and is asked for again', async (t) => {
    fake.trouble = (action) => (action === 'sts:GetCallerIdentity' ? 'error' : null)
    const events: string[] = []
    const gatherer = await open(t, {}, { log: ({ code }) => events.push(code) })
    gatherer.prepare?.()
    const evidence = await gatherer.collect(ask({ role: 'app' }))
    t.match(evidence.gaps, [{ reason: 'failed' }, { reason: 'failed' }])
    t.ok(events.includes('aws-identity-unknown'))
    fake.reset()
    t.strictSame((await gatherer.collect(ask({ role: 'app' }))).gaps, [])
  })

  t.test('a caller who has gone away does not wait', async (t) => {
    const gatherer = await open(t)
    fake.trouble = () => 'hang'
    const evidence = await gatherer.collect({ ...ask({ role: 'app' }), signal: AbortSignal.timeout(50) })
    t.match(evidence.gaps, [{ reason: 'timeout' }, { reason: 'timeout' }])
  })

  t.test('a paste with many denials is one request: nobody warns of its listeners', async (t) => {
    const warnings: string[] = []
    const warn = ({ name }: Error): void => void warnings.push(name)
    process.on('warning', warn)
    t.teardown(() => process.off('warning', warn))
    const gatherer = await open(t)
    const { signal } = new AbortController()
    const asked = Array.from({ length: 20 }, (_, at) => ask({ role: `app-${at}`, resource: 'arn:aws:s3:::own-bucket' }))
    await Promise.all(asked.map((question) => gatherer.collect({ ...question, signal })))
    t.equal(getEventListeners(signal, 'abort').length, 0, 'none is left')
    await setImmediate()
    t.strictSame(warnings, [])
  })
})

t.test('our own permissions, taken away one by one and in pairs', async (t) => {
  const fake = await startFakeAws(t, world)
  const used = {
    role: [
      'iam:GetRole',
      'iam:ListRolePolicies',
      'iam:GetRolePolicy',
      'iam:ListAttachedRolePolicies',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
    ],
    user: [
      'iam:GetUser',
      'iam:ListUserPolicies',
      'iam:GetUserPolicy',
      'iam:ListAttachedUserPolicies',
      'iam:ListGroupsForUser',
      'iam:ListGroupPolicies',
      'iam:GetGroupPolicy',
      'iam:ListAttachedGroupPolicies',
      'iam:GetPolicy',
      'iam:GetPolicyVersion',
    ],
  }
  // Every one and every pair in CI; on a newcomer's machine every one, and each fifth pair.
  const all = process.env['CI'] === 'true'
  const pairs = (actions: readonly string[]) =>
    actions
      .flatMap((one, at) => actions.slice(at).map((two) => [...new Set([one, two])]))
      .filter(({ length }, at) => all || length === 1 || at % 5 === 0)
  const cases = [
    ...pairs(used.role).map((denied) => ({ question: ask({ role: 'app', fresh: true }), denied })),
    ...pairs(used.role).map((denied) => ({ question: ask({ role: 'bounded', fresh: true }), denied })),
    ...pairs(used.user).map((denied) => ({ question: ask({ user: 'jo', fresh: true }), denied })),
    ...pairs([
      's3:ListAllMyBuckets',
      's3:GetBucketPolicy',
      's3:GetBucketPublicAccessBlock',
      's3:GetBucketOwnershipControls',
      's3:GetEncryptionConfiguration',
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
    ]).map((denied) => ({
      question: ask({
        role: 'bounded',
        fresh: true,
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::own-bucket/x',
        denial: { policyType: 'resource-based' },
      }),
      denied,
    })),
    ...pairs([
      'organizations:DescribeOrganization',
      'organizations:ListParents',
      'organizations:ListPoliciesForTarget',
      'organizations:DescribePolicy',
    ]).map((denied) => ({
      question: ask({ role: 'bounded', fresh: true, denial: { policyType: 'service-control' } }),
      denied,
    })),
    ...pairs(['sts:DecodeAuthorizationMessage']).map((denied) => ({
      question: ask({ role: 'bounded', fresh: true, denial: { encodedMessage: 'encoded-blob' } }),
      denied,
    })),
    ...pairs(['iam:GetRequestAuthorizationDetails']).map((denied) => ({
      question: ask({ role: 'bounded', fresh: true, denial: { authorizationId: 'abc123' } }),
      denied,
    })),
  ]
  for (const { question, denied } of cases) {
    const title = `${question.denial.roleOrUserName ?? ''} ${question.denial.policyType ?? ''} without ${denied.join(' and ')}`
    // A new gatherer, so that no version of a managed policy is remembered from another case.
    const gatherer = await createGatherer(settings())
    fake.reset()
    const whole = await gatherer.collect(question)
    t.strictSame(whole.gaps, [], `${title}: nothing is unseen before`)
    const another = await createGatherer(settings())
    denied.forEach((action) => fake.denied.add(action))
    const evidence = await another.collect(question)
    const refused = evidence.gaps.filter(({ reason }) => reason === 'access-denied')
    const needed = denied.filter((action) => fake.count(action) > 0)
    if (needed.length > 0) t.ok(refused.length > 0, `${title}: says what is unseen`)
    const opened = new Set(refused.flatMap(({ statement }) => [...list(statement?.Action)]))
    for (const action of opened) fake.denied.delete(action)
    const again = await another.collect(question)
    t.strictSame(again.gaps, whole.gaps, `${title}: complete with the statement that was asked for`)
    t.strictSame(Object.keys(again.policies).sort(), Object.keys(whole.policies).sort(), title)
    t.ok(
      refused.every(({ statement }) => list(statement?.Resource).every((resource) => !resource.includes('{'))),
      `${title}: statement filled in`,
    )
    await Promise.all([gatherer.close(), another.close()])
  }
})

t.test('beside the principal', async (t) => {
  const fake = await startFakeAws(t, world)
  t.beforeEach(() => fake.reset())
  const bare = { policyType: null, effect: null } as const

  t.test('a bucket of ours, in its Region, with the key behind it', async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    const evidence = await gatherer.collect(
      ask({ role: 'bounded', action: 's3:GetObject', resource: 'arn:aws:s3:::own-bucket/a/b', denial: bare }),
    )
    t.match(evidence.policies['resource-based'], [{ name: 'own-bucket', arn: 'arn:aws:s3:::own-bucket' }])
    t.equal(evidence.resourceAccount, home)
    t.match(evidence.facts, {
      's3-bucket': { owned: true, account: home, region: 'eu-west-1' },
      's3-block-public-access': { blockPublicPolicy: true, restrictPublicBuckets: false },
      's3-object-ownership': 'BucketOwnerEnforced',
      's3-encryption-key': { algorithm: 'aws:kms', arn: key, manager: 'CUSTOMER' },
    })
    const plain = await gatherer.collect(
      ask({ role: 'bounded', action: 's3:GetObject', resource: 'arn:aws:s3:::plain-bucket/x', denial: bare }),
    )
    t.equal(plain.policies['resource-based'], null, 'no policy: known that there is none')
    t.match(plain.facts, {
      's3-object-ownership': 'ObjectWriter',
      's3-encryption-key': { algorithm: 'AES256', arn: null },
    })
  })

  t.test("a stranger's bucket is not called", async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    const evidence = await gatherer.collect(
      ask({ role: 'bounded', action: 's3:GetObject', resource: 'arn:aws:s3:::bait/x', denial: bare }),
    )
    t.strictSame(
      fake.calls.filter(({ subject }) => subject === 'bait'),
      [],
    )
    t.match(evidence.facts, { 's3-bucket': { owned: false } })
    t.ok(evidence.gaps.some(({ about, reason }) => about === 'resource-based' && reason === 'not-found'))
  })

  t.test('a stranger at our own bucket: the bucket is ours to read', async (t) => {
    const gatherer = await open(t)
    const evidence = await gatherer.collect(
      ask({
        account: stranger,
        role: 'app',
        action: 's3:GetObject',
        resource: 'arn:aws:s3:::own-bucket/x',
        denial: bare,
      }),
    )
    t.match(evidence.policies['resource-based'], [{ name: 'own-bucket' }])
    t.notOk('identity-based' in evidence.policies)
    t.equal(evidence.resourceAccount, home)
  })

  t.test('a missing Allow in own policies says that the bucket is not the matter: it is not read', async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    await gatherer.collect(ask({ role: 'bounded', action: 's3:GetObject', resource: 'arn:aws:s3:::own-bucket/x' }))
    t.equal(fake.calls.filter(({ action }) => !action.startsWith('iam:')).length, 0)
  })

  t.test('a key: policy, grants, manager', async (t) => {
    const gatherer = await open(t)
    const evidence = await gatherer.collect(ask({ role: 'bounded', action: 'kms:Decrypt', resource: key }))
    t.match(evidence.policies['resource-based'], [{ arn: key }])
    t.match(evidence.facts, {
      'kms-key-manager': 'CUSTOMER',
      'kms-grants': [{ grantee: `arn:aws:iam::${home}:role/app`, operations: ['Decrypt'] }],
    })
  })

  t.test('a role to be assumed: its trust policy', async (t) => {
    const gatherer = await open(t)
    const evidence = await gatherer.collect(
      ask({
        role: 'bounded',
        action: 'sts:AssumeRole',
        resource: `arn:aws:iam::${home}:role/service/app`,
        denial: { policyType: 'role-trust' },
      }),
    )
    t.match(evidence.policies['role-trust'], [{ name: 'app', document: allow('sts:AssumeRole') }])
    t.equal(evidence.context['iam:ResourceTag/team'], 'orders')
    const missing = await gatherer.collect(
      ask({ role: 'bounded', action: 'iam:PassRole', resource: `arn:aws:iam::${home}:role/gone` }),
    )
    t.strictSame(missing.facts['target-role'], { arn: `arn:aws:iam::${home}:role/gone`, exists: false })
  })

  t.test('a Region out of a paste that is none goes nowhere', async (t) => {
    const gatherer = await open(t)
    fake.calls.length = 0
    const evidence = await gatherer.collect(
      ask({
        role: 'bounded',
        action: 'sqs:SendMessage',
        resource: `arn:aws:sqs:evil.example/x:${home}:q`,
        denial: bare,
      }),
    )
    t.equal(fake.calls.filter(({ action }) => action.startsWith('sqs:')).length, 0)
    t.ok(evidence.gaps.some(({ about, reason }) => about === 'resource-based' && reason === 'unsupported'))
  })

  t.test('SCPs per level, from the root to the account; the organization tells its keys', async (t) => {
    const gatherer = await open(t)
    const evidence = await gatherer.collect(ask({ role: 'bounded', denial: { policyType: 'service-control' } }))
    t.match(evidence.policies['service-control'], [
      { level: 'r-ab12', policies: [{ name: 'p-FullAWSAccess' }] },
      { level: 'ou-ab12-team', policies: [{ name: 'p-FullAWSAccess' }, { name: 'p-fence', document: allow('s3:*') }] },
      { level: home, policies: [{ name: 'p-FullAWSAccess' }] },
    ])
    t.equal(evidence.policies['resource-control'], null, 'not switched on')
    t.equal(evidence.context['aws:PrincipalOrgID'], 'o-example')
    t.strictSame(evidence.context['aws:PrincipalOrgPaths'], ['o-example/r-ab12/ou-ab12-team/'])
    t.equal(fake.count('organizations:DescribePolicy'), 1, 'FullAWSAccess is known')
  })

  t.test('a member account without rights names who could read it', async (t) => {
    const gatherer = await open(t)
    fake.denied.add('organizations:ListParents')
    const evidence = await gatherer.collect(ask({ role: 'bounded', denial: { policyType: 'service-control' } }))
    const [gap] = evidence.gaps.filter(({ about }) => about === 'service-control')
    t.equal(gap?.account, '999900001111')
    t.ok(list(gap?.statement?.Action).includes('organizations:ListParents'))
    t.equal(evidence.context['aws:PrincipalOrgID'], 'o-example')
  })

  t.test('an encoded message is decoded, and never shown to the cache', async (t) => {
    const gatherer = await open(t)
    const evidence = await gatherer.collect(
      ask({ role: 'bounded', denial: { encodedMessage: 'encoded-blob', policyType: null } }),
    )
    t.match(evidence.awsEvaluation, {
      from: 'decoded-message',
      action: 'ec2:RunInstances',
      explicitDeny: true,
      matched: [{ sid: 'DenyOutsideRegion', effect: 'Deny' }],
    })
    t.equal(evidence.context['aws:RequestedRegion'], 'us-east-1')
    t.equal(evidence.contextComplete, true)
    const broken = await gatherer.collect(ask({ role: 'bounded', denial: { encodedMessage: 'cut' } }))
    t.match(broken.gaps, [{ about: 'decoded-message', reason: 'failed' }])
  })

  t.test('authorization details: late, in pages, signed for iam', async (t) => {
    const gatherer = await open(t, { AWS_ENDPOINT_URL_IAM_TOOLBOX: fake.endpoint })
    fake.lateAuthorization = 2
    const denial = { authorizationId: 'abc123', action: 'iam:GetRole', region: 'eu-central-1' }
    const evidence = await gatherer.collect(ask({ role: 'bounded', denial }))
    t.match(evidence.awsEvaluation, {
      from: 'authorization-id',
      action: 'iam:GetRole',
      explicitDeny: true,
      context: { 'aws:SourceIp': '192.0.2.7', 'aws:MultiFactorAuthPresent': 'false', 'iam:ResourceTag/team': 'x' },
      matched: [{ policyType: 'service-control', policyArn: arn('fence'), sid: 'Fence', effect: 'Deny' }],
    })
    t.equal(fake.count('iam:GetRequestAuthorizationDetails'), 4, 'not found twice, then two pages')
    const unknown = await gatherer.collect(ask({ role: 'bounded', denial: { ...denial, authorizationId: 'zzz' } }))
    t.match(unknown.gaps, [{ about: 'authorization-details', reason: /not-found|timeout/ }])
    const hostile = await gatherer.collect(ask({ role: 'bounded', denial: { ...denial, authorizationId: '../x' } }))
    t.match(hostile.gaps, [{ about: 'authorization-details', reason: 'failed' }])
    t.equal(fake.calls.filter(({ subject }) => subject.includes('x')).length, 0)
  })

  t.test('other accounts: through a role with an ExternalId, only where allowed', async (t) => {
    const given = { ALLOWED_ACCOUNTS: [other], ASSUME_ROLE_NAME: 'explainer-reader' }
    const gatherer = await open(t, { ...given, ASSUME_ROLE_EXTERNAL_ID: 'secret-handshake' })
    const evidence = await gatherer.collect(ask({ account: other, role: 'app' }))
    t.strictSame(names(evidence.policies['identity-based']), ['there'])
    t.equal(
      fake.calls.find(({ action }) => action === 'sts:AssumeRole')?.subject,
      `arn:aws:iam::${other}:role/explainer-reader`,
    )
    t.ok(fake.calls.filter(({ action }) => action.startsWith('iam:')).every(({ account }) => account === other))
    await gatherer.collect(ask({ account: other, role: 'app', fresh: true }))
    t.equal(fake.count('sts:AssumeRole'), 1, 'the session is kept')

    const refused = await open(t, { ...given, ASSUME_ROLE_EXTERNAL_ID: 'wrong' })
    const nothing = await refused.collect(ask({ account: other, role: 'app' }))
    t.match(nothing.gaps, [
      {
        about: 'identity-based',
        reason: 'access-denied',
        account: home,
        statement: { Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${other}:role/explainer-reader` },
      },
      { about: 'permissions-boundary' },
    ])
  })
})

t.test('the list of our own permissions holds every call that was made', async (t) => {
  const fake = await startFakeAws(t, world)
  const gatherer = await open(t)
  await gatherer.collect(ask({ user: 'jo', denial: { policyType: null, encodedMessage: 'encoded-blob' } }))
  await gatherer.collect(
    ask({
      role: 'bounded',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::own-bucket/x',
      denial: { policyType: null },
    }),
  )
  const listed = new Set(ownPermissions.map(({ action }) => action))
  const called = new Set(fake.calls.map(({ action }) => action))
  // AWS lets everybody ask who he is.
  called.delete('sts:GetCallerIdentity')
  t.strictSame(
    [...called].filter((action) => !listed.has(action)),
    [],
  )
})
