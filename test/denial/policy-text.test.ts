import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'
import { blanked as blank, findPolicies } from '../../src/denial/policy-text.ts'

const bare = 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'
const policy = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:ListMultipartUploadParts', 'kms:Decrypt'],
      Resource: ['arn:aws:s3:::orders-data', 'arn:aws:s3:::orders-data/*'],
      Condition: { StringEquals: { 'aws:RequestedRegion': '${aws:PrincipalTag/region}' } },
    },
  ],
}
const [statement] = policy.Statement
const yaml = `- Effect: Allow
  Action:
    - s3:ListBucket
    - s3:ListMultipartUploadParts
  Resource: "arn:aws:s3:::orders-data"`
const hcl = `policy = jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect   = "Allow"
    Action   = ["s3:ListBucket", "kms:Decrypt"]
    Resource = "arn:aws:s3:::orders-data"
  }]
})`

const dataSource = `data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["s3:ListBucket", "kms:Decrypt"]
    resources = [aws_s3_bucket.orders.arn]
  }
}`
const cdk = `role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket', 'kms:Decrypt'], resources: ['*'] }))`

t.test('a policy beside an error is blanked out, and everything else keeps its place', (t) => {
  const forms: readonly (readonly [name: string, text: string, left: RegExp])[] = [
    ['JSON on one line', JSON.stringify(policy), /^\s*$/],
    ['JSON', JSON.stringify(policy, null, 2), /^\s*$/],
    ['a statement by itself', JSON.stringify(statement), /^\s*$/],
    [
      'JSON in JSON',
      JSON.stringify({ name: 'app', policy: JSON.stringify(policy) }),
      /^\{"name":"app","policy":"\s*"\}$/,
    ],
    [
      'in the output of a command',
      JSON.stringify({ RoleName: 'app', PolicyDocument: policy }),
      /^\{"RoleName":"app",.*\}$/,
    ],
    ['YAML', yaml, /^\s*$/],
    ['Terraform', hcl, /^policy = jsonencode\(\s*\)$/],
    ['a data source of Terraform', dataSource, /^data "\s*$/],
    ['the CDK', cdk, /^role\.addToPolicy\(new iam\.\s*\)$/],
  ]
  for (const [name, text, left] of forms) {
    const blanked = blank(text, findPolicies(text))
    t.match(blanked, left, name)
    t.equal(blanked.length, text.length, `${name}: its length`)
    for (const whole of [`${bare} my policy: ${text}`, `${bare}\n\n${text}`, `${text}\n\n${bare}`]) {
      const [denial, ...more] = parsePaste(whole).denials
      t.equal(more.length, 0, `${name}: one denial`)
      t.match(denial, { action: null, operation: 'GetObject', service: 's3' }, `${name}: nothing of it is read`)
      const circumstances = denial?.clues.map(({ kind }) => kind) ?? []
      t.notOk(
        circumstances.some((kind) => /multipart|kms|list/.test(kind)),
        `${name}: ${circumstances.join(', ')}`,
      )
    }
  }
  t.end()
})

t.test('what is no policy stays', (t) => {
  const sentence = 'User: arn:aws:iam::111122223333:user/ana is not authorized to perform: sqs:ListQueues'
  for (const text of [
    sentence,
    'Statement: the call was denied. Effect: none.',
    '{"message":"Statement 1 of the policy denies","effect":"DENY"}',
    `{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject"  ${sentence}`,
    'In effect: "Allow" was never reached }',
  ])
    t.equal(blank(text, findPolicies(text)), text)
  const event = JSON.stringify({ ResourceStatusReason: sentence, ResourceProperties: { PolicyDocument: policy } })
  t.match(parsePaste(event).denials, [{ action: 'sqs:ListQueues' }], 'an error beside it in one object')
  t.end()
})

t.test('time grows with the text', (t) => {
  for (const piece of [
    '{"Statement":[',
    '"Effect":"Allow"',
    '{',
    '}',
    'Effect: Allow\n- a\n',
    'data "aws_iam_policy_document" "x" {statement {',
    'PolicyStatement(',
    `${' '.repeat(40)}- Effect: Allow\n`,
  ]) {
    const time = (size: number): number => {
      const text = piece.repeat(size / piece.length)
      const begun = process.cpuUsage()
      blank(text, findPolicies(text))
      const { user, system } = process.cpuUsage(begun)
      return (user + system) / 1000
    }
    time(10_000)
    const taken = time(400_000)
    t.ok(taken < 2000, `${JSON.stringify(piece)}: ${Math.round(taken)} ms`)
  }
  t.end()
})

t.test('whether a policy counts is said', (t) => {
  const codes = (text: string): readonly string[] => parsePaste(text).notes.map(({ code }) => code)
  t.strictSame(codes(`${bare}\n${JSON.stringify(policy)}`), ['policy-as-told'])
  t.strictSame(codes(`${bare}\nour SCP: ${JSON.stringify(policy)}`), ['policy-in-text'])
  t.strictSame(codes(`${bare}\n${hcl}`), ['policy-as-told'])
  t.strictSame(codes(`${bare} with ${yaml}`), ['policy-in-text'], 'a notation that is half understood')
  t.strictSame(codes(bare), [])
  t.strictSame(codes(JSON.stringify(policy)), [], 'a policy alone is no denial')
  t.end()
})
