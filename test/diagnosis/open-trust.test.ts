import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const role = 'arn:aws:iam::111122223333:role/release'
const text = denied('sts:AssumeRole', role)
const own = identity(allow('sqs:*'))
const everybody = (Condition: NonNullable<Statement['Condition']>) =>
  trust({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole', Condition })
const causesOf = async (condition: NonNullable<Statement['Condition']>) =>
  (await diagnosesOf(text, { ...own, ...everybody(condition) }))[0]?.causes ?? []

t.test(
  'a trust that lets everybody in by the ARN hangs on the path of the role, and nothing lacks for certain',
  async (t) => {
    const [first] = await causesOf({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/orders*' } })
    t.match(first, { code: 'undetermined', facts: { key: 'aws:PrincipalArn', policyType: 'role-trust' } })
    t.match(first?.remedies, [
      { step: 'fetch-details', command: 'aws iam get-role --query Role.Arn --role-name orders' },
    ])
  },
)

t.test('what else such a trust asks for is what did not hold', async (t) => {
  const causes = await causesOf({ StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } })
  t.match(causes[0], { code: 'trust-policy', confidence: 'possible', facts: { key: 'aws:SourceVpc' } })
  t.notOk(causes.some(({ code, confidence }) => code === 'missing-allow' && confidence !== 'possible'))
})

t.test('a trust that leaves it to the account asks for the own statement all the same', async (t) => {
  const delegating = trust({
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } },
  })
  const causes = (await diagnosesOf(text, { ...own, ...delegating }))[0]?.causes ?? []
  t.match(causes[0], { code: 'missing-allow', confidence: 'evaluated' })
})
