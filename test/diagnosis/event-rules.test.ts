import t from 'tap'
import { resource } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

const rule = 'arn:aws:events:eu-west-1:111122223333:rule/nightly'
const at = (service: string, name: string): string => `arn:aws:${service}:eu-west-1:111122223333:${name}`
const failed = (target: string): string => `FailedInvocations = 1, nothing arrives. Rule ${rule}, target ${target}.`
const source = { ArnLike: { 'aws:SourceArn': rule } }

t.test('a rule delivers to the target that is named, whatever the words around it', async (t) => {
  const rows = [
    [at('sns', 'orders'), 'sns:Publish', at('sns', 'orders'), 'topic/orders'],
    [at('sqs', 'orders'), 'sqs:SendMessage', at('sqs', 'orders'), 'queue/orders'],
    [at('lambda', 'function:orders'), 'lambda:InvokeFunction', at('lambda', 'function:orders'), 'function/orders'],
    [at('logs', 'log-group:/aws/events/o'), 'logs:PutLogEvents', at('logs', 'log-group:/aws/events/o:*'), 'logs/'],
  ] as const
  for (const [target, Action, Resource, attachTo] of rows) {
    const [cause] = (await diagnosesOf(failed(target)))[0]?.causes ?? []
    t.equal(cause?.code, 'service-principal-policy')
    const [remedy, ...more] = cause?.remedies ?? []
    t.match(remedy?.statement, { Principal: { Service: 'events.amazonaws.com' }, Action, Resource, Condition: source })
    t.ok(remedy?.target?.attachTo.startsWith(attachTo), remedy?.target?.attachTo ?? '')
    t.strictSame(
      more.map(({ statement }) => [statement?.Action, statement?.Condition]),
      Action === 'logs:PutLogEvents' ? [['logs:CreateLogStream', undefined]] : [],
    )
  }
})

t.test('the policy of the topic stays that of the topic', async (t) => {
  const root = { AWS: 'arn:aws:iam::111122223333:root' }
  const topic = at('sns', 'orders')
  const policy = resource({ Effect: 'Allow', Principal: root, Action: 'SNS:Publish', Resource: topic })
  const [cause] = (await diagnosesOf(failed(topic), policy))[0]?.causes ?? []
  t.equal(cause?.confidence, 'evaluated')
  t.match(cause?.remedies[0]?.commands?.awsCli, 'aws sns set-topic-attributes')
})

t.test('a topic that sends to a queue is none of a rule’s', async (t) => {
  const [cause] =
    (await diagnosesOf(`SNS topic ${at('sns', 'orders')}: messages never arrive in the queue`))[0]?.causes ?? []
  t.equal(cause?.remedies[0]?.statement?.Action, 'sqs:SendMessage')
})
