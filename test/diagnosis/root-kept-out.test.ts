import t from 'tap'
import { deny, denied, scp } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

t.test('a rule that keeps the root user out is not opened for the root user', async (t) => {
  const root = 'arn:aws:iam::111122223333:root'
  const text = denied('s3:ListAllMyBuckets', null, 'with an explicit deny in a service control policy').replace(
    /^User: \S+/,
    `User: ${root}`,
  )
  for (const [action, pattern] of [
    ['s3:*', 'arn:aws:iam::*:root'],
    ['*', root],
  ] as const) {
    const guard = deny(action, '*', { StringLike: { 'aws:PrincipalArn': pattern } })
    const [cause] =
      (await diagnosesOf(text, scp({ Effect: 'Allow', Action: '*', Resource: '*' }, guard)))[0]?.causes ?? []
    t.equal(cause?.code, 'scp-deny')
    t.match(cause?.remedies, [{ step: 'use-other-role', values: { instead: 'root' }, editedStatement: null }])
    t.equal(cause?.remedies.length, 1)
  }
})
