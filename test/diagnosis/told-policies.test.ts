import t from 'tap'
import type { Statement } from '../../src/iam/policy-document.ts'
import { carriers } from '../denial/carriers.ts'
import { allow, bare, denied, identity, noIdentity } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

/*
 * Policies that stand in the text beside the error: what follows from them, and what must not.
 */

const document = (...statements: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)

const first = async (text: string) => {
  const [diagnosis] = await diagnosesOf(text)
  const [cause] = diagnosis?.causes ?? []
  return { diagnosis, cause, code: cause?.code, confidence: cause?.confidence, told: cause?.facts['told'] }
}

const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'
const lacking = denied('dynamodb:PutItem', table, noIdentity('dynamodb:PutItem'))
const subject = 'token.actions.githubusercontent.com:sub'
const trust = (condition: NonNullable<Statement['Condition']>): string =>
  document({
    Effect: 'Allow',
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: condition,
  })

interface Row {
  readonly name: string
  readonly text: string
  readonly code: string
  readonly confidence: string
  /** False: what the text's policy says is no part of the answer. */
  readonly told: boolean
}

const rows: readonly Row[] = [
  {
    name: 'an API operation in place of an action',
    text: `${bare('ListObjectsV2')}\n\nmy policy:\n${document(allow(['s3:ListObjectsV2', 's3:GetObject']))}`,
    code: 'action-name-mismatch',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'an action misspelt',
    text: `${denied('sqs:ReceiveMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs', noIdentity('sqs:ReceiveMessage'))}\n${document(allow('sqs:ReciveMessage'))}`,
    code: 'action-name-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'the objects in place of the bucket',
    text: `$ aws s3 ls s3://ledger\n${bare('ListObjectsV2')}\n${document(allow('s3:ListBucket', 'arn:aws:s3:::ledger/*'))}`,
    code: 'bucket-arn-needed',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'another ARN: that nothing allows it AWS says itself',
    text: `${lacking}\n${document(allow('dynamodb:PutItem', `${table}-old`))}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'lone statements',
    text: `${lacking}\n${JSON.stringify(allow('s3:*'))},\n${JSON.stringify(allow('dynamodb:PutItem', `${table}-old`))}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'typographic quotes and a comma too many',
    text: `${lacking}\n{“Statement”: [{“Effect”: “Allow”, “Action”: “dynamodb:PutItem”, “Resource”: “${table}-old”,},]}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'escaped within other JSON',
    text: `${lacking}\n{"PolicyDocument": ${JSON.stringify(document(allow('dynamodb:PutItem', `${table}-old`)))}}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'what lets it through is not attached',
    text: `${lacking}\nThe policy of the role:\n${document(allow('dynamodb:*', '*'))}`,
    code: 'policy-not-attached',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'the policy that mended it was not in force',
    text: `${lacking}\nI fixed it with this policy:\n${document(allow('dynamodb:*', '*'))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'a policy that a guide asks for is not in force yet',
    text: `${lacking}\n**Solution**: make sure that the user or role has the required permissions:\n\`\`\`json\n${document(allow('dynamodb:*'))}\n\`\`\``,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'the policy that somebody asks about is not in force',
    text: `${lacking}\nShould I add this to the role?\n${document(allow('dynamodb:*', '*'))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'the policy that mended nothing is in force',
    text: `${lacking}\nWhat I added has not fixed it:\n${document(allow('dynamodb:*', '*'))}`,
    code: 'policy-not-attached',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'a condition',
    text: `${lacking}\n${document(allow('dynamodb:PutItem', table, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))}`,
    code: 'condition-mismatch',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'a Deny that AWS speaks of',
    text: `${denied('dynamodb:PutItem', table, ' with an explicit deny in an identity-based policy')}\n${document(allow('dynamodb:*'), { Sid: 'Frozen', Effect: 'Deny', Action: 'dynamodb:Put*', Resource: '*' })}`,
    code: 'explicit-deny-identity',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'a Deny that AWS would have spoken of',
    text: `${lacking}\n${document({ Effect: 'Deny', NotAction: 'dynamodb:Get*', Resource: '*' })}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'what lets a role be assumed leaves the trust of the role',
    text: `${denied('sts:AssumeRole', 'arn:aws:iam::444455556666:role/deploy')}\n${document(allow('sts:AssumeRole', 'arn:aws:iam::444455556666:role/deploy'))}`,
    code: 'trust-policy',
    confidence: 'possible',
    told: false,
  },
  {
    name: 'what lets a key be used leaves the policy of the key',
    text: `${denied('kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/0d0bb2a1-0000-1111-2222-333344445555')}\n${document(allow('kms:Decrypt', '*'))}`,
    code: 'kms-key-policy',
    confidence: 'possible',
    told: false,
  },
  {
    name: 'what lets it through is not attached, where only the account itself has a say',
    text: `${denied('dynamodb:PutItem', table)}\n${document(allow('dynamodb:PutItem', table))}`,
    code: 'policy-not-attached',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'a Deny that nobody speaks of',
    text: `aws s3 cp s3://ledger/a.csv .\n${bare('GetObject')}\nBucket policy:\n${document({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::ledger/*',
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0abc1234' } },
    })}`,
    code: 'explicit-deny-resource',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'the trust of a role',
    text: `Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity\n${trust({ StringEquals: { [subject]: 'repo:example/shop:*' } })}`,
    code: 'oidc-trust',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'a Deny that counts whatever else is attached',
    text: `${bare('RunInstances')}\nattach PowerUserAccess and this:\n${document({ Effect: 'Deny', Action: 'ec2:RunInstances', Resource: '*', Condition: { StringNotLike: { 'aws:RequestTag/Name': 'shop-*' } } })}`,
    code: 'explicit-deny-identity',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'brackets that do not match',
    text: `${lacking}\n{"Statement": [${JSON.stringify(allow('dynamodb:PutItem', `${table}-old`))},}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'the form of an ARN tells whatever its name',
    text: `putObject fails with AccessDenied\n${document(allow('s3:PutObject', 'arn:aws:s3:::<bucket-name>'))}`,
    code: 'object-arn-needed',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'an action on the other kind of ARN, whatever was asked for',
    text: `Aws::S3::Errors::AccessDenied\n${document(allow('s3:ListBucket', 'arn:aws:s3:::xxx/*'), allow('s3:GetObject', 'arn:aws:s3:::xxx/*'))}`,
    code: 'bucket-arn-needed',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'a bucket policy on the bucket alone',
    text: `aws s3 cp a.csv s3://ledger/a.csv\n${bare('PutObject')}\n${document({ ...allow('s3:PutObject', 'arn:aws:s3:::ledger'), Principal: { AWS: 'arn:aws:iam::111122223333:user/ana' } })}`,
    code: 'object-arn-needed',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'another role to hand over',
    text: `${denied('iam:PassRole', 'arn:aws:iam::111122223333:role/workers', noIdentity('iam:PassRole'))}\n${document(allow('iam:PassRole', 'arn:aws:iam::111122223333:role/worker'))}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'a Version that AWS does not have leaves what the statements say',
    text: `${lacking}\n${document(allow('dynamodb:PutItem', `${table}-old`)).replace('2012-10-17', '<version-id>')}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'the ARN of a domain covers no request that it is sent, and the refusal names no resource',
    text: `User: arn:aws:sts::111122223333:assumed-role/shipper/s is not authorized to perform: es:ESHttpPost because no identity-based policy allows the es:ESHttpPost action\n${document(allow(['es:ESHttpGet', 'es:ESHttpPost'], 'arn:aws:es:eu-west-1:111122223333:domain/logs'))}`,
    code: 'resource-arn-mismatch',
    confidence: 'possible',
    told: true,
  },
  // What is no evidence
  {
    name: 'a Version that AWS does not have grants nothing that is asked for beside it',
    text: `${denied('dynamodb:PutItem', table)}\n${document(allow('s3:GetObject')).replace('2012-10-17', '2021-08-13')}`,
    code: 'missing-allow',
    confidence: 'possible',
    told: false,
  },
  {
    name: 'a Version that AWS does not have is not stored, so that it can not be attached either',
    text: `${lacking}\n${document(allow('dynamodb:*')).replace('2012-10-17', '2021-08-13')}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'what the policy has is the last thing to be missing',
    text: `it is not authorized to perform: ecs:ListClusters on resource: *\n${document(allow('ecs:ListClusters'))}`,
    code: 'wrong-principal',
    confidence: 'possible',
    told: false,
  },
  {
    name: 'TLS is what everybody speaks',
    text: `aws s3 cp s3://ledger/a.csv .\n${bare('GetObject')}\nBucket policy:\n${document({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: 'arn:aws:s3:::ledger/*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    })}`,
    code: 'missing-allow',
    confidence: 'possible',
    told: false,
  },
  {
    name: 'an account that was taken out',
    text: `${lacking}\n${document(allow('dynamodb:PutItem', table.replace('111122223333', '123456789012')))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'a name that was taken out',
    text: `${lacking}\n${document(allow('dynamodb:PutItem', table.replace('orders', '<table>')))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'everything of another Region',
    text: `${lacking}\n${document(allow('dynamodb:PutItem', 'arn:aws:dynamodb:us-east-2:*:*'))}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'a name with nothing in common',
    text: `${lacking}\n${document(allow('dynamodb:PutItem', table.replace('orders', 'test')))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'another service',
    text: `${lacking}\n${document(allow('s3:*'))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'a policy of another type, by the words before it',
    text: `${lacking}\nour SCP:\n${document(allow('dynamodb:PutItem', `${table}-old`))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'an SCP by another name',
    text: `${lacking}\nThe guardrail of our organization:\n${document(allow('*'))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'the policy that was to be written',
    text: `aws iam put-role-policy --role-name app --policy-name p --policy-document '${document(allow('iam:*'))}'\n${denied('iam:PutRolePolicy', 'role app', noIdentity('iam:PutRolePolicy'))}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'the trust of a role beside another action',
    text: `${lacking}\n${trust({ StringEquals: { [subject]: 'repo:example/shop:*' } })}`,
    code: 'missing-allow',
    confidence: 'stated',
    told: false,
  },
]

for (const { name, text, ...expected } of rows)
  t.test(name, async (t) => {
    const { code, confidence, told } = await first(text)
    t.strictSame({ code, confidence, told: told === 'text' }, expected)
  })

t.test('a role on another path than the one that a policy passes', async (t) => {
  const lacks = denied('iam:PassRole', 'arn:aws:iam::111122223333:role/service-role/job-nightly')
  const passing = (statement: Statement) => first(`${lacks}\n${document(statement)}`)
  const pattern = 'arn:aws:iam::111122223333:role/job-*'
  for (const actions of ['iam:PassRole', ['iam:GetRole', 'iam:PassRole']]) {
    const { cause } = await passing(allow(actions, pattern))
    t.match(cause?.facts, { told: 'text', found: pattern, likeness: 'path' })
  }
  const service = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }
  t.match((await passing(allow('iam:PassRole', pattern, service))).cause?.facts, { found: pattern })
  const { cause } = await passing(allow('iam:PassRole', 'arn:aws:iam::111122223333:role/task-*'))
  t.equal(cause?.facts['found'], undefined, 'a pattern for other names tells nothing')
})

t.test('the address of whoever calls is not that of a service that calls for him', async (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/0d0bb2a1-0000-1111-2222-333344445555'
  const held = document(allow('*', '*', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }))
  const lacks = denied('kms:GenerateDataKey', key, noIdentity('kms:GenerateDataKey'))
  const { cause } = await first(`upload a.yml to bucket orders: ${lacks}\n${held}`)
  t.match(cause, { code: 'condition-mismatch', confidence: 'possible', facts: { unmet: 'by-service' } })
  t.match(cause?.remedies[0], {
    readiness: 'needs-review',
    statement: { Action: 'kms:GenerateDataKey', Resource: key, Condition: { Bool: { 'aws:ViaAWSService': 'true' } } },
  })
  const own = `An error occurred (AccessDeniedException) when calling the GenerateDataKey operation: ${lacks}\n${held}`
  t.equal((await first(own)).cause?.facts['unmet'], undefined, 'the caller asked for the key himself')
})

t.test('what S3 refuses as barely where the policy in the text has the permission', async (t) => {
  const objects = 'arn:aws:s3:::ledger/*'
  const read = await first(
    `aws s3 cp s3://ledger/a.csv .\n${bare('GetObject')}\n${document(allow('s3:GetObject', objects))}`,
  )
  t.match(read, { code: 's3-missing-object-403', confidence: 'possible', told: 'text' })
  const masked = document(allow('s3:GetObject', 'arn:aws:s3:::<bucket>/<path>/*'))
  const hidden = await first(`aws s3api get-object --bucket <bucket> --key <key> a\n${bare('GetObject')}\n${masked}`)
  t.equal(hidden.code, 's3-missing-object-403')
  const listing = document(allow('s3:GetObject', objects), allow('s3:ListBucket', 'arn:aws:s3:::ledger'))
  t.not((await first(`aws s3 cp s3://ledger/a.csv .\n${bare('GetObject')}\n${listing}`)).code, 's3-missing-object-403')

  const uploads = document(allow('s3:PutObject', objects))
  const upload = await first(`S3::putObject(): [AccessDenied] Access Denied\n${uploads}`)
  t.match(upload, { code: 'dependent-action-needed', confidence: 'possible' })
  t.equal(upload.cause?.remedies[0]?.statement?.Action, 's3:PutObjectAcl')
  const shown = await first(`aws s3 cp a.csv s3://ledger/a.csv\n${bare('PutObject')}\n${uploads}`)
  t.not(shown.code, 'dependent-action-needed', 'the command that is shown sends no ACL')
})

const lines = (statement: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(statement, null, 4).split('\n').slice(1, -1).join('\n')

t.test('lines out of the middle of a policy', async (t) => {
  const host = 'oidc.eks.eu-west-1.amazonaws.com/id/AAAA1111'
  const condition = (name: string) => ({
    StringEquals: { [`${host}:sub`]: `system:serviceaccount:apps:${name}`, [`${host}:aud`]: 'sts.amazonaws.com' },
  })
  const refused = 'api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity'
  const action = 'sts:AssumeRoleWithWebIdentity'
  const cut = lines({ Action: action, Condition: condition('api-*') }).replace(/\n\s*\}\s*\n\s*\}\s*$/, '')
  const { cause, confidence } = await first(`${refused}\n\nThe role has\n\n${cut}\n\nand the pod its annotation.`)
  t.match({ confidence, facts: cause?.facts }, { confidence: 'stated', facts: { fault: 'wildcard-under-equals' } })
  t.match(cause?.remedies[0]?.editedStatement, {
    Condition: { StringLike: { [`${host}:sub`]: 'system:serviceaccount:apps:api-*' } },
  })

  const resources = (arn: string) => lines({ Resource: [arn, 'arn:aws:dynamodb:eu-west-1:111122223333:table/stock'] })
  const other = await first(`${lacking}\n\nbefore:\n${resources(`${table}-old`)}\n`)
  t.match(other.cause, { code: 'resource-arn-mismatch', facts: { told: 'text', found: `${table}-old` } })
  const same = await first(`${lacking}\n\nbefore:\n${resources(table)}\n`)
  t.match(same, { code: 'missing-allow', told: undefined }, 'what else it has is not shown, so that it grants nothing')
  const ofOther = await first(`${lacking}\n\n${lines({ Resource: ['arn:aws:s3:::orders'] })}\n`)
  t.match(ofOther, { code: 'missing-allow', told: undefined })
})

