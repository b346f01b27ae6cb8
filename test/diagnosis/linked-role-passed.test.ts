import t from 'tap'
import { allow, denied, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const linked = (path: string) => `arn:aws:iam::111122223333:role/aws-service-role/${path}`
const of = async (path: string, reason = '', everything = false) => {
  const text = denied('iam:PassRole', linked(path), reason)
  return (await diagnosesOf(text, everything ? identity(allow('*', '*')) : {}))[0]?.causes[0]
}

t.test('no statement hands over the role that is linked to a service, to an administrator neither', async (t) => {
  for (const everything of [false, true]) {
    const found = await of('backup.amazonaws.com/AWSServiceRoleForBackup', '', everything)
    t.match(found, { code: 'pass-role', facts: { linkedTo: 'backup.amazonaws.com', role: 'AWSServiceRoleForBackup' } })
    t.match(found?.remedies, [{ kind: 'other', step: 'leave-linked-role', statement: null }])
  }
})

t.test('where AWS misses a statement, that is no more than possible', async (t) => {
  const reason = 'because no identity-based policy allows the iam:PassRole action'
  t.match(await of('backup.amazonaws.com/AWSServiceRoleForBackup', reason), {
    confidence: 'possible',
    facts: { linkedTo: 'backup.amazonaws.com' },
  })
})

t.test('a service that is handed its own linked role is passed it as any other', async (t) => {
  for (const path of [
    'autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_team',
    'ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService',
    'batch.amazonaws.com/AWSServiceRoleForBatch',
  ])
    t.match((await of(path))?.remedies[0]?.statement, { Action: 'iam:PassRole', Resource: linked(path) }, path)
})

t.test('a guardrail that AWS names is the answer', async (t) => {
  const found = await of(
    'backup.amazonaws.com/AWSServiceRoleForBackup',
    'with an explicit deny in a service control policy',
  )
  t.equal(found?.code, 'scp-deny')
})
