import t from 'tap'
import { likenessOf } from '../../src/diagnosis/causes/likeness.ts'
import type { Cause } from '../../src/diagnosis/diagnosis.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { PrincipalElement, Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, identity, noResource, policies, resource, trust } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const role = 'arn:aws:iam::111122223333:role/orders'
const queue = 'arn:aws:sqs:eu-west-1:444455556666:jobs'
const send = denied('sqs:SendMessage', queue, noResource('sqs:SendMessage'))
const to = (Principal: PrincipalElement, action = 'sqs:SendMessage', on = queue): Statement => ({
  ...allow(action, on),
  Principal,
})

const causeOf = async (text: string, given: Policies): Promise<Cause> => {
  const [diagnosis] = await diagnosesOf(text, { ...identity(allow('*')), ...given })
  const [cause] = diagnosis?.causes ?? []
  if (cause === undefined) throw new Error('no cause')
  return cause
}
const changes = ({ remedies }: Cause): readonly unknown[] =>
  remedies.map(({ editedStatement, alternative, verification }) => [
    editedStatement === null ? 'add' : 'edit',
    alternative,
    verification?.decision,
  ])

t.test('how a named principal differs from the caller', (t) => {
  const user = 'arn:aws:iam::111122223333:user/ana.lopez'
  const rows: readonly (readonly [found: string, caller: string, likeness: string | null])[] = [
    ['arn:aws:iam::111122223333:role/order', role, 'letters'],
    ['arn:aws:iam::111122223333:role/roders', role, 'letters'],
    ['arn:aws:iam::111122223333:role/Orders', role, 'case'],
    ['arn:aws:iam::999988887777:role/orders', role, 'account'],
    ['arn:aws:iam::111122223333:user/orders', role, 'kind'],
    ['arn:aws:iam::111122223333:role/shop/orders', role, 'path'],
    ['arn:aws:sts::111122223333:assumed-role/orders/deploy', role, 'session'],
    ['arn:aws:sts::999988887777:assumed-role/orders/deploy', role, 'account'],
    ['arn:aws:iam::111122223333:user/ana.lopes', user, 'letters'],
    ['111122223334', role, 'digits'],
    ['arn:aws:iam::111122223334:root', role, 'digits'],
    ['lamda.amazonaws.com', 'lambda.amazonaws.com', 'letters'],
    // Somebody else.
    ['arn:aws:iam::111122223333:role/billing', role, null],
    ['arn:aws:iam::111122223333:role/app-1', 'arn:aws:iam::111122223333:role/app-2', null],
    ['arn:aws:iam::999988887777:role/order', role, null],
    ['arn:aws:sts::111122223333:assumed-role/order/deploy', role, null],
    ['999988887777', role, null],
    ['ec2.amazonaws.com', 'lambda.amazonaws.com', null],
    ['AROAEXAMPLEID12345678', role, null],
    ['*', role, null],
  ]
  for (const [found, caller, likeness] of rows) t.equal(likenessOf(found, caller), likeness, `${found} for ${caller}`)
  t.end()
})

t.test('a statement that was meant for the caller lets it in, and all who were in', async (t) => {
  const misspelt = 'arn:aws:iam::111122223333:role/order'
  const cause = await causeOf(send, resource(to({ AWS: misspelt })))
  t.equal(cause.code, 'cross-account-resource-side')
  t.match(cause.facts, { letsIn: misspelt, likeness: 'letters', statement: '1' })
  t.strictSame(changes(cause), [
    ['edit', false, 'allowed'],
    ['add', true, 'allowed'],
  ])
  t.strictSame(cause.remedies[0]?.editedStatement?.Principal, { AWS: [misspelt, role] })
  t.match(
    await summaryOf(send, { ...identity(allow('*')), ...resource(to({ AWS: misspelt })) }),
    'for the role `orders`: statement 1 of `as-read` allows it to `arn:aws:iam::111122223333:role/order` (a name that differs in a letter or two).',
  )
  const wide = await causeOf(send, resource(to({ AWS: misspelt }, 'sqs:*')))
  t.strictSame(changes(wide), [
    ['add', false, 'allowed'],
    ['edit', true, 'allowed'],
  ])
})

