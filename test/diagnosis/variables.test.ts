import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, noIdentity } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const ofVersion = (
  Version: string | undefined,
  ...Statement: readonly Statement[]
): NonNullable<Policies['identity-based']> => [
  { name: 'home', document: { ...(Version === undefined ? {} : { Version }), Statement } },
]
const causeOf = async (text: string, policies: Policies, context: Evidence['context'] = {}): Promise<Cause> => {
  const [diagnosis] = await diagnosesOf(text, policies, { context })
  const [cause] = diagnosis?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const changes = ({ remedies }: Cause): readonly unknown[] =>
  remedies.map(({ step, verification }) => [step, verification?.decision])

const mine = 'arn:aws:s3:::home/ana/notes.txt'
const read = denied('s3:GetObject', mine, noIdentity('s3:GetObject'), 'user/ana')
const byName = allow('s3:*', 'arn:aws:s3:::home/${aws:username}/*')

t.test('an old Version is raised where variables were meant', async (t) => {
  for (const version of ['2008-10-17', undefined]) {
    const cause = await causeOf(read, { 'identity-based': ofVersion(version, byName) })
    t.equal(cause.code, 'resource-arn-mismatch')
    t.match(cause.facts, { variables: 'old-version', statement: '1' })
    t.strictSame(changes(cause), [['raise-version', 'allowed']])
    t.strictSame(cause.remedies[0]?.policyDocument, { Version: '2012-10-17', Statement: [byName] })
    t.strictSame(cause.remedies[0]?.verification?.alsoAllowed, [
      { action: 's3:*', resource: 'arn:aws:s3:::home/${aws:username}/*' },
    ])
  }
  t.match(
    await summaryOf(read, { 'identity-based': ofVersion('2008-10-17', byName) }),
    '`${…}` is taken as it stands there, since policy variables count only in documents of Version `2012-10-17`',
  )
})

t.test('what the variable stands for need not be known: there it stands for itself', async (t) => {
  const ofTeam = allow('s3:GetObject', 'arn:aws:s3:::home/${aws:PrincipalTag/team}/*')
  const cause = await causeOf(read, { 'identity-based': ofVersion('2008-10-17', ofTeam) })
  t.match(cause, { code: 'resource-arn-mismatch', facts: { variables: 'old-version' } })
  t.strictSame(changes(cause), [['raise-version', 'unknown']])
})

t.test('conditions and Denies too', async (t) => {
  const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf'
  const get = denied('secretsmanager:GetSecretValue', secret, noIdentity('secretsmanager:GetSecretValue'))
  const ofTeam = allow('secretsmanager:GetSecretValue', '*', {
    StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' },
  })
  const tags = { 'aws:PrincipalTag/team': 'blue', 'aws:ResourceTag/team': 'blue' }
  const old = await causeOf(get, { 'identity-based': ofVersion('2008-10-17', ofTeam) }, tags)
  t.equal(old.code, 'condition-mismatch')
  t.strictSame(changes(old), [['raise-version', 'allowed']])
  const others = { ...tags, 'aws:ResourceTag/team': 'green' }
  const differ = await causeOf(get, { 'identity-based': ofVersion('2008-10-17', ofTeam) }, others)
  t.not(differ.facts['variables'], 'old-version', 'it would not help')
  const guard = Object.fromEntries(
    Object.entries({ ...deny('s3:*'), NotResource: 'arn:aws:s3:::home/${aws:username}/*' }).filter(
      ([name]) => name !== 'Resource',
    ),
  ) as unknown as Statement
  const refused = denied('s3:GetObject', mine, 'with an explicit deny in an identity-based policy', 'user/ana')
  const denying = await causeOf(refused, { 'identity-based': ofVersion('2008-10-17', allow('s3:*'), guard) })
  t.equal(denying.code, 'explicit-deny-identity')
  t.strictSame(changes(denying)[0], ['raise-version', 'allowed'])
  const right = await causeOf(refused.replaceAll('home/ana', 'home/bob'), {
    'identity-based': ofVersion('2008-10-17', allow('s3:*'), guard),
  })
  t.not(right.remedies[0]?.step, 'raise-version')
})

t.test('the value that the tag has to have follows from the ARN, and a default is told', async (t) => {
  const text = denied('s3:GetObject', 'arn:aws:s3:::home/blue/notes.txt', noIdentity('s3:GetObject'))
  const tagIn = async (arn: string, context: Evidence['context'] = {}) => {
    const cause = await causeOf(
      text,
      { 'identity-based': ofVersion('2012-10-17', allow('s3:GetObject', arn)) },
      context,
    )
    return [cause.facts['variables'], cause.facts['here'], cause.remedies[0]?.command?.split('--tags ')[1]]
  }
  const without = { 'aws:PrincipalTag/team': null }
  const of = 'arn:aws:s3:::home/${aws:PrincipalTag/team}/*'
  t.strictSame(await tagIn(of), ['not-known', undefined, 'Key=team,Value=blue'])
  t.strictSame(await tagIn(of, without), ['no-value', undefined, 'Key=team,Value=blue'])
  const shared = "arn:aws:s3:::home/${aws:PrincipalTag/team, 'shared'}/*"
  t.strictSame(await tagIn(shared, without), ['default', 'shared', 'Key=team,Value=blue'])
  const behindWildcard = 'arn:aws:s3:::*/${aws:PrincipalTag/team}-*'
  t.strictSame(await tagIn(behindWildcard, without), ['no-value', undefined, "'Key=team,Value=<TagValue>'"])
})

t.test('a variable that does not come to what was asked for is not undone by another ARN', async (t) => {
  const asRole = denied('s3:GetObject', 'arn:aws:s3:::home/orders/notes.txt', noIdentity('s3:GetObject'))
  const none = await causeOf(asRole, identity(byName))
  t.match(none.facts, { variables: 'no-value', variable: 'aws:username' })
  t.strictSame(changes(none), [['add-statement', 'allowed']])
  t.equal(none.remedies[0]?.readiness, 'needs-review')
  t.match(
    await summaryOf(asRole, identity(byName)),
    '`aws:username` has no value for this caller, since only IAM users have one',
  )
  const other = await causeOf(read.replace('home/ana', 'home/bob'), identity(byName))
  t.match(other.facts, { variables: 'other-value', here: 'ana' })
  t.strictSame(changes(other), [['add-statement', 'allowed']])
  const byTag = identity(allow('s3:GetObject', 'arn:aws:s3:::home/${aws:PrincipalTag/team}/*'))
  const unknown = await causeOf(asRole, byTag)
  t.match(unknown.facts, { variables: 'not-known' })
  t.strictSame(changes(unknown), [
    ['tag-principal', undefined],
    ['add-statement', 'allowed'],
  ])
  const plain = await causeOf(asRole, identity(allow('s3:GetObject', 'arn:aws:s3:::home/order/*')))
  t.equal(plain.facts['variables'], undefined)
  t.equal(plain.remedies[0]?.step, 'edit-statement')
})
