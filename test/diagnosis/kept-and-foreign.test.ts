import t from 'tap'
import { allow, bare, deny, denied, identity, noIdentity, policies } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/** What AWS keeps is not edited, and what is another's is not AWS's. */

const report = 'arn:aws:s3:::ledger-out/2031/may.csv'
const under = async (name: string, kind?: 'inline') => {
  const document = { Version: '2012-10-17', Statement: [allow('s3:GetObject', 'arn:aws:s3:::ledger-in/*')] }
  const [diagnosis] = await diagnosesOf(denied('s3:GetObject', report, noIdentity('s3:GetObject'), 'user/ana'), {
    'identity-based': [{ name, document, ...(kind === undefined ? {} : { kind }) }],
  })
  return diagnosis?.causes[0]?.remedies ?? []
}

t.test("AWS's own policy, by its name or its ARN for a name, gets a policy beside it", async (t) => {
  for (const name of [
    'AmazonLedgerReadOnlyAccess',
    'PowerUserAccess',
    'arn:aws:iam::aws:policy/job-function/Billing',
  ]) {
    const remedies = await under(name)
    t.ok(remedies.length > 0)
    for (const { editedStatement, target } of remedies) {
      t.equal(editedStatement, null, name)
      t.not(target?.policyName, name)
      t.equal(target?.create, true)
    }
  }
  t.ok((await under('AmazonLedgerReadOnlyAccess', 'inline')).some(({ editedStatement }) => editedStatement !== null))
  t.ok((await under('ledger-reader')).some(({ editedStatement }) => editedStatement !== null))
})

t.test('a key that AWS manages lets no other account in', async (t) => {
  const text = 'Access to KMS is not allowed: the bucket of another account is encrypted with alias/aws/s3'
  const [diagnosis] = await diagnosesOf(
    `An error occurred (KMS.AccessDeniedException) when calling the GetObject operation: ${text}`,
  )
  const steps = diagnosis?.causes.flatMap(({ remedies }) => remedies.map(({ step }) => step)) ?? []
  t.notMatch(steps.join(' '), 'add-statement', 'no statement of the caller helps')
})

t.test('layers of another registry are not in a bucket of ECR', async (t) => {
  const pulling = (image: string): string =>
    `$ docker pull ${image}\nerror pulling image configuration: error parsing HTTP 403 response body: <Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>`
  const shut = policies('vpc-endpoint', allow('s3:*', 'arn:aws:s3:::ledger-in/*'))
  const json = async (image: string) => JSON.stringify((await diagnosesOf(pulling(image), shut))[0]?.causes ?? [])
  t.match(
    await json('111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/web:12'),
    'prod-eu-west-1-starport-layer-bucket',
  )
  const hub = await json('nginx')
  t.notMatch(hub, 'starport')
  t.match(hub, '<RegistryBucketName>')
})

t.test("an endpoint's policy of Denies alone allows nothing", async (t) => {
  const shut = policies('vpc-endpoint', { ...deny('s3:*', 'arn:aws:s3:::secret/*'), Principal: '*' })
  const text = denied('s3:GetObject', report, 'because no VPC endpoint policy allows the s3:GetObject action')
  const answer = await answerOf(text, { ...identity(allow('*')), ...shut })
  t.match(answer?.summary, 'such a policy allows nothing')
  t.match((await answerOf(bare('GetObject'), shut))?.causes.length, Number)
})
