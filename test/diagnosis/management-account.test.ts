import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { diagnosesOf } from './explain-text.ts'

const message = (reason = ''): string =>
  `User: arn:aws:sts::111122223333:assumed-role/admin/s is not authorized to perform: s3:CreateBucket on resource: arn:aws:s3:::data${reason}`
const managing = { facts: { 'caller-in-management-account': true } }
const guard = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] }
const given: Policies = {
  'identity-based': [
    { name: 'all', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
  ],
  'service-control': [{ level: 'root', policies: [{ name: 'guard', document: guard }] }],
}

t.test('SCPs that are handed over do not count in the management account, and that is said', async (t) => {
  const [member] = await diagnosesOf(message(), given)
  t.match(member?.causes[0], { code: 'scp-deny', confidence: 'evaluated' })
  t.notOk(member?.hints.some(({ code }) => code === 'no-scps-apply'))
  const [managed] = await diagnosesOf(message(), given, managing)
  t.notOk(managed?.causes.some(({ code }) => code === 'scp-deny'))
  t.match(managed?.hints, [{ code: 'no-scps-apply', values: { account: '111122223333' } }])
})

t.test('AWS’s own word stands, and what does not fit it is said', async (t) => {
  const reason = ' with an explicit deny in a service control policy'
  const [found] = await diagnosesOf(message(reason), { 'service-control': null }, managing)
  t.equal(found?.causes[0]?.code, 'scp-deny')
  t.match(
    found?.hints.find(({ code }) => code === 'no-scps-apply'),
    { values: { said: 'message' } },
  )
})

t.test('nobody suspects an SCP there', async (t) => {
  const [found] = await diagnosesOf(message(), { 'identity-based': [] }, managing)
  t.notOk(found?.causes.some(({ code }) => code.startsWith('scp-')))
})
