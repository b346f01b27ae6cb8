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

t.test('a role is passed to the service that the one call gives it to', async (t) => {
  type Partition = 'aws' | 'aws-cn' | 'aws-us-gov'
  const refused = (partition: Partition): string =>
    `User: arn:${partition}:iam::444455556666:user/kim is not authorized to perform: iam:PassRole on resource: arn:${partition}:iam::444455556666:role/heron because no identity-based policy allows the iam:PassRole action`
  const cli = (operation: string, partition: Partition = 'aws'): string =>
    `An error occurred (AccessDenied) when calling the ${operation} operation: ${refused(partition)}`
  const go = (service: string, operation: string): string =>
    `operation error ${service}: ${operation}, https response error StatusCode: 403, RequestID: 5d1c, api error AccessDenied: ${refused('aws')}`
  const rows: readonly (readonly [text: string, ...services: readonly string[]])[] = [
    [cli('CreateAutoScalingGroup'), 'ec2.amazonaws.com'],
    [cli('PutLifecycleHook'), 'autoscaling.amazonaws.com'],
    [cli('CreateFlowLogs'), 'vpc-flow-logs.amazonaws.com'],
    [cli('ImportSnapshot'), 'vmie.amazonaws.com'],
    [cli('StartExportTask')],
    [cli('CreateFargateProfile'), 'eks-fargate-pods.amazonaws.com'],
    [cli('CreateFunction'), 'lambda.amazonaws.com'],
    [go('RDS', 'StartExportTask'), 'export.rds.amazonaws.com'],
    [go('RDS', 'AddRoleToDBInstance'), 'rds.amazonaws.com'],
    [go('Glue', 'CreateJob'), 'glue.amazonaws.com'],
    [go('MediaConvert', 'CreateJob'), 'mediaconvert.amazonaws.com'],
    [go('EMR Serverless', 'StartJobRun'), 'emr-serverless.amazonaws.com'],
    [go('OSIS', 'UpdatePipeline'), 'osis-pipelines.amazonaws.com'],
    [go('Kafka Connect', 'CreateConnector'), 'kafkaconnect.amazonaws.com'],
    [go('Transfer', 'CreateUser'), 'transfer.amazonaws.com'],
    [go('ECS', 'UpdateService'), 'ecs.amazonaws.com', 'ecs-tasks.amazonaws.com'],
    [go('Batch', 'UpdateComputeEnvironment'), 'batch.amazonaws.com', 'ec2.amazonaws.com', 'spotfleet.amazonaws.com'],
    [go('DynamoDB', 'CreateTable')],
    // The name is several services', and each gives the role to another.
    ...['CreateJob', 'CreatePipeline', 'CreateConnector', 'UpdateService', 'CreateCluster'].map(
      (operation) => [cli(operation)] as const,
    ),
    [
      `$ aws codepipeline create-pipeline --cli-input-json file://p.json\n${cli('CreatePipeline')}`,
      'codepipeline.amazonaws.com',
    ],
    [cli('RunInstances', 'aws-cn'), 'ec2.amazonaws.com.cn'],
    [cli('UpdateAutoScalingGroup', 'aws-cn'), 'ec2.amazonaws.com.cn'],
    [cli('CreateFunction', 'aws-cn'), 'lambda.amazonaws.com'],
    [cli('CreateDeploymentGroup', 'aws-cn')],
    [cli('RunInstances', 'aws-us-gov'), 'ec2.amazonaws.com'],
  ]
  for (const [text, ...services] of rows) {
    const remedy = (await first(text))?.remedies[0]
    const [service = '<Service>.amazonaws.com', ...others] = services
    const receivers = others.length === 0 ? service : services
    const name = text.slice(0, 90)
    t.strictSame(remedy?.statement?.Condition, { StringEquals: { 'iam:PassedToService': receivers } }, name)
    t.equal(remedy?.readiness, ['has-placeholders', 'ready'][services.length] ?? 'needs-review', name)
    // The value that the proof rests on stands in no message.
    const assumed = remedy?.verification?.assuming.find(({ code }) => code === 'passed-to')
    t.strictSame(assumed?.values, services.length === 0 ? {} : { services: services.join(' ') }, name)
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
