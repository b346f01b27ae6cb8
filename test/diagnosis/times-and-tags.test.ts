import t from 'tap'
import { allow, denied, deny, identity, noIdentity, scp } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const object = 'arn:aws:s3:::orders/a.csv'
const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'
const refusedBy = (type: string): string => denied('s3:GetObject', object, `with an explicit deny in ${type}`)

t.test('a Deny that ends by itself can be waited for', async (t) => {
  const frozen = deny('*', '*', {
    DateGreaterThan: { 'aws:CurrentTime': '2026-12-20T00:00:00Z' },
    DateLessThan: { 'aws:CurrentTime': '2027-01-04T00:00:00Z' },
  })
  const [cause] = (await diagnosesOf(refusedBy('a service control policy'), scp(frozen)))[0]?.causes ?? []
  t.match(cause?.remedies[0], { step: 'wait-until', values: { until: '2027-01-04T00:00:00Z' }, alternative: false })
  t.match(cause?.remedies[1], { kind: 'scp', alternative: true })
  const since = deny('*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } })
  const [lasting] = (await diagnosesOf(refusedBy('a service control policy'), scp(since)))[0]?.causes ?? []
  t.notOk(
    lasting?.remedies.some(({ step }) => step === 'wait-until'),
    'this one does not end',
  )
})

t.test('a tag that a Deny asks of the object is set on the object', async (t) => {
  const guard = (value: string) => ({
    ...identity(allow('s3:*'), deny('s3:GetObject', '*', { StringNotEquals: { 's3:ExistingObjectTag/team': value } })),
  })
  const first = async (value: string) =>
    (await diagnosesOf(refusedBy('an identity-based policy'), guard(value)))[0]?.causes[0]?.remedies[0]
  t.match(await first('blue'), { step: 'tag-resource', values: { values: 'blue' } })
  t.match(await first('${aws:PrincipalTag/team}'), { step: 'tag-resource', values: { values: '' } })
})

t.test('how old the code of an MFA device may be is told', async (t) => {
  const text = denied('iam:DeleteUser', 'arn:aws:iam::111122223333:user/old', noIdentity('iam:DeleteUser'))
  const young = allow('iam:*', '*', { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })
  t.match(await summaryOf(text, identity(young)), '`aws:MultiFactorAuthAge` is less than `3600`')
  const any = allow('iam:*', '*', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })
  t.notMatch(await summaryOf(text, identity(any)), 'MultiFactorAuthAge')
})

t.test('an alias in a Resource is no key, and a boundary that allows something else says on what', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const byAlias = identity(allow('kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:alias/orders'))
  const text = denied('kms:Decrypt', key, noIdentity('kms:Decrypt'))
  t.match(await summaryOf(text, byAlias), 'an alias never stands for its key')
  t.notMatch(await summaryOf(text, identity(allow('kms:Decrypt', `${key}0`))), 'alias')
  const boundary = {
    'permissions-boundary': [{ name: 'cap', document: { Statement: [allow('s3:GetObject', 'arn:aws:s3:::orders')] } }],
  }
  const capped = denied('s3:GetObject', object, 'because no permissions boundary allows the s3:GetObject action')
  t.match(await summaryOf(capped, { ...identity(allow('s3:*')), ...boundary }), 'allows it on `arn:aws:s3:::orders`')
})

t.test('a Region fence: a call about a bucket goes to where the bucket is', async (t) => {
  const fence = scp(deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } }))
  const because = 'with an explicit deny in a service control policy'
  t.match(await summaryOf(denied('s3:PutObject', object, because), fence), 'Use a bucket in `eu-central-1`')
  const queue = denied('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs', because)
  t.match(await summaryOf(queue, fence), 'Use a resource that is in `eu-central-1`: this call is about')
  const made = denied('sqs:CreateQueue', 'arn:aws:sqs:eu-west-1:111122223333:jobs', because)
  t.match(await summaryOf(made, fence), 'Make the call in `eu-central-1`')
})

t.test('sessions that were revoked are opened anew, and nobody is taken out of the revocation', async (t) => {
  const older = { DateLessThan: { 'aws:TokenIssueTime': '2026-03-01T08:00:00Z' } }
  const text = denied('dynamodb:GetItem', table, 'with an explicit deny in an identity-based policy')
  const revoked = { ...identity(allow('*'), deny('*', '*', older)) }
  const [found] = await diagnosesOf(text, revoked, { context: { 'aws:TokenIssueTime': '2026-03-01T07:00:00Z' } })
  t.equal(found?.causes[0]?.code, 'explicit-deny-identity')
  t.match(found?.causes[0]?.remedies, [{ kind: 'session', step: 'open-new-session', editedStatement: null }])
  t.equal(found?.causes[0]?.remedies.length, 1)
  const newer = { DateGreaterThan: { 'aws:TokenIssueTime': '2026-03-01T08:00:00Z' } }
  const lacking = denied('dynamodb:GetItem', table, noIdentity('dynamodb:GetItem'))
  const [held] = await diagnosesOf(lacking, identity(allow('dynamodb:*', '*', newer)), {
    context: { 'aws:TokenIssueTime': '2026-03-01T07:00:00Z' },
  })
  t.match(held?.causes[0]?.remedies, [{ step: 'open-new-session' }])
})

t.test('a Region more in a wide statement is no way for one call: that gets a statement of its own', async (t) => {
  const wide = identity(allow('*', '*', { StringEquals: { 'aws:RequestedRegion': 'eu-north-1' } }))
  const ofGlobal = denied(
    'route53:GetHostedZone',
    'arn:aws:route53:::hostedzone/Z0A1',
    noIdentity('route53:GetHostedZone'),
  )
  const [global] = await diagnosesOf(ofGlobal, wide)
  t.match(global?.causes[0]?.remedies[0], {
    kind: 'add-identity-statement',
    readiness: 'needs-review',
    alternative: false,
    statement: { Action: 'route53:GetHostedZone', Resource: 'arn:aws:route53:::hostedzone/Z0A1' },
  })
  t.notOk(
    global?.causes[0]?.remedies.some(({ step }) => step === 'meet-condition'),
    'it has one Region',
  )
  const [regional] = await diagnosesOf(denied('dynamodb:GetItem', table, noIdentity('dynamodb:GetItem')), wide)
  t.match(
    regional?.causes[0]?.remedies.map(({ kind, alternative }) => [kind, alternative]),
    [
      ['other', false],
      ['add-identity-statement', true],
    ],
  )
})
