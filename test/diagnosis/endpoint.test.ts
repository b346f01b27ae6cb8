import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noResource, policies, resource } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const object = 'arn:aws:s3:::ledger/2026/may.csv'
const text = denied('s3:GetObject', object, 'because no VPC endpoint policy allows the s3:GetObject action')
const through = (statement: Statement) => ({
  ...identity(allow('s3:*')),
  ...policies('vpc-endpoint', { ...statement, Principal: '*' }),
})
const firstOf = async (...asked: Parameters<typeof diagnosesOf>) => {
  const [diagnosis] = await diagnosesOf(...asked)
  return diagnosis?.causes[0]
}

t.test('an endpoint lets in the caller alone, and a whole account where nobody is named', async (t) => {
  const cause = await firstOf(text, through(allow('s3:PutObject')))
  t.equal(cause?.code, 'vpce-policy')
  t.match(Object.keys(cause?.remedies[0]?.statement?.Condition?.['ArnEquals'] ?? {}), ['aws:PrincipalArn'])
  t.strictSame(cause?.remedies[0]?.verification?.alsoAllowed, [])
  t.equal(cause?.remedies[0]?.verification?.decision, 'allowed')
  const everybody = 'It is for everybody of account `111122223333` who comes through the endpoint.'
  t.notMatch(await summaryOf(text, through(allow('s3:PutObject'))), everybody)
  const unnamed = `AccessDenied, account 111122223333: ${text.slice(text.indexOf('is not authorized'))}`
  t.match((await firstOf(unnamed, through(allow('s3:PutObject'))))?.remedies[0]?.statement?.Condition, {
    StringEquals: { 'aws:PrincipalAccount': /./u },
  })
  const queue = 'arn:aws:sqs:eu-west-1:444455556666:jobs'
  const send = denied('sqs:SendMessage', queue, noResource('sqs:SendMessage'))
  const own = await firstOf(send, { ...identity(allow('*')), 'resource-based': null })
  t.strictSame(own?.remedies[0]?.verification?.alsoAllowed, [], 'a statement for the caller is')
})

t.test('what the endpoint lets through instead', async (t) => {
  const elsewhere = await firstOf(text, through(allow('s3:GetObject', 'arn:aws:s3:::photos/*')))
  t.match(elsewhere?.facts, { onlyOn: 'arn:aws:s3:::photos/*', statement: '1' })
  const ofOthers = through(allow('*', '*', { StringEquals: { 'aws:ResourceAccount': '444455556666' } }))
  const held = await firstOf(text, ofOthers, {}, { resourceAccount: '111122223333' })
  t.match(held?.facts, { key: 'aws:ResourceAccount', values: '444455556666', sent: '111122223333' })
  t.equal(held?.remedies[0]?.values['past'], 'aws:ResourceAccount')
  const none = await firstOf(text, through(allow('s3:PutObject')))
  t.equal(none?.facts['onlyOn'], undefined)
  t.equal(none?.facts['key'], undefined)
})

t.test('an account that is let in as a whole', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const root = `User: arn:aws:iam::111122223333:root is not authorized to perform: kms:DescribeKey on resource: ${key} ${noResource('kms:DescribeKey')}`
  const admins = resource({ ...allow('kms:*'), Principal: { AWS: 'arn:aws:iam::111122223333:role/admins' } })
  const cause = await firstOf(root, admins)
  t.strictSame(cause?.remedies[0]?.verification?.alsoAllowed, [{ action: 'kms:DescribeKey', resource: key }])
})

t.test('layers of an image that the policy of the S3 endpoint leaves out', async (t) => {
  const pull = `docker pull 111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:4
error pulling image configuration: error parsing HTTP 403 response body: "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"`
  const withRead = (Resource: string) =>
    policies('vpc-endpoint', { ...allow('s3:GetObject', Resource), Principal: '*' })
  const [cause] = (await diagnosesOf(pull, withRead('arn:aws:s3:::wheels/*')))[0]?.causes ?? []
  t.equal(cause?.code, 'vpce-policy')
  t.strictSame(cause?.remedies[0]?.statement?.Resource, 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*')
  for (const open of ['*', 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*']) {
    const found = (await diagnosesOf(pull, withRead(open)))[0]?.causes ?? []
    t.notOk(
      found.some(({ code }) => code === 'vpce-policy'),
      open,
    )
  }
})

t.test('the answer of a custom resource, which CloudFormation has signed', async (t) => {
  const bucket = 'cloudformation-custom-resource-response-euwest1'
  const refused = `send(..) failed executing requests.put(..): 403\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>\nPUT https://${bucket}.s3.amazonaws.com/arn%3Aaws%3Acloudformation`
  const answers = `arn:aws:s3:::${bucket}/*`
  const allowed = { kind: 'resource-policy', statement: { Principal: '*', Action: 's3:PutObject', Resource: answers } }
  const own = allow('s3:*', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } })
  const kept = await firstOf(refused, through(own))
  t.match(kept, { code: 'vpce-policy', confidence: 'evaluated', remedies: [allowed] })
  t.equal(kept?.remedies[0]?.statement?.Condition, undefined)
  t.match(await firstOf(refused), { code: 'vpce-policy', confidence: 'possible', remedies: [allowed] })
  t.not((await firstOf(refused, { 'vpc-endpoint': null }))?.code, 'vpce-policy', 'there is no endpoint')
  for (const open of ['*', answers])
    t.not((await firstOf(refused, through(allow('s3:PutObject', open))))?.code, 'vpce-policy', open)
})
