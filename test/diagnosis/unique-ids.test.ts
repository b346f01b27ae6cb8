import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { diagnosesOf } from './explain-text.ts'

const message = (caller: string): string =>
  `User: ${caller} is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::data/a`
const bucketPolicy = (statement: object): Policies => ({
  'identity-based': [
    {
      name: 'own',
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] },
    },
  ],
  'resource-based': [{ name: 'data', document: { Version: '2012-10-17', Statement: [statement] } }],
})
const fence = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { StringNotLike: { 'aws:userId': ['AROAEXAMPLEID1234567X:*'] } },
}

t.test('a caller that is named by its unique id: what it tells, and how to look up the rest', async (t) => {
  const [role] = await diagnosesOf(message('AROAEXAMPLEID1234567X:s1'))
  t.match(role?.denial, { principalType: 'assumed-role', roleOrUserName: null, accountId: null, sessionName: 's1' })
  t.match(
    role?.hints.find(({ code }) => code === 'caller-by-unique-id'),
    { values: { id: 'AROAEXAMPLEID1234567X', kind: 'role' } },
  )
  const [user] = await diagnosesOf(message('AIDAEXAMPLEID1234567X'))
  t.equal(user?.denial.principalType, 'user')
  t.equal(user?.causes[0]?.remedies[0]?.target?.attachTo, 'user/<UserName>')
  const [named] = await diagnosesOf(message('arn:aws:iam::111122223333:user/AIDA'))
  t.notOk(named?.hints.some(({ code }) => code === 'caller-by-unique-id'))
})

t.test('conditions on aws:userId are decided by it', async (t) => {
  const [inside] = await diagnosesOf(message('AROAEXAMPLEID1234567X:s1'), bucketPolicy(fence))
  t.equal(inside?.verdict?.decision, 'allowed')
  const [outside] = await diagnosesOf(message('AROAEXAMPLEID7654321X:s1'), bucketPolicy(fence))
  t.match(outside?.causes[0], { code: 'explicit-deny-resource', confidence: 'evaluated' })
})

t.test('whether it is the role that a policy names nobody can tell', async (t) => {
  const letsIn = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:role/app-role' },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::data/*',
  }
  const { 'resource-based': resource } = bucketPolicy(letsIn)
  const [found] = await diagnosesOf(message('AROAEXAMPLEID1234567X:s1'), {
    'identity-based': [],
    'resource-based': resource,
  })
  t.equal(found?.verdict?.decision, 'unknown')
})
