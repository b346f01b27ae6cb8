import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import type { Remedy } from '../../src/remedy/remedy.ts'
import { denied } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const because = ' with an explicit deny in a resource-based policy'
const deny = (Action: string | readonly string[], Resource: string | readonly string[], more = {}) =>
  ({ Effect: 'Deny', Principal: '*', Action, Resource, ...more }) as Statement
const on = (...statements: readonly Statement[]) => ({
  'resource-based': [{ name: 'policy', document: { Version: '2012-10-17', Statement: statements } }],
})

async function remediesFor(
  action: string,
  resource: string,
  ...statements: readonly Statement[]
): Promise<readonly Remedy[]> {
  const [found] = await diagnosesOf(denied(action, resource, because), on(...statements))
  return found?.causes[0]?.remedies ?? []
}
const bucket = 'arn:aws:s3:::payroll'
const queue = 'arn:aws:sqs:ca-central-1:111122223333:payroll'

t.test('a Deny for everybody that keeps its own policy from being changed', async (t) => {
  for (const [action, resource, statement, task] of [
    ['s3:PutBucketPolicy', bucket, deny(['s3:PutBucketPolicy', 's3:DeleteBucket'], bucket), 'S3UnlockBucketPolicy'],
    ['s3:DeleteBucketPolicy', bucket, deny('s3:*BucketPolicy', bucket), 'S3UnlockBucketPolicy'],
    // It was another action that was refused, and the change of the policy is refused all the same.
    ['s3:GetObject', `${bucket}/may.csv`, deny('s3:*', [bucket, `${bucket}/*`]), 'S3UnlockBucketPolicy'],
    ['sqs:SendMessage', queue, deny('sqs:*', queue), 'SQSUnlockQueuePolicy'],
  ] as const) {
    const [first, ...others] = await remediesFor(action, resource, statement)
    t.match(first, { step: 'unlock-resource-policy', kind: 'resource-policy', commands: null })
    t.equal(
      first?.command,
      `aws sts assume-root --target-principal 111122223333 --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/${task}`,
    )
    t.match(others, [{ step: 'exempt-in-resource-policy', alternative: true, values: { locked: 'everybody' } }])
  }
})

t.test('the other Deny of such a policy comes behind the root user too', async (t) => {
  const file = `${bucket}/may.csv`
  const [own, locking] = [deny('s3:GetObject', file), deny('s3:*', [bucket, `${bucket}/*`])]
  for (const statements of [
    [own, locking],
    [locking, own],
  ]) {
    const remedies = await remediesFor('s3:GetObject', file, ...statements)
    t.strictSame(
      remedies.map(({ step, alternative }) => [step, alternative]),
      [
        ['unlock-resource-policy', false],
        ['exempt-in-resource-policy', true],
        ['exempt-in-resource-policy', true],
      ],
    )
  }
})

t.test('who is let past can still make the change, and it is said that the caller cannot', async (t) => {
  const through = { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } } }
  const remedies = await remediesFor('s3:PutBucketPolicy', bucket, deny('s3:*', bucket, through))
  t.strictSame(
    remedies.map(({ step }) => step),
    ['meet-condition', 'exempt-in-resource-policy'],
  )
  t.equal(remedies[1]?.values['locked'], 'caller')
  const topic = 'arn:aws:sns:ca-central-1:111122223333:payroll'
  const [first] = await remediesFor('sns:Publish', topic, deny('sns:*', topic))
  t.equal(first?.values['locked'], 'everybody', 'nothing is above the policy of a topic')
})

t.test('a Deny that leaves its policy alone is changed as before', async (t) => {
  const [first] = await remediesFor('s3:GetObject', `${bucket}/may.csv`, deny('s3:GetObject', `${bucket}/*`))
  t.equal(first?.step, 'exempt-in-resource-policy')
  t.equal(first?.values['locked'], undefined)
  const [onObjects] = await remediesFor('s3:GetObject', `${bucket}/may.csv`, deny('s3:*', `${bucket}/*`))
  t.equal(onObjects?.values['locked'], undefined, 'the policy is the bucket’s, not that of its objects')
})

t.test('the answer names the root user before any command of the caller’s', async (t) => {
  const text = denied('s3:PutBucketPolicy', bucket, because)
  const answer = await answerOf(text, on(deny('s3:PutBucketPolicy', bucket)))
  t.match(answer?.summary, /root user of account `?111122223333/u)
})
