import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { answerOf } from './explain-text.ts'

const text =
  'User: arn:aws:iam::444455556666:user/kim is not authorized to perform: sqs:ReceiveMessage on resource: arn:aws:sqs:eu-west-2:444455556666:jobs because no identity-based policy allows the sqs:ReceiveMessage action'

const named = (name: string, statement: Statement) => [{ name, document: { Statement: [statement] } }]
const receive = (Condition?: Statement['Condition']): Statement => ({
  Effect: 'Allow',
  Action: 'sqs:ReceiveMessage',
  Resource: '*',
  ...(Condition === undefined ? {} : { Condition }),
})

const openKeysOf = async (...asked: Parameters<typeof answerOf>) =>
  (await answerOf(...asked))?.hints.flatMap(({ code, sentence }) => (code === 'further-conditions' ? [sentence] : []))

t.test('a boundary that hangs on a key is named, and the change is not ready', async (t) => {
  const read = (Condition?: Statement['Condition']) => ({
    'identity-based': named('other', { ...receive(), Action: 'sqs:SendMessage' }),
    'permissions-boundary': named('limit', receive(Condition)),
  })
  const open = read({ IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })
  t.match(await openKeysOf(text, open), [/aws:SourceIp/u])
  const [first] = (await answerOf(text, open))?.causes[0]?.remedies ?? []
  t.match(first, { readiness: 'needs-review', verification: { decision: 'unknown' } })
  t.strictSame(await openKeysOf(text, read()), [])
  t.match((await answerOf(text, read()))?.causes[0]?.remedies[0], { readiness: 'ready' })
})

t.test('what else the same Allow asks for is named', async (t) => {
  const read = {
    'identity-based': named(
      'work',
      receive({ StringEquals: { 'aws:PrincipalTag/team': 'jobs' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    ),
  }
  const told = { context: { 'aws:PrincipalTag/team': 'web' } }
  t.match(await openKeysOf(text, read, told), [/aws:MultiFactorAuthPresent/u])
  t.match(await openKeysOf(text, read, told, 'ko'), [/aws:MultiFactorAuthPresent/u])
  const both = { context: { ...told.context, 'aws:MultiFactorAuthPresent': 'true' } }
  t.strictSame(await openKeysOf(text, read, both), [])
})

t.test('another Deny behind the one that decided is named', async (t) => {
  const deny = (key: string): Statement => ({
    Effect: 'Deny',
    Action: 'ec2:RunInstances',
    Resource: '*',
    Condition: { StringNotEquals: { [key]: 'eu-west-2' } },
  })
  const all = { name: 'all', document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] as const } }
  const read = {
    'identity-based': [all],
    'service-control': [
      {
        level: 'account' as const,
        policies: [all, ...named('region', deny('aws:RequestedRegion')), ...named('tenancy', deny('ec2:Tenancy'))],
      },
    ],
  }
  const launch =
    'User: arn:aws:sts::444455556666:assumed-role/work/x is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-west-2:444455556666:instance/* with an explicit deny in a service control policy'
  t.match(await openKeysOf(launch, read), [/ec2:Tenancy/u])
})
