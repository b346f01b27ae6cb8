import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const at = 'arn:aws:ec2:eu-north-1:111122223333'
const sent = { StringEquals: { 'aws:RequestTag/team': 'data' } }
const own = { StringEquals: { 'aws:ResourceTag/team': 'data' } }
const causeOf = async (action: string, resource: string, ...policy: readonly Statement[]) =>
  (await diagnosesOf(denied(action, resource, noIdentity(action)), identity(...policy)))[0]?.causes[0]

t.test('what was there before the call gets none of its tags', async (t) => {
  const region = { StringEquals: { 'aws:RequestedRegion': 'eu-north-1' } }
  const both = { StringEquals: { ...sent.StringEquals, ...region.StringEquals } }
  const rows: readonly (readonly [action: string, resource: string, wanted: string])[] = [
    ['ec2:CreateSecurityGroup', `${at}:vpc/vpc-0123456789abcdef0`, `${at}:vpc/*`],
    ['ec2:CreateNetworkInterface', `${at}:subnet/subnet-0123456789abcdef0`, `${at}:subnet/*`],
    [
      'ec2:RunInstances',
      'arn:aws:ec2:eu-north-1::snapshot/snap-0123456789abcdef0',
      'arn:aws:ec2:eu-north-1::snapshot/*',
    ],
  ]
  for (const [action, resource, wanted] of rows) {
    const cause = await causeOf(action, resource, allow(action, '*', both))
    t.equal(cause?.code, 'companion-resource-needed', resource)
    t.match(cause?.remedies[0], { kind: 'add-identity-statement', statement: { Resource: wanted, Condition: region } })
    const one = await causeOf(action, resource, allow(action, resource, sent))
    t.equal(one?.remedies[0]?.statement?.Resource, resource, 'no more than the statement was for')
  }
  const tagging = await causeOf('ec2:CreateTags', `${at}:volume/vol-0123456789abcdef0`, allow('ec2:*', '*', sent))
  t.equal(tagging?.code, 'condition-mismatch', 'the call is there to set them')
  const created = await causeOf('ec2:CreateVolume', `${at}:volume/*`, allow('ec2:CreateVolume', '*', sent))
  t.equal(created?.code, 'condition-mismatch')
})

t.test('what the call creates has no tags yet', async (t) => {
  const created = `${at}:network-interface/*`
  const action = 'ec2:CreateNetworkInterface'
  const alone = await causeOf(action, created, allow(action, 'arn:aws:ec2:*:*:network-interface/*', own))
  t.match(alone, { code: 'condition-mismatch', remedies: [{ kind: 'edit-statement' }] })
  t.strictSame(alone?.remedies[0]?.editedStatement?.Condition, sent)
  const together = await causeOf(action, created, allow(action, '*', own))
  t.match(together?.remedies, [{ kind: 'add-identity-statement', statement: { Resource: created, Condition: sent } }])
  t.equal(together?.remedies[0]?.editedStatement, null, 'subnets and groups keep the condition')
  const there = await causeOf(action, `${at}:subnet/subnet-0123456789abcdef0`, allow(action, '*', own))
  t.equal(there?.remedies[0]?.step, 'tag-resource')
})

const explicit = 'with an explicit deny in an identity-based policy'
const denyOf = async (action: string, resource: string, statement: Statement, beside = '') =>
  (await diagnosesOf(denied(action, resource, explicit) + beside, identity(allow('*'), statement)))[0]?.causes[0]

t.test('a Deny that asks for a tag of what is still to be made hits every call', async (t) => {
  const untagged = { StringNotLike: { 'aws:ResourceTag/team': '?*' } }
  const sentNone = { StringNotLike: { 'aws:RequestTag/team': '?*' } }
  const volumes = 'arn:aws:ec2:*:*:volume/*'
  const alone = await denyOf('ec2:CreateVolume', `${at}:volume/*`, deny('ec2:CreateVolume', volumes, untagged))
  t.match(alone, { code: 'condition-mismatch', remedies: [{ kind: 'edit-statement', step: 'correct-condition' }] })
  t.equal(alone?.remedies.length, 1, 'nobody is exempted, and nothing the caller sends would do')
  t.strictSame(alone?.remedies[0]?.editedStatement, deny('ec2:CreateVolume', volumes, sentNone))
  const shared = await denyOf(
    'ec2:CreateVolume',
    `${at}:volume/*`,
    deny(['ec2:DeleteVolume', 'ec2:CreateVolume'], volumes, untagged),
  )
  t.match(shared?.remedies[0]?.editedStatement, { Action: 'ec2:DeleteVolume', Condition: untagged })
  t.match(shared?.remedies[0]?.statement, { Effect: 'Deny', Action: 'ec2:CreateVolume', Condition: sentNone })
  const there = await denyOf(
    'ec2:DeleteVolume',
    `${at}:volume/vol-0123456789abcdef0`,
    deny(['ec2:DeleteVolume', 'ec2:CreateVolume'], volumes, untagged),
  )
  t.equal(there?.code, 'explicit-deny-identity', 'what is there can carry the tag')
})

t.test('a tag that was given along, and asked for in a Deny, came too late', async (t) => {
  const guard = deny('sns:CreateTopic', '*', { Null: { 'aws:RequestTag/Owner': 'true' } })
  const topic = 'arn:aws:sns:eu-north-1:111122223333:bills'
  for (const told of [
    '\n  tags = {\n    Owner = "payments"\n  }',
    '\n$ aws sns create-topic --name bills --tags Key=Owner,Value=payments',
    '\nThe tag Owner is set in the template.',
  ]) {
    const cause = await denyOf('sns:CreateTopic', topic, guard, told)
    t.match(
      cause,
      { code: 'condition-mismatch', remedies: [{ kind: 'other', step: 'send-tags-in-create-call' }] },
      told,
    )
  }
  for (const told of ['', '\n  tags = {\n    Stage = "live"\n  }', '\nThe tag is missing'])
    t.equal((await denyOf('sns:CreateTopic', topic, guard, told))?.code, 'explicit-deny-identity', told)
})
