import t from 'tap'
import { answerOf, remediesOf, summaryOf } from './explain-text.ts'

t.test('a query asks more of its results bucket than where it is', async (t) => {
  const remedies = await remediesOf('InvalidRequestException: Unable to verify/create output bucket answers-of-queries')
  for (const action of ['s3:GetBucketLocation', 's3:ListBucket', 's3:PutObject', 's3:GetObject'])
    t.match(remedies, `"${action}"`)
})

t.test('a role of COPY has to be attached to the cluster, too', async (t) => {
  const answer = await answerOf(
    'error:  Not authorized to get credentials of role arn:aws:iam::444455556666:role/loader\n  code: 30000',
  )
  const [cause] = answer?.causes ?? []
  t.equal(cause?.code, 'trust-policy')
  t.match(cause?.remedies[1]?.commands?.awsCli ?? JSON.stringify(cause?.remedies[1]), 'modify-cluster-iam-roles')
})

t.test('whoever shares a secret under the key of AWS lacks no permission', async (t) => {
  const text =
    "An error occurred (InvalidRequestException) when calling the PutResourcePolicy operation: You can't access a secret from a different AWS account if you encrypt the secret with the default KMS service key."
  t.match(await summaryOf(text), 'encrypted with an AWS managed key')
  t.notMatch(await summaryOf(text), 'the caller')
  t.match(await summaryOf(text, {}, {}, 'ko'), 'AWS 관리형 키')
  t.equal((await answerOf(text))?.causes[0]?.confidence, 'stated')
})

t.test('a record of network activity names the endpoint whose policy refused', async (t) => {
  const record = {
    eventVersion: '1.09',
    userIdentity: { type: 'AWSAccount', principalId: 'AKIAEXAMPLE', accountId: '444455556666' },
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObject',
    awsRegion: 'eu-west-2',
    errorCode: 'VpceAccessDenied',
    errorMessage: 'The request was denied due to a VPC endpoint policy',
    vpcEndpointId: 'vpce-0d1e2f3a4b5c6d7e8',
    eventCategory: 'NetworkActivity',
  }
  const [cause] = (await answerOf(JSON.stringify(record)))?.causes ?? []
  t.match(cause, { code: 'vpce-policy', confidence: 'stated' })
  t.equal(cause?.remedies[0]?.target?.attachTo, 'vpc-endpoint/vpce-0d1e2f3a4b5c6d7e8')
})
