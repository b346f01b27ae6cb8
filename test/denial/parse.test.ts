import t from 'tap'
import type { Denial } from '../../src/denial/denial.ts'
import { parsePaste } from '../../src/denial/parse.ts'

const bob = 'arn:aws:iam::111122223333:user/bob'
const app = 'arn:aws:sts::111122223333:assumed-role/app/i-0123456789abcdef0'
const denied = (action: string, rest = '', principal = bob): string =>
  `User: ${principal} is not authorized to perform: ${action}${rest}`

interface Case {
  readonly name: string
  readonly text: string
  /** What each denial says, in order; what is not listed is not checked. */
  readonly want: readonly Partial<Denial>[]
}

const sentences: readonly Case[] = [
  {
    name: 'a name with blanks, which the reason ends',
    text: denied(
      'glue:GetJobRuns',
      ' on resource: arn:aws:glue:eu-west-2:111122223333:job/Copy orders from the landing zone because no identity-based policy allows the glue:GetJobRuns action',
    ),
    want: [
      {
        resource: 'arn:aws:glue:eu-west-2:111122223333:job/Copy orders from the landing zone',
        policyType: 'identity-based',
        effect: 'implicit',
      },
    ],
  },
  {
    name: 'a name with blanks before a deny',
    text: denied(
      'budgets:ViewBudget',
      ' on resource: arn:aws:budgets::111122223333:budget/Team A (2026) with an explicit deny in a service control policy',
    ),
    want: [
      {
        resource: 'arn:aws:budgets::111122223333:budget/Team A (2026)',
        policyType: 'service-control',
        effect: 'explicit',
      },
    ],
  },
  {
    name: 'a name with blanks before the tail of an SDK',
    text: denied(
      'cloudwatch:PutMetricAlarm',
      ' on resource: arn:aws:cloudwatch:eu-west-1:111122223333:alarm:High CPU on prod (Service: AmazonCloudWatch; Status Code: 403; Error Code: AccessDenied; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)',
    ),
    want: [{ resource: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:High CPU on prod' }],
  },
  {
    name: 'words of people behind a name, and no reason',
    text: denied(
      'glue:GetJob',
      ' on resource: arn:aws:glue:eu-west-1:111122223333:job/nightly and I do not know why. It worked because no policy changed',
    ),
    want: [{ resource: 'arn:aws:glue:eu-west-1:111122223333:job/nightly', policyType: null }],
  },
  {
    name: 'a sentence of people between a name and a reason',
    text: denied(
      'glue:GetJob',
      ' on resource: arn:aws:glue:eu-west-1:111122223333:job/nightly. The other one failed with an explicit deny in a service control policy',
    ),
    want: [{ resource: 'arn:aws:glue:eu-west-1:111122223333:job/nightly' }],
  },
  {
    name: 'two sentences on one line, the reason behind the second',
    text: `${denied('glue:GetJob', ' on resource: arn:aws:glue:eu-west-1:111122223333:job/a')} retry 2 ${denied('glue:GetJob', ' on resource: arn:aws:glue:eu-west-1:111122223333:job/b because no identity-based policy allows the glue:GetJob action')}`,
    want: [
      { resource: 'arn:aws:glue:eu-west-1:111122223333:job/a', policyType: null },
      { resource: 'arn:aws:glue:eu-west-1:111122223333:job/b', policyType: 'identity-based' },
    ],
  },
  {
    name: 'a session glued to the verb',
    text: 'User: arn:aws:sts::111122223333:assumed-role/app/i-0123456789abcdef0is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::docs"',
    want: [{ principal: app, sessionName: 'i-0123456789abcdef0', resource: 'arn:aws:s3:::docs' }],
  },
  {
    name: 'no principal',
    text: 'User: is not authorized to perform: cognito-idp:ListUsers on resource: arn:aws:cognito-idp:eu-west-1:111122223333:userpool/x',
    want: [{ principal: null, action: 'cognito-idp:ListUsers' }],
  },
  {
    name: 'a principal that was left out by dots',
    text: 'User: ... is not authorized to perform: iam:CreateRole on resource: ...\nwith an explicit deny in a permissions boundary: ...',
    want: [
      { principal: null, resource: null, policyType: 'permissions-boundary', effect: 'explicit', policyArn: null },
    ],
  },
  {
    name: 'without User, without colons',
    text: 'arn:aws:iam::111122223333:user/bob is not authorized to perform s3:ListBucket on resource arn:aws:s3:::docs',
    want: [{ principal: bob, action: 's3:ListBucket', resource: 'arn:aws:s3:::docs' }],
  },
  {
    name: 'a service principal',
    text: 'Service Principal: glue.amazonaws.com is not authorized to perform: logs:PutLogEvents on resource: *',
    want: [{ principal: 'glue.amazonaws.com', principalType: 'service', resource: '*' }],
  },
  {
    name: 'a redaction of two words stays literal too',
    text: 'User: arn:aws:sts::[account id]:assumed-role/app/jane is not authorized to perform: ecr:CreateRepository on resource: *',
    want: [{ principal: 'arn:aws:sts::[account id]:assumed-role/app/jane', accountId: null, roleOrUserName: 'app' }],
  },
  {
    name: 'redactions stay literal',
    text: 'User: arn:aws:sts::***:assumed-role/<role>/jane@example.com is not authorized to perform: iam:PassRole on resource: arn:aws:iam::<account id>:role/{name}',
    want: [
      {
        principal: 'arn:aws:sts::***:assumed-role/<role>/jane@example.com',
        accountId: null,
        roleOrUserName: '<role>',
        resource: 'arn:aws:iam::<account id>:role/{name}',
      },
    ],
  },
  {
    name: 'stars in place of role and session',
    text: 'User: arn:aws:sts::*:assumed-role/*/* is not authorized to perform: s3:ListBucket',
    want: [{ principalType: 'assumed-role', accountId: null, roleOrUserName: null, sessionName: null }],
  },
  {
    name: 'a session whose front was left out by dots',
    text: 'User: .../worker-role/i-0123456789abcdef0 is not authorized to perform: iam:PutRolePolicy',
    want: [
      {
        principalType: 'assumed-role',
        roleOrUserName: 'worker-role',
        sessionName: 'i-0123456789abcdef0',
        accountId: null,
      },
    ],
  },
  {
    name: 'dots in front of what may be a user under a path',
    text: 'User: .../team/worker is not authorized to perform: iam:PutRolePolicy',
    want: [{ principal: '.../team/worker', principalType: null, roleOrUserName: null }],
  },
  {
    name: 'an action in quotes of its own',
    text: 'User: is not authorized to perform: aps: "RemoteWrite" on resource: arn:aws:aps:eu-west-1:111122223333:workspace/ws-1',
    want: [{ action: 'aps:RemoteWrite', resource: 'arn:aws:aps:eu-west-1:111122223333:workspace/ws-1' }],
  },
  {
    name: 'SES quotes with back-tick and apostrophe',
    text: "554 Access denied: User `arn:aws:iam::111122223333:user/bob' is not authorized to perform `ses:SendRawEmail' on resource `arn:aws:ses:eu-west-1:111122223333:identity/example.com'",
    want: [
      {
        principal: bob,
        action: 'ses:SendRawEmail',
        resource: 'arn:aws:ses:eu-west-1:111122223333:identity/example.com',
      },
    ],
  },
  {
    name: 'an S3 key that holds the words of a reason',
    text: denied(
      's3:PutObject',
      ' on resource: "arn:aws:s3:::docs/because no one reads.txt" because no identity-based policy allows the s3:PutObject action',
    ),
    want: [
      { resource: 'arn:aws:s3:::docs/because no one reads.txt', policyType: 'identity-based', effect: 'implicit' },
    ],
  },
  {
    name: 'KMS about this resource',
    text: denied('kms:Decrypt', ' on this resource because no resource-based policy allows the kms:Decrypt action'),
    want: [{ action: 'kms:Decrypt', resource: null, policyType: 'resource-based' }],
  },
  {
    name: 'KMS that cannot tell the key',
    text: denied(
      'kms:Decrypt',
      ' on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
    ),
    want: [{ resource: null, policyType: 'resource-based', effect: null }],
  },
  {
    name: 'IAM names entities with a blank',
    text: denied(
      'iam:AddRoleToInstanceProfile',
      ' on resource: instance profile web with an explicit deny in a sessions policy',
    ),
    want: [{ resource: 'instance profile web', policyType: 'session', effect: 'explicit' }],
  },
  {
    name: 'a policy ARN before a full stop',
    text: denied(
      's3:ListBucket',
      ' on resource: "arn:aws:s3:::docs" with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/Deny. Call the GetRequestAuthorizationDetails API with the following authorization id: q9w8e7r6t5y4u3i2o1p0',
    ),
    want: [{ policyArn: 'arn:aws:iam::111122223333:policy/Deny', authorizationId: 'q9w8e7r6t5y4u3i2o1p0' }],
  },
  ...[
    'arn:aws:organizations::111122223333:policy/o-abcdefghij/service_cont',
    'arn:aws:organizations::111122223333:policy/o-abcdefghij/service_control_policy/p-12\n2026-03-04 10:00:00 next',
    'arn:aws:organizations::111122223333:policy/o-abcdefghij/service_control_policy/p-12345...',
    'arn:aws:organizations::111122223333:p\u2026',
    'arn:aws:organizations::111122223333:policy/o-abc\nat handler (index.js:1:1)',
    'arn:aws:iam::111122223333:user/kim ',
    'arn:aws:s3:::reports/a ',
  ].map((arn) => ({
    name: `a policy ARN that was cut off, or none: ${arn}`,
    text: denied('s3:ListBucket', ` with an explicit deny in a service control policy: ${arn}`),
    want: [{ effect: 'explicit' as const, policyType: 'service-control' as const, policyArn: null }],
  })),
  ...[
    ['arn:aws:organizations::111122223333:policy/o-abcdefghij/service_control_policy/p-12345678', ''],
    ['arn:aws:organizations::111122223333:policy/o-abcdefghij/service_con\ntrol_policy/p-12345678', '\nnext'],
    ['arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess', ''],
    ['arn:aws:organizations::****:policy/o-{id}/service_control_policy/p-{id}', ''],
    ['arn:aws:iam::111122223333:policy/team/Guard', '\nat handler (index.js:1:1)'],
    ['arn:aws:iam::111122223333:policy/Guard', ''],
    ['arn:aws:iam::<account id>:policy/Guard', ''],
  ].map(([arn = '', after = '']) => ({
    name: `a policy ARN at the end of its line: ${arn}`,
    text: denied('s3:ListBucket', ` with an explicit deny in an identity-based policy: ${arn}${after}`),
    want: [{ effect: 'explicit' as const, policyArn: arn.replaceAll('\n', '') }],
  })),
  {
    name: 'a mask in place of the action',
    text: denied('<AWS_SERVICES:ACTION>', ' on resource: * with an explicit deny', '<USER>'),
    want: [{ principal: '<USER>', action: null, resource: '*', effect: 'explicit' }],
  },
  {
    name: 'an asterisk mask in place of the action, the reason alone behind it',
    text: denied('***', ' with an explicit deny in a permissions boundary'),
    want: [{ action: null, effect: 'explicit', policyType: 'permissions-boundary' }],
  },
  ...['xxxx :', ' :', '(my account):', '[my account]:', 'XXX XXX:', '*my account*:', '{my account}:'].map(
    (account) => ({
      name: `a blank in a masked ARN: ${account}`,
      text: denied(
        'dynamodb:GetItem',
        ` on resource: arn:aws:dynamodb:eu-west-1:${account}table/orders because no identity-based policy allows the dynamodb:GetItem action`,
      ),
      want: [{ resource: `arn:aws:dynamodb:eu-west-1:${account}table/orders`, policyType: 'identity-based' as const }],
    }),
  ),
  {
    name: 'the level of the next line of a log is no end of an ARN',
    text: 'ERROR Error: AccessDenied: User: arn:aws:iam::111122223333:user/bob is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/boot \nERROR   status code: 403, request id: f3cbd4eb-cfdb-11e9-b58c-6dee0d78c915 ',
    want: [{ resource: 'arn:aws:iam::111122223333:role/boot', requestId: 'f3cbd4eb-cfdb-11e9-b58c-6dee0d78c915' }],
  },
  {
    name: 'a name that a terminal broke goes on',
    text: 'AccessDenied: User: arn:aws:iam::111122223333:user/bob is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/boot-\nERR-role status code: 403, request id: f3cbd4eb-cfdb-11e9-b58c-6dee0d78c915',
    want: [{ resource: 'arn:aws:iam::111122223333:role/boot-ERR-role' }],
  },
  {
    name: 'two errors of one list, each with a code of its own',
    text: '* aws_vpc.main: Error creating VPC: UnauthorizedOperation: You are not authorized to perform this operation.\n\tstatus code: 403, request id:\n* aws_launch_configuration.web: Error creating launch configuration: AccessDenied: User: arn:aws:iam::111122223333:user/bob is not authorized to perform: autoscaling:CreateLaunchConfiguration',
    want: [
      { class: 'bare', service: 'ec2', errorCode: 'UnauthorizedOperation', requestId: null },
      { class: 'authorization', action: 'autoscaling:CreateLaunchConfiguration' },
    ],
  },
  {
    name: 'a denial, and another call of which a code is all that was answered',
    text: `An error occurred (AccessDenied) when calling the SendMessage operation: ${denied('sqs:SendMessage')}\n\n Error: creating EFS file system: AccessDeniedException: `,
    want: [
      { class: 'authorization', action: 'sqs:SendMessage' },
      { class: 'bare', service: 'elasticfilesystem', errorCode: 'AccessDeniedException' },
    ],
  },
  {
    name: 'a code whose message stands in the next line is no other error',
    text: `Error: creating SQS queue: AccessDeniedException: \n${denied('sqs:CreateQueue')}`,
    want: [{ class: 'authorization', action: 'sqs:CreateQueue', errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'Lambda’s sentence about a role, cut before its end',
    text: '`create-function` fails with `The role defined for the function cannot be assumed`.',
    want: [{ class: 'other-aws', service: 'lambda' }],
  },
  {
    name: 'a tool of one service that asks STS who it is',
    text: '[i] eksctl version 0.150.0\nError: checking AWS STS access - cannot get role ARN for current session: ExpiredToken: The security token included in the request is expired',
    want: [{ class: 'credential', service: 'sts', errorCode: 'ExpiredToken' }],
  },
  {
    name: 'a regular expression that reads denials is none',
    text: String.raw`re.compile(r'User: (?P<who>arn:aws:[^\s]+) is not authorized to perform: (?P<what>[^\s]+) on resource: (\S+)')`,
    want: [],
  },
  {
    name: 'another one',
    text: '/User: (.+?) is not authorized to perform: (.+)/',
    want: [],
  },
  {
    name: 'stars that mask parts of a name are no regular expression',
    text: denied('sqs:SendMessage', '', 'arn:aws:sts::***:assumed-role/app.*/x'),
    want: [{ principal: 'arn:aws:sts::***:assumed-role/app.*/x' }],
  },
  {
    name: 'a template that was not filled in, and a mask that does not close, belong to the ARN',
    text: 'User: arn:aws:iam::{}:user/bob is not authorized to perform: iam:PassRole on resource: arn:aws:iam::<REDACTED:role/app',
    want: [{ principal: 'arn:aws:iam::{}:user/bob', resource: 'arn:aws:iam::<REDACTED:role/app' }],
  },
  {
    name: 'a panel about a role by its short name',
    text: `User: ${bob}Service: iamAction: GetRoleOn resource(s): role app-execContext: no identity-based policy allows the action`,
    want: [{ action: 'iam:GetRole', resource: 'role app-exec', policyType: 'identity-based' }],
  },
  {
    name: 'a panel about an ARN that begins with no role',
    text: `User: ${bob}\nService: logs\nAction: CreateLogGroup\nOn resource(s): arn:aws:logs:eu-west-1:111122223333:log-group:a:log-stream:\nContext: no identity-based policy allows the action`,
    want: [{ resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:a:log-stream:' }],
  },
  {
    name: 'a name behind a slash, with the end of its string',
    text: `{"message": "${denied('route53:ListResourceRecordSets', ' on resource: arn:aws:route53:::hostedzone/\nZABCDEFGHIJKL')}"}`,
    want: [{ resource: 'arn:aws:route53:::hostedzone/ZABCDEFGHIJKL' }],
  },
  {
    name: 'a placeholder over two lines',
    text: denied(
      'ec2:CreateKeyPair',
      ' on resource: arn:aws:ec2:eu-west-1:<Log\nArchive>:key-pair/a with an explicit deny in a service control policy: arn:aws:organizations::<MANAGEMENT\nACCOUNT>:policy/o-4z1leabcde/service_control_policy/p-idgyabcd.',
    ),
    want: [
      { policyArn: 'arn:aws:organizations::<MANAGEMENTACCOUNT>:policy/o-4z1leabcde/service_control_policy/p-idgyabcd' },
    ],
  },
  {
    name: 'an ARN in brackets',
    text: `User: [${bob}] is not authorized to perform: s3:ListBucket`,
    want: [{ principal: bob, principalType: 'user', roleOrUserName: 'bob' }],
  },
  {
    name: 'a redaction in brackets stays',
    text: 'User: [USER_ARN] is not authorized to perform: s3:ListBucket',
    want: [{ principal: '[USER_ARN]', principalType: null }],
  },
  {
    name: 'a heading in the next paragraph is no clause',
    text: `${denied('dynamodb:PutItem', ' on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/a because no')}\n\nTrust policy:\n{}`,
    want: [{ policyType: null, effect: null }],
  },
  {
    name: 'a trust policy in the clause itself',
    text: denied('sts:AssumeRole', ' because no trust policy allows the sts:AssumeRole action'),
    want: [{ policyType: 'role-trust', effect: 'implicit' }],
  },
  {
    name: 'an action that was cut off at its colon',
    text: `${denied('route53:')}\n\nWhat am I missing?`,
    want: [{ principal: bob, action: null }],
  },
  {
    name: 'a role by its name, with the ARN of another service in the line above',
    text: 'Topic arn:aws:sns:eu-west-1:111122223333:alerts\norders-api-create is not authorized to perform: sns:Publish',
    want: [{ principal: 'orders-api-create', action: 'sns:Publish' }],
  },
  {
    name: 'the caller of another command is none of the sentence below',
    text: '{ "Arn": "arn:aws:sts::111122223333:assumed-role/other/s"\n}\n\norders-api-create is not authorized to perform: sns:Publish',
    want: [{ principal: 'orders-api-create' }],
  },
  {
    name: 'a caller without User:, broken over lines',
    text: 'arn:aws:sts::111122223333:assumed-role/app/\ni-0123456789abcdef0 is not authorized to perform: sns:Publish',
    want: [{ principal: app }],
  },
  {
    name: 'an ARN that was cut off before its Region is no resource',
    text: denied('sts:AssumeRole', ' on resource: arn:aws:iam (see above)'),
    want: [{ resource: null }],
  },
  {
    name: 'a status behind an ARN that was cut off is no part of it',
    text: denied('eks:ListClusters', ' on resource: arn:aws:eks:ap-sou status code: 403, request id: none'),
    want: [{ resource: 'arn:aws:eks:ap-sou' }],
  },
  {
    name: 'transitively through',
    text: denied(
      'SNS:Publish',
      ' with an explicit deny in a VPC endpoint policy transitively through a service control policy',
    ),
    want: [{ policyType: 'service-control', throughPolicyType: 'vpc-endpoint', effect: 'explicit', service: 'sns' }],
  },
  {
    name: 'Block Public Access names no policy type',
    text: denied(
      's3:PutBucketPolicy',
      ' because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    ),
    want: [{ action: 's3:PutBucketPolicy', policyType: null, effect: null }],
  },
  {
    name: 'the action of the sentence wins over a typo in the reason',
    text: denied(
      'codecommit:ListRepositories',
      ' because no service control policy allows the codecommit:ListRespositories action',
    ),
    want: [{ action: 'codecommit:ListRepositories', policyType: 'service-control' }],
  },
  {
    name: 'a clause that names the permission behind the operation',
    text: denied(
      'ec2:CreateVpcEndpoint',
      ' on resource: arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/* because no identity-based policy allows the\nvpce:AllowMultiRegion action.',
    ),
    want: [{ action: 'ec2:CreateVpcEndpoint', reasonAction: 'vpce:AllowMultiRegion', effect: 'implicit' }],
  },
  {
    name: 'a clause that repeats the action in other letters',
    text: denied('SNS:Publish', ' because no identity-based policy allows the sns:publish action'),
    want: [{ action: 'SNS:Publish', reasonAction: null }],
  },
  {
    name: 'an ARN with blanks from a PDF',
    text: 'User: arn: aws: iam: : 111122223333: user/bob is not authorized to perform: s3: ListAllMyBuckets because no \nidentity-based policy allows the s3: ListAllMyBuckets action',
    want: [{ principal: bob, action: 's3:ListAllMyBuckets', policyType: 'identity-based' }],
  },
  {
    name: 'null for an action',
    text: denied('null'),
    want: [{ class: 'authorization', principal: bob, action: null }],
  },
  {
    name: 'an encoded message without its blob',
    text: 'UnauthorizedOperation: You are not authorized to perform this operation. Encoded authorization failure message: ****',
    want: [{ class: 'encoded', encodedMessage: null, service: 'ec2', action: null }],
  },
  {
    name: 'a blob broken over lines, a status after it',
    text: `You are not authorized to perform this operation. Encoded authorization failure message: _${'aB3-'.repeat(20)}\n${'cD4_'.repeat(20)}\n\tstatus code: 403, request id: 0d0bb2a1-1111-4222-8333-444455556666`,
    want: [
      {
        class: 'encoded',
        encodedMessage: `_${'aB3-'.repeat(20)}${'cD4_'.repeat(20)}`,
        requestId: '0d0bb2a1-1111-4222-8333-444455556666',
      },
    ],
  },
  {
    name: 'the console panel, labels glued together, in another language',
    text: 'Zugriff verweigert. User: arn:aws:iam::111122223333:user/bobService: s3Action: GetBucketPolicyOn resource(s): arn:aws:s3:::docsContext: no identity-based policy allows the action',
    want: [
      {
        principal: bob,
        action: 's3:GetBucketPolicy',
        resource: 'arn:aws:s3:::docs',
        policyType: 'identity-based',
        effect: 'implicit',
      },
    ],
  },
  {
    name: 'the console says an explicit deny in other words',
    text: `User: ${bob}\nService: s3\nAction: ListAllMyBuckets\nOn resource(s): arn:aws:s3:::*\nContext: a service control policy explicitly denies the action`,
    want: [{ action: 's3:ListAllMyBuckets', policyType: 'service-control', effect: 'explicit' }],
  },
  {
    name: 'an action that only the reason names',
    text: 'AccessDeniedException ... no service control policy allows the apprunner:ListServices action',
    want: [
      { class: 'authorization', principal: null, action: 'apprunner:ListServices', policyType: 'service-control' },
    ],
  },
  {
    name: 'an action in prose',
    text: '권한이 없습니다: cloudwatch:GetMetricData (AccessDenied)',
    want: [{ class: 'authorization', action: 'cloudwatch:GetMetricData' }],
  },
  {
    name: 'an action that is granted is not the one denied',
    text: 'Access Denied (the role has s3:PutObject on the bucket)',
    want: [{ class: 'bare', action: null }],
  },
  {
    name: 'a code that an unknown service prints',
    text: 'InvalidParameterValueException: The provided execution role does not have permissions to call ReceiveMessage on SQS',
    want: [
      {
        class: 'authorization',
        action: null,
        operation: 'ReceiveMessage',
        service: 'sqs',
        errorCode: 'InvalidParameterValueException',
      },
    ],
  },
]

/** As SAM prints it, for a function and what was cancelled with it. */
const brokenTable = [
  'ResourceStatus           ResourceType             LogicalResourceId        ResourceStatusReason   ',
  '-'.repeat(97),
  'CREATE_FAILED            AWS::Lambda::Function    ReportsFunction          User: arn:aws:sts::111 ',
  ...[
    '122223333:assumed-role',
    '/deploy/ci is not',
    'authorized to perform:',
    'lambda:CreateFunction',
    'on resource: arn:aws:l',
    'ambda:eu-west-1:111122',
    '223333:function:report',
    's because no identity-',
    'based policy allows',
    'the action',
  ].map((cell) => ' '.repeat(75) + cell.padEnd(23)),
  'CREATE_FAILED            AWS::IAM::Role           ReportsRole              Resource creation      ',
  `${' '.repeat(75)}cancelled              `,
  '-'.repeat(97),
]

const layouts: readonly Case[] = [
  ...[
    ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/\ndb-AbCdEf'],
    ['ssm:GetParameter', 'arn:aws:ssm:us-east-1:111122223333:parameter/app/\ndb/password\n\nWhat is wrong?'],
    ['route53:ListResourceRecordSets', 'arn:aws:route53:::hostedzone/\nZ0123456789ABCDEFGHIJ\n'],
  ].map(([action = '', resource = '']) => ({
    name: `a terminal broke the line behind a slash, at the end: ${action}`,
    text: denied(action, ` on resource: ${resource}`),
    want: [{ action, resource: resource.replace('\n', '').split('\n')[0] ?? null }],
  })),
  ...[
    ['iam:ListUsers', 'arn:aws:iam::111122223333:user/', '\nDone'],
    ['ssm:GetParametersByPath', 'arn:aws:ssm:us-east-1:111122223333:parameter/app/', '\nexit'],
    ['ssm:GetParameter', 'arn:aws:ssm:us-east-1:111122223333:parameter/app/', '\nmake: *** [deploy] Error 254'],
    ['ssm:GetParameter', 'arn:aws:ssm:us-east-1:111122223333:parameter/app/', '\n\nThanks'],
    ['ssm:GetParameter', 'arn:aws:ssm:us-east-1:111122223333:parameter/app', '\ndb'],
  ].map(([action = '', resource = '', after = '']) => ({
    name: `what follows a line is another one: ${action}${after}`,
    text: denied(action, ` on resource: ${resource}${after}`),
    want: [{ action, resource }],
  })),
  {
    name: 'colours that lost their escape character, frames, a timestamp on each line',
    text: '2026-01-05T08:12:44.1Z [31m│[0m User: arn:aws:iam::111122223333:user/bob is\n2026-01-05T08:12:44.2Z [31m│[0m not authorized to perform: ec2:CreateVpc on resource:\n2026-01-05T08:12:44.3Z [31m│[0m arn:aws:ec2:eu-west-1:111122223333:vpc/*',
    want: [
      {
        principal: bob,
        resource: 'arn:aws:ec2:eu-west-1:111122223333:vpc/*',
        region: 'eu-west-1',
        time: '2026-01-05T08:12:44.000Z',
      },
    ],
  },
  {
    name: 'a comment in a shell script',
    text: '# AccessDenied: User: arn:aws:iam::111122223333:user/bob is not authorized\n#   to perform: s3:GetObject on resource: ...',
    want: [{ principal: bob, action: 's3:GetObject', resource: null, errorCode: 'AccessDenied' }],
  },
  {
    name: 'a continuation with backslashes',
    text: 'An error occurred (AuthorizationError) when calling the CreateTopic operation: \\\nUser: arn:aws:iam::111122223333:user/bob is not authorized to perform: \\\nSNS:CreateTopic on resource: arn:aws:sns:eu-west-1:111122223333:t',
    want: [{ action: 'SNS:CreateTopic', operation: 'CreateTopic', errorCode: 'AuthorizationError' }],
  },
  {
    name: 'smart quotes, zero-width characters, odd hyphens',
    text: '“User: arn:aws:sts::111122223333:assumed\u2011role/ci/\u200bx1 is not authorized to perform: s3:GetObject on resource: “arn:aws:s3:::docs/a”',
    want: [{ principal: 'arn:aws:sts::111122223333:assumed-role/ci/x1', resource: 'arn:aws:s3:::docs/a' }],
  },
  {
    name: 'a role that ECS names in brackets',
    text: 'Please reconfigure your IAM role. Failure Context: Role (arn:aws:iam::111122223333:role/deploy) is not\nauthorized to perform: (elasticloadbalancing:DescribeTargetHealth).',
    want: [{ principal: 'arn:aws:iam::111122223333:role/deploy', action: 'elasticloadbalancing:DescribeTargetHealth' }],
  },
  {
    name: 'a service role of EMR, once, whose name ends as the sentence begins',
    text: 'Service role arn:aws:iam::111122223333:role/service-role/AmazonEMR-ServiceRole-20260102T030405 has insufficient EC2 permissions.\nEC2 Message: You are not authorized to perform: ec2:CreateSecurityGroup',
    want: [
      {
        principal: 'arn:aws:iam::111122223333:role/service-role/AmazonEMR-ServiceRole-20260102T030405',
        action: 'ec2:CreateSecurityGroup',
      },
    ],
  },
  {
    name: 'bold words, and a bold sentence that ends in a star',
    text: `**${denied('cloudformation:DescribeStacks', ' on resource: arn:aws:cloudformation:eu-west-1:111122223333:stack/dev/*')}**`,
    want: [{ resource: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/dev/*' }],
  },
  {
    name: 'stars of a redaction beside bold words',
    text: denied('**dynamodb:PutItem**', ' on resource: arn:aws:dynamodb:***:111122223333:table/***'),
    want: [{ action: 'dynamodb:PutItem', resource: 'arn:aws:dynamodb:***:111122223333:table/***' }],
  },
  {
    name: 'an event table that splits every cell',
    text: [
      'ResourceStatus           ResourceType             LogicalResourceId        ResourceStatusReason',
      '-'.repeat(99),
      'UPDATE_ROLLBACK_IN_PRO   AWS::CloudFormation::S   app                      AccessDenied. User',
      "GRESS                    tack                                              doesn't have",
      '                                                                           permission to call',
      '                                                                           ec2:DescribeImages',
      'UPDATE_ROLLBACK_COMPLE   AWS::CloudFormation::S   app                      -',
      'TE                       tack',
      '-'.repeat(99),
    ].join('\n'),
    want: [{ class: 'authorization', action: 'ec2:DescribeImages', principal: null, errorCode: 'AccessDenied' }],
  },
  ...['2026-03-02T10:11:12.000Z ', ',', '[deploy] '].map((lead) => ({
    name: `an event table with ${lead.trim()} in front of every line`,
    text: brokenTable.map((line) => lead + line).join('\n'),
    want: [
      {
        principal: 'arn:aws:sts::111122223333:assumed-role/deploy/ci',
        action: 'lambda:CreateFunction',
        resource: 'arn:aws:lambda:eu-west-1:111122223333:function:reports',
        effect: 'implicit' as const,
      },
    ],
  })),
  {
    name: 'a caller whose account is broken and indented behind commas',
    text: ['User: arn:aws:iam::111', '122223333:user/develo', 'per is not authorized', 'to perform: kms:Decrypt']
      .map((line) => `,${' '.repeat(40)}${line}`)
      .join('\n'),
    want: [{ principal: 'arn:aws:iam::111122223333:user/developer', action: 'kms:Decrypt' }],
  },
  {
    name: 'a message that was cut off behind the caller',
    text: 'failed to create log group: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/ecs-node/i-0123456789abcdef0',
    want: [
      {
        class: 'authorization',
        principal: 'arn:aws:sts::111122223333:assumed-role/ecs-node/i-0123456789abcdef0',
        action: null,
        errorCode: 'AccessDeniedException',
      },
    ],
  },
  ...[
    'AccessDenied: User: arn:aws:iam::111122223333:us',
    'AccessDenied: User: arn:aws:iam::111122223333:user/kim\nlogged in',
    'AccessDenied: User: arn:aws:iam::111122223333:user/ki...',
  ].map((text) => ({
    name: `a caller that may be somebody else's or cut itself: ${text}`,
    text,
    want: [{ class: 'bare' as const }],
  })),
  {
    name: 'an account that something broke names nobody',
    text: denied('kms:Decrypt', '', 'arn:aws:iam::111,122223333:user/dev'),
    want: [{ principal: null, accountId: null, action: 'kms:Decrypt' }],
  },
]

const several: readonly Case[] = [
  {
    name: 'the same twice is one, counted',
    text: `${denied('ses:ListIdentities')}\n\n${denied('ses:ListIdentities')}`,
    want: [{ action: 'ses:ListIdentities', occurrences: 2 }],
  },
  {
    name: 'sessions of one role are one caller',
    text: ['s1', 's2', 's1']
      .map((session) => denied('sqs:sendmessage', '', `arn:aws:sts::111122223333:assumed-role/app/${session}`))
      .join('\n'),
    want: [{ occurrences: 3, sessions: ['s1', 's2'] }],
  },
  {
    name: 'a list of refusals within one message shares the wrapper',
    text: `operation error identitystore: DescribeUser, https response error StatusCode: 400, RequestID: 0d0bb2a1-1111-4222-8333-444455556666, AccessDeniedException: ${denied('identitystore:DescribeUser', ' on resource: arn:aws:identitystore:::user/a')}, ${denied('identitystore:DescribeUser', ' on resource: arn:aws:identitystore:::user/b')}`,
    want: [
      { resource: 'arn:aws:identitystore:::user/a', operation: 'DescribeUser' },
      { resource: 'arn:aws:identitystore:::user/b', operation: 'DescribeUser' },
    ],
  },
  {
    name: 'behind a blank line stands another message, with no wrapper',
    text: `An error occurred (AccessDenied) when calling the PutObject operation: ${denied('s3:PutObject', ' on resource: "arn:aws:s3:::docs/a"')}\n\n${denied('sns:Publish', ' on resource: arn:aws:sns:eu-west-1:111122223333:alerts')}`,
    want: [
      { action: 's3:PutObject', operation: 'PutObject', errorCode: 'AccessDenied' },
      { action: 'sns:Publish', operation: null, errorCode: null },
    ],
  },
  {
    name: 'in the next line stands another call, with no wrapper',
    text: `An error occurred (AccessDenied) when calling the PutObject operation: ${denied('s3:PutObject', ' on resource: "arn:aws:s3:::docs/a"')}\n${denied('sns:Publish', ' on resource: arn:aws:sns:eu-west-1:111122223333:alerts')}`,
    want: [
      { action: 's3:PutObject', operation: 'PutObject' },
      { action: 'sns:Publish', operation: null, errorCode: null },
    ],
  },
  {
    name: 'in the next line the role that the call hands over',
    text: `An error occurred (AccessDeniedException) when calling the RunTask operation: ${denied('ecs:RunTask', ' on resource: arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1')}\n${denied('iam:PassRole', ' on resource: arn:aws:iam::111122223333:role/web')}`,
    want: [
      { action: 'ecs:RunTask', operation: 'RunTask' },
      { action: 'iam:PassRole', operation: 'RunTask' },
    ],
  },
  {
    name: 'a list of refusals over lines, of one action',
    text: `An error occurred (AccessDenied) when calling the DeleteObjects operation: ${denied('s3:DeleteObject', ' on resource: "arn:aws:s3:::docs/a"')}\n${denied('s3:DeleteObject', ' on resource: "arn:aws:s3:::docs/b"')}`,
    want: [
      { resource: 'arn:aws:s3:::docs/a', operation: 'DeleteObjects' },
      { resource: 'arn:aws:s3:::docs/b', operation: 'DeleteObjects', errorCode: 'AccessDenied' },
    ],
  },
  {
    name: 'behind a blank line stands another object, and its type is its own',
    text: `${denied('iam:CreateRole', ' with an explicit deny')}\n\n"errorType": "AccessDeniedException",\n"errorMessage": "${denied('dynamodb:PutItem')}"`,
    want: [
      { action: 'iam:CreateRole', errorCode: null },
      { action: 'dynamodb:PutItem', errorCode: 'AccessDeniedException' },
    ],
  },
  {
    name: 'the fields behind a message of JavaScript are its own',
    text: `Error: ${denied('dynamodb:PutItem')}\n    at handler (index.js:1:1) {\n  code: 'AccessDeniedException'\n}`,
    want: [{ action: 'dynamodb:PutItem', errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'the excerpt of a body in front of the whole message of PHP',
    text: `Error executing "PutItem" on "https://dynamodb.eu-west-1.amazonaws.com"; AWS HTTP error: Client error: \`POST https://dynamodb.eu-west-1.amazonaws.com\` resulted in a \`400 Bad Request\` response:\n{"__type":"AccessDeniedException","Message":"User: ${bob} is not authorized to pe (truncated...)\n AccessDeniedException (client): ${denied('dynamodb:PutItem')}`,
    want: [{ principal: bob, action: 'dynamodb:PutItem', operation: 'PutItem', errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'an excerpt with nothing behind it is all that there is',
    text: `Error executing "PutItem" on "https://dynamodb.eu-west-1.amazonaws.com"; AWS HTTP error: Client error: \`POST https://dynamodb.eu-west-1.amazonaws.com\` resulted in a \`400 Bad Request\` response:\n{"__type":"AccessDeniedException","Message":"User: ${bob} is not authorized to pe (truncated...)`,
    want: [{ principal: bob, action: null, operation: 'PutItem' }],
  },
  {
    name: 'a nested chain is one error, of the innermost call',
    text: 'operation error S3: GetObject, get identity: get credentials: failed to refresh cached credentials, operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 403, RequestID: 0d0bb2a1-1111-4222-8333-444455556666, api error AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity',
    want: [{ action: 'sts:AssumeRoleWithWebIdentity', operation: 'AssumeRoleWithWebIdentity', service: 'sts' }],
  },
  {
    name: 'two bare errors of two operations',
    text: 'An error occurred (AccessDenied) when calling the ListPolicies operation: Access Denied\nAn error occurred (AccessDenied) when calling the ListUsers operation: Access Denied',
    want: [
      { class: 'bare', operation: 'ListPolicies' },
      { class: 'bare', operation: 'ListUsers' },
    ],
  },
  {
    name: 'traces of an error that is told in full are no error of their own',
    text: `AccessDenied: ${denied('s3:PutObject')}\n    at handler (index.js:1:1)\nError: AccessDenied\n403 Forbidden`,
    want: [{ action: 's3:PutObject' }],
  },
  {
    name: 'a copy of the message that a log cut off inside the ARN',
    text: `ERROR ${denied('dynamodb:GetItem', ' on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/ord')}\nERROR ${denied('dynamodb:GetItem', ' on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders because no identity-based policy allows the dynamodb:GetItem action')}`,
    want: [
      {
        resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
        policyType: 'identity-based',
        occurrences: 2,
      },
    ],
  },
  {
    name: 'a copy that runs into an ellipsis',
    text: `${denied('dynamodb:GetItem', ' on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders')}\nsummary: ${denied('dynamodb:GetItem', ' on resource: arn:aws:dynamodb:eu-west-1:1111\u2026')} (truncated)`,
    want: [{ resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders', occurrences: 2 }],
  },
  {
    name: 'a copy in a JSON string that was cut off',
    text: `${denied('s3:CreateBucket', ' on resource: "arn:aws:s3:::docs-27a9" because no identity-based policy allows the s3:CreateBucket action')}\n{"stack":"AccessDenied: ${denied('s3:CreateBucket', ' on resource: \\"arn:aws:s3:::docs-2')}`,
    want: [{ resource: 'arn:aws:s3:::docs-27a9', effect: 'implicit' }],
  },
  {
    name: 'a name that starts like another one, both told in full',
    text: ['orders', 'orders-archive']
      .map((table) =>
        denied(
          'dynamodb:GetItem',
          ` on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/${table} because no identity-based policy allows the dynamodb:GetItem action`,
        ),
      )
      .join('\n'),
    want: [{ occurrences: 1 }, { occurrences: 1 }],
  },
  {
    name: 'the same without a reason: a name that ends its line may be whole',
    text: ['orders', 'orders-archive']
      .map((table) =>
        denied('dynamodb:GetItem', ` on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/${table}`),
      )
      .join('\n'),
    want: [{ occurrences: 1 }, { occurrences: 1 }],
  },
  {
    name: 'the request id of an error before it',
    text: `InvalidParameterValue: Value (web) for parameter iamInstanceProfile.name is invalid\n\tstatus code: 400, request id: 11111111-1111-4222-8333-444455556666\nAccessDenied: ${denied('s3:PutObject')}`,
    want: [{ action: 's3:PutObject', requestId: null }],
  },
  {
    name: 'its own request id beside that of an error before it',
    text: `InvalidParameterValue: no\n\tstatus code: 400, request id: 11111111-1111-4222-8333-444455556666\nAccessDenied: ${denied('s3:PutObject')}\n\tstatus code: 403, request id: 0d0bb2a1-1111-4222-8333-444455556666`,
    want: [{ errorCode: 'AccessDenied', requestId: '0d0bb2a1-1111-4222-8333-444455556666' }],
  },
  ...['"\n    reason: ReconcileError', '"\n  lastTransitionTime: "2026-01-02T03:04:05Z"', ' Unrecoverable error'].map(
    (rest) => ({
      name: `an empty request id before${rest}`,
      text: `message: "observe failed: AccessDeniedException: no\n\tstatus code: 403, request id:${rest}`,
      want: [{ errorCode: 'AccessDeniedException', requestId: null }],
    }),
  ),
  ...['deadbeef', 'A096AC9FC2F163A7', 'JKJ5hF2fIAMEbVw='].map((id) => ({
    name: `the request id ${id}`,
    text: `AccessDeniedException: no\n\tstatus code: 403, request id: ${id}`,
    want: [{ errorCode: 'AccessDeniedException', requestId: id }],
  })),
  {
    name: 'an error of another kind before it, whole with its tail',
    text: `ThrottlingException: Rate exceeded (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ThrottlingException; Request ID: 11111111-1111-4222-8333-444455556666)\n${denied('dynamodb:GetItem')}`,
    want: [{ action: 'dynamodb:GetItem', errorCode: null, requestId: null, wrapper: null }],
  },
  {
    name: 'the invocation of a Lambda function is no request of its own',
    text: `START RequestId: 11111111-1111-4222-8333-444455556666 Version: $LATEST\n[ERROR] AccessDeniedException: ${denied('dynamodb:GetItem')}\nEND RequestId: 11111111-1111-4222-8333-444455556666`,
    want: [{ errorCode: 'AccessDeniedException', requestId: null }],
  },
  {
    name: 'members of an object, the id in front',
    text: `{ requestId: '0d0bb2a1-1111-4222-8333-444455556666',\n  message: '${denied('dynamodb:GetItem')}',`,
    want: [{ requestId: '0d0bb2a1-1111-4222-8333-444455556666' }],
  },
  {
    name: 'headers in front of the body',
    text: `x-amzn-requestid: 0d0bb2a1-1111-4222-8333-444455556666\ncontent-type: application/x-amz-json-1.0\n\n{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"${denied('dynamodb:GetItem')}"}`,
    want: [{ errorCode: 'AccessDeniedException', requestId: '0d0bb2a1-1111-4222-8333-444455556666' }],
  },
  {
    name: 'prose about a reason is not the reason',
    text: `With an explicit deny in a service control policy nothing helps. ${denied('s3:PutObject', ' on resource: "arn:aws:s3:::docs/x" because no identity-based policy allows the s3:PutObject action')}. An explicit deny in a permissions boundary would be worse.`,
    want: [{ policyType: 'identity-based', effect: 'implicit' }],
  },
  {
    name: 'a neighbour beside a denial gives way',
    text: `Error: no basic auth credentials\nAn error occurred (AccessDeniedException) when calling the GetAuthorizationToken operation: ${denied('ecr:GetAuthorizationToken', ' on resource: *')}`,
    want: [{ class: 'authorization', action: 'ecr:GetAuthorizationToken' }],
  },
]

/** Codes and services where tools put them. */
const codes: readonly Case[] = [
  {
    name: 'words over two lines are no code',
    text: 'unexpected error from S3 bucket docs: Access\nDenied',
    want: [{ class: 'bare', format: 'access-denied', errorCode: null }],
  },
  {
    name: 'an access log with requests that were answered names no call',
    text: '127.0.0.1 - - "GET /health HTTP/1.1" 200 12\nAccessDeniedException: \n\tstatus code: 403, request id: f3cbd4eb-cfdb-11e9-b58c-6dee0d78c915',
    want: [{ service: null }],
  },
  {
    name: 'the request that was refused does',
    text: '"PUT /docs/a.csv?partNumber=1 HTTP/1.1" 403 12\nAccessDenied: \n\tstatus code: 403, request id: f3cbd4eb-cfdb-11e9-b58c-6dee0d78c915',
    want: [{ service: 's3' }],
  },
  {
    name: 'a code that ends its line, with more text below',
    text: 'operation error S3: HeadObject, https response error StatusCode: 403, RequestID: 6CFCTJNQ5SFK1WMV, api error Forbidden\n\nMy policy: as above',
    want: [{ errorCode: 'Forbidden' }],
  },
  {
    name: 'a code that a terminal broke',
    text: `operation error ECS: RunTask, https response error StatusCode: 400, RequestID: 6CFCTJNQ5SFK1WMV, AccessDenied\nException: ${denied('ecs:RunTask')}`,
    want: [{ errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'a code of two words, and the break between them',
    text: 'Forbidden (Service: Amazon S3; Status Code: 403; Error Code: 403\nForbidden; Request ID: 26PS385JC2E4KY71)',
    want: [{ errorCode: '403 Forbidden' }],
  },
  {
    name: 'the next line of the C++ SDK is no part of the code',
    text: `Exception name: AccessDenied\nError message: ${denied('s3:ListBucket')}`,
    want: [{ errorCode: 'AccessDenied' }],
  },
  {
    name: 'gRPC names no operation',
    text: `failed to mount, err: rpc error: code = Unknown desc = AccessDeniedException: ${denied('secretsmanager:GetSecretValue')}`,
    want: [{ operation: null, errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'an operation of the first Rust SDKs',
    text: 'ServiceError { err: HeadObjectError { kind: Unhandled(Unhandled { source: Error { code: Some("AccessDenied"), message: Some("Access Denied") } }) } } of S3',
    want: [{ operation: 'HeadObject', errorCode: 'AccessDenied' }],
  },
  {
    name: 'the class of the exception around the code',
    text: '{ "error": "ClientError", "cause": { "errorMessage": "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied", "errorType": "ClientError" } }',
    want: [{ errorCode: 'AccessDenied', operation: 'GetObject' }],
  },
  {
    name: 'a code that was cut off',
    text: `${denied('glue:GetDatabases')} (Service: AmazonDataCatalog; Status Code: 400; Error Code: AccessDeniedException...`,
    want: [{ errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'the code of another error right above',
    text: `LoadBalancerNotFound: none\nAccessDenied: ${denied('elasticloadbalancing:DescribeTags')}`,
    want: [{ errorCode: 'AccessDenied', action: 'elasticloadbalancing:DescribeTags' }],
  },
  { name: 's3cmd', text: 'ERROR: S3 error: 403 (AccessDenied): Access Denied', want: [{ service: 's3' }] },
  {
    name: 'ECS, of a role',
    text: "ECS was unable to assume the role 'arn:aws:iam::111122223333:role/task' that was provided for this task.",
    want: [{ service: 'ecs' }],
  },
]

/** Service and operation that a tool puts in front of the sentence. */
const leading: readonly Case[] = [
  {
    name: 'both, and a line of advice',
    text: "Summary: Organizations: ListAccounts - You don't have permissions to access this resource.\nRemediation: You are not authorized to perform this operation. Check your IAM policies.",
    want: [{ class: 'bare', service: 'organizations', operation: 'ListAccounts', occurrences: 1 }],
  },
  {
    name: 'a service by its other name',
    text: 'CloudWatch Logs: DescribeLogGroups - Access Denied',
    want: [{ service: 'logs', operation: 'DescribeLogGroups' }],
  },
  {
    name: 'an operation that the service does not have',
    text: 'aws: Organizations: ListBuckets - Access Denied',
    want: [{ operation: null }],
  },
]

/** What a role lacks is to be mended for itself. */
const roles: readonly Case[] = [
  {
    name: 'a service-linked role that is missing, and a refusal',
    text: `Error: creating ECS Service (app): InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.\n\nError: AccessDenied: ${denied('rds:AddTagsToResource')}`,
    want: [{ format: 'neighbour:service-linked-role-missing' }, { action: 'rds:AddTagsToResource' }],
  },
  {
    name: 'a service-linked role that is missing, and a bare refusal',
    text: 'Error: creating ECS Service (app): InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.\n\nError: An error occurred (AccessDenied) when calling the DescribeTable operation: Access Denied',
    want: [{ format: 'neighbour:service-linked-role-missing' }, { class: 'bare', operation: 'DescribeTable' }],
  },
  {
    name: 'a service-linked role that the caller may not create',
    text: `InvalidParameterException: Unable to assume the service linked role. Please verify that the ECS service linked role exists.\n${denied('iam:CreateServiceLinkedRole')}`,
    want: [{ action: 'iam:CreateServiceLinkedRole' }],
  },
  {
    name: 'a sentence about a role within the refusal',
    text: `${denied('ecs:CreateService')}: Unable to assume the service linked role.`,
    want: [{ action: 'ecs:CreateService' }],
  },
  {
    name: 'a role that Lambda cannot assume, and a refusal',
    text: `Error: creating Lambda Function (f): InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.\n\nError: creating S3 Bucket (b): AccessDenied: ${denied('s3:CreateBucket')}`,
    want: [{ format: 'neighbour:lambda-cannot-assume-role', service: 'lambda' }, { action: 's3:CreateBucket' }],
  },
]

const neighbours: readonly Case[] = [
  {
    name: "Docker's refusal, printed for each try",
    text: 'denied: requested access to the resource is denied\ndenied: requested access to the resource is denied',
    want: [{ class: 'not-aws' }],
  },
  { name: 'nothing', text: '', want: [] },
  { name: 'prose without an error', text: 'How do SCPs and permissions boundaries work together?', want: [] },
  {
    name: 'not AWS',
    text: "Error: EACCES: permission denied, open '/etc/hosts'",
    want: [{ class: 'not-aws', errorCode: null, format: 'neighbour:operating-system' }],
  },
  {
    name: 'Kubernetes',
    text: 'Error from server (Forbidden): pods is forbidden: User "x" cannot list resource "pods" in API group ""',
    want: [{ class: 'not-aws', service: null }],
  },
  {
    name: 'another cloud with a code like ours',
    text: 'oss: service returned error: StatusCode=403, ErrorCode=RequestTimeTooSkewed, RequestId=5983',
    want: [{ class: 'not-aws', errorCode: null }],
  },
  {
    name: 'a status of gRPC, as Google Cloud prints it',
    text: 'Error: PERMISSION_DENIED: Permission denied on resource project shop-1',
    want: [{ class: 'not-aws', format: 'neighbour:google-cloud' }],
  },
  {
    name: 'the same status before what an SDK of AWS says',
    text: 'Query 0d0bb2a1 failed: PERMISSION_DENIED: Access Denied (Service: S3, Status Code: 403, Request ID: 7D3C2B1A0F9E8D7C)',
    want: [{ class: 'bare', service: 's3', requestId: '7D3C2B1A0F9E8D7C', wrapper: 'java-v2' }],
  },
  {
    name: 'the same status before an exception of AWS’s SDK',
    text: 'PERMISSION_DENIED: com.amazonaws.services.s3.model.AmazonS3Exception: Access Denied',
    want: [{ class: 'bare', service: 's3' }],
  },
  {
    name: "Java's own exception about a file",
    text: 'java.nio.file.AccessDeniedException: /data/x',
    want: [{ class: 'not-aws' }],
  },
  {
    name: 'a web server of somebody else',
    text: '<html><title>403 Forbidden</title><center>nginx/1.24.0</center></html>',
    want: [{ class: 'not-aws' }],
  },
  {
    name: 'an unknown code of a known tool',
    text: 'An error occurred (SomethingOdd) when calling the PutBucketPolicy operation: no',
    want: [{ class: 'other-aws', format: 'neighbour:other-aws-error', operation: 'PutBucketPolicy', service: 's3' }],
  },
  {
    name: 'the sentence decides, not the code',
    text: "An error occurred (AccessDeniedException) when calling the Converse operation: You don't have access to the model with the specified model ID.",
    want: [{ class: 'other-aws', format: 'neighbour:bedrock-model-access', errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'the base class of a client’s errors names its service',
    text: 'S3ServiceException [AccessDenied]: Access Denied',
    want: [{ class: 'bare', service: 's3', errorCode: 'AccessDenied' }],
  },
  {
    name: 'the base class of another client’s errors',
    text: 'DynamoDBServiceException: AccessDeniedException',
    want: [{ class: 'bare', service: 'dynamodb', errorCode: 'AccessDeniedException' }],
  },
  {
    name: 'an exception of no service',
    text: 'InternalServiceException: AccessDenied',
    want: [{ class: 'bare', service: null }],
  },
  {
    name: 'a HEAD request without a body, as an SDK prints it',
    text: "S3ServiceException: UnknownError\n    at throwDefaultError (/app/index.js:1:1)\n  '$metadata': { httpStatusCode: 403 }",
    want: [{ class: 'bare', format: 'status-only', service: 's3' }],
  },
  { name: 'a status of somebody else', text: "AxiosError: no\n  { httpStatusCode: 403, data: 'no' }", want: [] },
  {
    name: 'a package of several words',
    text: 'AccessDeniedException: no\n    at de_GetSecretValueCommandError (/app/node_modules/@aws-sdk/client-secrets-manager/dist-cjs/index.js:1:1)',
    want: [{ class: 'bare', service: 'secretsmanager' }],
  },
  {
    name: 'a refusal inside says more than the outer failure',
    text: 'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secrets from ssm: AccessDeniedException: User: ....',
    want: [{ class: 'bare', service: 'ssm', errorCode: 'AccessDeniedException' }],
  },
]

const read = (text: string): readonly Denial[] => parsePaste(text).denials

for (const [title, cases] of Object.entries({ sentences, layouts, several, codes, leading, roles, neighbours }))
  t.test(title, (t) => {
    for (const { name, text, want } of cases)
      t.test(name, (t) => {
        const denials = read(text)
        t.equal(denials.length, want.length, 'denials')
        for (const [index, parts] of want.entries()) t.match(denials[index], parts)
        t.end()
      })
    t.end()
  })

t.test('a paste of very many denials is cut, and says so', (t) => {
  const text = Array.from({ length: 700 }, (_, index) => denied(`s3:Get${String(index)}Object`)).join('\n')
  const { denials, notes } = parsePaste(text)
  t.equal(denials.length, 500)
  t.strictSame(notes, [{ code: 'denials-cut', values: { kept: '500', left: '200' } }])
  t.end()
})

t.test('a service is called by its IAM prefix, whatever a tool calls it', (t) => {
  const rows: readonly (readonly [text: string, service: string])[] = [
    ["Access denied for operation 'AWS::CertificateManager::Certificate'.", 'acm'],
    ["Access denied for operation 'AWS::NetworkFirewall::Firewall'.", 'network-firewall'],
    ["Access denied for operation 'AWS::GuardDuty::Detector'.", 'guardduty'],
  ]
  for (const [text, service] of rows) t.equal(parsePaste(text).denials[0]?.service, service, text)
  t.end()
})
