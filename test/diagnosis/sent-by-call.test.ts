import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, noIdentity, scp } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/** What a condition asks of the request can only be sent by a call that has a parameter for it. */

const boundary = 'arn:aws:iam::111122223333:policy/team-ceiling'
const demands: Statement['Condition'] = { StringEquals: { 'iam:PermissionsBoundary': boundary } }
const on = { role: 'arn:aws:iam::111122223333:role/batch/reports', user: 'arn:aws:iam::111122223333:user/ana' }
const volume = 'arn:aws:ec2:eu-west-1:111122223333:volume/vol-0123456789abcdef0'

const first = async (action: string, resource: string, Condition: Statement['Condition']) => {
  const [diagnosis] = await diagnosesOf(
    denied(action, resource, noIdentity(action)),
    identity(allow([action, 's3:GetObject'], '*', Condition)),
  )
  return diagnosis?.causes[0]
}

t.test('a boundary is set by the calls that create or set it, and carried in all others', async (t) => {
  for (const [action, resource] of [
    ['iam:CreateRole', on.role],
    ['iam:CreateUser', on.user],
    ['iam:PutRolePermissionsBoundary', on.role],
  ] as const) {
    const cause = await first(action, resource, demands)
    t.equal(cause?.code, 'boundary-required')
    t.equal(cause?.remedies[0]?.step, 'pass-boundary', action)
  }
  for (const [action, resource, command] of [
    ['iam:PutRolePolicy', on.role, 'put-role-permissions-boundary --role-name reports'],
    ['iam:AttachRolePolicy', on.role, 'put-role-permissions-boundary --role-name reports'],
    ['iam:DeleteRolePolicy', on.role, 'put-role-permissions-boundary --role-name reports'],
    ['iam:PutUserPolicy', on.user, 'put-user-permissions-boundary --user-name ana'],
  ] as const) {
    const cause = await first(action, resource, demands)
    t.equal(cause?.code, 'boundary-required')
    t.equal(cause?.remedies[0]?.step, 'carry-boundary', action)
    t.match(cause?.remedies[0]?.command, `${command} --permissions-boundary ${boundary}`)
  }
  const answer = await answerOf(
    denied('iam:PutRolePolicy', on.role, 'with an explicit deny in an identity-based policy'),
    identity(allow('*'), deny('iam:*', '*', { StringNotEquals: { 'iam:PermissionsBoundary': boundary } })),
  )
  t.match(answer?.summary, 'the role or user that it changes carries')
  t.match(answer?.summary, 'Give the role `reports` the permissions boundary')
})

t.test('tags that a call does not send are never there', async (t) => {
  const cause = await first('ec2:DeleteVolume', volume, { StringEquals: { 'aws:RequestTag/team': 'data' } })
  t.equal(cause?.code, 'condition-mismatch')
  t.equal(cause?.facts['sent'], 'absent')
  const [remedy] = cause?.remedies ?? []
  t.strictSame(remedy?.statement?.Condition, { StringEquals: { 'aws:ResourceTag/team': 'data' } })
  t.equal(remedy?.readiness, 'needs-review')
  const keys = await first('ec2:DeleteVolume', volume, { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } })
  t.strictSame(keys?.remedies[0]?.statement?.Condition, { StringEquals: { 'aws:ResourceTag/<TagKey>': '<TagValue>' } })
  const [ruled] = await diagnosesOf(
    denied('ec2:DeleteVolume', volume, 'with an explicit deny in a service control policy'),
    { ...identity(allow('*')), ...scp(allow('*'), deny('ec2:*', '*', { Null: { 'aws:RequestTag/cost': 'true' } })) },
  )
  t.notMatch(
    ruled?.causes[0]?.remedies.map(({ step }) => step),
    ['send-tags-in-create-call'],
  )
})

t.test('a list of allowed tag keys wants one less, or one more in the list', async (t) => {
  const listed: Statement['Condition'] = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Name', 'team'] } }
  const cause = await first('ec2:CreateTags', volume, listed)
  t.strictSame(
    cause?.remedies.map(({ step }) => step),
    ['send-allowed-tags', 'widen-condition'],
  )
  t.strictSame(cause?.remedies[1]?.editedStatement?.Condition, {
    'ForAllValues:StringEquals': { 'aws:TagKeys': ['Name', 'team', '<TagKey>'] },
  })
  const tagging = await first('ec2:CreateTags', volume, { StringEquals: { 'aws:RequestTag/team': 'data' } })
  t.equal(tagging?.remedies[0]?.step, 'send-tags-in-this-call')
  const creating = await first('ec2:CreateVolume', volume, { StringEquals: { 'aws:RequestTag/team': 'data' } })
  t.equal(creating?.remedies[0]?.step, 'send-tags-in-create-call')
})
