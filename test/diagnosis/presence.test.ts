import t from 'tap'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/*
 * `Null` asks whether there is a tag, and for no value of it.
 */

const group = 'arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0a1b2c3d4e5f60718'
const said = (action: string): string => denied(action, group, noIdentity(action))
const present = (key: string) => ({ Null: { [key]: 'false' } })

t.test('the tag has to be there, with any value', async (t) => {
  for (const [action, key, step] of [
    ['ec2:CreateTags', 'aws:RequestTag/team', 'send-tags-in-this-call'],
    ['ec2:AuthorizeSecurityGroupIngress', 'aws:ResourceTag/team', 'tag-resource'],
  ] as const) {
    const policies = identity(allow(action, '*', present(key)))
    const [cause] = (await diagnosesOf(said(action), policies))[0]?.causes ?? []
    t.match(cause?.remedies[0], { step })
    t.notOk(cause?.remedies[0]?.values['values'])
    t.notMatch((await answerOf(said(action), policies))?.summary, '`false`')
  }
})

t.test('a tag that must not be there is not asked for', async (t) => {
  const action = 'ec2:AuthorizeSecurityGroupIngress'
  const policies = identity(allow(action, '*', { Null: { 'aws:ResourceTag/locked': 'true' } }))
  const [cause] = (await diagnosesOf(said(action), policies))[0]?.causes ?? []
  t.match(cause?.remedies[0], { step: 'meet-condition' })
})

t.test('tags on what is there already are no part of its creation', async (t) => {
  const onCreation = allow('ec2:CreateTags', '*', { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } })
  const policies = identity(onCreation, allow('ec2:CreateTags', '*', present('aws:ResourceTag/team')))
  const [cause] = (await diagnosesOf(said('ec2:CreateTags'), policies))[0]?.causes ?? []
  t.match(cause, { facts: { statement: 2 }, remedies: [{ step: 'tag-resource' }] })
  const made = said('ec2:CreateTags').replace(/sg-[0-9a-f]+/u, '*')
  const [first] = (await diagnosesOf(made, policies))[0]?.causes ?? []
  t.match(first, { facts: { statement: 1 } }, 'while it is created both may be meant')
})
