import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, identity, resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const causesOf = async (text: string, read: Policies = {}) => (await diagnosesOf(text, read))[0]?.causes ?? []

t.test('who delivers, and to what, where nothing says a word of a denial', async (t) => {
  const rows = [
    ['Our EventBridge rule does not trigger the Lambda function.', 'events.amazonaws.com', 'lambda:InvokeFunction'],
    ['The queue is never reached by the EventBridge rule; SQS stays empty.', 'events.amazonaws.com', 'sqs:SendMessage'],
    ['DLQ message: "ERROR_CODE": "NO_PERMISSIONS", target is an SNS topic', 'events.amazonaws.com', 'sns:Publish'],
    ['NumberOfNotificationsFailed 12, subscriber: SQS queue', 'sns.amazonaws.com', 'sqs:SendMessage'],
    ['NumberOfNotificationsFailed 12, subscriber: Lambda', 'sns.amazonaws.com', 'lambda:InvokeFunction'],
    ['S3 event notifications are not reaching the SQS queue.', 's3.amazonaws.com', 'sqs:SendMessage'],
    ['The alarm fires, but no notification is sent to the SNS topic.', 'cloudwatch.amazonaws.com', 'sns:Publish'],
    ['get-trail-status: "LatestDeliveryError": "AccessDenied"', 'cloudtrail.amazonaws.com', 's3:PutObject'],
  ] as const
  for (const [text, Service, Action] of rows) {
    const [cause] = await causesOf(text)
    t.match(cause, { code: 'service-principal-policy', confidence: 'possible' }, text)
    t.match(cause?.remedies[0]?.statement, { Principal: { Service }, Action }, text)
  }
})

t.test('what was read tells whether it is let in', async (t) => {
  const queue = 'arn:aws:sqs:eu-west-3:444455556666:pier'
  const text = `S3 event notifications are not reaching the SQS queue ${queue}.`
  const own = { Effect: 'Allow', Principal: { AWS: '444455556666' }, Action: 'sqs:*', Resource: queue } as const
  t.match((await causesOf(text, resource(own)))[0], { code: 'service-principal-policy', confidence: 'evaluated' })
})

t.test('what hands on with a role of its own', async (t) => {
  const schedule = 'TargetErrorCount of the schedule is 5, the target is a Lambda function.'
  const [role, trust] = await causesOf(schedule)
  t.match(role, { code: 'service-role-missing-allow', facts: { actions: 'lambda:InvokeFunction' } })
  t.match(trust?.remedies[0]?.statement, { Principal: { Service: 'scheduler.amazonaws.com' } })
  const granted = await causesOf(schedule, identity(allow('lambda:*', '*')))
  t.strictSame(
    granted.map(({ code }) => code),
    ['trust-policy'],
  )

  const topic = 'arn:aws:sns:eu-west-3:444455556666:pier'
  const [destination] = await causesOf(`DestinationDeliveryFailures of my Lambda function go up, destination ${topic}`)
  t.match(destination?.remedies[0]?.statement, { Action: 'sns:Publish', Resource: topic })
})

t.test('what works, and metrics that stay at nothing, are no failures', async (t) => {
  for (const text of [
    'Our EventBridge rule triggers the Lambda function every hour.',
    'NumberOfNotificationsFailed is 0 for the SQS queue',
    'TargetErrorCount: 0',
    'DeadLetterErrors = 0',
    'S3 event notifications reach the SQS queue.',
    'The alarm sends a notification to the SNS topic.',
    '"LatestDeliveryError": null',
  ])
    t.same(await diagnosesOf(text), [], text)
})

t.test('a call of somebody that AWS names is what failed, whatever did not arrive for want of it', async (t) => {
  const text =
    'AccessDeniedException: User: arn:aws:sts::444455556666:assumed-role/mailer/s is not authorized to perform: ses:SendEmail on resource: arn:aws:ses:eu-west-3:444455556666:configuration-set/news\nThe mails never arrive.'
  const [first] = await causesOf(text, identity(allow('ses:*', 'arn:aws:ses:eu-west-3:444455556666:identity/*')))
  t.match(first, { code: 'companion-resource-needed', confidence: 'evaluated' })
  const unread = await causesOf(text)
  t.notOk(unread.some(({ code }) => code === 'service-principal-policy'))
})