t.test('a statement for somebody else is named and left as it is', async (t) => {
  const cause = await causeOf(send, resource(to({ AWS: 'arn:aws:iam::111122223333:role/billing' })))
  t.match(cause.facts, { letsIn: 'arn:aws:iam::111122223333:role/billing', likeness: undefined })
  t.strictSame(changes(cause), [['add', false, 'allowed']])
  const several = await causeOf(
    send,
    resource(
      to({ AWS: 'arn:aws:iam::111122223333:role/billing' }),
      to({ AWS: 'arn:aws:iam::111122223333:user/orders' }),
    ),
  )
  t.match(several.facts, { statement: '2', likeness: 'kind' }, 'the one that is more alike')
  const digits = await causeOf(send, resource(to({ AWS: '111122223334' })))
  t.match(digits.facts, { likeness: 'digits' })
  t.equal(digits.remedies[0]?.editedStatement?.Principal?.['AWS' as never], role, 'no whole account for one caller')
  const none = await causeOf(send, resource(to({ AWS: role }, 'sqs:ReceiveMessage')))
  t.equal(none.facts['letsIn'], undefined)
})

t.test('the account that was mistyped is taken out, since it is that of a stranger', async (t) => {
  const partner = 'arn:aws:iam::999988887777:root'
  const [stranger, account] = ['arn:aws:iam::111122223334:root', '111122223334']
  for (const [AWS, after] of [
    [stranger, role],
    [account, role],
    [
      [partner, stranger],
      [partner, role],
    ],
  ] as const) {
    const cause = await causeOf(send, resource(to({ AWS })))
    t.strictSame(changes(cause), [['edit', false, 'allowed']])
    t.strictSame(cause.remedies[0]?.editedStatement?.Principal, { AWS: after })
    t.notMatch(cause.remedies[0]?.commands?.awsCli ?? '', '111122223334')
  }
  t.match(
    await summaryOf(send, { ...identity(allow('*')), ...resource(to({ AWS: stranger })) }),
    'As it stands it lets in `arn:aws:iam::111122223334:root`, which is somebody else’s account',
  )
  const own = await causeOf(
    denied('sqs:SendMessage', queue.replace('444455556666', account), noResource('sqs:SendMessage')),
    resource(to({ AWS: stranger }, 'sqs:SendMessage', queue.replace('444455556666', account))),
  )
  t.strictSame(changes(own), [['add', false, 'allowed']], 'the account of the resource is no mistake')
})

t.test('a statement for another resource', async (t) => {
  const object = 'arn:aws:s3:::ledger/2026/may.csv'
  const read = denied('s3:GetObject', object, noResource('s3:GetObject'))
  const bucket = await causeOf(read, resource(to({ AWS: role }, 's3:GetObject', 'arn:aws:s3:::ledger')))
  t.match(bucket.facts, { onlyOn: 'arn:aws:s3:::ledger', wanted: 'arn:aws:s3:::ledger/*' })
  t.strictSame(changes(bucket), [
    ['edit', false, 'allowed'],
    ['add', true, 'allowed'],
  ])
  t.strictSame(bucket.remedies[0]?.editedStatement?.Resource, ['arn:aws:s3:::ledger', 'arn:aws:s3:::ledger/*'])
  const ofAll = await causeOf(read, resource(to('*', 's3:GetObject', 'arn:aws:s3:::ledger/2025/*')))
  t.match(ofAll.facts, { onlyOn: 'arn:aws:s3:::ledger/2025/*' })
  t.strictSame(changes(ofAll), [['add', false, 'allowed']], 'what everybody may read is not widened for one')
  const alias = 'arn:aws:lambda:eu-west-1:444455556666:function:price:live'
  const invoke = denied('lambda:InvokeFunction', alias, noResource('lambda:InvokeFunction'))
  const version = await causeOf(
    invoke,
    resource(to({ AWS: role }, 'lambda:InvokeFunction', alias.replace(':live', ''))),
  )
  t.match(version.facts, { onlyOn: alias.replace(':live', '') })
  t.strictSame(changes(version), [['add', false, 'allowed']])
})

