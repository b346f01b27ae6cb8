import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noIdentity, trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const role = 'arn:aws:iam::111122223333:role/ledger'
const to = (Action: string, Condition?: Statement['Condition']): Statement => ({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/orders' },
  Action,
  ...(Condition === undefined ? {} : { Condition }),
})

t.test('tags that the trust policy does not take are left out, or added one by one', async (t) => {
  const guarded = to('sts:TagSession', { StringEquals: { 'aws:RequestTag/unit': 'green' } })
  const policies = { ...identity(allow('sts:*')), ...trust(to('sts:AssumeRole'), guarded) }
  const context = { 'aws:RequestTag/unit': 'amber' }
  const [found] = await diagnosesOf(denied('sts:TagSession', role), policies, { context })
  const [cause] = found?.causes ?? []
  t.match(cause, { code: 'trust-policy', confidence: 'evaluated', facts: { sent: 'amber' } })
  const edits = cause?.remedies.flatMap(({ editedStatement: one }) => (one === null ? [] : [one.Condition]))
  t.strictSame(edits, [{ StringEquals: { 'aws:RequestTag/unit': ['green', 'amber'] } }])
})

t.test('a log group that AWS prints without its suffix', async (t) => {
  const group = 'arn:aws:logs:eu-west-1:111122223333:log-group:/ledger'
  const action = 'logs:PutRetentionPolicy'
  const [found] = await diagnosesOf(denied(action, group, noIdentity(action)), identity(allow('sqs:*')))
  const [remedy] = found?.causes[0]?.remedies ?? []
  t.match(remedy, { readiness: 'ready', verification: { decision: 'allowed' } })
  t.strictSame(remedy?.statement?.Resource, [group, `${group}:*`])
})
