import { allow, denied, deny, identity, noIdentity, policies, resource, scp, type CaseRow } from './case-row.ts'

const all = allow('*')
const object = '"arn:aws:s3:::orders-archive/a.csv"'
const objects = 'arn:aws:s3:::orders-archive/*'
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const explicit = (kind: string): string => `with an explicit deny in ${kind}`

/** Denies, ceilings and guardrails: an Allow in an identity-based policy never helps. */
export const denyCases: readonly CaseRow[] = [
  {
    name: 'a Deny that was read, before what a key usually lacks',
    text: denied('kms:Decrypt', key),
    policies: identity(all, deny('kms:Decrypt')),
    code: 'explicit-deny-identity',
    noIdentityAllow: true,
  },
  {
    name: 'a key, with nothing read that refuses',
    text: denied('kms:Decrypt', key),
    policies: identity(all),
    code: 'kms-key-policy',
  },
  {
    name: 'a boundary that was read, before what a key usually lacks',
    text: denied('kms:Decrypt', key),
    policies: { ...identity(all), ...policies('permissions-boundary', allow('s3:*')) },
    code: 'boundary-not-allowed',
  },
  {
    name: 'a boundary that was read, before the handing over of a role',
    text: denied('iam:PassRole', 'arn:aws:iam::111122223333:role/worker'),
    policies: { ...identity(all), ...policies('permissions-boundary', allow('s3:*')) },
    code: 'boundary-not-allowed',
  },
  {
    name: 'the handing over of a role that neither side allows',
    text: denied('iam:PassRole', 'arn:aws:iam::111122223333:role/worker'),
    policies: { ...identity(allow('s3:*')), ...policies('permissions-boundary', allow('s3:*')) },
    code: 'pass-role',
    among: ['boundary-not-allowed'],
  },
  {
    name: 'a subscription that a service control policy leaves out',
    text: denied(
      'aws-marketplace:ViewSubscriptions',
      null,
      'because no service control policy allows the aws-marketplace:ViewSubscriptions action',
    ),
    code: 'scp-not-allowed',
    kind: 'scp',
  },
  {
    name: 'a subscription under a guardrail that was read',
    text: denied('aws-marketplace:ViewSubscriptions', null),
    policies: { ...identity(all), ...scp(deny('aws-marketplace:*')) },
    code: 'scp-deny',
    kind: 'scp',
  },
  {
    name: 'a subscription with nothing else told',
    text: denied('aws-marketplace:ViewSubscriptions', null, noIdentity('aws-marketplace:ViewSubscriptions')),
    code: 'bedrock-model-access',
    among: ['missing-allow'],
  },
  {
    name: 'a boundary that leaves out the permission behind the operation',
    text: denied(
      'ec2:CreateVpcEndpoint',
      'arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint/*',
      'because no permissions boundary allows the vpce:AllowMultiRegion action',
    ),
    code: 'boundary-not-allowed',
    exactly: ['ec2:CreateVpcEndpoint', 'vpce:AllowMultiRegion'],
  },
  {
    name: 'statements of two kinds that hang on what nobody told',
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied\n$ aws s3 cp s3://orders-archive/a.csv .',
    policies: {
      ...identity(all, deny('s3:*', '*', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
      ...resource({ ...deny('s3:*', objects, { StringNotEquals: { 'aws:sourceVpce': 'vpce-0abc' } }), Principal: '*' }),
    },
    code: 'undetermined',
    noIdentityAllow: true,
  },
  {
    name: 'a blob that holds the reason',
    text: 'An error occurred (UnauthorizedOperation): You are not authorized to perform this operation. Encoded authorization failure message: AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrStUvWxYz',
    code: 'undetermined',
    noIdentityAllow: true,
  },
  {
    name: 'a service control policy, not read',
    text: denied(
      'ec2:RunInstances',
      'arn:aws:ec2:eu-west-1:111122223333:instance/*',
      explicit(
        'a service control policy: arn:aws:organizations::444455556666:policy/o-abc/service_control_policy/p-abc',
      ),
    ),
    code: 'scp-deny',
    kind: 'scp',
    noIdentityAllow: true,
  },
  {
    name: 'a region lock',
    text: denied(
      'rds:CreateDBInstance',
      'arn:aws:rds:us-west-2:111122223333:db:orders',
      explicit('a service control policy'),
    ),
    policies: scp(deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } })),
    code: 'scp-deny',
    kind: 'scp',
    noIdentityAllow: true,
  },
  {
    name: 'handing over a role in a locked region',
    text: denied('iam:PassRole', 'arn:aws:iam::111122223333:role/orders', explicit('a service control policy')),
    code: 'scp-deny',
    kind: 'scp',
    noIdentityAllow: true,
  },
  {
    name: 'a service-linked role that the organization forbids',
    text: denied(
      'iam:CreateServiceLinkedRole',
      'arn:aws:iam::111122223333:role/aws-service-role/chatbot.amazonaws.com/AWSServiceRoleForAWSChatbot',
      explicit('a service control policy'),
    ),
    code: 'scp-deny',
    kind: 'scp',
    noIdentityAllow: true,
  },
  {
    name: 'required tags by the organization',
    text: denied(
      'ec2:CreateVolume',
      'arn:aws:ec2:eu-west-1:111122223333:volume/*',
      explicit('a service control policy'),
    ),
    policies: scp(deny('ec2:CreateVolume', '*', { Null: { 'aws:RequestTag/cost-center': 'true' } })),
    code: 'scp-deny',
    kind: 'scp',
    noIdentityAllow: true,
  },
  {
    name: 'Lambda’s network interfaces, which the role has',
    text: 'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    policies: identity(
      allow(['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface']),
    ),
    code: 'scp-deny',
    open: true,
  },
  {
    name: 'an SCP that denies although the message says nothing',
    text: denied('s3:CreateBucket', '"arn:aws:s3:::orders-archive"'),
    policies: { ...identity(all), ...scp(all, deny('s3:CreateBucket')) },
    code: 'scp-deny',
    kind: 'scp',
    noIdentityAllow: true,
  },
  {
    name: 'no service control policy allows',
    text: denied(
      'sagemaker:CreateDomain',
      'arn:aws:sagemaker:eu-west-1:111122223333:domain/*',
      'because no service control policy allows the sagemaker:CreateDomain action',
    ),
    code: 'scp-not-allowed',
    kind: 'scp',
    actions: ['sagemaker:CreateDomain'],
    noIdentityAllow: true,
  },
  {
    name: 'a resource control policy',
    text: denied('s3:GetObject', object, explicit('a resource control policy')),
    code: 'rcp-deny',
    kind: 'scp',
    noIdentityAllow: true,
  },
  {
    name: 'a resource control policy against an anonymous sign-in',
    text: 'User: anonymous is not authorized to perform: sts:AssumeRoleWithWebIdentity on resource: arn:aws:iam::111122223333:role/app with an explicit deny in a resource control policy',
    code: 'rcp-deny',
    kind: 'scp',
    noIdentityAllow: true,
  },
  {
    name: 'a boundary without the action',
    text: denied(
      'dynamodb:PutItem',
      'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
      'because no permissions boundary allows the dynamodb:PutItem action',
    ),
    policies: identity(allow('dynamodb:*')),
    code: 'boundary-not-allowed',
    kind: 'boundary',
    actions: ['dynamodb:PutItem'],
    resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders'],
    noIdentityAllow: true,
  },
  {
    name: 'a boundary that was read, old wording',
    text: denied('dynamodb:PutItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'),
    policies: { ...identity(allow('dynamodb:*')), ...policies('permissions-boundary', allow('s3:*')) },
    code: 'boundary-not-allowed',
    kind: 'boundary',
    noIdentityAllow: true,
  },
  {
    name: 'a boundary that denies',
    text: denied('iam:CreateUser', 'arn:aws:iam::111122223333:user/new', explicit('a permissions boundary')),
    code: 'boundary-deny',
    kind: 'boundary',
    noIdentityAllow: true,
  },
  {
    name: 'roles that have to carry a boundary',
    text: denied(
      'iam:CreateRole',
      'arn:aws:iam::111122223333:role/new',
      explicit('an identity-based policy'),
      'assumed-role/Developer/ana',
    ),
    policies: identity(
      all,
      deny('iam:CreateRole', '*', {
        StringNotLike: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/Team*' },
      }),
    ),
    code: 'boundary-required',
    kind: 'other',
    noIdentityAllow: true,
  },
  {
    name: 'an Allow of roles with a boundary only',
    text: denied(
      'iam:CreateRole',
      'arn:aws:iam::111122223333:role/new',
      noIdentity('iam:CreateRole'),
      'assumed-role/Developer/ana',
    ),
    policies: identity(
      allow('iam:CreateRole', '*', {
        StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::111122223333:policy/Team' },
      }),
    ),
    code: 'boundary-required',
    kind: 'other',
    noIdentityAllow: true,
  },
  {
    name: 'a session policy without the action',
    text: denied('s3:PutObject', object, 'because no session policy allows the s3:PutObject action'),
    policies: identity(allow('s3:*')),
    code: 'session-policy-not-allowed',
    kind: 'session',
    noIdentityAllow: true,
  },
  {
    name: 'a guest of Cognito, old wording',
    text: denied(
      'polly:SynthesizeSpeech',
      'arn:aws:polly:eu-west-1:111122223333:lexicon/*',
      '',
      'assumed-role/Cognito_appUnauth_Role/CognitoIdentityCredentials',
    ),
    policies: identity(allow('polly:*')),
    code: 'session-policy-not-allowed',
    kind: 'session',
    noIdentityAllow: true,
  },
  {
    name: 'a session policy that denies',
    text: denied('s3:PutObject', object, explicit('a session policy')),
    code: 'session-policy-deny',
    kind: 'session',
    noIdentityAllow: true,
  },
  {
    name: 'a bucket that demands a header',
    text: `An error occurred (AccessDenied) when calling the PutObject operation: ${denied('s3:PutObject', object, explicit('a resource-based policy'))}`,
    policies: resource({
      ...deny('s3:PutObject', objects, { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }),
      Principal: '*',
    }),
    code: 'explicit-deny-resource',
    kind: 'other',
    noIdentityAllow: true,
  },
  {
    name: 'a bucket that is open to one endpoint only',
    text: 'An error occurred (AccessDenied) when calling the GetObject operation: Access Denied\n$ aws s3 cp s3://orders-archive/a.csv .',
    policies: {
      ...identity(allow('s3:*')),
      ...resource({
        ...deny('s3:*', ['arn:aws:s3:::orders-archive', objects], {
          StringNotEquals: { 'aws:sourceVpce': 'vpce-0abc' },
        }),
        Principal: '*',
      }),
    },
    code: 'explicit-deny-resource',
    kind: 'resource-policy',
    noIdentityAllow: true,
  },
  {
    name: 'a bucket for listed principals only',
    text: denied('s3:GetObject', object, explicit('a resource-based policy')),
    policies: resource({
      ...deny('s3:*', objects, { StringNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/admin' } }),
      Principal: '*',
    }),
    code: 'explicit-deny-resource',
    kind: 'resource-policy',
    noIdentityAllow: true,
  },
  {
    name: 'an identity’s own Deny',
    text: denied('s3:DeleteObject', object, explicit('an identity-based policy')),
    policies: identity(all, deny('s3:Delete*')),
    code: 'explicit-deny-identity',
    noIdentityAllow: true,
  },
  {
    name: 'an identity’s own Deny, not read',
    text: denied('s3:DeleteObject', object, explicit('an identity-based policy')),
    code: 'explicit-deny-identity',
    noIdentityAllow: true,
  },
  {
    name: 'a user without MFA',
    text: denied('ec2:DescribeInstances', null, explicit('an identity-based policy'), 'user/ana'),
    policies: identity(all, deny('*', '*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })),
    code: 'mfa-required',
    kind: 'session',
    noIdentityAllow: true,
  },
  {
    name: 'a user without MFA, kind not named',
    text: `An error occurred (AccessDenied) when calling the ListBuckets operation: ${denied('s3:ListAllMyBuckets', null, 'with an explicit deny', 'user/ana')}`,
    policies: identity(all, {
      Effect: 'Deny',
      NotAction: ['iam:*', 'sts:GetSessionToken'],
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
    code: 'mfa-required',
    kind: 'session',
    noIdentityAllow: true,
  },
  {
    name: 'a Deny of nobody’s name, nothing read',
    text: denied('s3:GetObject', object, 'with an explicit deny'),
    code: 'explicit-deny-unnamed',
    noIdentityAllow: true,
  },
  {
    name: 'a leaked key in quarantine',
    text: denied(
      'ec2:RunInstances',
      'arn:aws:ec2:us-east-1:111122223333:instance/*',
      explicit('an identity-based policy: arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3'),
      'user/ci',
    ),
    code: 'key-quarantined',
    noIdentityAllow: true,
  },
  {
    name: 'an endpoint policy that leaves it out',
    text: denied(
      'ecr:GetAuthorizationToken',
      '*',
      'because no VPC endpoint policy allows the ecr:GetAuthorizationToken action',
    ),
    code: 'vpce-policy',
    kind: 'resource-policy',
    actions: ['ecr:GetAuthorizationToken'],
    noIdentityAllow: true,
  },
  {
    name: 'layers through the endpoint of S3',
    text: 'failed to pull and unpack image: failed to copy: httpReadSeeker: failed open: unexpected status code https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/abc: 403 Forbidden (only in the VPC with the S3 gateway endpoint)',
    code: 'vpce-policy',
    kind: 'resource-policy',
    noIdentityAllow: true,
  },
  {
    name: 'private addresses compared with the public key',
    text: '{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********3333:abc123/prod/GET/orders with an explicit deny"}',
    policies: resource(
      { ...allow('execute-api:Invoke', 'execute-api:/*'), Principal: '*' },
      {
        ...deny('execute-api:Invoke', 'execute-api:/*', { NotIpAddress: { 'aws:SourceIp': ['192.168.0.0/16'] } }),
        Principal: '*',
      },
    ),
    code: 'condition-mismatch',
    kind: 'resource-policy',
    noIdentityAllow: true,
  },
]
