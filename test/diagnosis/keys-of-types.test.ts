import t from 'tap'
import { allow, denied, identity, noIdentity } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

const ec2 = (tail: string, account = '111122223333'): string => `arn:aws:ec2:eu-west-1:${account}:${tail}`
const image = ec2('image/ami-0123456789abcdef0', '')
const run = (resource: string): string =>
  denied('ec2:RunInstances', resource, noIdentity('ec2:RunInstances'), 'user/lena')
const small = { StringEquals: { 'ec2:InstanceType': 't3.small' } }
const remediesIn = async (...asked: Parameters<typeof diagnosesOf>) =>
  (await diagnosesOf(...asked))[0]?.causes[0]?.remedies ?? []

t.test('a key that some types of resource never have: those get a statement of their own', async (t) => {
  const read = identity(allow('ec2:RunInstances', [ec2('instance/*'), image, ec2('key-pair/lena', '')], small))
  const [own, ...others] = await remediesIn(run(image), read)
  t.equal(own?.kind, 'add-identity-statement')
  t.strictSame(own?.statement?.Resource, [image, ec2('key-pair/lena')], 'with the account that the key pair has')
  t.equal(own?.statement?.Condition, undefined)
  t.strictSame(others, [])
  t.match(
    (await answerOf(run(image), read))?.causes[0]?.remedies[0]?.instruction,
    /AWS never has that key for this type of resource/,
  )
  const [forAll] = await remediesIn(run(image), identity(allow('ec2:RunInstances', '*', small)))
  t.equal(forAll?.statement?.Resource, image)
  t.equal(forAll?.statement?.Condition, undefined)
})

t.test('the type that has the key was refused: the others of the same call are next, without it', async (t) => {
  const encrypted = { Bool: { 'ec2:Encrypted': 'true' } }
  const [meet, beside] = await remediesIn(run(ec2('volume/*')), identity(allow('ec2:RunInstances', '*', encrypted)))
  t.equal(meet?.step, 'meet-condition')
  t.equal(beside?.statement?.Condition, undefined)
  const resources = [beside?.statement?.Resource ?? []].flat()
  t.ok(resources.includes(ec2('instance/*')))
  t.notOk(resources.includes(ec2('volume/*')))
})

t.test('an ARN to be corrected under such a key: the statement is split', async (t) => {
  const read = identity(
    allow('ec2:RunInstances', [ec2('instance/*', ''), image, ec2('security-group/sg-1', '')], small),
  )
  const [edit, own] = await remediesIn(run(ec2('instance/*')), read)
  t.strictSame(edit?.editedStatement, allow('ec2:RunInstances', ec2('instance/*'), small))
  t.strictSame(own?.statement?.Resource, [image, ec2('security-group/sg-1')])
  t.equal(own?.statement?.Condition, undefined)
})

t.test('what all types have, and what holds without the key, stays as it is', async (t) => {
  const there = { StringEquals: { 'ec2:Region': 'eu-west-1' }, StringNotEquals: { 'ec2:InstanceType': 't3.nano' } }
  const read = identity(allow('ec2:RunInstances', [ec2('instance/*', '444455556666'), image], there))
  const [edit] = await remediesIn(run(ec2('instance/*')), read)
  t.strictSame(edit?.editedStatement?.Resource, [ec2('instance/*', '444455556666'), image, ec2('instance/*')])
})