t.test('trust policies', async (t) => {
  const target = 'arn:aws:iam::111122223333:role/release'
  const assume = denied('sts:AssumeRole', target)
  const trusting = (Principal: PrincipalElement): Policies =>
    trust({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal } as unknown as Statement)
  const deploy = 'arn:aws:sts::111122223333:assumed-role/orders/deploy'
  const session = await causeOf(assume, trusting({ AWS: deploy }))
  t.equal(session.code, 'trust-policy')
  t.match(session.facts, { likeness: 'session' })
  t.strictSame(session.remedies[0]?.editedStatement?.Principal, { AWS: [deploy, role] })
  t.strictSame(changes(session), [
    ['edit', false, 'allowed'],
    ['add', true, 'allowed'],
  ])
  const service = await diagnosesOf(
    'The role defined for the function cannot be assumed by Lambda.',
    trusting({ Service: 'ec2.amazonaws.com' }),
    {},
    { principal: 'lambda.amazonaws.com', action: 'sts:AssumeRole', resource: target },
  )
  const [cause] = service[0]?.causes ?? []
  t.match(cause?.facts, { letsIn: 'ec2.amazonaws.com' })
  t.equal(cause?.remedies[0]?.editedStatement, null, 'another service has its own statement')
})

t.test('a key policy that names the caller of another account', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
  const decrypt = denied('kms:Decrypt', key, noResource('kms:Decrypt'))
  const other = 'arn:aws:iam::999988887777:role/orders'
  const cause = await causeOf(decrypt, policies('resource-based', to({ AWS: other }, 'kms:Decrypt', '*')))
  t.equal(cause.code, 'kms-key-policy')
  t.match(cause.facts, { letsIn: other, likeness: 'account' })
  t.strictSame(cause.remedies[0]?.editedStatement?.Principal, { AWS: [other, role] })
  t.equal(cause.remedies[0]?.kind, 'key-policy')
})

t.test('a condition that names somebody much like the caller', async (t) => {
  const others = (operator: string, key: string, value: string): Policies =>
    resource({ ...to('*'), Condition: { [operator]: { [key]: value } } })
  const editOf = async (given: Policies) => {
    const cause = await causeOf(send, given)
    return [cause.code, cause.facts['sent'], cause.remedies[0]?.editedStatement?.Condition ?? null]
  }
  const misspelt = 'arn:aws:iam::111122223333:role/order'
  t.strictSame(await editOf(others('ArnEquals', 'aws:PrincipalArn', misspelt)), [
    'condition-mismatch',
    role,
    { ArnEquals: { 'aws:PrincipalArn': [misspelt, role] } },
  ])
  t.strictSame(await editOf(others('StringEquals', 'aws:PrincipalAccount', '111122223334')), [
    'condition-mismatch',
    '111122223333',
    { StringEquals: { 'aws:PrincipalAccount': ['111122223334', '111122223333'] } },
  ])
  t.strictSame(await editOf(others('ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/billing')), [
    'condition-mismatch',
    role,
    null,
  ])
  const own = await diagnosesOf(
    denied('sqs:SendMessage', queue.replace('444455556666', '111122223333')),
    identity(allow('sqs:*', '*', { StringEquals: { 'aws:PrincipalArn': misspelt } })),
  )
  t.strictSame(own[0]?.causes[0]?.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { 'aws:PrincipalArn': [misspelt, role] },
  })
})

t.test('what is asked of others is no fault of the caller', async (t) => {
  const assume = denied('sts:AssumeRole', 'arn:aws:iam::444455556666:role/release')
  const trusting = (AWS: string): Policies =>
    trust({
      ...{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS } },
      Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } },
    })
  const other = await causeOf(assume, trusting('arn:aws:iam::111122223333:role/billing'))
  t.equal(other.facts['key'], undefined)
  t.strictSame(other.remedies[0]?.statement?.Condition, { StringEquals: { 'sts:ExternalId': 'x-1' } }, 'all bring it')
  const held = await causeOf(assume, trusting(role))
  t.match(held.facts, { key: 'sts:ExternalId' })
})

