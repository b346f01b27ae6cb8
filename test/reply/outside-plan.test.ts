import t from 'tap'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { readConfig } from '../../src/config.ts'
import { createExplainer } from '../../src/explain.ts'
import { renderMarkdown } from '../../src/reply/markdown.ts'
import { replySchema, type Reply } from '../../src/reply/schema.ts'
import { renderSlack } from '../../src/reply/slack-blocks.ts'
import { renderText } from '../../src/reply/text.ts'

/** The plan says what it does not settle: whoever obeys it alone must not be surprised by the rest. */

const offline = await createGatherer(readConfig({ EVIDENCE: 'none' }), {})
const explainer = createExplainer({ gatherer: offline, offline, version: 'test' })

const role = 'arn:aws:sts::444455556666:assumed-role/Shipper/run-7'
const denied = (action: string, resource: string, because: string): string =>
  `User: ${role} is not authorized to perform: ${action} on resource: ${resource} ${because}`
const publish = denied(
  'sns:Publish',
  'arn:aws:sns:eu-north-1:444455556666:alarms',
  'because no identity-based policy allows the sns:Publish action',
)
const receive = denied(
  'sqs:ReceiveMessage',
  'arn:aws:sqs:eu-north-1:444455556666:orders',
  'because no identity-based policy allows the sqs:ReceiveMessage action',
)
const guardrail = (action: string, resource: string): string =>
  denied(action, resource, 'with an explicit deny in a service control policy')
const expired =
  'An error occurred (ExpiredToken) when calling the ListTopics operation: The security token included in the request is expired'

async function explain(...lines: readonly string[]): Promise<Reply> {
  const explained = await explainer.explain({ text: lines.join('\n') })
  if (explained.kind !== 'reply') throw new Error('nothing recognised')
  return replySchema.parse(explained.reply)
}

t.test('an SCP beside a missing Allow is said to be left out, in every rendering', async (t) => {
  const reply = await explain(
    publish,
    guardrail('ec2:RunInstances', 'arn:aws:ec2:eu-north-1:444455556666:instance/*'),
    guardrail('rds:CreateDBInstance', 'arn:aws:rds:eu-north-1:444455556666:db:ledger'),
  )
  t.equal(reply.diagnoses.length, 3)
  t.strictSame(
    reply.notInPlan.map(({ ids }) => ids),
    [reply.diagnoses.slice(1).map(({ id }) => id)],
    'those of one owner stand together',
  )
  for (const shown of [
    renderMarkdown(reply, 'en'),
    renderText(reply, 'en'),
    JSON.stringify(renderSlack(reply, { locale: 'en' })),
  ]) {
    t.match(shown, /Denials 2 and 3: .*service control policy.*administrators\s+of the AWS organization/su)
    t.notMatch(shown, 'Several denials share policies', 'no policy is shared')
  }
  t.match(renderMarkdown(reply, 'ko'), /2번, 3번 거부: /u)
})

t.test('what is no policy at all is left out too', async (t) => {
  const reply = await explain(publish, expired)
  const ids = new Map(reply.diagnoses.map(({ id, causes }) => [causes[0]?.code, id]))
  t.strictSame(
    reply.notInPlan.flatMap((left) => left.ids),
    [ids.get('credentials-expired')],
  )
})

t.test('a plan that settles everything leaves nothing out, and says where policies are shared', async (t) => {
  const reply = await explain(publish, receive)
  t.equal(reply.plan[0]?.covers.length, 2)
  t.strictSame(reply.notInPlan, [])
  t.match(renderMarkdown(reply, 'en'), 'Several denials share policies')
  t.notMatch(renderMarkdown(reply, 'en'), 'What this does not settle')
})

t.test('how many denials there were is told where not all are answered', async (t) => {
  const many = Array.from({ length: 230 }, (_, index) => publish.replace('alarms', `alarms-${String(index)}`))
  const reply = await explain(...many)
  t.equal(reply.meta.denialsFound, 230)
  t.ok(reply.diagnoses.length < 230)
  t.equal((await explain(publish, receive)).meta.denialsFound, 2)
})
