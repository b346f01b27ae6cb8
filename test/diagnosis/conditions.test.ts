import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, denied, deny, identity, noIdentity, resource, scp } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const bucket = 'arn:aws:s3:::orders-archive'

/** The first cause of a denied call, with these policies and this context. */
const causeOf = async (text: string, policies: Policies, context: Evidence['context'] = {}): Promise<Cause> => {
  const [diagnosis] = await diagnosesOf(text, policies, { context })
  const [cause] = diagnosis?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const read = (action: string, resource: string): string => denied(action, `"${resource}"`, noIdentity(action))

t.test('a key that the action never has', async (t) => {
  const prefix = { StringLike: { 's3:prefix': 'reports/*' } }
  const alone = await causeOf(
    read('s3:GetObject', `${bucket}/reports/a.csv`),
    identity(allow('s3:GetObject', `${bucket}/*`, prefix)),
  )
  t.strictSame(alone.remedies[0]?.editedStatement, allow('s3:GetObject', `${bucket}/reports/*`))
  const shared = identity(allow(['s3:GetObject', 's3:ListBucket'], [bucket, `${bucket}/*`], prefix))
  const beside = await causeOf(read('s3:GetObject', `${bucket}/reports/a.csv`), shared)
  t.equal(beside.remedies[0]?.editedStatement, null, 'what the condition still limits stays as it is')
  t.match(beside.remedies[0]?.statement, allow('s3:GetObject', `${bucket}/reports/*`))
  t.strictSame(beside.remedies[1]?.editedStatement, allow(['s3:ListBucket'], [bucket, `${bucket}/*`], prefix))
  t.equal(beside.remedies[0]?.verification?.decision, 'allowed')
  const outside = await causeOf(read('s3:GetObject', `${bucket}/logs/a.csv`), shared)
  t.match(outside.remedies[0]?.statement, allow('s3:GetObject', `${bucket}/logs/a.csv`))
  const byPattern = await causeOf(
    read('s3:GetObject', `${bucket}/reports/a.csv`),
    identity(allow('s3:*', [bucket, `${bucket}/*`], prefix)),
  )
  t.match(byPattern.remedies[0]?.statement, allow('s3:GetObject', `${bucket}/reports/*`))
  t.equal(byPattern.remedies.length, 1, 'a pattern cannot be split')
})

type Block = Statement['Condition']
const object = `${bucket}/reports/a.csv`

/** An Allow of the call under a condition, and nothing else. */
const under = (condition: Block, context: Evidence['context'] = {}): Promise<Cause> =>
  causeOf(read('s3:GetObject', object), identity(allow('s3:GetObject', `${bucket}/*`, condition)), context)

const role = 'arn:aws:iam::111122223333:role/orders'

t.test('a condition that no request meets is corrected', async (t) => {
  const rows: readonly (readonly [string, Block, Evidence['context'], Block])[] = [
    [
      'a wildcard that is none',
      { StringEquals: { 's3:ExistingObjectTag/class': 'pub*' } },
      { 's3:ExistingObjectTag/class': 'public' },
      { StringLike: { 's3:ExistingObjectTag/class': 'pub*' } },
    ],
    [
      'a session for its role',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:assumed-role/orders/*' } },
      {},
      { ArnLike: { 'aws:PrincipalArn': role } },
    ],
    [
      'a key that is not there',
      { StringEquals: { 'aws:SourceVpcEndpoint': 'vpce-1a2b3c4d' } },
      {},
      { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
    ],
    [
      'a private address',
      { IpAddress: { 'aws:SourceIp': '10.20.0.0/16' } },
      { 'aws:SourceIp': null, 'aws:VpcSourceIp': '10.20.1.1' },
      { IpAddress: { 'aws:VpcSourceIp': '10.20.0.0/16' } },
    ],
  ]
  for (const [name, before, context, after] of rows) {
    const { code, remedies } = await under(before, context)
    t.equal(code, 'condition-mismatch', name)
    t.strictSame(remedies[0]?.editedStatement?.Condition, after, name)
    t.equal(remedies[0]?.step, 'correct-condition', name)
    t.equal(remedies[0]?.readiness, 'needs-review', name)
  }
})

t.test('a condition that others meet stays, and no edit repeats what stands there', async (t) => {
  const rows: readonly (readonly [string, Block, Evidence['context'], string])[] = [
    [
      'a wildcard that would not fit either',
      { StringEquals: { 'aws:UserAgent': 'a*' } },
      { 'aws:UserAgent': 'b' },
      'meet-condition',
    ],
    ['a public address', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, {}, 'meet-condition'],
    ['a key of the newest', { StringEquals: { 'aws:NewKeyOfAws': 'a' } }, {}, 'meet-condition'],
    ['HTTPS', { Bool: { 'aws:SecureTransport': 'true' } }, {}, 'meet-condition'],
    ['a date', { DateLessThan: { 'aws:CurrentTime': '2026-06-30T00:00:00Z' } }, {}, 'correct-condition'],
    [
      'a service that has to call',
      { StringEquals: { 'aws:CalledVia': 'athena.amazonaws.com' } },
      {},
      'call-through-service',
    ],
    [
      'a service that calls for itself',
      { StringEquals: { 'aws:SourceAccount': '111122223333' } },
      {},
      'correct-condition',
    ],
    [
      'another session',
      { ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:assumed-role/other/*' } },
      {},
      'correct-condition',
    ],
    ['a tag of the caller', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }, {}, 'tag-principal'],
  ]
  for (const [name, condition, context, step] of rows) {
    const { remedies } = await under(condition, context)
    t.equal(remedies[0]?.step, step, name)
    const before = JSON.stringify(condition)
    t.notOk(
      remedies.some(({ editedStatement }) => JSON.stringify(editedStatement?.Condition) === before),
      name,
    )
  }
  const { remedies } = await under({ StringEquals: { 'aws:PrincipalTag/team': 'blue' } })
  t.equal(remedies[0]?.command, 'aws iam tag-role --role-name orders --tags Key=team,Value=blue')
})

t.test('what the request had may be added by the owner', async (t) => {
  const { remedies } = await under(
    { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    { 'aws:RequestedRegion': 'eu-west-1' },
  )
  const added = remedies[1]
  t.strictSame(added?.editedStatement?.Condition, {
    StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-west-1'] },
  })
  t.match(added, { alternative: true, readiness: 'needs-review', verification: { decision: 'allowed' } })
})

t.test('an Allow past a tag is never first and never ready', async (t) => {
  const byTag = await under({ StringEquals: { 's3:ExistingObjectTag/public': 'true' } })
  t.strictSame(
    byTag.remedies.map(({ step, readiness }) => [step, readiness]),
    [
      ['tag-resource', 'none'],
      ['add-statement', 'needs-review'],
    ],
  )
  t.equal(byTag.remedies[1]?.values['past'], 's3:ExistingObjectTag/public')
  const ofGroup = await under({
    StringEquals: { 's3:ExistingObjectTag/class': 'public', 's3:ExistingObjectTag/stage': 'live' },
  })
  t.strictSame(
    ofGroup.remedies.map(({ step, values, statement }) => [step, values['key'], statement]),
    [
      ['tag-resource', 's3:ExistingObjectTag/class', null],
      ['tag-resource', 's3:ExistingObjectTag/stage', null],
      ['correct-condition', 's3:ExistingObjectTag/class', null],
    ],
    'a value sets one group apart, and nobody is let past it',
  )
  const ofBoth = await under({ StringEquals: { 's3:ExistingObjectTag/team': '${aws:PrincipalTag/team}' } })
  t.equal(ofBoth.facts['here'], undefined, 'nobody knows the tag')
  const known = await under(
    { StringEquals: { 's3:ExistingObjectTag/team': '${aws:PrincipalTag/team}' } },
    { 's3:ExistingObjectTag/team': 'green', 'aws:PrincipalTag/team': 'blue' },
  )
  t.match(known.facts, { here: 'blue', sent: 'green' })
  t.strictSame(
    ofBoth.remedies.map(({ step }) => step),
    ['tag-resource', 'tag-principal', 'correct-condition'],
  )
})

t.test('what is not there has no tags', async (t) => {
  const tagged = { StringEquals: { 'ssm:ResourceTag/stage': 'live' } }
  const at = (name: string): string => `arn:aws:ssm:eu-central-1:444455556666:parameter/${name}`
  const asked = async (action: string, resource: string, condition: Block = tagged) =>
    (await diagnosesOf(denied(action, resource, noIdentity(action)), identity(allow(action, '*', condition))))[0]
      ?.causes
  const named = await asked('ssm:GetParameters', at('DB_URL'))
  t.match(named, [
    { code: 'condition-mismatch', remedies: [{ step: 'tag-resource', values: { key: 'ssm:ResourceTag/stage' } }, {}] },
    { code: 'resource-not-found-as-denied', confidence: 'possible' },
  ])
  t.equal(named?.[0]?.facts['sent'], undefined, 'AWS has the key for parameters, and nobody knows its value')
  t.ok(named?.[0]?.remedies.every(({ statement }) => statement === null))
  const group =
    'arn:aws:autoscaling:us-east-1:444455556666:autoScalingGroup:0a1b2c3d-0000-4000-8000-111122223333:autoScalingGroupName/web'
  const byId = await asked('autoscaling:UpdateAutoScalingGroup', group, {
    StringEquals: { 'autoscaling:ResourceTag/stage': 'live' },
  })
  const isAbsent = ({ code }: Cause): boolean => code === 'resource-not-found-as-denied'
  t.notOk(byId?.some(isAbsent), 'AWS printed an id that it gave')
  const byVpc = await asked('ssm:GetParameters', at('DB_URL'), { StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } })
  t.notOk(byVpc?.some(isAbsent))
})

t.test('the keys of one statement', async (t) => {
  const net: Block = {
    StringNotEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' },
    NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
  }
  const text = denied('s3:GetObject', `"${object}"`, 'with an explicit deny in a resource-based policy')
  const both = await causeOf(text, {
    ...identity(allow('*')),
    ...resource({ ...deny('s3:*', '*', net), Principal: '*' }),
  })
  t.match(both.facts, {
    key: 'aws:SourceVpc',
    key2: 'aws:SourceIp',
    operator2: 'NotIpAddress',
    values2: '203.0.113.0/24',
  })
  const held: Block = {
    StringEquals: { 'aws:RequestedRegion': 'us-east-1' },
    Bool: { 'aws:SecureTransport': 'true' },
  }
  const one = await under(held, { 'aws:RequestedRegion': 'eu-west-1', 'aws:SecureTransport': 'true' })
  t.equal(one.facts['key'], 'aws:RequestedRegion')
  t.equal(one.facts['key2'], undefined, 'what held is not told')
  const untagged = await causeOf(
    denied(
      'ec2:RunInstances',
      'arn:aws:ec2:eu-west-1:111122223333:instance/*',
      'with an explicit deny in a service control policy',
    ),
    { ...identity(allow('*')), ...scp(deny('ec2:RunInstances', '*', { Null: { 'aws:RequestTag/cost': 'true' } })) },
  )
  t.match(untagged.facts, { key: 'aws:RequestTag/cost', operator: 'Null' })
  t.equal(untagged.remedies[0]?.step, 'send-tags-in-create-call')
})

t.test('nobody sends who calls, or when', async (t) => {
  const fence = async (condition: Block, action = 's3:GetObject', on = `"${object}"`): Promise<readonly string[]> => {
    const text = denied(action, on, 'with an explicit deny in a service control policy')
    const { remedies } = await causeOf(text, { ...identity(allow('*')), ...scp(deny('*', '*', condition)) })
    return remedies.map(({ step }) => step)
  }
  t.strictSame(await fence({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/admin-*' } }), [
    'exempt-in-scp',
    'use-spared-role',
  ])
  t.strictSame(await fence({ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }), ['exempt-in-scp'])
  const region = { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } }
  t.strictSame(await fence(region), ['stay-within-rule', 'exempt-in-scp'])
  const ofIam = await fence(region, 'iam:CreateRole', 'arn:aws:iam::111122223333:role/new')
  t.strictSame(ofIam, ['exempt-in-scp'], 'IAM is asked in one Region only')
  t.strictSame(await fence({ StringNotEquals: { 'aws:SourceVpcEndpoint': 'vpce-1a2b3c4d' } }), [
    'correct-condition',
    'exempt-in-scp',
  ])
})

t.test('MFA is sent by whoever can send it', async (t) => {
  const asks = allow('*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })
  const by = async (who: string) => {
    const text = denied('s3:GetObject', `"${object}"`, noIdentity('s3:GetObject'), who)
    const { code, remedies } = await causeOf(text, identity(asks))
    t.equal(code, 'mfa-required', who)
    return remedies
  }
  const [user] = await by('user/ana')
  t.match(user?.command, /^aws sts get-session-token --serial-number arn:aws:iam::111122223333:mfa\/ana /u)
  const [session] = await by('assumed-role/orders/ana')
  t.equal(session?.step, 'assume-role-with-mfa')
  t.match(session?.command, /^aws sts assume-role --role-arn arn:aws:iam::111122223333:role\/orders /u)
  t.match(session?.command, /mfa\/<UserName>/u)
  const [machine] = await by('assumed-role/orders/i-0abc1234567890def')
  t.equal(machine?.step, 'correct-condition', 'an instance has no device')
  t.equal(machine?.command, null)
  const fence = scp(deny('*', '*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }))
  const text = (who: string): string =>
    denied('s3:GetObject', `"${object}"`, 'with an explicit deny in a service control policy', who)
  const denying = async (who: string) =>
    (await causeOf(text(who), { ...identity(allow('*')), ...fence })).remedies.map(({ step }) => step)
  t.strictSame(await denying('user/ana'), ['use-mfa-session'])
  t.strictSame(await denying('assumed-role/orders/i-0abc1234567890def'), ['exempt-in-scp'])
})

t.test('another service calls than the one of the condition', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const via = (service: string): Block => ({ StringEquals: { 'kms:ViaService': service } })
  const text = read('kms:Decrypt', key)
  const context = { 'kms:ViaService': 'ssm.eu-west-1.amazonaws.com' }
  const wide = await causeOf(text, identity(allow('kms:Decrypt', '*', via('sqs.eu-west-1.amazonaws.com'))), context)
  t.match(wide.remedies[0]?.statement, allow('kms:Decrypt', key, via('ssm.eu-west-1.amazonaws.com')))
  t.equal(wide.remedies[0]?.verification?.decision, 'allowed')
  const own = await causeOf(text, identity(allow('kms:Decrypt', key, via('sqs.eu-west-1.amazonaws.com'))), context)
  t.strictSame(own.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { 'kms:ViaService': ['sqs.eu-west-1.amazonaws.com', 'ssm.eu-west-1.amazonaws.com'] },
  })
  const chain = await causeOf(
    text,
    identity(allow('kms:Decrypt', key, { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'sqs.amazonaws.com' } })),
    { 'aws:CalledVia': ['cloudformation.amazonaws.com', 'dynamodb.amazonaws.com'] },
  )
  t.match(chain.remedies[0]?.editedStatement?.Condition, {
    'ForAnyValue:StringEquals': { 'aws:CalledVia': ['sqs.amazonaws.com', 'dynamodb.amazonaws.com'] },
  })
  const guard = deny('kms:*', '*', { StringNotEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } })
  const kept = await causeOf(
    denied('kms:Decrypt', `"${key}"`, 'with an explicit deny in an identity-based policy'),
    identity(allow('kms:*'), guard),
    context,
  )
  t.notOk(kept.remedies.some(({ step }) => step === 'call-through-service'))
})

t.test('MFA that is too old is not absent', async (t) => {
  const young: Block = { NumericLessThan: { 'aws:MultiFactorAuthAge': '900' } }
  const policy = identity(allow('s3:GetObject', `${bucket}/*`, young))
  const had = { context: { 'aws:MultiFactorAuthAge': '4000' } }
  const old = await answerOf(read('s3:GetObject', object), policy, had)
  t.match(old?.causes[0], { code: 'mfa-required', title: /too long ago/u, explanation: /`4000` seconds/u })
  t.match((await answerOf(read('s3:GetObject', object), policy, had, 'ko'))?.causes[0]?.title, '너무 오래됨')
  t.match((await answerOf(read('s3:GetObject', object), policy))?.causes[0]?.title, 'has none')
})

t.test('through a VPC endpoint there is no address to compare', async (t) => {
  const office = { 'aws:SourceIp': '198.51.100.0/24' }
  const context = { 'aws:SourceIp': null, 'aws:SourceVpc': 'vpc-0a1b2c3d', 'aws:VpcSourceIp': '10.1.0.9' }
  const denying = identity(allow('s3:*'), deny('s3:*', '*', { NotIpAddress: office }))
  const text = denied('s3:GetObject', object, 'with an explicit deny in an identity-based policy')
  const spared = await causeOf(text, denying, context)
  t.strictSame(spared.remedies[0]?.editedStatement?.Condition, {
    NotIpAddress: office,
    StringNotEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' },
  })
  t.equal(spared.remedies[0]?.verification?.decision, 'allowed')
  t.notOk(spared.remedies.some(({ step }) => step === 'meet-condition'))
  const elsewhere = await causeOf(text, denying, { 'aws:SourceIp': '203.0.113.9' })
  t.equal(elsewhere.remedies[0]?.step, 'meet-condition', 'it can be sent from there')
  const own = await under({ IpAddress: office }, context)
  t.match(own.remedies[0]?.statement?.Condition, { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } })
  t.notOk(own.remedies.some(({ step }) => step === 'meet-condition'))
})
