import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, policies, resource } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/* AWS names the kind of policy, and several Denies there may have matched: none of them is said to be the one. */

const object = 'arn:aws:s3:::ledger/may.csv'
const text = denied('s3:PutObject', object, 'with an explicit deny in a resource-based policy')
const on = (Sid: string, Condition: NonNullable<Statement['Condition']>): Statement => ({
  ...deny('s3:PutObject', 'arn:aws:s3:::ledger/*', Condition),
  Principal: '*',
  Sid,
})
const plainHttp = on('PlainHttp', { Bool: { 'aws:SecureTransport': 'false' } })
const otherNetwork = on('OtherNetwork', { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } })
const unencrypted = on('Unencrypted', { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } })
const bucket = (...statements: readonly Statement[]): Policies => ({
  ...identity(allow('s3:*')),
  ...resource(...statements),
})

t.test('the likeliest comes first, and the others are told', async (t) => {
  const [cause] = (await diagnosesOf(text, bucket(plainHttp, otherNetwork, unencrypted)))[0]?.causes ?? []
  t.match(cause, { code: 'explicit-deny-resource', confidence: 'possible', facts: { sid: 'Unencrypted' } })
  t.equal(cause?.facts['rivals'], '2 OtherNetwork aws:SourceVpce, 1 PlainHttp aws:SecureTransport')
  t.ok(cause?.remedies.every(({ readiness }) => readiness !== 'ready'))
  t.strictSame(
    cause?.remedies.map(({ alternative }) => alternative),
    [false, ...(cause?.remedies ?? []).slice(1).map(() => true)],
  )
})

t.test('in words', async (t) => {
  const told = async (locale: 'en' | 'ko') =>
    (await answerOf(text, bucket(plainHttp, unencrypted), {}, locale))?.causes[0]?.explanation
  t.match(await told('en'), 'statement 1 (`PlainHttp`), on `aws:SecureTransport`')
  t.match(await told('ko'), '`aws:SecureTransport` 조건이 있는 첫 번째 `PlainHttp` 문')
})

t.test('the one that is open is the one', async (t) => {
  const [cause] = (await diagnosesOf(text, bucket(plainHttp)))[0]?.causes ?? []
  t.match(cause, { confidence: 'evaluated', facts: { sid: 'PlainHttp' } })
  t.equal(cause?.facts['rivals'], undefined)
})

t.test('one that is certain is the one, whatever else may match', async (t) => {
  const always = on('Frozen', { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } })
  const [cause] = (await diagnosesOf(text, bucket(plainHttp, always, unencrypted)))[0]?.causes ?? []
  t.match(cause, { confidence: 'evaluated', facts: { sid: 'Frozen' } })
  t.equal(cause?.facts['rivals'], undefined)
})

t.test('of the policy that the message names', async (t) => {
  const arn = 'arn:aws:iam::111122223333:policy/guard'
  const said = denied('s3:PutObject', object, `with an explicit deny in an identity-based policy: ${arn}`)
  const document = (...statements: readonly Statement[]) => ({ Version: '2012-10-17', Statement: statements })
  const without = (statement: Statement): Statement =>
    Object.fromEntries(Object.entries(statement).filter(([name]) => name !== 'Principal')) as Statement
  const read: Policies = {
    'identity-based': [
      { name: 'other', document: document(allow('s3:*'), without(unencrypted)) },
      { name: 'guard', arn, document: document(without(otherNetwork)) },
    ],
  }
  const [cause] = (await diagnosesOf(said, read))[0]?.causes ?? []
  t.match(cause, { confidence: 'evaluated', facts: { sid: 'OtherNetwork' } })
})

t.test('in a boundary', async (t) => {
  const said = denied(
    'ec2:RunInstances',
    'arn:aws:ec2:eu-west-1:111122223333:instance/*',
    'with an explicit deny in a permissions boundary',
  )
  const types = deny('ec2:RunInstances', '*', { StringNotLike: { 'ec2:InstanceType': 't4g.*' } })
  const tokens = deny('ec2:RunInstances', '*', { StringNotEquals: { 'ec2:MetadataHttpTokens': 'required' } })
  const read = { ...identity(allow('ec2:*')), ...policies('permissions-boundary', allow('*'), types, tokens) }
  const [cause] = (await diagnosesOf(said, read))[0]?.causes ?? []
  t.match(cause, { code: 'boundary-deny', confidence: 'possible', facts: { rivals: '3 - ec2:MetadataHttpTokens' } })
})
