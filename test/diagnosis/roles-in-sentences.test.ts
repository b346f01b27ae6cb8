import t from 'tap'
import { answerOf } from './explain-text.ts'

/** The first statement that the answer gives, and the role that it goes on. */
async function givenTo(text: string) {
  const answer = await answerOf(text)
  const [cause] = answer?.causes ?? []
  const [remedy] = cause?.remedies ?? []
  const { code, confidence } = cause ?? {}
  return { code, confidence, role: remedy?.target?.attachTo, statement: remedy?.statement, remedy, answer }
}

t.test('CodePipeline prints service and action apart', async (t) => {
  const { code, statement } = await givenTo(
    'The provided role does not have sufficient permissions: Failed to deploy application. Service:AWSLambda, Action: UpdateAlias',
  )
  t.equal(code, 'service-role-missing-allow')
  t.match(statement, { Action: 'lambda:UpdateAlias' })
})

t.test('a pipe needs all that its source is read with', async (t) => {
  const { role, statement } = await givenTo(
    'The execution role arn:aws:iam::444455556666:role/relay does not have the required permissions on source: sqs:ReceiveMessage',
  )
  t.equal(role, 'role/relay')
  t.same(statement?.Action, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])
})

t.test('the action alone, of what is no source', async (t) => {
  const { statement } = await givenTo(
    'The execution role arn:aws:iam::444455556666:role/relay lacks the required permissions on target: states:StartExecution',
  )
  t.match(statement, { Action: 'states:StartExecution' })
})

t.test('role, action and bucket stand in the sentence', async (t) => {
  const firehose = await givenTo(
    'Access was denied. Ensure that the access policy for the role arn:aws:iam::444455556666:role/stream on delivery stream web allows s3:PutObject on bucket lake-in.',
  )
  t.match(firehose, { confidence: 'stated', role: 'role/stream' })
  t.match(firehose.statement, { Action: 's3:PutObject', Resource: 'arn:aws:s3:::lake-in/*' })
  const dataSync = await givenTo(
    'Task failed to access location loc-0d1e2f: x40016: Could not perform s3:ListObjectsV2 in bucket lake-out. Access denied. Ensure bucket access role arn:aws:iam::444455556666:role/mover has s3:ListBucket permission.',
  )
  t.match(dataSync, { code: 'service-role-missing-allow', confidence: 'stated', role: 'role/mover' })
  t.match(dataSync.statement, { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::lake-out' })
})

t.test('a service that acts with the role that the text names is meant to', async (t) => {
  for (const [text, role] of [
    [
      'Insufficient privileges to perform this action. Your backup job failed: Access Denied trying to call AWS Backup service role arn:aws:iam::444455556666:role/service-role/Vaults',
      'role/Vaults',
    ],
    [
      'Access denied while accessing Auto Scaling using role "arn:aws:iam::444455556666:role/stalk". Verify the role policy.',
      'role/stalk',
    ],
    [
      'ERRORS AccessDenied Message="Access denied" Operation=CLOSE Path=/inbox/a.csv, role arn:aws:iam::444455556666:role/drop',
      'role/drop',
    ],
  ] as const) {
    const given = await givenTo(text)
    t.match(given, { code: 'service-role-missing-allow', confidence: 'possible', role }, text)
    t.notOk(given.answer?.causes.some(({ code }) => code === 'wrong-principal'))
  }
})

t.test('a gap in the action gives no name to policy and statement', async (t) => {
  const { statement, remedy } = await givenTo(
    'Service role EMR_Main has insufficient permissions. The error message is "You are not authorized to perform this operation."',
  )
  t.match(statement, { Sid: 'AllowAccess', Action: '<ServicePrefix>:<Action>' })
  t.match(remedy?.instruction, /`allow-access-[0-9a-f]{8}`/u)
  const ofEc2 = await givenTo(
    'Service role EMR_Main has insufficient EC2 permissions. The error message provided by EC2 is "You are not authorized to perform this operation."',
  )
  t.match(ofEc2.statement, { Sid: 'AllowEc2', Action: 'ec2:<Action>' })
})
