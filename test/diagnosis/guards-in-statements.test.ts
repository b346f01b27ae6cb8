import t from 'tap'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import { denied } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const first = async (text: string): Promise<Cause | undefined> => (await diagnosesOf(text))[0]?.causes[0]

t.test('a role is passed to the service that answered', async (t) => {
  const role = 'arn:aws:iam::111122223333:role/jobs'
  const said = (service: string): string =>
    `${denied('iam:PassRole', role)} (Service: ${service}; Status Code: 400; Error Code: AccessDeniedException; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)`
  const passed = async (service: string): Promise<unknown> => {
    const cause = await first(said(service))
    t.equal(cause?.code, 'pass-role', service)
    return cause?.remedies[0]?.statement?.Condition
  }
  t.strictSame(await passed('AWSLambda'), { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } })
  t.strictSame(await passed('AmazonECS'), { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } })
  t.equal(await passed('AmazonIdentityManagement'), undefined, 'IAM receives none')
})

t.test('S3 is let in for the bucket of one account', async (t) => {
  const cause = await first(
    'An error occurred (InvalidArgument) when calling the PutBucketNotificationConfiguration operation: Unable to validate the following destination configurations (bucket heron-in, ObjectCreated -> Lambda arn:aws:lambda:eu-west-1:111122223333:function:resize)',
  )
  const remedy = cause?.remedies.find(({ statement }) => statement !== null)
  t.strictSame(remedy?.statement?.Condition, {
    ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::heron-in' },
    StringEquals: { 'aws:SourceAccount': '111122223333' },
  })
  t.match(remedy?.command, /--source-arn arn:aws:s3:::heron-in --source-account 111122223333$/u)
})
