import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { diagnosesOf } from './explain-text.ts'

const refused = 'mount.nfs4: access denied by server while mounting 127.0.0.1:/ (fs-0123456789abcdef0)'

const policyOf = (actions: readonly string[], principal: string): Policies => ({
  'resource-based': [
    {
      name: 'file-system',
      document: {
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: principal },
          Action: actions,
          Resource: '*',
          Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } },
        },
      },
    },
  ],
})

const write = 'elasticfilesystem:ClientWrite'
const mount = 'elasticfilesystem:ClientMount'
const causesOf = async (text: string, policies: Policies) => (await diagnosesOf(text, policies))[0]?.causes ?? []

t.test('a policy of the file system that lets nobody mount keeps out who mounts without a role', async (t) => {
  const [sure, ...others] = await causesOf(`${refused}, mounted without the iam option`, policyOf([write], '*'))
  t.match(sure, { code: 'resource-policy-not-allowed', confidence: 'evaluated' })
  t.equal(others.length, 0, 'no role could be allowed anything')
  const [remedy] = sure?.remedies ?? []
  t.match(remedy, {
    kind: 'resource-policy',
    statement: { Action: mount, Condition: { Bool: { 'elasticfilesystem:AccessedViaMountTarget': 'true' } } },
    editedStatement: { Action: [mount, write] },
  })
  const untold = await causesOf(refused, policyOf([write], '*'))
  t.match(untold.slice(0, 2), [
    { code: 'resource-policy-not-allowed', confidence: 'possible' },
    { code: 'missing-allow' },
  ])
})

t.test('somebody may mount, or nobody is let in by it without a role', async (t) => {
  for (const policies of [
    policyOf([mount, write], '*'),
    policyOf(['elasticfilesystem:Client*'], '*'),
    policyOf([write], 'arn:aws:iam::111122223333:role/app'),
  ])
    t.not((await causesOf(refused, policies))[0]?.code, 'resource-policy-not-allowed')
})
