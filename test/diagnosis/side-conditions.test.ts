import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noResource, policies, trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const topic = 'arn:aws:sns:eu-west-1:444455556666:orders'
const caller = 'arn:aws:iam::111122223333:role/orders'

const causeOf = async (
  text: string,
  given: Parameters<typeof diagnosesOf>[1],
  context: Evidence['context'] = {},
): Promise<Cause> => {
  const [diagnosis] = await diagnosesOf(text, { ...identity(allow('*')), ...given }, { context })
  const [cause] = diagnosis?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const steps = ({ remedies }: Cause): readonly unknown[] => remedies.map(({ step, alternative }) => [step, alternative])

t.test('the condition of a resource’s policy', async (t) => {
  const publish = denied('sns:Publish', topic, noResource('sns:Publish'))
  const under = (Condition: Statement['Condition'], AWS = 'arn:aws:iam::111122223333:root') =>
    policies('resource-based', { ...allow('sns:Publish', topic, Condition), Principal: { AWS } })
  const org = await causeOf(publish, under({ StringEquals: { 'aws:PrincipalOrgID': 'o-aaaaaaaaaa' } }), {
    'aws:PrincipalOrgID': 'o-bbbbbbbbbb',
  })
  t.equal(org.code, 'condition-mismatch')
  t.match(org.facts, { key: 'aws:PrincipalOrgID', sent: 'o-bbbbbbbbbb' })
  t.match(org.remedies[0], { readiness: 'needs-review', values: { past: 'aws:PrincipalOrgID' } })
  const vpc = await causeOf(publish, under({ StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } }), {
    'aws:SourceVpc': null,
  })
  t.strictSame(steps(vpc), [
    ['meet-condition', false],
    ['allow-in-resource-policy', true],
  ])
  const silent = await causeOf(publish, {
    ...identity(allow('sns:Subscribe')),
    ...under({ StringEquals: { 'aws:SourceVpc': 'vpc-1a2b3c4d' } }),
  })
  t.equal(silent.code, 'cross-account-resource-side', 'both sides lack it')
  t.equal(silent.remedies[0]?.values['past'], 'aws:SourceVpc')
  const session = await causeOf(
    publish,
    under({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:assumed-role/orders/*' } }, '*'),
  )
  t.strictSame(session.remedies[0]?.editedStatement?.Condition, { ArnLike: { 'aws:PrincipalArn': caller } })
  const other = await causeOf(
    publish,
    under({ Bool: { 'aws:SecureTransport': 'true' } }, 'arn:aws:iam::777788889999:root'),
  )
  t.equal(other.code, 'cross-account-resource-side', 'a statement for others says nothing of this caller')
})

t.test('the condition of a key policy', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const via = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:CallerAccount': '111122223333' }
  const cause = await causeOf(
    denied('kms:Decrypt', key, noResource('kms:Decrypt')),
    policies('resource-based', { ...allow('kms:Decrypt', '*', { StringEquals: via }), Principal: { AWS: caller } }),
  )
  t.match(cause.facts, { key: 'kms:ViaService' })
  t.equal(cause.facts['key2'], undefined, 'the account is the caller’s')
  t.strictSame(steps(cause), [
    ['call-through-service', false],
    ['allow-in-key-policy', true],
  ])
})

t.test('the condition of a trust policy', async (t) => {
  const assume = denied('sts:AssumeRole', 'arn:aws:iam::444455556666:role/target')
  const trusting = (AWS: string, Condition: Statement['Condition']) =>
    trust({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...(Condition && { Condition }) })
  const id = { StringEquals: { 'sts:ExternalId': 'abc-123' } }
  const wrong = await causeOf(assume, trusting(caller, id), { 'sts:ExternalId': 'abc-124' })
  t.equal(wrong.facts['sent'], 'abc-124')
  t.strictSame(steps(wrong), [['send-external-id', false]])
  const stranger = await causeOf(assume, trusting('arn:aws:iam::111122223333:role/other', id))
  const added = stranger.remedies.find(({ statement }) => statement !== null)
  t.strictSame(added?.statement?.Condition, id, 'who is let in has to send it too')
  const mfa = await causeOf(assume, trusting(caller, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), {
    'aws:MultiFactorAuthPresent': null,
  })
  t.strictSame(steps(mfa), [['assume-role-with-mfa', false]], 'nothing goes past MFA')
  const plain = await causeOf(assume, trusting('arn:aws:iam::111122223333:role/other', undefined))
  t.strictSame(plain.remedies[0]?.statement?.Condition, undefined)
})

t.test('a service that calls for another resource than the policy names', async (t) => {
  const queue = 'arn:aws:sqs:eu-west-1:111122223333:orders'
  const source = (name: string): string => `arn:aws:sns:eu-west-1:111122223333:${name}`
  const text = `User: sns.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${queue} ${noResource('sqs:SendMessage')}`
  const given = policies('resource-based', {
    ...allow('sqs:SendMessage', queue, { ArnEquals: { 'aws:SourceArn': source('alert') } }),
    Principal: { Service: 'sns.amazonaws.com' },
  })
  const known = await causeOf(text, given, { 'aws:SourceArn': source('alerts') })
  t.equal(known.code, 'condition-mismatch')
  t.match(known.facts, { key: 'aws:SourceArn', values: source('alert'), sent: source('alerts') })
  t.strictSame(known.remedies[0]?.editedStatement?.Condition, {
    ArnEquals: { 'aws:SourceArn': [source('alert'), source('alerts')] },
  })
  t.equal(known.remedies[0]?.readiness, 'needs-review')
  const unknown = await causeOf(text, given)
  t.equal(unknown.code, 'service-principal-policy', 'nobody tells for which it called')
})

t.test('an instance has no MFA device to send a code of', async (t) => {
  const target = 'arn:aws:iam::444455556666:role/target'
  const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  const held = trust({ Effect: 'Allow', Principal: { AWS: caller }, Action: 'sts:AssumeRole', Condition: mfa })
  const asked = (session: string): string => denied('sts:AssumeRole', target, '', `assumed-role/orders/${session}`)
  const onInstance = await causeOf(asked('i-0f1e2d'), held)
  t.strictSame(steps(onInstance), [['allow-in-trust-policy', false]], 'the owner of the role decides')
  t.strictSame(steps(await causeOf(asked('anna'), held)), [['assume-role-with-mfa', false]])
})
