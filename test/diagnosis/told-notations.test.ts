import t from 'tap'
import { bare, denied, noIdentity } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * What follows from policies in the notations of those who deploy: what is filled in later may be what was asked for.
 */

const table = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'
const lacking = denied('dynamodb:PutItem', table, noIdentity('dynamodb:PutItem'))
const serverless = (statement: string): string => `provider:\n  iamRoleStatements:\n    - Effect: Allow\n${statement}`
const terraform = (body: string): string => `data "aws_iam_policy_document" "app" {\n  statement {\n${body}\n  }\n}`
const cdk = (properties: string): string => `fn.addToRolePolicy(new iam.PolicyStatement({ ${properties} }))`

interface Row {
  readonly name: string
  readonly text: string
  readonly code: string
  readonly confidence: string
  /** False: what the text's policy says is no part of the answer. */
  readonly told: boolean
}

const missing = { code: 'missing-allow', confidence: 'stated', told: false }
const rows: readonly Row[] = [
  {
    name: 'another name in the account that is filled in',
    text: `${lacking}\n${serverless('      Action: dynamodb:*\n      Resource: !Sub arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders-old')}`,
    code: 'resource-arn-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'a name that is filled in may be the one',
    text: `${lacking}\n${serverless('      Action: dynamodb:*\n      Resource: !Sub arn:aws:dynamodb:*:*:table/${Orders}')}`,
    ...missing,
  },
  {
    name: 'an ARN that is filled in may be the one',
    text: `${lacking}\n${serverless('      Action: dynamodb:*\n      Resource: !GetAtt Orders.Arn')}`,
    ...missing,
  },
  {
    name: 'one of several that is filled in may be the one',
    text: `${lacking}\n${terraform(`    actions = ["dynamodb:*"]\n    resources = ["${table}-old", aws_dynamodb_table.orders.arn]`)}`,
    ...missing,
  },
  {
    name: 'an action that is filled in may be the one',
    text: `${lacking}\n${cdk(`actions: [action, 'dynamodb:PutItm'], resources: ['${table}']`)}`,
    ...missing,
  },
  {
    name: 'a condition that is filled in may hold',
    text: `${lacking}\n${terraform(`    actions = ["dynamodb:*"]\n    resources = ["*"]\n    condition {\n      test = "IpAddress"\n      variable = "aws:SourceIp"\n      values = [var.range]\n    }`)}`,
    ...missing,
  },
  {
    name: 'the condition of a block that was pasted alone',
    text: `${lacking}\nstatement {\n    actions = ["dynamodb:*"]\n    resources = ["*"]\n    condition {\n      test = "StringEquals"\n      variable = "aws:ResourceTag/owner"\n      values = ["web"]\n    }\n}`,
    code: 'condition-mismatch',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'a Deny on what is filled in',
    text: `${denied('dynamodb:PutItem', table, ' with an explicit deny in an identity-based policy')}\n${terraform(`    effect = "Deny"\n    actions = ["dynamodb:*"]\n    resources = [var.tables]`)}`,
    code: 'explicit-deny-identity',
    confidence: 'stated',
    told: false,
  },
  {
    name: 'an action misspelt, whatever it is for',
    text: `${lacking}\n${cdk("actions: ['dynamodb:PutItm'], resources: [table.tableArn]")}`,
    code: 'action-name-mismatch',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'a condition in HCL',
    text: `${lacking}\n${terraform(`    actions = ["dynamodb:*"]\n    resources = ["*"]\n    condition {\n      test = "IpAddress"\n      variable = "aws:SourceIp"\n      values = ["192.0.2.0/24"]\n    }`)}`,
    code: 'condition-mismatch',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'what lets everything through is not attached',
    text: `${lacking}\n${cdk("actions: ['dynamodb:*'], resources: ['*']")}`,
    code: 'policy-not-attached',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'the bucket in place of its objects, whatever it is called',
    text: `${bare('PutObject')}\n${terraform('    actions = ["s3:PutObject"]\n    resources = [aws_s3_bucket.files.arn]')}`,
    code: 'object-arn-needed',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'the objects in place of the bucket',
    text: `${bare('ListObjectsV2')}\n${serverless('      Action: s3:ListBucket\n      Resource: !Sub "${Files.Arn}/*"')}`,
    code: 'bucket-arn-needed',
    confidence: 'possible',
    told: true,
  },
  {
    name: 'both of them',
    text: `${bare('PutObject')}\n${cdk("actions: ['s3:PutObject'], resources: [files.bucketArn, `${files.bucketArn}/*`]")}`,
    code: 'missing-allow',
    confidence: 'possible',
    told: false,
  },
  {
    name: 'an ARN of which nobody knows what it is',
    text: `${bare('PutObject')}\n${terraform('    actions = ["s3:PutObject"]\n    resources = [var.files_arn]')}`,
    code: 'missing-allow',
    confidence: 'possible',
    told: false,
  },
  {
    name: 'the trust of a role in a provider that is filled in',
    text: `Error: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity\n${terraform(`    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:example/shop:*"]
    }`)}`,
    code: 'oidc-trust',
    confidence: 'stated',
    told: true,
  },
  {
    name: 'the statements of a function are no user’s',
    text: `${lacking.replace('sts::111122223333:assumed-role/orders/', 'iam::111122223333:user/')}\n${serverless(`      Action: dynamodb:*\n      Resource: ${table}-old`)}`,
    ...missing,
  },
]

for (const { name, text, ...expected } of rows)
  t.test(name, async (t) => {
    const [diagnosis] = await diagnosesOf(text)
    const [cause] = diagnosis?.causes ?? []
    t.strictSame({ code: cause?.code, confidence: cause?.confidence, told: cause?.facts['told'] === 'text' }, expected)
    for (const { statement, readiness } of cause?.remedies ?? [])
      if (readiness === 'ready') t.notMatch(JSON.stringify(statement), /\$\{/, 'nothing to add is filled in later')
  })

t.test('what is told of a bucket is told as it is written', async (t) => {
  const [diagnosis] = await diagnosesOf(
    `${bare('PutObject')}\n${terraform('    actions = ["s3:PutObject"]\n    resources = [aws_s3_bucket.files.arn]')}`,
  )
  const [cause] = diagnosis?.causes ?? []
  t.match(cause?.facts, { found: '${aws_s3_bucket.files.arn}', wanted: '${aws_s3_bucket.files.arn}/*' })
  t.match(cause?.remedies, [{ statement: { Resource: 'arn:aws:s3:::<BucketName>/*' }, readiness: 'has-placeholders' }])
})
