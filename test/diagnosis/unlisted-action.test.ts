import t from 'tap'
import { denied, noIdentity } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const of = async (action: string, resource: string) => {
  const text = denied(action, resource, noIdentity(action))
  const [found] = await diagnosesOf(text)
  const remedy = found?.causes[0]?.remedies[0]
  const hint = found?.hints.find(({ code }) => code === 'unlisted-action')
  return { text, action: remedy?.statement?.Action, readiness: remedy?.readiness, hint }
}
const queue = 'arn:aws:sqs:me-south-1:111122223333:jobs'

t.test('an action that AWS does not list is nothing to store unseen', async (t) => {
  const elsewhere = await of('sqs:CreateRole', queue)
  t.match(elsewhere, { action: 'sqs:CreateRole', readiness: 'needs-review' })
  t.match(elsewhere.hint?.values, { action: 'sqs:CreateRole', meant: 'iam:CreateRole' })
  const answer = await answerOf(elsewhere.text)
  t.match(JSON.stringify(answer?.hints), /newer than they are, or the message is not as AWS printed it/u)

  const nowhere = await of('sqs:FrobnicateMessages', queue)
  t.equal(nowhere.readiness, 'needs-review')
  t.equal(nowhere.hint?.values['meant'], undefined)
})

t.test('what is listed, is a tagging name or of a service nobody lists is as sure as before', async (t) => {
  for (const action of ['sqs:SendMessage', 'sqs:TagResource', 'frobnicate:RunJobs']) {
    const found = await of(action, queue)
    t.equal(found.hint, undefined, action)
    t.not(found.readiness, 'needs-review', action)
  }
})
