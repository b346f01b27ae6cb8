import t from 'tap'
import { allow, identity, trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const caller = (partition: string): string => `arn:${partition}:sts::111122223333:assumed-role/deploy/session`
const role = (partition: string): string => `arn:${partition}:iam::111122223333:role/cdk-lookup`
const denied = (from: string, to: string): string =>
  `User: ${caller(from)} is not authorized to perform: sts:AssumeRole on resource: ${role(to)}`

t.test('a request for a resource of another partition is what has to be corrected', async (t) => {
  const lets = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:ExternalId' } as const
  for (const [from, to] of [
    ['aws-cn', 'aws'],
    ['aws-us-gov', 'aws'],
    ['aws', 'aws-us-gov'],
  ] as const)
    for (const policies of [{}, identity(allow('sts:AssumeRole', role(from))), trust(lets)]) {
      const [diagnosis] = await diagnosesOf(denied(from, to), policies)
      t.match(diagnosis?.causes, [{ code: 'wrong-partition', facts: { given: role(to), wanted: role(from) } }])
      t.equal(diagnosis?.causes.length, 1)
      for (const { statement, editedStatement } of diagnosis?.causes[0]?.remedies ?? [])
        t.strictSame([statement, editedStatement], [null, null], 'no policy is changed')
    }
})

t.test('in one partition a policy of another one is the fault', async (t) => {
  const [diagnosis] = await diagnosesOf(
    `${denied('aws-us-gov', 'aws-us-gov')} because no identity-based policy allows the sts:AssumeRole action`,
    identity(allow('sts:AssumeRole', role('aws'))),
  )
  t.match(diagnosis?.causes[0], { code: 'wrong-partition', facts: { found: role('aws'), wanted: role('aws-us-gov') } })
})
