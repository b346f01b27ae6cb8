import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { withExempted, withoutDenied } from '../../src/diagnosis/exemption.ts'
import { allow, denied, deny, identity, policies, scp } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`
const guard = (Condition?: Statement['Condition']): Statement => deny('s3:*', '*', Condition)
const conditionOf = (statement: Statement | 'alone' | null): unknown =>
  typeof statement === 'string' ? statement : (statement?.Condition ?? null)

t.test('an exemption adds to those that stand there', (t) => {
  const rows: readonly (readonly [string, Statement['Condition'], unknown])[] = [
    ['none yet', undefined, { ArnNotLike: { 'aws:PrincipalArn': role('orders') } }],
    [
      'the same operator',
      { ArnNotLike: { 'aws:PrincipalArn': role('admin-*') } },
      { ArnNotLike: { 'aws:PrincipalArn': [role('admin-*'), role('orders')] } },
    ],
    [
      'its twin, and the key spelt otherwise',
      { ArnNotEquals: { 'AWS:principalarn': [role('etl'), role('admin')] } },
      { ArnNotEquals: { 'AWS:principalarn': [role('etl'), role('admin'), role('orders')] } },
    ],
    [
      'a test of text',
      { StringNotLike: { 'aws:PrincipalArn': role('admin-*') } },
      { StringNotLike: { 'aws:PrincipalArn': [role('admin-*'), role('orders')] } },
    ],
    [
      'another key of the same operator stays apart',
      { ArnNotLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders' } },
      {
        ArnNotLike: {
          'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:orders',
          'aws:PrincipalArn': role('orders'),
        },
      },
    ],
    [
      'a test that is no list of exemptions stays apart',
      { ArnLike: { 'aws:PrincipalArn': role('orders*') } },
      { ArnLike: { 'aws:PrincipalArn': role('orders*') }, ArnNotLike: { 'aws:PrincipalArn': role('orders') } },
    ],
    ['it stands there already', { ArnNotLike: { 'aws:PrincipalArn': role('orders') } }, null],
  ]
  for (const [name, before, after] of rows)
    t.strictSame(conditionOf(withExempted(guard(before), 'ArnNotLike', role('orders'))), after, name)
  t.end()
})

t.test('a Deny that names the principal loses it', (t) => {
  const principals = (...arns: readonly string[]): Statement => ({ ...guard(), Principal: { AWS: arns } })
  const left = withoutDenied(principals(role('orders'), role('etl')), role('orders'))
  t.strictSame(typeof left === 'string' ? left : left?.Principal, { AWS: role('etl') })
  t.equal(withoutDenied(principals(role('orders')), role('orders')), 'alone')
  t.equal(withoutDenied({ ...guard(), Principal: '*' }, role('orders')), null)
  t.equal(withoutDenied(principals('arn:aws:iam::111122223333:root'), role('orders')), null)
  const named = guard({ ArnEquals: { 'aws:PrincipalArn': [role('orders'), role('etl')] } })
  t.strictSame(conditionOf(withoutDenied(named, role('orders'))), { ArnEquals: { 'aws:PrincipalArn': role('etl') } })
  t.equal(withoutDenied(guard({ ArnLike: { 'aws:PrincipalArn': role('ord*') } }), role('orders')), null)
  t.end()
})

const object = '"arn:aws:s3:::orders-archive/a.csv"'
const everything = identity(allow('*'))

t.test('the remedy says what it lets past', async (t) => {
  const editOf = async (given: Parameters<typeof diagnosesOf>[1], kind: string) => {
    const text = denied('s3:GetObject', object, `with an explicit deny in a ${kind}`)
    const [diagnosis] = await diagnosesOf(text, { ...everything, ...given })
    return diagnosis?.causes[0]?.remedies.find(({ values }) => values['exempts'] !== undefined)
  }
  const one = await editOf(
    scp(guard({ ArnNotLike: { 'aws:PrincipalArn': role('admin-*') } })),
    'service control policy',
  )
  t.strictSame(one?.statement?.Condition, {
    ArnNotLike: { 'aws:PrincipalArn': [role('admin-*'), role('orders')] },
  })
  t.equal(one?.values['exempts'], 'action-of-principal')
  const list: Statement = { Effect: 'Deny', NotAction: ['ec2:*'], Resource: '*' }
  const action = await editOf(scp(list), 'service control policy')
  t.equal(action?.values['exempts'], 'action-of-principal')
  const only: Statement = { ...deny('s3:GetObject'), Principal: { AWS: role('orders') } }
  const alone = await editOf(policies('resource-based', only), 'resource-based policy')
  t.equal(alone?.values['exempts'], 'alone')
  t.strictSame(alone?.editedStatement?.Condition, { ArnNotEquals: { 'aws:PrincipalArn': role('orders') } })
})

t.test('a role of IAM Identity Center is exempted under the path that it has', async (t) => {
  const session = 'assumed-role/AWSReservedSSO_Dev_0123456789abcdef/ana@example.com'
  const text = denied(
    's3:GetObject',
    'arn:aws:s3:::ledger/a',
    'with an explicit deny in a service control policy',
    session,
  )
  const pattern = role('aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Dev_????????????????')
  const edits = async (Condition?: Statement['Condition']) => {
    const [diagnosis] = await diagnosesOf(text, { ...identity(allow('*')), ...scp(allow('*'), guard(Condition)) })
    const remedy = diagnosis?.causes[0]?.remedies.find(({ editedStatement }) => editedStatement !== null)
    return [remedy?.statement?.Condition, remedy?.verification?.decision]
  }
  t.strictSame(await edits(), [{ ArnNotLike: { 'aws:PrincipalArn': pattern } }, 'allowed'])
  t.strictSame(
    await edits({ StringNotEquals: { 'aws:PrincipalArn': role('admin') } }),
    [
      { StringNotEquals: { 'aws:PrincipalArn': role('admin') }, ArnNotLike: { 'aws:PrincipalArn': pattern } },
      'allowed',
    ],
    'no pattern among literal values',
  )
})

t.test('of two SCPs of one name the one that denies is narrowed', async (t) => {
  const [guard, other] = [deny('s3:*', '*', undefined), deny('ec2:*', '*', undefined)]
  const inBoth = {
    'identity-based': [{ name: 'own', document: { Version: '2012-10-17', Statement: [allow('*', '*')] } }],
    'service-control': ['root', 'ou'].map((level) => ({
      level,
      policies: [
        { name: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: [allow('*', '*')] } },
        { name: 'guard', document: { Version: '2012-10-17', Statement: [level === 'ou' ? guard : other] } },
      ],
    })),
  }
  const [diagnosis] = await diagnosesOf(
    'User: arn:aws:sts::111122223333:assumed-role/orders/s is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::orders-data/may.csv with an explicit deny in a service control policy',
    inBoth,
  )
  const [remedy] = diagnosis?.causes[0]?.remedies ?? []
  t.match(remedy?.editedStatement, { Action: 's3:*' })
  t.match(remedy?.policyDocument, { Statement: [{ Action: 's3:*' }] })
})

t.test('the roles that a guardrail leaves out can do what it keeps from others', async (t) => {
  const text = denied('s3:DeleteBucket', 'arn:aws:s3:::orders', 'with an explicit deny in a service control policy')
  const stepsUnder = async (spared: string) => {
    const guard = scp(deny('s3:DeleteBucket', '*', { ArnNotLike: { 'aws:PrincipalArn': spared } }))
    return (await diagnosesOf(text, guard))[0]?.causes[0]?.remedies.map(({ step, alternative }) => [step, alternative])
  }
  const both = await stepsUnder('arn:aws:iam::*:role/org-admin')
  t.equal(both?.[0]?.[1], false, 'the exemption comes first')
  t.strictSame(both?.[1], ['use-spared-role', true])
  t.equal((await stepsUnder('arn:aws:iam::*:role/*'))?.length, 1, 'a name has to be told')
})
