import t from 'tap'
import { diagnosesOf } from './explain-text.ts'

const topic = 'arn:aws:sns:eu-west-1:111122223333:pager'
const queue = 'arn:aws:sqs:eu-west-1:111122223333:orders'
const alarm = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:High CPU'
const publish = `is not authorized to perform: SNS:Publish on resource: ${topic}`
const send = `is not authorized to perform: sqs:SendMessage on resource: ${queue}`

t.test('a service under the name that people call it by is let in by the resource', async (t) => {
  const rows: readonly (readonly [text: string, service: string])[] = [
    [
      `Notify failed, AMP ${publish} because no resource-based policy allows the SNS:Publish action`,
      'aps.amazonaws.com',
    ],
    [`Amazon EventBridge ${send}`, 'events.amazonaws.com'],
    [`AWS Config ${publish}`, 'config.amazonaws.com'],
    [`AWS Backup\n${publish}`, 'backup.amazonaws.com'],
    [
      `S3 is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:eu-west-1:111122223333:function:f`,
      's3.amazonaws.com',
    ],
    [`Resource: ${alarm} ${publish}`, 'cloudwatch.amazonaws.com'],
  ]
  for (const [text, service] of rows) {
    const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
    t.equal(cause?.code, 'service-principal-policy', text)
    t.equal(cause?.remedies.length, 1, text)
    t.strictSame(cause?.remedies[0]?.statement?.Principal, { Service: service }, text)
  }
})

t.test('the alarm for which CloudWatch acts', async (t) => {
  const [cause] = (await diagnosesOf(`Resource: ${alarm} ${publish}`))[0]?.causes ?? []
  t.strictSame(cause?.remedies[0]?.statement?.Condition, { ArnLike: { 'aws:SourceArn': alarm } })
})

t.test('who merely is called so, and who acts under a role', async (t) => {
  for (const text of [
    `User: S3 ${send}`,
    `User: arn:aws:iam::111122223333:user/AMP ${publish}`,
    `Role Config ${publish}`,
    `orders-S3 ${send}`,
    `We use AWS Backup. User: arn:aws:iam::111122223333:user/bob ${publish}`,
    `EventBridge Scheduler ${send}`,
    `Amazon EventBridge ${send} because no identity-based policy allows the sqs:SendMessage action`,
    `CodePipeline is not authorized to perform: codebuild:StartBuild on resource: arn:aws:codebuild:eu-west-1:111122223333:project/web`,
  ]) {
    const causes = (await diagnosesOf(text))[0]?.causes ?? []
    t.notOk(
      causes.some(({ code }) => code === 'service-principal-policy'),
      text,
    )
  }
})

t.test('a topic whose account is masked keeps its name', async (t) => {
  const masked = 'arn:aws:sns:eu-west-1:xxxxxxxxxxxx:pager'
  const text = `Resource: arn:aws:cloudwatch:eu-west-1:xxxxxxxxxxxx:alarm:CPU is not authorized to perform: SNS:Publish on resource: ${masked}`
  const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
  t.match(cause?.remedies[0], {
    statement: {
      Resource: 'arn:aws:sns:eu-west-1:<AccountId>:pager',
      Condition: { StringEquals: { 'aws:SourceAccount': '<AccountId>' } },
    },
    target: { attachTo: 'topic/pager' },
  })
})

t.test('a role whose session was written with `iam` is the principal of a key policy', async (t) => {
  const text =
    'User: arn:aws:iam::111122223333:assumed-role/app/s is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/01234567-89ab-cdef-0123-456789abcdef because no resource-based policy allows the kms:Decrypt action'
  const [cause] = (await diagnosesOf(text))[0]?.causes ?? []
  t.match(cause?.remedies[0]?.statement, { Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } })
})
