import t from 'tap'
import { createExplainer } from '../../src/explain.ts'
import { readConfig } from '../../src/config.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { allow, identity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

t.test('the name of a federated user is a label: nothing is done to a role or user of that name', async (test) => {
  const gatherer = await createGatherer(readConfig({ EVIDENCE: 'none' }))
  const explainer = createExplainer({ gatherer, offline: gatherer, version: '0' })
  for (const reason of [
    'no identity-based policy allows',
    'no permissions boundary allows',
    'no session policy allows',
  ]) {
    const text = `User: arn:aws:sts::111122223333:federated-user/bob is not authorized to perform: s3:ListAllMyBuckets because ${reason} the s3:ListAllMyBuckets action`
    const explained = await explainer.explain({ text })
    if (explained.kind !== 'reply') throw new Error('a denial is recognised')
    const [diagnosis] = explained.reply.diagnoses
    test.equal(diagnosis?.denial.principalType, 'federated-user', reason)
    test.notMatch(JSON.stringify(diagnosis?.causes), /role[/ `]bob|--(?:role|user)-name '?bob/, reason)
    const targets = diagnosis?.causes[0]?.remedies.flatMap(({ target }) => target?.attachTo ?? []) ?? []
    if (reason.includes('identity')) test.strictSame(targets, ['user/<UserName>'])
    test.notMatch(JSON.stringify(diagnosis?.verdict), /--(?:role|user)-name '?bob/, reason)
  }
})

t.test('from a federation token IAM takes no call, whatever the policies say', async (t) => {
  const refused = (action: string): string =>
    `User: arn:aws:sts::111122223333:federated-user/lena is not authorized to perform: ${action} on resource: *`
  const policies = identity(allow('*'))
  for (const action of ['iam:ListUsers', 'sts:AssumeRole'])
    t.match((await diagnosesOf(refused(action), policies))[0]?.causes[0], {
      code: 'wrong-principal',
      confidence: 'possible',
      facts: { why: 'federation-token' },
      remedies: [{ step: 'assume-role-instead', statement: null }],
    })
  const others = await diagnosesOf(refused('ec2:DescribeInstances'), policies)
  t.notOk(others[0]?.causes.some(({ facts }) => facts['why'] === 'federation-token'))
})
