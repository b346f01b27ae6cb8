import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, deny, identity, resource, trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * People hide the same part of an ARN in the error and in the policies before they show both. What they put in its place
 * is the same then, and no difference between the two.
 */

const sending = (account: string, owner = account): string =>
  `User: arn:aws:sts::${account}:assumed-role/orders/i-0a1b2c3d4e5f is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:${owner}:jobs`
const queue = (account: string): string => `arn:aws:sqs:eu-west-1:${account}:jobs`
const assuming = (account: string, owner: string): string =>
  `User: arn:aws:sts::${account}:assumed-role/ci/build is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${owner}:role/deploy`

const first = async (text: string, policies: Policies): Promise<string> => {
  const [cause] = (await diagnosesOf(text, policies))[0]?.causes ?? []
  return `${cause?.code ?? 'none'}, ${cause?.confidence ?? 'none'}`
}

for (const hidden of ['XXXXXXXXXXXX', 'xxxx', '************', '<account-id>', '1234567890', '[REDACTED]', 'ACCOUNT'])
  t.test(`an account hidden as ${hidden}`, async (t) => {
    const granted = identity(allow('sqs:SendMessage', queue(hidden)))
    t.equal(await first(sending(hidden), granted), 'evaluation-allows, evaluated', 'an Allow')
    t.equal(await first(sending('111122223333', hidden), granted), 'evaluation-allows, evaluated', 'of the queue alone')
    const refused = identity(allow('sqs:*'), deny('sqs:SendMessage', queue(hidden)))
    t.equal(await first(sending(hidden), refused), 'explicit-deny-identity, evaluated', 'a Deny')
    const other = identity(allow('sqs:SendMessage', queue(hidden).replace('jobs', 'mail')))
    t.equal(await first(sending(hidden), other), 'resource-arn-mismatch, evaluated', 'another queue')
  })

for (const hidden of ['XXXXXXXXXXXX', '************', '<account>', '1234567890', 'ACCOUNT_ID'])
  t.test(`a caller of an account hidden as ${hidden}`, async (t) => {
    const role = `arn:aws:iam::${hidden}:role/deploy`
    const trusting = (AWS: string, on = role): Policies => ({
      ...identity(allow('sts:AssumeRole', on)),
      ...trust({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }),
    })
    const text = assuming(hidden, hidden)
    const letIn = 'evaluation-allows, evaluated'
    t.equal(await first(text, trusting(`arn:aws:iam::${hidden}:role/ci`)), letIn, 'the role')
    t.equal(await first(text, trusting(`arn:aws:sts::${hidden}:assumed-role/ci/build`)), letIn, 'the session')
    t.equal(await first(text, trusting(`arn:aws:iam::${hidden}:root`)), letIn, 'the account')
    t.equal(await first(text, trusting(`arn:aws:iam::${hidden}:role/other`)), 'trust-policy, evaluated', 'another role')
    const shown = assuming('111122223333', '444455556666')
    const open = 'trust-policy, possible'
    t.equal(await first(shown, trusting(`arn:aws:iam::${hidden}:role/ci`, '*')), open, 'hidden in the policy alone')
  })

t.test('an account that stands alone as a principal', async (t) => {
  const text = `${sending('XXXXXXXXXXXX', 'YYYYYYYYYYYY')} because no resource-based policy allows the sqs:SendMessage action`
  const open = (AWS: string): Policies =>
    resource({ Effect: 'Allow', Principal: { AWS }, Action: 'sqs:SendMessage', Resource: '*' })
  const layer = async (AWS: string): Promise<string | undefined> =>
    (await diagnosesOf(text, open(AWS)))[0]?.verdict?.policyTypes.find(({ type }) => type === 'resource-based')?.result
  t.equal(await layer('XXXXXXXXXXXX'), 'allowed')
  const identity = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE'
  t.equal(await layer(identity), 'implicitDeny', 'CloudFront’s own hides no account')
  t.equal(await layer('arn:aws:iam::1111*:root'), 'implicitDeny', 'a wildcard stands for nothing there')
  t.equal(await layer('AROAEXAMPLEEXAMPLE123'), 'implicitDeny', 'nor does the id of a role that is gone')
})
