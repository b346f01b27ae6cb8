import t from 'tap'
import type { CauseCode } from '../../src/diagnosis/cause-code.ts'
import { causeFacts, commonFacts } from '../../src/diagnosis/cause-facts.ts'
import type { Cause, Confidence } from '../../src/diagnosis/diagnosis.ts'
import type { AwsEvaluation, CallerFacts, Evidence } from '../../src/evidence/evidence.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { Readiness } from '../../src/remedy/remedy.ts'
import { list, type Statement } from '../../src/iam/policy-document.ts'
import { allow, denied, deny, identity, noIdentity, resource, trust } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/** What was read beside policies, and what follows from it. */
interface FactRow {
  readonly name: string
  readonly text: string
  readonly policies?: Policies
  readonly read?: Partial<Evidence>
  readonly code: CauseCode
  readonly confidence?: Confidence
  readonly attachTo?: string
  readonly actions?: readonly string[]
  readonly resources?: readonly string[]
  readonly facts?: Readonly<Record<string, string>>
  /** Remarks that are made; none at all where the list is empty. */
  readonly hints?: readonly string[]
  /** Of the first remedy. */
  readonly readiness?: Readiness
  /** Codes that are ruled out. */
  readonly never?: readonly CauseCode[]
  /** The engine's answer once the first remedy is applied. */
  readonly after?: 'allowed'
}

const account = '111122223333'
const key = `arn:aws:kms:eu-west-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`
const role = `arn:aws:iam::${account}:role/orders`
const object = 'arn:aws:s3:::orders-data/in/1.csv'
const bareGet = denied('s3:GetObject', object)
const mayRead = identity(allow('s3:GetObject', 'arn:aws:s3:::orders-data/*'))
const queue = `arn:aws:sqs:eu-west-1:${account}:orders`

