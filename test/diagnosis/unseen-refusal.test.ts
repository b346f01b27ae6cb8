import t from 'tap'
import { allow, denied, deny, identity, policies, scp } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/*
 * AWS names the policy type that refused, and no policy of that type that was handed over does: its word stands, and
 * what is missing is named.
 */

const queue = 'arn:aws:sqs:eu-west-1:444455556666:invoices'
const granted = identity(allow('sqs:*'))
const saying = (reason: string): string =>
  denied('sqs:PurgeQueue', queue.replace('444455556666', '111122223333'), reason)
const named = 'arn:aws:organizations::444455556666:policy/o-a1b2c3d4e5/service_control_policy/p-0example'

t.test('a Deny of a policy type that was read without it', async (t) => {
  const free = allow('*')
  const rows = [
    ['an identity-based policy', granted, 'explicit-deny-identity'],
    ['a permissions boundary', { ...granted, ...policies('permissions-boundary', free) }, 'boundary-deny'],
    ['a service control policy', { ...granted, ...scp(free) }, 'scp-deny'],
    ['a session policy', { ...granted, ...policies('session', free) }, 'session-policy-deny'],
  ] as const
  for (const [type, read, code] of rows) {
    const [diagnosis] = await diagnosesOf(saying(`with an explicit deny in ${type}`), read)
    t.match(diagnosis?.causes, [{ code, confidence: 'stated', facts: { effect: 'Deny' } }], type)
    t.ok(diagnosis?.causes[0]?.facts['unseen'], type)
    t.notOk(diagnosis?.causes.some(({ confidence }) => confidence === 'evaluated'))
  }
})

t.test('no Deny that was read and does not match is blamed for it', async (t) => {
  const other = deny('sqs:*', '*', { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } })
  const [diagnosis] = await diagnosesOf(
    saying('with an explicit deny in a service control policy'),
    { ...granted, ...scp(allow('*'), other) },
    { context: { 'aws:RequestedRegion': 'eu-west-1' } },
  )
  t.match(diagnosis?.causes[0], { code: 'scp-deny', confidence: 'stated' })
  t.equal(diagnosis?.causes[0]?.facts['statement'], undefined)
})

t.test('the policy that AWS names, and what shows it', async (t) => {
  const read = { ...granted, ...scp(allow('*')) }
  const answer = await answerOf(saying(`with an explicit deny in a service control policy: ${named}`), read)
  t.match(answer?.causes[0]?.explanation, `\`${named}\`, is not among the service control policies that were given`)
  t.match(answer?.causes[0]?.explanation, '`aws organizations describe-policy --policy-id p-0example`')
  const ko = await answerOf(saying(`with an explicit deny in a service control policy: ${named}`), read, {}, 'ko')
  t.match(ko?.causes[0]?.explanation, '서비스 제어 정책에 없습니다')
})

t.test('levels that were not handed over may lack the Allow', async (t) => {
  const reason = 'because no service control policy allows the sqs:PurgeQueue action'
  const [diagnosis] = await diagnosesOf(saying(reason), { ...granted, ...scp(allow('*')) })
  t.match(diagnosis?.causes[0], { code: 'scp-not-allowed', confidence: 'stated', facts: { unseen: 'service-control' } })
})

t.test('a public bucket policy lets somebody without credentials in, unless Block Public Access is on', async (t) => {
  const text =
    'User: anonymous is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::leaflets/may.pdf" because no resource-based policy allows the s3:GetObject action'
  const everybody = policies('resource-based', { ...allow('s3:GetObject', 'arn:aws:s3:::leaflets/*'), Principal: '*' })
  const [found] = await diagnosesOf(text, everybody)
  t.match(found?.causes, [
    {
      code: 'block-public-access',
      confidence: 'possible',
      check: 'aws s3api get-public-access-block --bucket leaflets',
    },
    { code: 'object-ownership', confidence: 'possible' },
  ])
  t.equal((await answerOf(text, everybody))?.causes[0]?.title.includes('sets the public bucket policy aside'), true)
  t.equal((await answerOf(text, everybody, {}, 'ko'))?.causes[0]?.title.includes('무시함'), true)
  const named = { ...allow('s3:GetObject', 'arn:aws:s3:::leaflets/*'), Principal: { AWS: '111122223333' } }
  const [other] = await diagnosesOf(text, policies('resource-based', named))
  t.not(other?.causes[0]?.code, 'block-public-access', 'it lets in nobody without credentials')
})
