import t from 'tap'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { diagnosesOf } from './explain-text.ts'

/* SCPs, boundaries and endpoint policies that stand beside an error whose message names that policy type. */

const caller = 'arn:aws:sts::111122223333:assumed-role/release/build-7'
const denied = (action: string, resource: string, reason: string): string =>
  `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${reason}`
const json = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })

const bucket = 'arn:aws:s3:::acme-releases'
const byScp = denied('s3:CreateBucket', bucket, 'with an explicit deny in a service control policy')
const region = {
  ...{ Sid: 'EuropeAlone', Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*' },
  Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } },
}
const buckets = { Sid: 'NoBuckets', Effect: 'Deny', Action: ['s3:CreateBucket', 's3:DeleteBucket'], Resource: '*' }

const first = async (text: string): Promise<Diagnosis> => {
  const [diagnosis] = await diagnosesOf(text)
  if (diagnosis === undefined) throw new Error('no denial was read')
  return diagnosis
}

for (const [name, text] of [
  ['an SCP by its short name', `${byScp}\n\nOur SCP:\n${json(buckets)}`],
  [
    'by its whole name, in a block',
    `${byScp}\n\nThe service control policy of the OU:\n\`\`\`json\n${json(buckets)}\n\`\`\``,
  ],
  [
    'in YAML',
    `${byScp}\n\nSCP:\n\n  - Sid: NoBuckets\n    Effect: Deny\n    Action:\n      - s3:CreateBucket\n      - s3:DeleteBucket\n    Resource: "*"\n`,
  ],
] as const)
  t.test(name, async (t) => {
    const { causes } = await first(text)
    t.match(causes[0], { code: 'scp-deny', confidence: 'stated', facts: { sid: 'NoBuckets', told: 'text' } })
    const [remedy] = causes[0]?.remedies ?? []
    t.match(remedy, { step: 'exempt-in-scp', readiness: 'needs-review' })
    t.match(JSON.stringify([remedy?.editedStatement, remedy?.statement]), 'arn:aws:iam::111122223333:role/release')
  })

t.test('of several statements the one that denies this request', async (t) => {
  const { causes } = await first(`${byScp}\nRegion: eu-west-1\n\nOur SCPs:\n${json(region, buckets)}`)
  t.match(causes[0], { code: 'scp-deny', facts: { sid: 'NoBuckets' } })
})

t.test('an SCP that says nothing of it leaves the answer as it was', async (t) => {
  const other = { Effect: 'Deny', Action: 'ec2:RunInstances', Resource: '*' }
  const { causes } = await first(`${byScp}\n\nOur SCP:\n${json(other)}`)
  t.equal(causes[0]?.code, 'scp-deny')
  t.equal(causes[0]?.facts['told'], undefined)
})

t.test('one of another policy type than the message names is not used', async (t) => {
  const byBoundary = denied('s3:CreateBucket', bucket, 'with an explicit deny in a permissions boundary')
  const { causes } = await first(`${byBoundary}\n\nOur SCP:\n${json(buckets)}`)
  t.equal(causes[0]?.code, 'boundary-deny')
  t.equal(causes[0]?.facts['told'], undefined)
})

t.test('a permissions boundary that denies', async (t) => {
  const text = denied(
    'iam:CreateUser',
    'arn:aws:iam::111122223333:user/bot',
    'with an explicit deny in a permissions boundary',
  )
  const people = { Sid: 'NoPeople', Effect: 'Deny', Action: ['iam:CreateUser'], Resource: '*' }
  const everything = { Effect: 'Allow', Action: '*', Resource: '*' }
  const { causes } = await first(`${text}\n\nPermissions boundary:\n${json(everything, people)}`)
  t.match(causes[0], { code: 'boundary-deny', facts: { sid: 'NoPeople', told: 'text' } })
  const twice = await first(`${text}\n\nPermissions boundary:\n${json(people)}\n\nThe other boundary:\n${json(people)}`)
  t.equal(twice.causes[0]?.facts['told'], undefined, 'of two boundaries nobody knows whose they are')
})

t.test('an endpoint policy that allows another bucket', async (t) => {
  const text = denied(
    's3:GetObject',
    `${bucket}/v1.zip`,
    'because no VPC endpoint policy allows the s3:GetObject action',
  )
  const other = { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::acme-logs/*'] }
  const { causes } = await first(`${text}\n\nendpoint policy:\n${json(other)}`)
  t.match(causes[0], { code: 'vpce-policy', facts: { told: 'text', onlyOn: 'arn:aws:s3:::acme-logs/*' } })
})

t.test('what mended it, and what a command takes along, is not in force', async (t) => {
  for (const words of ['This SCP solved it:', 'aws organizations update-policy --policy-id p-1 --content'])
    t.equal((await first(`${byScp}\n\n${words}\n${json(buckets)}`)).causes[0]?.facts['told'], undefined, words)
})