const document = (...statements: readonly Statement[]): unknown => ({ Version: '2012-10-17', Statement: statements })
const delegating = document({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: 'kms:*',
  Resource: '*',
})
const forAdminsOnly = document({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${account}:role/key-admin` },
  Action: 'kms:*',
  Resource: '*',
})

type Facts = Evidence['facts']
const bucketKey = (policy: unknown, manager = 'CUSTOMER'): Partial<Evidence> => ({
  facts: {
    's3-bucket': { name: 'orders-data', owned: true, account, region: 'eu-west-1' },
    's3-encryption-key': { algorithm: 'aws:kms', arn: key, manager, state: 'Enabled', policy } as Facts[string],
  },
})
const facts = (values: Facts): Partial<Evidence> => ({ facts: values })

const caller: CallerFacts = {
  roleOrUserArn: role,
  path: '/',
  createDate: '2020-01-01T00:00:00.000Z',
  tags: {},
  managedBy: null,
  exists: true,
  matchedByNameOnly: false,
  groups: [],
}
const block = (on: boolean): Facts => ({
  's3-block-public-access': {
    blockPublicAcls: on,
    ignorePublicAcls: on,
    blockPublicPolicy: on,
    restrictPublicBuckets: on,
  },
})
const putPolicy = denied('s3:PutBucketPolicy', 'arn:aws:s3:::orders-data')
const mayPutPolicy = identity(allow('s3:PutBucketPolicy', 'arn:aws:s3:::orders-data'))
const evaluation: AwsEvaluation = {
  from: 'authorization-id',
  action: 's3:GetObject',
  resource: object,
  explicitDeny: true,
  context: {},
  contextComplete: false,
  matched: [
    {
      policyType: 'service-control',
      policyArn: `arn:aws:organizations::${account}:policy/o-1/p-1`,
      sid: 'NoData',
      effect: 'Deny',
    },
  ],
}
const formerRole = 'AROAEXAMPLEFORMER1234'
const bucketPolicy = (who: string): Policies =>
  resource({ Effect: 'Allow', Principal: { AWS: who }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::orders-data/*' })
const roleToAssume = `arn:aws:iam::${account}:role/reports`
const assume = denied('sts:AssumeRole', roleToAssume)

const keys: readonly FactRow[] = [
  {
    name: 'the key delegates and the caller lacks it',
    text: bareGet,
    policies: mayRead,
    read: bucketKey(delegating),
    code: 'kms-behind-service',
    confidence: 'evaluated',
    attachTo: 'role/orders',
    actions: ['kms:Decrypt'],
    resources: [key],
    never: ['kms-key-policy', 'missing-allow'],
    after: 'allowed',
  },
  {
    name: 'the key leaves the caller out',
    text: bareGet,
    policies: identity(allow('s3:GetObject', 'arn:aws:s3:::orders-data/*'), allow('kms:Decrypt', key)),
    read: bucketKey(forAdminsOnly),
    code: 'kms-key-policy',
    confidence: 'evaluated',
    attachTo: 'key/1234abcd-12ab-34cd-56ef-1234567890ab',
    actions: ['kms:Decrypt'],
    never: ['kms-behind-service'],
    after: 'allowed',
  },
  {
    name: 'the key lets the caller in',
    text: bareGet,
    policies: identity(allow('s3:GetObject', 'arn:aws:s3:::orders-data/*'), allow('kms:Decrypt', key)),
    read: bucketKey(delegating),
    code: 'evaluation-allows',
    never: ['kms-behind-service', 'kms-key-policy', 'resource-not-found-as-denied'],
  },
  {
    name: 'AWS’s own key in the same account',
    text: bareGet,
    policies: mayRead,
    read: bucketKey(null, 'AWS'),
    code: 'evaluation-allows',
    never: ['kms-behind-service', 'kms-key-policy'],
  },
  {
    name: 'a bucket without a key',
    text: bareGet,
    policies: mayRead,
    read: facts({ 's3-encryption-key': { algorithm: 'AES256', arn: null } }),
    code: 'evaluation-allows',
    never: ['kms-behind-service', 'kms-key-policy'],
  },
  {
    name: 'the key of a queue names its ARN in the place of a placeholder',
    text: denied('kms:GenerateDataKey', null, noIdentity('kms:GenerateDataKey')).concat(` for ${queue}`),
    policies: identity(allow('sqs:SendMessage', queue)),
    read: facts({ 'sqs-encryption-key': { arn: key, manager: 'CUSTOMER', policy: delegating as Facts[string] } }),
    code: 'kms-behind-service',
    actions: ['kms:GenerateDataKey'],
    resources: [key],
  },
  {
    name: 'the key policy names a role that is gone',
    text: bareGet,
    policies: identity(allow('s3:GetObject', 'arn:aws:s3:::orders-data/*'), allow('kms:Decrypt', key)),
    read: {
      ...bucketKey(document({ Effect: 'Allow', Principal: { AWS: formerRole }, Action: 'kms:Decrypt', Resource: '*' })),
      caller,
    },
    code: 'stale-principal',
    facts: { holder: 'key', uniqueId: formerRole },
    attachTo: 'key/1234abcd-12ab-34cd-56ef-1234567890ab',
  },
  {
    name: 'a grant is on its way',
    text: denied('kms:Decrypt', key),
    policies: {
      ...identity(),
      ...resource({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:role/key-admin` },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
    read: {
      ...facts({ 'kms-grants': [{ grantee: role, operations: ['Decrypt'], encryptionContext: null, name: 'orders' }] }),
      caller,
    },
    code: 'propagation-delay',
    facts: { why: 'grant' },
  },
  {
    name: 'a grant asks for an encryption context',
    text: denied('kms:Decrypt', key),
    policies: {
      ...identity(),
      ...resource({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:role/key-admin` },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
    read: {
      ...facts({
        'kms-grants': [{ grantee: role, operations: ['Decrypt'], encryptionContext: { order: '1' }, name: 'orders' }],
      }),
      caller,
    },
    code: 'kms-key-policy',
    hints: ['grant-with-context'],
  },
]

const buckets: readonly FactRow[] = [
  {
    name: 'Block Public Access is on',
    text: putPolicy,
    policies: mayPutPolicy,
    read: facts(block(true)),
    code: 'block-public-access',
    confidence: 'evaluated',
    facts: { setting: 'BlockPublicPolicy', what: 'policy' },
  },
  {
    name: 'Block Public Access of the bucket is off: the account’s is left',
    text: putPolicy,
    policies: mayPutPolicy,
    read: facts(block(false)),
    code: 'block-public-access',
    confidence: 'possible',
    facts: { scope: 'account' },
  },
  {
    name: 'Block Public Access not read',
    text: putPolicy,
    policies: mayPutPolicy,
    code: 'block-public-access',
    confidence: 'possible',
  },
  {
    name: 'a public policy does not count for another account',
    text: denied('s3:GetObject', object),
    policies: { ...mayRead, ...bucketPolicy('*') },
    read: { ...facts(block(true)), resourceAccount: '444455556666' },
    code: 'block-public-access',
    confidence: 'evaluated',
    facts: { setting: 'RestrictPublicBuckets' },
  },
  {
    name: 'ACLs are off',
    text: denied('s3:PutObjectAcl', object),
    policies: identity(allow('s3:PutObjectAcl', 'arn:aws:s3:::orders-data/*')),
    read: facts({ ...block(false), 's3-object-ownership': 'BucketOwnerEnforced' }),
    code: 'object-ownership',
    never: ['missing-allow'],
  },
]

const roles: readonly FactRow[] = [
  {
    name: 'the caller is not there',
    text: denied('s3:GetObject', object, noIdentity('s3:GetObject')),
    read: { source: 'aws', caller: { ...caller, roleOrUserArn: null, exists: false } },
    code: 'wrong-principal',
    confidence: 'evaluated',
    facts: { why: 'not-there' },
  },
  {
    name: 'the caller is not in a snapshot',
    text: denied('s3:GetObject', object, noIdentity('s3:GetObject')),
    read: { source: 'snapshot', caller: { ...caller, roleOrUserArn: null, exists: false } },
    code: 'missing-allow',
  },
  {
    name: 'the role to assume is not there',
    text: assume,
    policies: identity(allow('sts:AssumeRole', roleToAssume)),
    read: facts({ 'target-role': { arn: roleToAssume, exists: false } }),
    code: 'resource-not-found-as-denied',
    confidence: 'evaluated',
    facts: { what: 'role' },
    never: ['missing-allow'],
  },
  {
    name: 'the bucket policy names a former role',
    text: denied('s3:GetObject', object),
    policies: { ...identity(), ...bucketPolicy(formerRole) },
    read: { ...facts({ 'principal-id': 'AROAEXAMPLENOW1234567' }), caller },
    code: 'stale-principal',
    confidence: 'evaluated',
    facts: { holder: 'bucket', uniqueId: formerRole },
    attachTo: 'bucket/orders-data',
    after: 'allowed',
  },
  {
    name: 'the bucket policy names a former role, and the present one was not read',
    text: denied('s3:GetObject', object),
    policies: { ...identity(), ...bucketPolicy(formerRole) },
    code: 'stale-principal',
    confidence: 'possible',
  },
  {
    name: 'the bucket policy names the caller by its present id',
    text: denied('s3:GetObject', object),
    policies: { ...identity(), ...bucketPolicy('AROAEXAMPLENOW1234567') },
    read: { ...facts({ 'principal-id': 'AROAEXAMPLENOW1234567' }), caller },
    code: 'missing-allow',
    never: ['stale-principal'],
  },
  {
    name: 'the trust policy names a former role',
    text: assume,
    policies: {
      ...identity(allow('sts:AssumeRole', roleToAssume)),
      ...trust({ Effect: 'Allow', Principal: { AWS: formerRole }, Action: 'sts:AssumeRole' }),
    },
    read: { ...facts({ 'principal-id': 'AROAEXAMPLENOW1234567' }), caller },
    code: 'stale-principal',
    confidence: 'evaluated',
    facts: { holder: 'trust-policy' },
    attachTo: 'role/reports',
  },
  {
    name: 'the task’s agent ran with the execution role that was read',
    text: `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException: User: arn:aws:sts::${account}:assumed-role/runner/0123456789abcdef is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:eu-west-1:${account}:secret:db-AbCdEf because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    read: facts({
      'ecs-task-role': { arn: `arn:aws:iam::${account}:role/runner`, policies: [] },
      'ecs-execution-role': { arn: `arn:aws:iam::${account}:role/starter`, policies: [] },
    }),
    code: 'ecs-role-confusion',
    confidence: 'evaluated',
    attachTo: 'role/starter',
  },
]

const verdicts: readonly FactRow[] = [
  {
    name: 'AWS names the statement',
    text: bareGet,
    policies: mayRead,
    read: { awsEvaluation: evaluation },
    code: 'scp-deny',
    confidence: 'verified',
    facts: { sid: 'NoData', policyArn: `arn:aws:organizations::${account}:policy/o-1/p-1` },
    hints: ['own-evaluation-differs'],
  },
  {
    name: 'AWS found no Deny where we do',
    text: bareGet,
    policies: identity(deny('s3:GetObject', '*')),
    read: { awsEvaluation: { ...evaluation, explicitDeny: false, matched: [] } },
    code: 'missing-allow',
    hints: ['own-evaluation-differs'],
    never: ['explicit-deny-identity'],
  },
  {
    name: 'AWS and we agree',
    text: bareGet,
    policies: identity(allow('s3:ListBucket', '*')),
    read: { awsEvaluation: { ...evaluation, explicitDeny: false, matched: [] } },
    code: 'missing-allow',
    confidence: 'verified',
  },
  {
    name: 'another action’s evaluation',
    text: bareGet,
    policies: identity(allow('s3:ListBucket', '*')),
    read: { awsEvaluation: { ...evaluation, action: 's3:PutObject' } },
    code: 'missing-allow',
    confidence: 'evaluated',
  },
  {
    name: 'a narrow policy that is not attached',
    text: bareGet,
    policies: identity(allow('s3:ListBucket', '*')),
    read: {
      unattached: [
        {
          name: 'orders-read',
          arn: `arn:aws:iam::${account}:policy/orders-read`,
          document: document(allow('s3:GetObject', 'arn:aws:s3:::orders-data/*')),
          why: 'not-attached',
          version: 'v1',
        },
      ],
    },
    code: 'policy-not-attached',
    confidence: 'evaluated',
    facts: { policy: 'orders-read', why: 'not-attached' },
    never: ['missing-allow'],
  },
  {
    name: 'a broad policy that is not attached is only mentioned',
    text: bareGet,
    policies: identity(allow('s3:ListBucket', '*')),
    read: {
      unattached: [
        {
          name: 'all-of-s3',
          arn: `arn:aws:iam::${account}:policy/all-of-s3`,
          document: document(allow('s3:*')),
          why: 'not-attached',
          version: 'v1',
        },
      ],
    },
    code: 'missing-allow',
  },
  {
    name: 'everything allows and the role is seconds old',
    text: bareGet,
    policies: identity(allow(['s3:GetObject', 's3:ListBucket'])),
    read: {
      caller: { ...caller, createDate: '2026-01-01T10:00:00.000Z' },
      sources: { 'identity-based': { source: 'aws', readAt: '2026-01-01T10:00:40.000Z' } },
      facts: { 's3-bucket': { name: 'orders-data', owned: true, account } },
    },
    code: 'propagation-delay',
    hints: ['changed-just-now'],
  },
  {
    name: 'a role that would change its own policies',
    text: denied(
      'iam:PutRolePolicy',
      'role orders',
      'because no identity-based policy allows the iam:PutRolePolicy action',
    ),
    code: 'missing-allow',
    hints: ['gives-rights'],
    readiness: 'needs-review',
  },
  {
    name: 'a role that would give another one policies',
    text: denied(
      'iam:AttachRolePolicy',
      'role app',
      'because no identity-based policy allows the iam:AttachRolePolicy action',
    ),
    code: 'missing-allow',
    hints: ['gives-rights'],
    readiness: 'needs-review',
  },
  {
    name: 'a user who makes a new key of its own gets nothing by it',
    text: denied(
      'iam:CreateAccessKey',
      'user ann',
      'because no identity-based policy allows the iam:CreateAccessKey action',
      'user/ann',
    ),
    code: 'missing-allow',
    hints: [],
    readiness: 'ready',
  },
  {
    name: 'a user who makes a key of somebody else can be him',
    text: denied(
      'iam:CreateAccessKey',
      'user bob',
      'because no identity-based policy allows the iam:CreateAccessKey action',
      'user/ann',
    ),
    code: 'missing-allow',
    hints: ['gives-rights'],
    readiness: 'needs-review',
  },
  {
    name: 'a trail that would be stopped',
    text: denied(
      'cloudtrail:StopLogging',
      `arn:aws:cloudtrail:eu-west-1:${account}:trail/main`,
      'because no identity-based policy allows the cloudtrail:StopLogging action',
    ),
    code: 'missing-allow',
    hints: ['takes-guard'],
    readiness: 'needs-review',
  },
  {
    name: 'an account that would leave, where an SCP says no',
    text: denied('organizations:LeaveOrganization', '*', 'with an explicit deny in a service control policy'),
    code: 'scp-deny',
    hints: ['takes-guard'],
  },
  {
    name: 'what belongs to one user of an identity pool, whose role all of them have',
    text: denied(
      's3:PutObject',
      'arn:aws:s3:::amzn-s3-demo-app/private/eu-west-1:0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/me.jpg',
      'because no identity-based policy allows the s3:PutObject action',
      'assumed-role/shop-members/CognitoIdentityCredentials',
    ),
    code: 'missing-allow',
    resources: ['arn:aws:s3:::amzn-s3-demo-app/private/${cognito-identity.amazonaws.com:sub}/me.jpg'],
    after: 'allowed',
    hints: ['own-identity'],
  },
]

const check = (row: FactRow) => async (test: typeof t) => {
  const [diagnosis] = await diagnosesOf(row.text, row.policies ?? {}, row.read ?? {})
  const [first] = diagnosis?.causes ?? []
  if (diagnosis === undefined || first === undefined) throw new Error('nothing recognised')
  const codes = diagnosis.causes.map(({ code }) => code)
  test.equal(first.code, row.code, codes.join(', '))
  if (row.confidence !== undefined) test.equal(first.confidence, row.confidence)
  test.match(first.facts, row.facts ?? {})
  for (const code of row.never ?? []) test.notOk(codes.includes(code), `not ${code}`)
  const [remedy] = first.remedies
  if (row.attachTo !== undefined) test.equal(remedy?.target?.attachTo, row.attachTo)
  if (row.actions !== undefined) test.strictSame(list(remedy?.statement?.Action), row.actions)
  if (row.resources !== undefined) test.strictSame(list(remedy?.statement?.Resource), row.resources)
  if (row.after !== undefined) test.equal(remedy?.verification?.decision, row.after)
  if (row.readiness !== undefined) test.equal(remedy?.readiness, row.readiness)
  if (row.hints?.length === 0)
    test.strictSame(
      diagnosis.hints.map(({ code }) => code),
      [],
    )
  for (const hint of row.hints ?? [])
    test.ok(
      diagnosis.hints.some(({ code }) => code === hint),
      hint,
    )
  for (const cause of diagnosis.causes) checkFacts(test, cause)
}

function checkFacts(test: typeof t, cause: Cause): void {
  const { always, sometimes } = causeFacts[cause.code]
  const known = new Set<string>([...commonFacts, ...always, ...sometimes])
  test.strictSame(
    Object.keys(cause.facts).filter((name) => !known.has(name)),
    [],
    `${cause.code}: facts that the words know`,
  )
}

for (const [family, rows] of Object.entries({ keys, buckets, roles, verdicts }))
  t.test(family, (test) => {
    for (const row of rows) test.test(row.name, check(row) as never)
    test.end()
  })
