import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'
import { whosePolicies } from '../../src/evidence/whose-policies.ts'
import type { NamedPolicy, Policies } from '../../src/iam/policies.ts'
import type { PolicyType } from '../../src/iam/policy-type.ts'

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`
const denied = (action: string, resource: string, caller = 'reporter'): string =>
  `User: arn:aws:sts::111122223333:assumed-role/${caller}/s is not authorized to perform: ${action} on resource: ${resource}`
const policy = (name: string, Action: string, Resource?: string | readonly string[]): NamedPolicy => ({
  name,
  document: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: role('x') }, Action, ...(Resource === undefined ? {} : { Resource }) },
    ],
  },
})
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'
const bucket = (name: string): string => `arn:aws:s3:::${name}/a`
const onBucket = policy('bucket-policy', 's3:GetObject', 'arn:aws:s3:::photos/*')
const point = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/reports'
const onPoint = policy('reports', 's3:GetObject', `${point}/object/*`)
const onKey = policy('default', 'kms:*', '*')
const own = policy('own', 's3:*', '*')

/** Policy types that are taken for each denial of the text. */
const taken = (policies: Policies, ...lines: readonly string[]): readonly (readonly string[])[] => {
  const { denials } = parsePaste(lines.join('\n'))
  const whose = whosePolicies({ policies }, denials)
  return denials.map((denial) => Object.keys(whose(denial)?.policies ?? {}))
}

const rb: PolicyType = 'resource-based'
const rows: readonly (readonly [string, Policies, readonly string[], readonly (readonly string[])[]])[] = [
  ['the one thing', { [rb]: [onBucket] }, [denied('s3:GetObject', bucket('photos'))], [[rb]]],
  ['another bucket', { [rb]: [onBucket] }, [denied('s3:GetObject', bucket('docs'))], [[]]],
  [
    'the bucket’s policy in place of the access point’s',
    { [rb]: [onBucket] },
    [denied('s3:GetObject', `${point}/object/a`)],
    [[]],
  ],
  ['both of them', { [rb]: [onPoint, onBucket] }, [denied('s3:GetObject', `${point}/object/a`)], [[rb]]],
  [
    'the access point’s policy, and its alias asked for',
    { [rb]: [onPoint] },
    [denied('s3:GetObject', `arn:aws:s3:::reports-${'abcdefghij'.repeat(4).slice(0, 34)}-s3alias/a`)],
    [[rb]],
  ],
  ['a key in place of a bucket', { [rb]: [onBucket] }, [denied('kms:Decrypt', key)], [[]]],
  ['a key policy about everything', { [rb]: [onKey] }, [denied('kms:Decrypt', key)], [[rb]]],
  [
    'SNS writes its actions large',
    { [rb]: [policy('p', 'SNS:Publish', '*')] },
    [denied('sns:Publish', 'arn:aws:sns:eu-west-1:111122223333:news')],
    [[rb]],
  ],
  [
    'actions under a longer prefix than the ARN has',
    { [rb]: [policy('p', 'vpc-lattice-svcs:Invoke', '*')] },
    [denied('vpc-lattice-svcs:Invoke', 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0a1b2c3d')],
    [[rb]],
  ],
  [
    'a pattern of buckets',
    { [rb]: [policy('p', 's3:*', 'arn:aws:s3:::*/*')] },
    [denied('s3:GetObject', bucket('docs'))],
    [[rb]],
  ],
  [
    'a queue whose policy names another queue: it may well be stored so',
    { [rb]: [policy('p', 'sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:old')] },
    [denied('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:jobs')],
    [[rb]],
  ],
  [
    'two buckets, one policy',
    { [rb]: [onBucket] },
    [denied('s3:GetObject', bucket('photos')), denied('s3:GetObject', bucket('docs'))],
    [[rb], []],
  ],
  [
    'two objects of one bucket',
    { [rb]: [onBucket] },
    [denied('s3:GetObject', bucket('photos')), denied('s3:PutObject', 'arn:aws:s3:::photos/b')],
    [[rb], [rb]],
  ],
  [
    'a bucket and its key',
    { [rb]: [onBucket] },
    [denied('s3:GetObject', bucket('photos')), denied('kms:Decrypt', key)],
    [[rb], []],
  ],
  [
    'two keys, and nothing tells whose it is',
    { [rb]: [onKey] },
    [denied('kms:Decrypt', key), denied('kms:Decrypt', `${key}0`)],
    [[], []],
  ],
  [
    'two roles to assume, told by the name',
    { 'role-trust': [policy('target', 'sts:AssumeRole')] },
    [denied('sts:AssumeRole', role('team/target')), denied('sts:AssumeRole', role('other'))],
    [['role-trust'], []],
  ],
  [
    'one role to assume, one to pass',
    { 'role-trust': [policy('trust', 'sts:AssumeRole')] },
    [denied('sts:AssumeRole', role('target')), denied('iam:PassRole', role('other'))],
    [['role-trust'], ['role-trust']],
  ],
  [
    'two callers',
    { 'identity-based': [own], [rb]: [onBucket] },
    [denied('s3:GetObject', bucket('photos')), denied('s3:PutObject', bucket('photos'), 'exporter')],
    [[rb], [rb]],
  ],
  [
    'two sessions of one caller',
    { 'identity-based': [own] },
    [denied('s3:GetObject', bucket('photos')), denied('s3:GetObject', bucket('docs'))],
    [['identity-based'], ['identity-based']],
  ],
  [
    'what is known not to be there is nobody else’s',
    { [rb]: null, 'identity-based': 'unknown' },
    [denied('s3:GetObject', bucket('photos')), denied('s3:GetObject', bucket('docs'), 'exporter')],
    [
      [rb, 'identity-based'],
      [rb, 'identity-based'],
    ],
  ],
  [
    'a denial that names no resource',
    { [rb]: [onBucket] },
    ['An error occurred (AccessDenied) when calling the GetObject operation: Access Denied'],
    [[rb]],
  ],
]
for (const [name, policies, lines, want] of rows)
  t.test(name, (t) => {
    t.strictSame(taken(policies, ...lines), want)
    t.end()
  })

t.test('SCPs are those of one account', (t) => {
  const scp = (...levels: readonly string[]): Policies => ({
    'service-control': levels.map((level) => ({ level, policies: [policy('guard', '*', '*')] })),
  })
  const from = (account: string): string => denied('s3:GetObject', bucket('photos')).replace('111122223333', account)
  const own = '111122223333'
  const sc: PolicyType = 'service-control'
  t.strictSame(taken(scp('root', 'ou-1'), from(own)), [[sc]], 'one caller: whatever the levels are called')
  t.strictSame(taken(scp('root', own), from(own), from('444455556666')), [[sc], []], 'two: the levels tell')
  t.strictSame(taken(scp('root', 'ou-1'), from(own), from('444455556666')), [[], []], 'or they do not')
  t.end()
})

t.test('what concerns all of them is handed over as it came', (t) => {
  const given = { policies: { [rb]: [onBucket] } }
  const { denials } = parsePaste(denied('s3:GetObject', bucket('photos')))
  const [denial] = denials
  t.equal(denial === undefined ? null : whosePolicies(given, denials)(denial), given)
  t.equal(denial === undefined ? undefined : whosePolicies(null, denials)(denial), null)
  t.end()
})
