import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { lacksReservedPath, withReservedPath } from '../../src/iam/reserved-path.ts'
import { allow, deny, denied, identity, resource, scp, trust } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const name = 'AWSReservedSSO_Billing_00aa11bb22cc33dd'
const pathless = `arn:aws:iam::111122223333:role/${name}`
const whole = `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/${name}`
const pattern = `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Billing_${'?'.repeat(16)}`
const asking = (action: string, on: string, reason = ''): string =>
  denied(action, on, reason, `assumed-role/${name}/kim@example.com`)
const to = (arn: string, action: string, Condition?: Statement['Condition']): Statement => ({
  ...allow(action, 'arn:aws:s3:::invoices/*', Condition),
  Principal: { AWS: arn },
})
const everything = identity(allow('*'))

const firstOf = async (text: string, policies: Policies) => (await diagnosesOf(text, policies))[0]?.causes[0]

t.test('names of roles that AWS makes', (t) => {
  const rows: readonly (readonly [string, boolean])[] = [
    [pathless, true],
    [whole, false],
    ['arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_00aa11bb22cc33dd', false],
    ['arn:aws:iam::*:role/AWSReservedSSO_Billing_*', true],
    ['arn:aws:iam::*:role/*/AWSReservedSSO_Billing_*', false],
    ['arn:aws:iam::*:role/*AWSReservedSSO_Billing_*', false],
    ['arn:aws:iam::111122223333:role/AWSServiceRoleForBatch', true],
    ['arn:aws:iam::111122223333:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch', false],
    ['arn:aws:iam::111122223333:role/orders', false],
    ['arn:aws:iam::111122223333:user/AWSReservedSSO_A', false],
  ]
  for (const [arn, lacks] of rows) t.equal(lacksReservedPath(arn), lacks, arn)
  t.equal(withReservedPath(pathless), pattern.replace('?'.repeat(16), '00aa11bb22cc33dd'))
  t.equal(withReservedPath(whole), whole)
  t.end()
})

t.test('a trust policy that names the role without its path trusts nobody', async (t) => {
  const text = asking('sts:AssumeRole', 'arn:aws:iam::111122223333:role/release')
  const statement: Statement = { Effect: 'Allow', Principal: { AWS: pathless }, Action: 'sts:AssumeRole' }
  const cause = await firstOf(text, { ...everything, ...trust(statement) })
  t.match(cause, { code: 'trust-policy', confidence: 'evaluated', facts: { likeness: 'reserved-path' } })
  t.strictSame(cause?.remedies[0]?.editedStatement, {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'sts:AssumeRole',
    Condition: { ArnLike: { 'aws:PrincipalArn': pattern } },
  })
  t.equal(cause?.remedies[0]?.verification?.decision, 'allowed')
  // Others in the statement would be held to the condition too.
  const beside = { ...statement, Principal: { AWS: [pathless, 'arn:aws:iam::111122223333:role/orders'] } }
  const added = await firstOf(text, { ...everything, ...trust(beside) })
  t.equal(added?.remedies[0]?.editedStatement, null)
  const known = await firstOf(text, { ...everything, ...trust({ ...statement, Principal: { AWS: whole } }) })
  t.equal(known?.code, 'evaluation-allows', 'with the path it does')
})

t.test('a bucket policy of the same account that names the role without its path', async (t) => {
  const text = asking('s3:GetObject', 'arn:aws:s3:::invoices/7.pdf')
  const policies = { ...identity(allow('ec2:*')), ...resource(to(pathless, 's3:GetObject')) }
  const [found] = await diagnosesOf(text, policies, { resourceAccount: '111122223333' })
  const [cause] = found?.causes ?? []
  t.match(cause, { code: 'resource-policy-not-allowed', confidence: 'evaluated' })
  t.equal(cause?.remedies[0]?.kind, 'resource-policy')
  t.equal(cause?.remedies.at(-1)?.alternative, true)
  t.match(await summaryOf(text, policies), 'without the path that AWS gives such a role')
  const other = resource(to('arn:aws:iam::111122223333:role/orders', 's3:GetObject'))
  const [missing] = await diagnosesOf(
    text,
    { ...identity(allow('ec2:*')), ...other },
    { resourceAccount: '111122223333' },
  )
  t.equal(missing?.causes[0]?.code, 'missing-allow')
})

t.test('a guardrail that leaves the role out without its path is corrected', async (t) => {
  const text = asking(
    'sqs:PurgeQueue',
    'arn:aws:sqs:eu-west-1:111122223333:jobs',
    'with an explicit deny in a service control policy',
  )
  const left = 'arn:aws:iam::*:role/AWSReservedSSO_Billing_*'
  for (const [operator, corrected] of [
    ['ArnNotLike', 'ArnNotLike'],
    ['StringNotLike', 'StringNotLike'],
  ] as const) {
    const policies = {
      ...everything,
      ...scp(allow('*'), deny('sqs:*', '*', { [operator]: { 'aws:PrincipalArn': left } })),
    }
    const cause = await firstOf(text, policies)
    t.match(cause?.facts, { sent: pattern.replace('?'.repeat(16), '00aa11bb22cc33dd') })
    t.match(cause?.remedies[0], { step: 'correct-condition', values: { unmet: 'pathless' } })
    t.strictSame(cause?.remedies[0]?.editedStatement?.Condition, {
      [corrected]: {
        'aws:PrincipalArn': 'arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Billing_*',
      },
    })
    t.equal(cause?.remedies[0]?.verification?.decision, 'allowed')
    t.notOk(
      cause?.remedies.some(({ step }) => step === 'use-spared-role'),
      'it is that role already',
    )
  }
})
