import t from 'tap'
import type { NamedPolicy } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, noIdentity, policies, resource } from './case-row.ts'
import { summaryOf } from './explain-text.ts'

const object = 'arn:aws:s3:::ledger/2026/may.csv'
const text = (reason: string): string => denied('s3:GetObject', object, reason)
const lacking = text(noIdentity('s3:GetObject'))
const byIdentity = text('with an explicit deny in an identity-based policy')
const byResource = text('with an explicit deny in a resource-based policy')
const without = (statement: Statement, ...elements: readonly string[]): Statement =>
  Object.fromEntries(Object.entries(statement).filter(([name]) => !elements.includes(name))) as unknown as Statement

t.test('an Allow by exclusion says what it leaves out', async (t) => {
  const elsewhere = without(
    { ...allow('s3:*'), NotResource: ['arn:aws:s3:::photos', 'arn:aws:s3:::ledger/*'] },
    'Resource',
  )
  t.match(
    await summaryOf(lacking, identity(elsewhere)),
    'Statement 1 of `as-read` allows `s3:GetObject` by `NotResource`, and leaves out `arn:aws:s3:::ledger/*`, to which `arn:aws:s3:::ledger/2026/may.csv` belongs.',
  )
  const others = without({ ...allow('s3:*'), NotAction: ['s3:*', 'iam:*'] }, 'Action')
  t.match(
    await summaryOf(lacking, identity(others)),
    'statement 1 of `as-read` allows by `NotAction`, and leaves out `s3:*`',
  )
  t.notMatch(await summaryOf(lacking, identity(allow('sqs:*'))), 'leaves out')
  t.match(await summaryOf(lacking, identity(elsewhere), {}, 'ko'), '`NotResource`에서 `arn:aws:s3:::ledger/*`를 빼고')
})

t.test('a Deny by exclusion says what it spares', async (t) => {
  const onlyEc2 = without({ ...deny('s3:*'), NotAction: ['ec2:*', 'iam:*'] }, 'Action')
  t.match(
    await summaryOf(byIdentity, identity(allow('*'), onlyEc2)),
    'explicitly denies `s3:GetObject` on `arn:aws:s3:::ledger/2026/may.csv`; its `NotAction` spares only `ec2:*` and `iam:*`.',
  )
  t.match(await summaryOf(byIdentity, identity(allow('*'), onlyEc2), {}, 'ko'), '`ec2:*`, `iam:*`만 예외입니다')
  const elsewhere = without({ ...deny('s3:*'), NotResource: 'arn:aws:s3:::own/*' }, 'Resource')
  t.match(
    await summaryOf(byIdentity, identity(allow('*'), elsewhere)),
    'its `NotResource` spares only `arn:aws:s3:::own/*`',
  )
  const fence = { ...onlyEc2, Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'data' } } }
  t.notMatch(await summaryOf(byIdentity, identity(allow('*'), fence)), 'spares', 'the condition tells the way out')
  t.notMatch(await summaryOf(byIdentity, identity(allow('*'), deny('s3:*'))), 'spares')
})

t.test('NotPrincipal and the session of a role', async (t) => {
  const but = (AWS: string | readonly string[]): Statement => ({ ...deny('s3:*'), NotPrincipal: { AWS } })
  const role = 'arn:aws:iam::111122223333:role/orders'
  t.match(
    await summaryOf(byResource, { ...identity(allow('s3:*')), ...resource(but(role)) }),
    'spares the session of a role only where account, role and session are all named',
  )
  const whole = [role, 'arn:aws:sts::111122223333:assumed-role/orders/session', 'arn:aws:iam::111122223333:root']
  t.notMatch(await summaryOf(byResource, { ...identity(allow('s3:*')), ...resource(but(whole)) }), 'spares')
  t.match(
    await summaryOf(byResource, { ...identity(allow('s3:*')), ...resource(but('arn:aws:iam::111122223333:role/etl')) }),
    'its `NotPrincipal` spares only `arn:aws:iam::111122223333:role/etl`',
  )
})

t.test('which statement of whose policy', async (t) => {
  const capped = { ...identity(allow('s3:*')), ...policies('permissions-boundary', allow('*'), deny('s3:*')) }
  t.match(
    await summaryOf(text('with an explicit deny in a permissions boundary'), capped),
    'Statement 2 of the permissions boundary `as-read` explicitly denies',
  )
  const endpoint = policies('vpc-endpoint', { ...deny('s3:*'), Principal: '*' })
  t.match(
    await summaryOf(text('with an explicit deny in a VPC endpoint policy'), {
      ...identity(allow('s3:*')),
      ...endpoint,
    }),
    'Statement 1 of the policy of the VPC endpoint explicitly denies',
  )
  const ofGroup: NamedPolicy = {
    ...{ name: 'interns-base', group: 'interns' },
    document: { Version: '2012-10-17', Statement: [deny('s3:*')] },
  }
  const asUser = denied('s3:GetObject', object, 'with an explicit deny in an identity-based policy', 'user/ana')
  t.match(
    await summaryOf(asUser, { 'identity-based': [ofGroup] }),
    'an identity-based policy of the group `interns`, to which the user `ana` belongs, explicitly denies',
  )
})
