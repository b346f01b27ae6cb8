import t from 'tap'
import { grantsOutright, opensWidely } from '../../src/evidence/grants.ts'
import type { NamedPolicy, Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const object = 'arn:aws:s3:::ledger/2026/may.csv'
const lacking = denied('s3:GetObject', object, noIdentity('s3:GetObject'))
const refused = denied('s3:GetObject', object, 'with an explicit deny in an identity-based policy', 'user/ann')
const policy = (name: string, statement: Statement, more: Partial<NamedPolicy> = {}): NamedPolicy => ({
  name,
  document: { Version: '2012-10-17', Statement: [statement] },
  ...more,
})
const first = async (text: string, policies: Policies) => {
  const [diagnosis] = await diagnosesOf(text, policies)
  if (diagnosis?.causes[0] === undefined) throw new Error('no cause')
  return diagnosis.causes[0]
}
const steps = ({ remedies }: Awaited<ReturnType<typeof first>>) =>
  remedies.map(({ step, alternative }) => (alternative ? `or ${step}` : step))

t.test('a Deny of a policy that AWS keeps', async (t) => {
  const arn = 'arn:aws:iam::aws:policy/AWSDenyAll'
  for (const more of [{ arn }, { kind: 'aws-managed' }] as const) {
    const cause = await first(refused, { 'identity-based': [policy('AWSDenyAll', deny('*'), more)] })
    t.equal(cause.code, 'explicit-deny-identity')
    t.strictSame(steps(cause), ['replace-managed-policy'])
    t.match(cause.remedies[0], { editedStatement: null, commands: null, readiness: 'none', target: null })
  }
  const own = await first(refused, { 'identity-based': [policy('DenyAll', deny('*'))] })
  t.strictSame(steps(own), ['stay-within-rule', 'or exempt-in-identity-policy'])
  t.not(own.remedies[1]?.editedStatement, null, 'one of the account’s own is narrowed')
})

t.test('the quarantine of a leaked key, by the name of the policy that decides', async (t) => {
  const names = ['AWSCompromisedKeyQuarantine', 'AWSCompromisedKeyQuarantineV2', 'AWSCompromisedKeyQuarantineV3']
  for (const name of names)
    for (const more of [{}, { arn: `arn:aws:iam::aws:policy/${name}` }])
      t.equal(
        (await first(refused, { 'identity-based': [policy(name, deny('s3:*'), more)] })).code,
        'key-quarantined',
        name,
      )
  const beside = await first(refused, {
    'identity-based': [policy('AWSCompromisedKeyQuarantineV3', deny('iam:*')), policy('own', deny('s3:*'))],
  })
  t.equal(beside.code, 'explicit-deny-identity', 'another Deny decides')
  const likeIt = await first(refused, { 'identity-based': [policy('NoAWSCompromisedKeyQuarantine', deny('s3:*'))] })
  t.equal(likeIt.code, 'explicit-deny-identity')
})

t.test('a boundary that AWS keeps is replaced, not edited', async (t) => {
  const text = denied('s3:GetObject', object, 'because no permissions boundary allows the s3:GetObject action')
  const boundary = (more: Partial<NamedPolicy>): Policies => ({
    'identity-based': [policy('own', allow('s3:*'))],
    'permissions-boundary': [policy('cap', allow('ec2:*'), more)],
  })
  const kept = await first(text, boundary({ arn: 'arn:aws:iam::aws:policy/job-function/NetworkAdministrator' }))
  t.match(kept, { code: 'boundary-not-allowed' })
  t.strictSame(steps(kept), ['replace-managed-policy'])
  t.match(kept.remedies[0]?.statement, { Action: 's3:GetObject' }, 'what it has to hold is shown')
  const own = await first(text, boundary({ arn: 'arn:aws:iam::111122223333:policy/cap' }))
  t.strictSame(steps(own), ['allow-in-boundary'])
})

t.test('a customer managed policy may be others’ too: a statement of the principal’s own goes first', async (t) => {
  const near = allow('s3:GetObject', 'arn:aws:s3:::ledger/2025/*')
  for (const more of [{ kind: 'managed' }, { arn: 'arn:aws:iam::111122223333:policy/team' }] as const) {
    const cause = await first(lacking, { 'identity-based': [policy('team', near, more)] })
    t.equal(cause.code, 'resource-arn-mismatch')
    t.strictSame(steps(cause), ['add-statement', 'or edit-statement'])
    t.strictSame(
      cause.remedies.map(({ readiness }) => readiness),
      ['ready', 'needs-review'],
    )
  }
  const inline = await first(lacking, { 'identity-based': [policy('own', near, { kind: 'inline' })] })
  t.strictSame(steps(inline), ['edit-statement'])
  t.match(inline.remedies[0], { readiness: 'ready' })
  const kept = await first(lacking, {
    'identity-based': [policy('Reader', near, { arn: 'arn:aws:iam::aws:policy/Reader' })],
  })
  t.strictSame(steps(kept), ['add-statement'], 'one of AWS’s is not edited at all')
  const star = allow('s3:ListAllMyBuckets', 'arn:aws:s3:::ledger')
  const list = denied('s3:ListAllMyBuckets', '*', noIdentity('s3:ListAllMyBuckets'))
  const needsStar = await first(list, { 'identity-based': [policy('team', star, { kind: 'managed' })] })
  t.equal(needsStar.code, 'action-needs-star')
  t.strictSame(steps(needsStar), ['add-statement', 'or edit-statement'])
})

t.test('a service-linked role has the policy that AWS gave it', async (t) => {
  const who = 'assumed-role/AWSServiceRoleForECS/ECS'
  const cause = await first(
    denied(
      'kinesis:PutRecord',
      'arn:aws:kinesis:eu-west-1:111122223333:stream/s',
      noIdentity('kinesis:PutRecord'),
      who,
    ),
    {
      'identity-based': [policy('AmazonECSServiceRolePolicy', allow('ec2:*'), { kind: 'aws-managed' })],
    },
  )
  for (const { target, step } of cause.remedies) t.not(target?.policyType, 'identity-based', step)
  const [diagnosis] = await diagnosesOf(
    denied('kinesis:PutRecord', 'arn:aws:kinesis:eu-west-1:111122223333:stream/s', noIdentity('kinesis:PutRecord')),
  )
  t.ok(
    diagnosis?.causes[0]?.remedies.some(({ target }) => target?.policyType === 'identity-based'),
    'another role is given it',
  )
})

t.test('the policy of an AWS managed key', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const through = {
    ...allow(['kms:Decrypt', 'kms:GenerateDataKey*'], '*', {
      StringEquals: { 'kms:CallerAccount': '111122223333', 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    }),
    Sid: 'Allow access through S3 for all principals in the account that are authorized to use S3',
    Principal: { AWS: '*' },
  }
  const root = (action: string) => ({ ...allow(action), Principal: { AWS: 'arn:aws:iam::111122223333:root' } })
  const given = (...statements: readonly Statement[]): Policies => ({
    'identity-based': [policy('own', allow('kms:*'))],
    'resource-based': [{ name: 'key', document: { Version: '2012-10-17', Statement: statements } }],
  })
  const text = `User: arn:aws:sts::444455556666:assumed-role/guest/s is not authorized to perform: kms:Decrypt on resource: ${key} because no resource-based policy allows the kms:Decrypt action`
  const ofAws = await first(text, given(through, root('kms:Describe*')))
  t.strictSame(steps(ofAws), ['use-customer-managed-key', 'allow-in-key-policy'])
  t.match(ofAws.remedies[1], { target: { policyName: null }, policyDocument: null })
  const own = await first(text, given(through, root('kms:*')))
  t.strictSame(steps(own).slice(0, 1), ['allow-in-key-policy'], 'the same words in a policy that can be changed')
  const [diagnosis] = await diagnosesOf(text, given(through, root('kms:Describe*')))
  t.equal(diagnosis?.verdict?.decision, 'implicitDeny', 'the caller’s account is known')
})

t.test('what is not attached is offered where it does not open far more', (t) => {
  const document = (...statements: readonly Statement[]) => ({ Version: '2012-10-17', Statement: statements })
  const rows: readonly (readonly [name: string, document: unknown, wide: boolean])[] = [
    ['a service on everything', document(allow('s3:*')), true],
    ['reading everything', document(allow(['s3:Get*', 's3:List*'])), true],
    ['everything', document(allow('*')), true],
    ['all but one service', document({ Effect: 'Allow', NotAction: 'iam:*', Resource: object }), true],
    ['a service on one bucket', document(allow('s3:*', ['arn:aws:s3:::ledger', 'arn:aws:s3:::ledger/*'])), false],
    ['one action on everything', document(allow('s3:GetObject')), false],
    ['a Deny of everything beside it', document(allow('s3:GetObject', object), deny('iam:*')), false],
  ]
  for (const [name, given, wide] of rows) t.equal(opensWidely(given), wide, name)
  t.ok(grantsOutright(rows[0]?.[1], [{ action: 's3:GetObject', resource: object }]))
  t.end()
})
