import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const stream = 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks'
const text = denied(
  'kinesis:PutRecord',
  stream,
  'because no service control policy allows the kinesis:PutRecord action',
)
const policy = (name: string, ...statements: readonly Statement[]) => ({
  name,
  document: { Version: '2012-10-17', Statement: statements },
})
const full = policy('FullAWSAccess', allow('*'))
const levels = (
  ...given: readonly (readonly [string, readonly ReturnType<typeof policy>[] | 'unknown'])[]
): Policies => ({
  'identity-based': [policy('own', allow('kinesis:*'))],
  'service-control': given.map(([level, policies]) => ({ level, policies })),
})

interface Row {
  readonly name: string
  readonly policies: Policies
  readonly context?: Readonly<Record<string, string>>
  /** The levels that are named. */
  readonly level: string | undefined
  /** The policies that the statement goes into; `null`: a new one. */
  readonly into: readonly (string | null)[]
  readonly key?: string
  /** After all remedies. */
  readonly decision?: string
}

const tagged = allow('kinesis:*', '*', { StringEquals: { 'aws:PrincipalTag/team': 'data' } })

const rows: readonly Row[] = [
  {
    name: 'the level in the middle',
    policies: levels(['root', [full]], ['ou-data', [policy('list', allow(['s3:*', 'ec2:*']))]], ['account', [full]]),
    level: 'ou-data',
    into: ['list'],
  },
  {
    name: 'two levels',
    policies: levels(
      ['root', [full]],
      ['ou-data', [policy('list', allow('s3:*'))]],
      ['account', [policy('own', allow('s3:*'))]],
    ),
    level: 'ou-data, account',
    into: ['list', 'own'],
  },
  {
    name: 'a guardrail stands before the list of what is allowed',
    policies: levels(['root', [full]], ['account', [policy('fence', deny('iam:*')), policy('list', allow('s3:*'))]]),
    level: 'account',
    into: ['list'],
  },
  {
    name: 'nothing is left at a level',
    policies: levels(['root', [full]], ['account', []]),
    level: 'account',
    into: [null],
  },
  {
    name: 'a condition that the request does not meet',
    policies: levels(['root', [full]], ['account', [full]], ['unit', [policy('list', tagged)]]),
    context: { 'aws:PrincipalTag/team': 'web' },
    level: 'unit',
    into: ['list'],
    key: 'aws:PrincipalTag/team',
  },
  {
    name: 'a level that is not known is none that fails',
    decision: 'unknown',
    policies: levels(['root', 'unknown'], ['account', [policy('list', allow('s3:*'))]]),
    level: 'account',
    into: ['list'],
  },
]

t.test('SCPs: the levels that do not allow, and none that does', async (t) => {
  for (const { name, policies, context = {}, level, into, key, decision = 'allowed' } of rows) {
    const [diagnosis] = await diagnosesOf(text, policies, { context })
    const cause = diagnosis?.causes[0]
    t.match(cause, { code: 'scp-not-allowed', confidence: 'evaluated' }, name)
    t.equal(cause?.facts['level'], level, name)
    t.equal(cause?.facts['key'], key, `${name}: the condition`)
    t.strictSame(
      cause?.remedies.map(({ target }) => (target?.create ? null : target?.policyName)),
      into,
      name,
    )
    for (const { verification, readiness } of cause?.remedies ?? []) {
      t.equal(readiness, 'needs-review', name)
      t.equal(verification?.decision, decision, name)
    }
  }
})

t.test('AWS’s own policy is not edited where the levels do not show which one fails', async (t) => {
  const [diagnosis] = await diagnosesOf(text, levels(['root', 'unknown'], ['account', [full]]))
  for (const { target } of diagnosis?.causes.flatMap(({ remedies }) => remedies) ?? [])
    t.not(target?.policyName, 'FullAWSAccess')
})

t.test('a Deny, and a level that does not allow either', async (t) => {
  const message = denied('kinesis:PutRecord', stream, 'with an explicit deny in a service control policy')
  const fence = policy('fence', deny('kinesis:*', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }))
  const both = levels(['root', [full, fence]], ['account', [policy('list', allow('s3:*'))]])
  const [diagnosis] = await diagnosesOf(message, both)
  t.strictSame(
    diagnosis?.causes.slice(0, 2).map(({ code }) => code),
    ['scp-deny', 'scp-not-allowed'],
  )
  t.match(diagnosis?.causes[1], { facts: { level: 'account' } })
  const [alone] = await diagnosesOf(message, levels(['root', [full, fence]], ['account', [full]]))
  t.strictSame(
    alone?.causes.map(({ code }) => code),
    ['scp-deny'],
  )
})
