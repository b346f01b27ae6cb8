import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, noIdentity, policies, scp } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

/*
 * The message blames the identity's policies, which by now allow the request, and another policy that was read refuses
 * it. That one is the answer, and nothing is said to be wrong with the statement that is there.
 */

const object = 'arn:aws:s3:::orders-data/may.csv'
const granted = identity(allow('s3:GetObject', 'arn:aws:s3:::orders-data/*'))
const text = denied('s3:GetObject', object, noIdentity('s3:GetObject'))
const others: Statement = allow('health:Describe*')

const refusing: Readonly<Record<string, readonly [Policies, string]>> = {
  'a Deny beside it': [identity(allow('s3:GetObject', object), deny('s3:GetObject', object)), 'explicit-deny-identity'],
  'a permissions boundary': [{ ...granted, ...policies('permissions-boundary', others) }, 'boundary-not-allowed'],
  'a service control policy': [{ ...granted, ...scp(others) }, 'scp-not-allowed'],
  'a session policy': [{ ...granted, ...policies('session', others) }, 'session-policy-not-allowed'],
}

for (const [name, [read, code]] of Object.entries(refusing))
  t.test(name, async (t) => {
    const causes = (await diagnosesOf(text, read))[0]?.causes ?? []
    t.strictSame([causes[0]?.code, causes[0]?.confidence], [code, 'evaluated'])
    t.notOk(causes.some((cause) => cause.code === 'resource-arn-mismatch' || cause.code === 'missing-allow'))
    t.ok(causes.slice(1).every(({ confidence }) => confidence === 'possible'))
  })

t.test('what certainly refuses comes before what only may', async (t) => {
  const assuming = denied('sts:AssumeRole', 'arn:aws:iam::111122223333:role/deploy')
  const codes = async (read: Policies): Promise<readonly string[]> =>
    ((await diagnosesOf(assuming, read))[0]?.causes ?? []).map(({ code }) => code)
  const free = identity(allow('sts:AssumeRole'))
  t.strictSame(
    await codes(identity(allow('sts:AssumeRole'), deny('sts:AssumeRole'))),
    ['explicit-deny-identity', 'trust-policy'],
    'a Deny',
  )
  t.strictSame(
    await codes({ ...free, ...policies('permissions-boundary', others) }),
    ['boundary-not-allowed', 'trust-policy'],
    'a ceiling',
  )
  t.strictSame(await codes(free), ['trust-policy'], 'neither')
})

t.test('the summary names every policy that has to change', async (t) => {
  const read = denied('s3:GetObject', object)
  const both = { ...identity(others), ...policies('permissions-boundary', others) }
  t.match(
    await summaryOf(read, both),
    /of the role `orders`\. The call also needs what is shown for the permissions boundary/u,
  )
  t.match(await summaryOf(read, both, {}, 'ko'), '권한 경계에 대한 변경도 함께 필요합니다')
  t.notMatch(await summaryOf(read, identity(others)), 'also needs')
})

t.test('the resource’s side is blamed, and the caller’s own, which was read, is enough', async (t) => {
  const queue = 'arn:aws:sqs:eu-west-1:111122223333:jobs'
  const said = denied('sqs:SendMessage', queue, 'because no resource-based policy allows the sqs:SendMessage action')
  const own = identity(allow('sqs:SendMessage', queue))
  const codes = (await diagnosesOf(said, own))[0]?.causes.map(({ code, confidence }) => `${code}, ${confidence}`)
  t.strictSame(codes?.slice(0, 2), ['evaluation-allows, evaluated', 'resource-policy-not-allowed, possible'])
  const [lacking] = (await diagnosesOf(said, identity(others)))[0]?.causes ?? []
  t.match(lacking, { code: 'resource-policy-not-allowed', confidence: 'stated' })
})
