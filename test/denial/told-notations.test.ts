import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * Policies beside an error in other notations than JSON: as IAM would have them, or not read at all.
 */

const error =
  'User: arn:aws:sts::111122223333:assumed-role/app/s is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:jobs because no identity-based policy allows the sqs:SendMessage action'

const read = (policy: string, before = error): readonly unknown[] => parsePaste(`${before}\n\n${policy}\n`).policies
const statementsOf = (policy: string, before = error): readonly unknown[] =>
  read(policy, before).flatMap((document) => (document as { readonly Statement: readonly unknown[] }).Statement)

const send = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:eu-west-1:111122223333:job' }

const notations: readonly (readonly [name: string, policy: string, statements: readonly unknown[]])[] = [
  [
    'Serverless',
    `provider:
  iamRoleStatements:
    - Effect: Allow
      Action:
        - sqs:SendMessage
      Resource: "arn:aws:sqs:\${aws:region}:*:\${self:service}-jobs" # ours
    - Sid: Read
      Effect: 'Allow'
      Action: [s3:GetObject]
      Resource:
        Fn::Join: ['', ['arn:aws:s3:::', { Ref: Files }, '/*']]
functions:
  app:`,
    [
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: 'arn:aws:sqs:${aws:region}:*:${self:service}-jobs' },
      { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject'], Resource: 'arn:aws:s3:::${Files}/*' },
    ],
  ],
  [
    'Serverless, as it is written today',
    `iam:
  role:
    statements:
    - Effect: Allow
      Action: sqs:SendMessage
      Resource: !GetAtt Jobs.Arn`,
    [{ ...send, Resource: '${Jobs.Arn}' }],
  ],
  [
    'CloudFormation in YAML',
    `Policies:
  - PolicyName: app
    PolicyDocument:
      Version: "2012-10-17"
      Statement:
        - Action: sqs:SendMessage
          Effect: Allow
          Resource:
            - !Sub arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:\${!aws:username}
            - !Sub ['\${A}/*', { A: !GetAtt B.Arn }]
            - !ImportValue jobs
            - Ref: Jobs`,
    [
      {
        Action: 'sqs:SendMessage',
        Effect: 'Allow',
        Resource: [
          'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${aws:username}',
          '${A}/*',
          '${Fn::ImportValue}',
          '${Jobs}',
        ],
      },
    ],
  ],
  [
    'Ansible',
    `iam_role:
  policy:
    Statement:
      - Effect: Allow
        Action: sqs:SendMessage
        Resource: "arn:aws:sqs:{{ region }}:{{ account.id | default('') }}:job"`,
    [{ ...send, Resource: 'arn:aws:sqs:${region}:${account.id}:job' }],
  ],
  [
    'names within names',
    `iamRoleStatements:
  - Effect: Allow
    Action: sqs:SendMessage
    Resource: arn:aws:sqs:*:*:\${self:custom.\${opt:stage, 'dev'}.queue}-\${a}`,
    [{ ...send, Resource: "arn:aws:sqs:*:*:${self:custom.opt:stage, 'dev'.queue}-${a}" }],
  ],
  [
    'CloudFormation in JSON',
    `"PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": {"Fn::GetAtt": ["Jobs", "Arn"]}}]}`,
    [{ ...send, Resource: '${Jobs.Arn}' }],
  ],
  [
    'a lone statement in YAML',
    `Effect: Allow
Action: sqs:SendMessage
Resource: arn:aws:sqs:eu-west-1:111122223333:job

and that is all`,
    [send],
  ],
  [
    'anchors, and account IDs as they stand',
    `- Effect: Allow
  Principal: { AWS: 011122223333 }
  Action: &all [sqs:SendMessage]
  Resource: "*"
- { Effect: Deny, Action: *all, Resource: '*' }`,
    [
      { Effect: 'Allow', Principal: { AWS: '011122223333' }, Action: ['sqs:SendMessage'], Resource: '*' },
      { Effect: 'Deny', Action: ['sqs:SendMessage'], Resource: '*' },
    ],
  ],
  [
    'blocks of a data source that were pasted alone',
    `  statement {
    actions   = ["ec2:DescribeVolumes"]
    resources = ["*"]
  }

  statement { # ours
    actions   = ["ec2:DetachVolume"]
    resources = ["arn:aws:ec2:*:*:volume/*"]
    # Only those of the driver
    condition {
      test     = "StringEquals"
      variable = "aws:ResourceTag/owner"
      values   = ["driver"]
    }
  }`,
    [
      { Effect: 'Allow', Action: ['ec2:DescribeVolumes'], Resource: ['*'] },
      {
        Effect: 'Allow',
        Action: ['ec2:DetachVolume'],
        Resource: ['arn:aws:ec2:*:*:volume/*'],
        Condition: { StringEquals: { 'aws:ResourceTag/owner': ['driver'] } },
      },
    ],
  ],
  [
    'a data source of Terraform',
    `data "aws_iam_policy_document" "app" {
  statement {
    sid       = "Send" # for jobs
    actions   = ["sqs:SendMessage", var.action]
    resources = ["arn:aws:sqs:\${var.region}:*:job", "\${aws_sqs_queue.a["b"].arn}", aws_sqs_queue.jobs[0].arn,]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["$\${aws:PrincipalAccount}"]
    }
  }
  statement {
    effect      = "Deny"
    not_actions = ["sqs:*"]
    resources   = [for name in var.names : "arn:aws:s3:::\${name}"]
  }
}`,
    [
      {
        Effect: 'Allow',
        Sid: 'Send',
        Action: ['sqs:SendMessage', '${var.action}'],
        Resource: ['arn:aws:sqs:${var.region}:*:job', '${aws_sqs_queue.a["b"].arn}', '${aws_sqs_queue.jobs[0].arn}'],
        Principal: { Service: ['sns.amazonaws.com'] },
        Condition: { StringEquals: { 'aws:SourceAccount': ['${aws:PrincipalAccount}'] } },
      },
      { Effect: 'Deny', NotAction: ['sqs:*'], Resource: '${[for name in var.names : "arn:aws:s3:::name"]}' },
    ],
  ],
  [
    'jsonencode of Terraform',
    `resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "sqs:SendMessage"
      Resource = "arn:aws:sqs:eu-west-1:111122223333:job"
      Condition = { StringEquals = { "\${var.issuer}:sub" = "a" } }
    }]
  })
}`,
    [{ ...send, Condition: { StringEquals: { '${var.issuer}:sub': 'a' } } }],
  ],
  [
    'a heredoc of Terraform',
    `policy = <<EOF
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "\${aws_sqs_queue.jobs.arn}"}]}
EOF`,
    [{ ...send, Resource: '${aws_sqs_queue.jobs.arn}' }],
  ],
  [
    'the CDK',
    `fn.addToRolePolicy(new iam.PolicyStatement({
  effect: iam.Effect.ALLOW,
  actions: ['sqs:SendMessage'], // to the jobs
  resources: [
    queue.queueArn,
    \`arn:aws:sqs:\${this.region}:*:job\`,
    'arn:aws:sqs:' + Stack.of(this).region + ':*:job',
  ],
  principals: [new iam.ServicePrincipal('sns.amazonaws.com'), new iam.ArnPrincipal(role.roleArn)],
}));`,
    [
      {
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: [
          '${queue.queueArn}',
          'arn:aws:sqs:${this.region}:*:job',
          'arn:aws:sqs:${Stack.of(this).region}:*:job',
        ],
        Principal: { Service: ['sns.amazonaws.com'], AWS: ['${new iam.ArnPrincipal(role.roleArn)}'] },
      },
    ],
  ],
  [
    'the CDK in Python',
    `role.add_to_policy(iam.PolicyStatement(
    actions=["sqs:SendMessage"],  # to the jobs
    resources=[f"arn:aws:sqs:{self.region}:*:job", queue.queue_arn],
    conditions={"Bool": {"aws:MultiFactorAuthPresent": True}},
))`,
    [
      {
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: ['arn:aws:sqs:${self.region}:*:job', '${queue.queue_arn}'],
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      },
    ],
  ],
  [
    'Pulumi',
    `statements: [{ effect: "Allow", actions: ["sqs:SendMessage"], resources: [queue.arn],
      conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["111122223333"] }] }]`,
    [
      {
        Effect: 'Allow',
        Action: ['sqs:SendMessage'],
        Resource: ['${queue.arn}'],
        Condition: { StringEquals: { 'aws:SourceAccount': ['111122223333'] } },
      },
    ],
  ],
  [
    'an object of JavaScript, or of Python',
    `const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', 'Action': 'sqs:SendMessage', Resource: arn }] }`,
    [{ ...send, Resource: '${arn}' }],
  ],
]

for (const [name, policy, statements] of notations)
  t.test(name, (t) => {
    t.strictSame(statementsOf(policy), statements)
    t.strictSame(statementsOf(`\`\`\`\n${policy}\n\`\`\``), statements, 'in a block of code')
    t.end()
  })

const role = (id: string, name: string | null, queue: string): string => `  ${id}:
    Type: AWS::IAM::Role
    Properties:${name === null ? '' : `\n      RoleName: ${name}`}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: sqs:SendMessage
                Resource: ${queue}`

t.test('whose it is', (t) => {
  const told = (resources: string, before = error): readonly unknown[] =>
    statementsOf(`Resources:\n${resources}`, before).map((one) => (one as { readonly Resource: unknown }).Resource)
  const asUser = error.replace('sts::111122223333:assumed-role/app/s', 'iam::111122223333:user/ana')
  const generated = error.replace('/app/', '/shop-AppRole-1A2B3C4D5E6F7/')
  t.strictSame(told(role('AppRole', 'app', 'a')), ['a'], 'the role of that name')
  t.strictSame(told(role('AppRole', 'other', 'a')), [], 'a role of another name')
  t.strictSame(told(role('AppRole', null, 'a')), ['a'], 'a role without a name')
  for (const between of ['\n\nThe policy of its role is:\n', '\n```\nPolicy:\n```\n'])
    t.strictSame(
      statementsOf(`Fn:\n  Type: AWS::Lambda::Function${between}{"Statement": [${JSON.stringify(send)}]}`),
      [send],
      'what stands beside a template is not in it',
    )
  t.strictSame(told(role('AppRole', null, 'a'), generated), ['a'], 'a name that CloudFormation made')
  t.strictSame(told(role('OtherRole', null, 'a'), generated), [], 'a name that it made for another')
  t.strictSame(told(`${role('A', null, 'a')}\n${role('B', null, 'b')}`), [], 'several roles')
  t.strictSame(told(`${role('A', 'app', 'a')}\n${role('B', null, 'b')}`), ['a'], 'several roles, one by its name')
  t.strictSame(told(role('AppRole', null, 'a'), asUser), [], 'a user is no role')
  t.strictSame(told(role('AppRole', null, 'a').replace('IAM::Role', 'EC2::VPCEndpoint')), [], 'another policy type')
  t.strictSame(told(role('AppRole', null, 'a'), `${error}\nCREATE_FAILED`), [], 'what is being deployed')
  t.strictSame(
    told(role('AppRole', null, 'a'), `CREATE_FAILED The provided execution role: ${error}`),
    ['a'],
    'but for the role that is told to lack it',
  )
  t.end()
})

t.test('what is not in force, or half understood, is left out', (t) => {
  const cdk = 'new iam.PolicyStatement({ actions: ["sqs:SendMessage"], resources: ["*"] })'
  t.equal(read(cdk).length, 1)
  t.equal(read(`orders.addToRolePolicy(${cdk});\norders.addToRolePolicy(${cdk});`).length, 2, 'one function')
  t.equal(
    read(`const policy = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }`).length,
    1,
    'a program',
  )
  const others: readonly (readonly [name: string, policy: string, before?: string])[] = [
    ['the answer', cdk, `${error}\nI fixed it by adding:`],
    ['the answer in a template', `\`\`\`yaml\nAppRole:\n${role('A', null, 'a')}\n\`\`\``, `${error}\nThe solution is:`],
    ['another policy type', cdk, `${error}\nOur SCP:`],
    ['its key', 'permissionsBoundary:\n  Statement:\n    - Effect: Allow\n      Action: s3:*\n      Resource: "*"'],
    [
      'a session policy of a program',
      "sts.assume_role(RoleArn=arn, Policy=json.dumps({'Statement': [{'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}]}))",
    ],
    [
      'another by its name',
      "const sessionPolicy = { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }",
    ],
    ['the policy of an endpoint', `s3Endpoint.addToPolicy(${cdk})`],
    ['a boundary', `new iam.ManagedPolicy(this, 'Boundary', { statements: [${cdk}] })`],
    [
      'a data source for a boundary',
      'data "aws_iam_policy_document" "boundary" {\n  statement {\n    actions = ["s3:*"]\n    resources = ["*"]\n  }\n}',
    ],
    [
      'a data source for a boundary that is cut off',
      'data "aws_iam_policy_document" "boundary" {\n  statement {\n    actions = ["s3:*"]\n    resources = ["*"]\n  }\n  statement {\n    actions =',
    ],
    ['several functions', `orders.addToRolePolicy(${cdk});\nbilling.addToRolePolicy(${cdk});`],
    [
      'an effect that is filled in',
      "{ Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: arn }] }",
    ],
    ['a spread', 'new PolicyStatement({ ...base, actions: ["s3:*"] })'],
    ['another element', 'new PolicyStatement({ actions: ["s3:*"], foo: 1 })'],
    ['a variable for all of it', 'new PolicyStatement(props)'],
    [
      'a statement that is filled in',
      '{"Statement": [{"Fn::If": ["A", {"Effect": "Allow"}, {"Ref": "B"}]}, {"Effect": "Allow"}]}',
    ],
    ['YAML that was quoted', '> iamRoleStatements:\n>   - Effect: Allow\n>     Action: s3:*\n>     Resource: "*"'],
    ['no YAML', '- Effect: Allow\n  Action: *\n  Resource: [a'],
    ['a merge', 'x: &x\n- Effect: Allow\n  <<: *x\n  Action: s3:*'],
    [
      'a dynamic block alone',
      'data "aws_iam_policy_document" "a" {\n  dynamic "statement" {\n    for_each = var.a\n  }\n}',
    ],
    [
      'a condition of another form',
      'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["s3:*"]\n    condition { a = 1 }\n  }\n}',
    ],
    [
      'an organization',
      'resource "aws_organizations_policy" "a" {\n  content = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })\n}',
    ],
    ['a fragment of a program', 'if (statement.effect === "Allow") { effect: "Allow" }'],
  ]
  for (const [name, policy, before] of others) t.strictSame(read(policy, before), [], name)
  t.end()
})

t.test('time grows with the text, and nothing throws', (t) => {
  const aliases = Array.from({ length: 300 }, (_, i) => `  A${i + 1}: &b${i + 1} [*b${i},*b${i},*b${i}]\n`).join('')
  const pieces: readonly string[] = [
    'PolicyStatement({actions:[',
    '{"Effect":"Allow","Action":',
    'data "aws_iam_policy_document" "x" {\nstatement {\n',
    'statement {\n',
    `- Effect: Allow\n  Action: ${'['.repeat(9000)}\n\nx\n`,
    `- Effect: Allow\n  A0: &b0 [x,x]\n${aliases}x\n`,
    `PolicyStatement({actions:a${'\n'.repeat(9000)}})`,
    `PolicyStatement({actions:[${'/*'.repeat(4000)}]})`,
    `{"Statement":${'['.repeat(9000)}${']'.repeat(9000)}}`,
    `Foo:\n  Type: AWS::IAM::Role\n- Effect: Allow\n  Action: a\nx\n`,
  ]
  for (const piece of pieces) {
    const time = (size: number): number => {
      const text = `${error}\n${piece.repeat(Math.ceil(size / piece.length))}`
      const begun = process.cpuUsage()
      parsePaste(text)
      const { user, system } = process.cpuUsage(begun)
      return (user + system) / 1000
    }
    time(10_000)
    // Beside a quarter of the text, a square would take sixteen times as long; the machine may be busy otherwise.
    const grows = (): boolean => time(400_000) > 8 * time(100_000) + 200
    t.notOk(grows() && grows() && grows(), JSON.stringify(piece.slice(0, 40)))
  }
  t.end()
})
