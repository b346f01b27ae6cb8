import t from 'tap'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const first = async (...asked: Parameters<typeof diagnosesOf>) => (await diagnosesOf(...asked))[0]?.causes[0]
const stepsOf = (cause: Awaited<ReturnType<typeof first>>) => cause?.remedies.map(({ step }) => step)

t.test('a presigned URL is made anew, not signed in for', async (t) => {
  for (const text of [
    '<Error><Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>900</X-Amz-Expires><Expires>2025-05-01T00:15:00Z</Expires></Error>',
    '<Error><Code>AccessDenied</Code><Message>Request has expired</Message><Expires>2025-05-01T00:15:00Z</Expires></Error>',
    'AccessDenied: Request has expired',
    'GET https://heron.s3.eu-west-1.amazonaws.com/a.pdf?X-Amz-Expires=600&X-Amz-Signature=0 answered ExpiredToken: The provided token has expired.',
  ]) {
    const cause = await first(text)
    t.equal(cause?.code, 'credentials-expired', text)
    t.strictSame(stepsOf(cause), ['make-new-url'], text)
  }
  const session = await first('ExpiredTokenException: The security token included in the request is expired')
  t.strictSame(stepsOf(session), ['sign-in-again'])
})

t.test('what AWS keeps for itself is changed where it comes from', async (t) => {
  const said = (role: string): string =>
    `An error occurred (UnmodifiableEntity) when calling the AttachRolePolicy operation: Cannot perform the operation on the protected role '${role}' - this role is only modifiable by AWS`
  const center = await first(said('AWSReservedSSO_Auditors_0123456789abcdef'))
  t.match(center, { code: 'other-system', confidence: 'stated', facts: { system: 'protected-role' } })
  t.strictSame(stepsOf(center), ['change-permission-set'])
  t.match(await summaryOf(said('AWSReservedSSO_Auditors_0123456789abcdef')), /permission set `Auditors`/u)
  t.strictSame(stepsOf(await first(said('AWSServiceRoleForAmazonEKS'))), ['leave-role-to-service'])
})

t.test('where a service tells one of two things, neither is stated', async (t) => {
  const causes = (
    await diagnosesOf(
      'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the ReceiveMessage operation: The specified queue does not exist or you do not have access to it.',
    )
  )[0]?.causes
  t.strictSame(
    causes?.map(({ code, confidence }) => [code, confidence]),
    [
      ['resource-not-found-as-denied', 'possible'],
      ['missing-allow', 'possible'],
    ],
  )
  t.strictSame(causes?.[1]?.remedies[0]?.statement?.Action, 'sqs:ReceiveMessage')
  const sure = await first(
    'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the SendMessage operation: The specified queue does not exist.',
  )
  t.match(sure, { code: 'resource-not-found', confidence: 'stated' })
})

t.test('the policy over a recovery point is that of its vault', async (t) => {
  const said = (resource: string): string =>
    `User: arn:aws:iam::444455556666:user/kim is not authorized to perform: backup:DeleteRecoveryPoint on resource: ${resource} with an explicit deny in a resource-based policy`
  for (const resource of [
    'arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0',
    'arn:aws:backup:eu-west-1:444455556666:recovery-point:0a1b2c3d',
    'arn:aws:rds:eu-west-1:444455556666:snapshot:awsbackup:job-1',
  ]) {
    const cause = await first(said(resource))
    t.equal(cause?.code, 'explicit-deny-resource')
    t.match(await summaryOf(said(resource)), /the access policy of the backup vault that holds/u, resource)
  }
  t.notMatch(await summaryOf(said('arn:aws:backup:eu-west-1:444455556666:backup-vault:v')), /that holds/u)
})

t.test('no statement reaches what another account shares with nobody', async (t) => {
  const said = (resource: string): string => denied('ec2:RebootInstances', resource, noIdentity('ec2:RebootInstances'))
  const causes = (await diagnosesOf(said('arn:aws:ec2:eu-west-1:777788889999:instance/i-0123456789abcdef0')))[0]?.causes
  t.strictSame(
    causes?.map(({ code }) => code),
    ['wrong-principal', 'cross-account-identity-side'],
  )
  const own = await first(said('arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0'))
  t.equal(own?.code, 'missing-allow')
})

t.test('a phone number is no Resource', async (t) => {
  const topics = identity(allow('sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:alerts'))
  const cause = await first(denied('sns:Publish', '+4915550100', noIdentity('sns:Publish')), topics)
  t.equal(cause?.code, 'action-needs-star')
  t.strictSame(
    cause?.remedies.map(({ statement, editedStatement }) => [statement?.Resource, editedStatement]),
    [['*', null]],
  )
})
