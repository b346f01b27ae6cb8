import t from 'tap'
import { allow, denied, deny, identity, noIdentity, scp } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/*
 * A model that is called across Regions is asked for in a Region that the caller never named.
 */

const model = 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-x'
const said = denied('bedrock:InvokeModel', model, 'with an explicit deny in a service control policy')
const lock = scp(allow('*'), deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-east-2'] } }))

t.test('whoever calls a profile across Regions is in the right one already', async (t) => {
  for (const told of ['modelId: us.anthropic.claude-x', 'the client is in us-east-1', 'an inference profile']) {
    const [first] = (await diagnosesOf(`${said}\n${told}`, lock))[0]?.causes ?? []
    t.match(first, { code: 'scp-deny' })
    t.match(first?.remedies[0], { step: 'use-geographic-profile', values: { routed: 'us-west-2' } }, told)
    const answer = await answerOf(`${said}\n${told}`, lock)
    t.notMatch(answer?.summary, 'Make the call in')
    t.match(answer?.summary, 'routed the request to `us-west-2`')
  }
  const [plain] = (await diagnosesOf(said, lock))[0]?.causes ?? []
  t.match(plain?.remedies[0], { step: 'stay-within-rule' }, 'a model that is called in its own Region')
})

t.test('the same in a policy of the caller', async (t) => {
  const regional = allow('bedrock:*', '*', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } })
  const text = denied('bedrock:InvokeModel', model, noIdentity('bedrock:InvokeModel'))
  const [cause] = (await diagnosesOf(`${text}\nmodelId: us.anthropic.claude-x`, identity(regional)))[0]?.causes ?? []
  t.match(cause, { code: 'condition-mismatch', remedies: [{ step: 'use-geographic-profile' }] })
})
