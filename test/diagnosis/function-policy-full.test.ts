import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

t.test('the policy of a function that is full takes fewer permissions, and no quota', async (t) => {
  const full = 'PolicyLengthExceededException: The final policy size (20601) is bigger than the limit (20480).'
  const texts = [
    `An error occurred (PolicyLengthExceededException) when calling the AddPermission operation: ${full.split(': ')[1] ?? ''}`,
    `Error: adding Lambda Permission (arn:aws:lambda:eu-west-1:111122223333:function:audit/FromBucket9): ${full}`,
  ]
  for (const text of texts) {
    const [cause, ...others] = (await diagnosesOf(text))[0]?.causes ?? []
    t.match(cause, { code: 'resource-policy-limit', confidence: 'stated', facts: { of: 'function' } }, text)
    t.match(cause?.remedies[0], { kind: 'other', step: 'widen-function-permission', statement: null }, text)
    t.strictSame(others, [], text)
  }
  const roles =
    'An error occurred (LimitExceeded) when calling the AttachRolePolicy operation: Cannot exceed quota for PoliciesPerRole: 10'
  t.equal((await diagnosesOf(roles))[0]?.causes[0]?.code, 'quota-exceeded')
})