t.test('a service whose source nobody told, and one that is trusted for another', async (t) => {
  const given = resource({
    ...to({ Service: 's3.amazonaws.com' }),
    Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::photos' } },
  })
  const text = `User: s3.amazonaws.com is not authorized to perform: sqs:SendMessage on resource: ${queue} ${noResource('sqs:SendMessage')}`
  t.match(
    await summaryOf(text, given),
    'statement 1 of `as-read` allows it only when `aws:SourceArn` is `arn:aws:s3:::photos`',
  )
  const source = trust({
    ...{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
    Condition: { StringEquals: { 'aws:SourceAccount': '444455556666' } },
  })
  const [diagnosis] = await diagnosesOf(
    'The role defined for the function cannot be assumed by Lambda.',
    source,
    { context: { 'aws:SourceAccount': '111122223333' } },
    {
      ...{ principal: 'lambda.amazonaws.com', action: 'sts:AssumeRole' },
      resource: 'arn:aws:iam::111122223333:role/release',
    },
  )
  const [cause] = diagnosis?.causes ?? []
  t.match(cause?.facts, { key: 'aws:SourceAccount', values: '444455556666', sent: '111122223333' })
  t.strictSame(cause?.remedies[0]?.editedStatement?.Condition, {
    StringEquals: { 'aws:SourceAccount': ['444455556666', '111122223333'] },
  })
})

t.test('the policy of a table speaks of its indexes', async (t) => {
  const table = 'arn:aws:dynamodb:eu-west-1:444455556666:table/Orders'
  const query = denied('dynamodb:Query', `${table}/index/byDate`, noResource('dynamodb:Query'))
  const cause = await causeOf(query, resource(to({ AWS: role }, 'dynamodb:Query', table)))
  t.equal(cause.remedies[0]?.target?.attachTo, 'table/Orders')
  t.match(cause.facts, { onlyOn: table })
  const whole = await causeOf(query, resource(to({ AWS: role }, 'dynamodb:GetItem', '*')))
  t.strictSame(whole.remedies[0]?.verification?.alsoAllowed, [])
  const records = denied(
    'dynamodb:GetRecords',
    `${table}/stream/2026-01-01T00:00:00.000`,
    noResource('dynamodb:GetRecords'),
  )
  const own = await causeOf(records, resource(to({ AWS: role }, 'dynamodb:GetItem', table)))
  t.equal(own.remedies[0]?.target?.attachTo, 'table/Orders/stream/2026-01-01T00:00:00.000')
})

t.test('a bucket policy with the other kind of ARN', async (t) => {
  const reader = 'arn:aws:iam::444455556666:role/reader'
  const onBucket = (action: string, arn: string | readonly string[], more = {}) =>
    resource({ Sid: 'Readers', ...allow(action, arn), Principal: { AWS: reader }, ...more })
  const bucket = 'arn:aws:s3:::ledger-exports'
  const copied =
    'fatal error: An error occurred (403) when calling the HeadObject operation: Forbidden\n$ aws s3 cp s3://ledger-exports/2031/may.csv .'
  const listed =
    'An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access Denied\n$ aws s3 ls s3://ledger-exports/'
  const first = async (text: string, policies: Policies) => (await diagnosesOf(text, policies))[0]?.causes[0]
  const ofObject = await first(copied, onBucket('s3:GetObject', bucket))
  t.match(ofObject, {
    code: 'object-arn-needed',
    confidence: 'possible',
    facts: { sid: 'Readers', found: bucket },
    remedies: [
      { kind: 'resource-policy', target: { policyType: 'resource-based', attachTo: 'bucket/ledger-exports' } },
    ],
  })
  t.strictSame(ofObject?.remedies[0]?.editedStatement?.Resource, [bucket, `${bucket}/*`])
  t.strictSame(ofObject?.remedies[0]?.editedStatement?.Principal, { AWS: reader }, 'nobody else is let in')
  const ofList = await first(listed, onBucket('s3:ListBucket', `${bucket}/*`))
  t.match(ofList, { code: 'bucket-arn-needed', remedies: [{ kind: 'resource-policy' }] })

  const right = await first(copied, onBucket('s3:Get*', [bucket, `${bucket}/*`]))
  t.not(right?.code, 'object-arn-needed')
  const other = await first(copied, onBucket('s3:GetObject', `${bucket}-old`))
  t.not(other?.code, 'object-arn-needed')
  const held = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }
  t.not((await first(copied, onBucket('s3:GetObject', bucket, held)))?.code, 'object-arn-needed')
  const named = `User: arn:aws:iam::444455556666:role/writer is not authorized to perform: s3:GetObject on resource: "${bucket}/2031/may.csv"`
  t.not((await first(named, onBucket('s3:GetObject', bucket)))?.code, 'object-arn-needed', 'it is for somebody else')
})
