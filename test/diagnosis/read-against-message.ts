import {
  allow,
  denied,
  deny,
  identity,
  noIdentity,
  noResource,
  policies,
  resource,
  scp,
  type CaseRow,
} from './case-row.ts'

const object = 'arn:aws:s3:::orders-data/may.csv'
const objects = 'arn:aws:s3:::orders-data/*'
const queue = 'arn:aws:sqs:eu-west-1:111122223333:jobs'
const foreignQueue = 'arn:aws:sqs:eu-west-1:444455556666:jobs'
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const stream = 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks'
const caller = { AWS: 'arn:aws:iam::111122223333:role/orders' }
const mayRead = identity(allow('s3:GetObject', objects))
const nothing = identity(allow('sns:Publish'))
const deniedRead = (reason: string): string => denied('s3:GetObject', object, reason)

/** What was read, and what AWS's message says of it or leaves open. */
export const readAgainstMessageCases: readonly CaseRow[] = [
  {
    name: 'evaluation-allows: the statement is there by now',
    text: deniedRead(noIdentity('s3:GetObject')),
    policies: mayRead,
    code: 'evaluation-allows',
    confidence: 'evaluated',
    among: ['propagation-delay'],
    noIdentityAllow: true,
  },
  {
    name: 'evaluation-allows: there by now, beside a Deny that may match and, as AWS says, did not',
    text: deniedRead(noIdentity('s3:GetObject')),
    policies: identity(
      allow('s3:GetObject', objects),
      deny('s3:*', '*', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
    ),
    code: 'evaluation-allows',
    noIdentityAllow: true,
  },
  {
    name: 'evaluation-allows: an action without resources is there by now',
    text: denied('ec2:DescribeInstances', null, noIdentity('ec2:DescribeInstances')),
    policies: identity(allow('ec2:DescribeInstances')),
    code: 'evaluation-allows',
    noIdentityAllow: true,
  },
  {
    name: 'missing-allow: a service-linked role that was read, and that nobody edits',
    text: denied('kinesis:PutRecord', stream, '', 'assumed-role/AWSServiceRoleForECS/ecs'),
    policies: nothing,
    code: 'missing-allow',
    confidence: 'evaluated',
    kind: 'other',
    noIdentityAllow: true,
  },
  {
    name: 'evaluation-allows: a service-linked role that may do it',
    text: denied('kinesis:PutRecord', stream, '', 'assumed-role/AWSServiceRoleForECS/ecs'),
    policies: identity(allow('kinesis:*')),
    code: 'evaluation-allows',
  },
  {
    name: 'wrong-principal: a service-linked role of which nothing was read',
    text: denied('kinesis:PutRecord', stream, '', 'assumed-role/AWSServiceRoleForECS/ecs'),
    code: 'wrong-principal',
    confidence: 'possible',
    noIdentityAllow: true,
  },
  {
    name: 'resource-arn-mismatch: what is no ARN is not kept',
    text: deniedRead(noIdentity('s3:GetObject')),
    policies: identity(allow('s3:GetObject', ['s3://orders-data/*', 'arn:aws:s3:::orders-dat/*'])),
    code: 'resource-arn-mismatch',
  },
  {
    name: 'resource-arn-mismatch: another bucket is there',
    text: deniedRead(noIdentity('s3:GetObject')),
    policies: identity(allow('s3:GetObject', 'arn:aws:s3:::orders-dat/*')),
    code: 'resource-arn-mismatch',
    confidence: 'evaluated',
  },
  {
    name: 'propagation-delay: told as well',
    text: `${deniedRead(noIdentity('s3:GetObject'))} (a minute later the same call works)`,
    policies: mayRead,
    code: 'propagation-delay',
  },
  {
    name: 'scp-deny: of SCPs that were not handed over, or gone since',
    text: deniedRead('with an explicit deny in a service control policy'),
    policies: { ...mayRead, ...scp(allow('*')) },
    code: 'scp-deny',
    confidence: 'stated',
    noIdentityAllow: true,
  },
  {
    name: 'scp-deny: the Deny is there',
    text: deniedRead('with an explicit deny in a service control policy'),
    policies: { ...mayRead, ...scp(allow('*'), deny('s3:*')) },
    code: 'scp-deny',
    confidence: 'evaluated',
  },
  {
    name: 'scp-deny: SCPs that were not read',
    text: deniedRead('with an explicit deny in a service control policy'),
    policies: mayRead,
    code: 'scp-deny',
    confidence: 'stated',
  },
  {
    name: 'evaluation-allows: no boundary any more',
    text: deniedRead('because no permissions boundary allows the s3:GetObject action'),
    policies: { ...mayRead, 'permissions-boundary': null },
    code: 'evaluation-allows',
  },
  {
    name: 'boundary-not-allowed: not in the boundary that was read',
    text: deniedRead('because no permissions boundary allows the s3:GetObject action'),
    policies: { ...mayRead, ...policies('permissions-boundary', allow('sqs:*')) },
    code: 'boundary-not-allowed',
    confidence: 'evaluated',
  },
  {
    name: 'explicit-deny-identity: what was read holds neither the Deny nor an Allow',
    text: deniedRead('with an explicit deny in an identity-based policy'),
    policies: nothing,
    code: 'explicit-deny-identity',
    confidence: 'stated',
    among: ['missing-allow'],
  },
  {
    name: 'missing-allow: known to come through no endpoint policy',
    text: deniedRead(''),
    policies: { ...nothing, 'vpc-endpoint': null },
    code: 'missing-allow',
    confidence: 'evaluated',
  },
  {
    name: 'vpce-policy: an endpoint policy without it',
    text: deniedRead(''),
    policies: { ...mayRead, ...policies('vpc-endpoint', { ...allow('sqs:*'), Principal: '*' }) },
    code: 'vpce-policy',
    confidence: 'evaluated',
  },
  {
    name: 'cross-account-resource-side: the other account’s queue was read',
    text: denied('sqs:SendMessage', foreignQueue),
    policies: {
      ...identity(allow('sqs:SendMessage', foreignQueue)),
      ...resource({ ...allow('sqs:SendMessage', foreignQueue), Principal: { AWS: '444455556666' } }),
    },
    code: 'cross-account-resource-side',
    confidence: 'evaluated',
    actions: ['sqs:SendMessage'],
  },
  {
    name: 'cross-account-resource-side: the other account’s queue was not read',
    text: denied('sqs:SendMessage', foreignQueue),
    policies: identity(allow('sqs:SendMessage', foreignQueue)),
    code: 'cross-account-resource-side',
    confidence: 'possible',
  },
  {
    name: 'wrong-principal: nothing of ECS lets another account in',
    text: denied('ecs:UpdateService', 'arn:aws:ecs:eu-west-1:444455556666:service/shop/web'),
    policies: identity(allow('ecs:UpdateService')),
    code: 'wrong-principal',
    confidence: 'evaluated',
    noIdentityAllow: true,
  },
  {
    name: 'wrong-principal: no policy is written for an instance, whatever was given as one',
    text: denied('ec2:StopInstances', 'arn:aws:ec2:eu-west-1:444455556666:instance/i-0abc1234567890def'),
    policies: { ...identity(allow('ec2:*')), 'resource-based': null },
    code: 'wrong-principal',
    confidence: 'evaluated',
    noIdentityAllow: true,
  },
  {
    name: 'wrong-principal: a subnet may be shared',
    text: denied('ec2:RunInstances', 'arn:aws:ec2:eu-west-1:444455556666:subnet/subnet-0abc1234567890def'),
    policies: identity(allow('ec2:*')),
    code: 'wrong-principal',
    confidence: 'possible',
    noIdentityAllow: true,
  },
  {
    name: 'evaluation-allows: the queue lets the role in by itself',
    text: denied('sqs:SendMessage', queue),
    policies: { ...nothing, ...resource({ ...allow('sqs:SendMessage', queue), Principal: caller }) },
    code: 'evaluation-allows',
    noIdentityAllow: true,
  },
  {
    name: 'missing-allow: neither the queue nor the role',
    text: denied('sqs:SendMessage', queue),
    policies: { ...nothing, 'resource-based': null },
    code: 'missing-allow',
    confidence: 'evaluated',
  },
  {
    name: 'evaluation-allows: the key and the role let it through',
    text: denied('kms:Decrypt', key),
    policies: { ...identity(allow('kms:Decrypt', key)), ...resource({ ...allow('kms:*'), Principal: caller }) },
    code: 'evaluation-allows',
  },
  {
    name: 'kms-key-policy: beside a Deny of the role',
    text: denied('kms:Decrypt', key, 'with an explicit deny in an identity-based policy'),
    policies: {
      ...identity(allow('kms:Decrypt', key), deny('kms:Decrypt', key)),
      ...resource({ ...allow('kms:*'), Principal: { AWS: 'arn:aws:iam::111122223333:role/admins' } }),
    },
    code: 'explicit-deny-identity',
    confidence: 'evaluated',
    among: ['kms-key-policy'],
  },
  {
    name: 'resource-policy-not-allowed: stated, and its policy was not read',
    text: denied('sqs:SendMessage', queue, noResource('sqs:SendMessage')),
    code: 'resource-policy-not-allowed',
    confidence: 'stated',
  },
]
