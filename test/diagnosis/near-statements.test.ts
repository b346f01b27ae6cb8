import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const object = 'arn:aws:s3:::ledger/2026/may.csv'
const lacking = denied('s3:GetObject', object, noIdentity('s3:GetObject'))

const causeOf = async (text: string, policies: Policies, context: Evidence['context'] = {}): Promise<Cause> => {
  const [diagnosis] = await diagnosesOf(text, policies, { context })
  const [cause] = diagnosis?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const stepsOf = ({ remedies }: Cause): readonly unknown[] => remedies.map(({ step }) => step)
const decisions = ({ remedies }: Cause): readonly unknown[] =>
  remedies.map(({ verification }) => verification?.decision)

t.test('a statement that misses on its condition too is not made to fit by another ARN', async (t) => {
  const through = { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } }
  const near = identity(allow('s3:GetObject', 'arn:aws:s3:::ledger/2025/*', through))
  const both = await causeOf(lacking, near, { 'aws:SourceVpce': 'vpce-9f8e7d6c' })
  t.equal(both.code, 'resource-arn-mismatch')
  t.match(both.facts, { key: 'aws:SourceVpce', values: 'vpce-1a2b3c4d', sent: 'vpce-9f8e7d6c' })
  t.strictSame(stepsOf(both), ['add-statement'])
  t.match(both.remedies[0], { readiness: 'needs-review', values: { past: 'aws:SourceVpce' } })
  t.strictSame(decisions(both), ['allowed'])

  const held = await causeOf(lacking, near, { 'aws:SourceVpce': 'vpce-1a2b3c4d' })
  t.strictSame(stepsOf(held), ['edit-statement', 'add-statement'], 'with the condition met the ARN is all')
  t.strictSame(decisions(held), ['allowed', 'allowed'])
  t.equal(held.facts['key'], undefined)

  const bucket = identity(allow('s3:GetObject', 'arn:aws:s3:::ledger', through))
  const form = await causeOf(lacking, bucket, { 'aws:SourceVpce': null })
  t.equal(form.code, 'object-arn-needed')
  t.match(form.facts, { key: 'aws:SourceVpce', sent: 'absent' })
  t.strictSame(decisions(form), ['allowed'])
})

t.test('nobody is let past what asks for MFA', async (t) => {
  const withMfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  const near = identity(allow('s3:GetObject', 'arn:aws:s3:::ledger/2025/*', withMfa))
  const both = await causeOf(lacking, near, { 'aws:MultiFactorAuthPresent': 'false' })
  t.equal(stepsOf(both)[0], 'assume-role-with-mfa')
  t.strictSame(
    both.remedies.flatMap(({ editedStatement }) => (editedStatement === null ? [] : [editedStatement.Condition])),
    [withMfa],
  )
})

t.test('what is no ARN does not stay beside one', async (t) => {
  const cause = await causeOf(lacking, identity(allow('s3:GetObject', ['s3://ledger/*', 'arn:aws:s3:::ledgers/*'])))
  t.strictSame(cause.remedies[0]?.editedStatement?.Resource, ['arn:aws:s3:::ledgers/*', object])
})

t.test('a statement that passes the role to another service, or one much like it', async (t) => {
  const role = 'arn:aws:iam::111122223333:role/task'
  const pass = (resource: string): string =>
    `An error occurred (AccessDeniedException) when calling the RunTask operation: ${denied('iam:PassRole', resource, noIdentity('iam:PassRole'))}`
  const to = (service: string) => ({ StringEquals: { 'iam:PassedToService': service } })
  const other = await causeOf(pass(role), identity(allow('iam:PassRole', role, to('ecs.amazonaws.com'))))
  t.equal(other.code, 'condition-mismatch')
  t.match(other.facts, { key: 'iam:PassedToService', values: 'ecs.amazonaws.com', sent: 'ecs-tasks.amazonaws.com' })
  t.strictSame(stepsOf(other), ['widen-condition', 'add-statement'])
  t.strictSame(decisions(other), ['allowed', 'allowed'])
  t.strictSame(other.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { 'iam:PassedToService': ['ecs.amazonaws.com', 'ecs-tasks.amazonaws.com'] },
  })
  const pathless = await causeOf(pass(role.replace('role/', 'role/jobs/')), identity(allow('iam:PassRole', role)))
  t.equal(pathless.code, 'resource-arn-mismatch')
  t.match(pathless.facts, { found: role, likeness: 'path' })
  t.strictSame(stepsOf(pathless), ['edit-statement', 'add-statement'])
  t.strictSame(decisions(pathless), ['allowed', 'allowed'])
  const unlike = await causeOf(pass(role), identity(allow('iam:PassRole', role.replace('task', 'billing'))))
  t.equal(unlike.code, 'pass-role')
  t.strictSame(stepsOf(unlike), ['add-statement'])
  const among = await causeOf(
    pass(role),
    identity(allow(['iam:PassRole', 'iam:GetRole'], role, to('ecs.amazonaws.com'))),
  )
  t.strictSame(stepsOf(among), ['add-statement'], 'other actions hang on the condition too')
  t.equal(among.code, 'condition-mismatch')

  const bare = `An error occurred (AccessDeniedException) when calling the RunTask operation: ${denied('iam:PassRole', role)}`
  const both = { StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', 'ecs-tasks.amazonaws.com'] } }
  for (const granting of [
    identity(allow('iam:PassRole', '*', both)),
    identity(allow('iam:PassRole', '*', to('ec2.amazonaws.com')), allow('iam:PassRole', role)),
  ])
    t.equal((await causeOf(bare, granting)).code, 'evaluation-allows', 'no statement is asked for that is there')

  const untold = denied('iam:PassRole', role, noIdentity('iam:PassRole'))
  const unknown = await causeOf(untold, identity(allow('iam:PassRole', '*', to('ec2.amazonaws.com'))))
  t.equal(unknown.code, 'condition-mismatch', 'AWS said that no statement allowed it')
  t.strictSame(unknown.remedies[0]?.statement?.Condition, {
    StringEquals: { 'iam:PassedToService': '<Service>.amazonaws.com' },
  })
  t.strictSame(unknown.remedies[1]?.editedStatement?.Condition, {
    StringEquals: { 'iam:PassedToService': ['ec2.amazonaws.com', '<Service>.amazonaws.com'] },
  })
  t.equal(unknown.remedies[1]?.alternative, true, 'it would hand over every role')
  for (const { statement } of unknown.remedies) t.not(statement?.Condition, undefined, 'no way past the condition')
  const open = await causeOf(
    denied('iam:PassRole', role),
    identity(allow('iam:PassRole', '*', to('ec2.amazonaws.com'))),
  )
  t.equal(open.confidence, 'possible', 'or something else refused')
})
