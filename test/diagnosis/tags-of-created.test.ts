import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noIdentity } from './case-row.ts'
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