t.test('a stand-in for a name is one as a whole', async (t) => {
  const isMissed = async (asked: string, told: string): Promise<boolean> => {
    const object = denied('s3:GetObject', `arn:aws:s3:::${asked}/a.csv`, noIdentity('s3:GetObject'))
    const { code } = await first(`${object}\n${document(allow('s3:GetObject', `arn:aws:s3:::${told}/*`))}`)
    return code === 'resource-arn-mismatch'
  }
  for (const [asked, told] of [
    ['orders-bucket', 'order-bucket'],
    ['my-orders-bucket', 'my-order-bucket'],
    ['accounts-eu', 'account-eu'],
    ['bucket-of-orders', 'bucket-of-order'],
  ] as const)
    t.ok(await isMissed(asked, told), told)
  for (const [asked, told] of [
    ['buckets', 'bucket'],
    ['bucketname1', 'bucket-name'],
    ['my-buckets', 'my-bucket'],
    ['mybuckt', 'mybucket'],
    ['your-orders', 'your-order'],
    ['the-buckets', 'the_bucket'],
    ['DOC-EXAMPLE-BUCKETS', 'DOC-EXAMPLE-BUCKET'],
    ['examples', 'example'],
    ['xxxy', 'xxx'],
  ] as const)
    t.notOk(await isMissed(asked, told), told)
})

t.test('policies that were read go before what is told', async (t) => {
  const text = `${lacking}\n${document(allow('dynamodb:PutItem', `${table}-old`))}`
  const [diagnosis] = await diagnosesOf(text, identity(allow('s3:GetObject')))
  t.match(diagnosis?.causes, [{ code: 'missing-allow', confidence: 'evaluated' }])
  t.notOk(diagnosis?.causes.some(({ facts }) => 'told' in facts))
})

t.test('beside several callers nothing tells whose they are', async (t) => {
  const other = lacking.replace('role/orders/', 'role/other/')
  const text = `${lacking}\n${other}\n${document(allow('dynamodb:PutItem', `${table}-old`))}`
  for (const { causes } of await diagnosesOf(text)) t.match(causes, [{ code: 'missing-allow' }])
})

t.test('what was only told is never written over what is in force', async (t) => {
  const text = `${lacking}\n${document(allow(['dynamodb:GetItem', 'dynamodb:PutItem'], `${table}-old`))}`
  const { diagnosis, cause } = await first(text)
  t.equal(diagnosis?.evidence.policies['identity-based'], undefined, 'it is no evidence')
  t.equal(diagnosis?.verdict?.policyTypes.find(({ type }) => type === 'identity-based')?.result, 'notCollected')
  const [added, edited] = cause?.remedies ?? []
  t.match(added, {
    alternative: false,
    readiness: 'ready',
    target: { create: true },
    verification: { decision: 'allowed' },
  })
  t.match(edited, {
    alternative: true,
    readiness: 'needs-review',
    commands: null,
    editedStatement: { Resource: [`${table}-old`, table] },
  })
  t.match(edited?.diff, /^\+.*table\/orders"/m)
  t.match(added?.verification?.assuming, [{ code: 'told-applies', policyType: 'identity-based' }])
})

t.test('nothing goes round the condition that a policy in the text has', async (t) => {
  const answer = async (condition: NonNullable<Statement['Condition']> | undefined, resource: string) => {
    const [diagnosis] = await diagnosesOf(`${lacking}\n${document(allow('dynamodb:PutItem', resource, condition))}`)
    return diagnosis?.causes.map(({ code, confidence }) => [code, confidence]).slice(0, 2)
  }
  const conditions = [
    ['condition-mismatch', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:userid}'] } }],
    ['mfa-required', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }],
  ] as const
  for (const [code, condition] of conditions) {
    const causes = await answer(condition, table)
    t.strictSame(causes?.[0], [code, 'possible'])
    t.notOk(
      causes?.some(([other, confidence]) => other === 'missing-allow' && confidence !== 'possible'),
      'the plain Allow is no more than a candidate',
    )
  }
  t.strictSame((await answer(undefined, `${table}-archive`))?.[0], ['resource-arn-mismatch', 'stated'])
})

t.test('an answer says that it goes by the policy in the text', async (t) => {
  const text = `${lacking}\n${document(allow('dynamodb:PutItem', `${table}-old`))}`
  t.match(await summaryOf(text), /^Statement 1 of the policy in the text allows/)
  t.match(await summaryOf(text, {}, {}, 'ko'), /^글에 있는 정책의 첫 번째 문은/)
  t.notMatch(await summaryOf(lacking), /policy in the text/)
})

for (const [name, carry] of Object.entries(carriers))
  t.test(`a policy reads the same: ${name}`, async (t) => {
    const [row] = rows
    const { code, told } = await first(carry(row?.text ?? ''))
    t.match({ code, told: told !== undefined }, { code: row?.code, told: true })
  })

t.test('a policy variable in the text is no mark of something taken out', async (t) => {
  const file = 'arn:aws:s3:::ledger-home/ana/may.csv'
  const asked = denied('s3:GetObject', file, noIdentity('s3:GetObject'), 'user/ben')
  const [diagnosis] = await diagnosesOf(
    `${asked}\n${document(allow('s3:GetObject', 'arn:aws:s3:::ledger-home/${aws:username}/*'))}`,
  )
  t.match(diagnosis?.causes[0], {
    code: 'resource-arn-mismatch',
    facts: { told: 'text', variables: 'other-value', variable: 'aws:username', here: 'ben' },
  })
  t.equal(diagnosis?.causes[0]?.remedies[0]?.readiness, 'needs-review', 'it is the folder of somebody else')
  const [template] = await diagnosesOf(
    `${asked}\n${document(allow('s3:GetObject', 'arn:aws:s3:::ledger-home/${self:custom.user}/*'))}`,
  )
  t.not(template?.causes[0]?.facts['told'], 'text', 'a template fills that in')
})
