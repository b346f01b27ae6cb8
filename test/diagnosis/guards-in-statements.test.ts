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

t.test('a role is passed to the service of the one call in the text that takes a role', async (t) => {
  const said = denied('iam:PassRole', 'arn:aws:iam::111122223333:role/jobs')
  const rows: readonly (readonly [beside: string, service: string | null])[] = [
    ['"Resource": "arn:aws:states:::ecs:runTask.sync"', 'ecs-tasks.amazonaws.com'],
    ['"Resource": "arn:aws:states:::aws-sdk:scheduler:createSchedule"', 'scheduler.amazonaws.com'],
    ['"Resource": "arn:aws:states:::lambda:invoke"', null],
    ['it may call scheduler:CreateSchedule and s3:PutObject already', 'scheduler.amazonaws.com'],
    ['it may call scheduler:CreateSchedule and lambda:CreateFunction already', null],
    ['it may call ec2:CreateTags already', null],
    ['it may call ec2:CreateFlowLogs already', 'vpc-flow-logs.amazonaws.com'],
    ['Service: Scheduler', 'scheduler.amazonaws.com'],
    ['Error: Failed to register task definition in ECS', 'ecs-tasks.amazonaws.com'],
    ['creating instance profile, adding role "jobs" to instance profile "jobs_1"', 'ec2.amazonaws.com'],
    ['it may call glue:CreateJob already', 'glue.amazonaws.com'],
  ]
  for (const [beside, service] of rows) {
    const condition = { StringEquals: { 'iam:PassedToService': service ?? '<Service>.amazonaws.com' } }
    const cause = await first(`${said}\n${beside}`)
    t.strictSame(cause?.remedies[0]?.statement?.Condition, condition, beside)
    t.equal(cause?.remedies[0]?.readiness, service === null ? 'has-placeholders' : 'ready', beside)
  }
})

t.test('a decoded message tells which service asked for the role, also where it is cut off', async (t) => {
  const decoded = JSON.stringify({
    allowed: false,
    explicitDeny: false,
    context: {
      principal: { arn: 'arn:aws:iam::111122223333:user/ann' },
      action: 'iam:PassRole',
      resource: 'arn:aws:iam::111122223333:role/jobs',
      conditions: { items: [{ key: 'aws:Service', values: { items: [{ value: 'ec2' }] } }] },
    },
  })
  for (const text of [decoded, decoded.slice(0, -1), `"DecodedMessage": ${JSON.stringify(decoded)}`])
    t.match((await first(text))?.remedies[0]?.statement?.Condition, {
      StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    })
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
