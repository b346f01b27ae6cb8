import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const bucket = 'arn:aws:s3:::orders-archive'

/** The first cause of a denied call, with these policies and this context. */
const causeOf = async (text: string, policies: Policies, context: Evidence['context'] = {}): Promise<Cause> => {
  const [diagnosis] = await diagnosesOf(text, policies, { context })
  const [cause] = diagnosis?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const read = (action: string, resource: string): string => denied(action, `"${resource}"`, noIdentity(action))

t.test('a key that the action never has', async (t) => {
  const prefix = { StringLike: { 's3:prefix': 'reports/*' } }
  const alone = await causeOf(
    read('s3:GetObject', `${bucket}/reports/a.csv`),
    identity(allow('s3:GetObject', `${bucket}/*`, prefix)),
  )
  t.strictSame(alone.remedies[0]?.editedStatement, allow('s3:GetObject', `${bucket}/reports/*`))
  const shared = identity(allow(['s3:GetObject', 's3:ListBucket'], [bucket, `${bucket}/*`], prefix))
  const beside = await causeOf(read('s3:GetObject', `${bucket}/reports/a.csv`), shared)
  t.equal(beside.remedies[0]?.editedStatement, null, 'what the condition still limits stays as it is')
  t.match(beside.remedies[0]?.statement, allow('s3:GetObject', `${bucket}/reports/*`))
  t.strictSame(beside.remedies[1]?.editedStatement, allow(['s3:ListBucket'], [bucket, `${bucket}/*`], prefix))
  t.equal(beside.remedies[0]?.verification?.decision, 'allowed')
  const outside = await causeOf(read('s3:GetObject', `${bucket}/logs/a.csv`), shared)
  t.match(outside.remedies[0]?.statement, allow('s3:GetObject', `${bucket}/logs/a.csv`))
  const byPattern = await causeOf(
    read('s3:GetObject', `${bucket}/reports/a.csv`),
    identity(allow('s3:*', [bucket, `${bucket}/*`], prefix)),
  )
  t.match(byPattern.remedies[0]?.statement, allow('s3:GetObject', `${bucket}/reports/*`))
  t.equal(byPattern.remedies.length, 1, 'a pattern cannot be split')
})
