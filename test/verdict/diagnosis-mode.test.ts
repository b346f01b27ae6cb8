import t from 'tap'
import { noEvidence, type CallerFacts } from '../../src/evidence/evidence.ts'
import type { NamedPolicy, Policies } from '../../src/iam/policies.ts'
import type { AccessRequest } from '../../src/iam/request.ts'
import type { DenialReason } from '../../src/verdict/clause.ts'
import { evaluateDenial, evaluateRemedied, type DenialEvidence } from '../../src/verdict/diagnosis-mode.ts'
import type { Verdict } from '../../src/verdict/verdict.ts'

const account = '111122223333'
const session = `arn:aws:sts::${account}:assumed-role/shop/w1`
const key = `arn:aws:kms:eu-west-1:${account}:key/5a1b`

const request: AccessRequest = {
  principal: { type: 'assumed-role', arn: session },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::ledger/2026/may.csv',
  resourceAccount: null,
  context: {},
  contextComplete: false,
}
const decrypt: AccessRequest = { ...request, action: 'kms:Decrypt', resource: key, resourceAccount: account }
const assume: AccessRequest = {
  ...request,
  action: 'sts:AssumeRole',
  resource: `arn:aws:iam::${account}:role/release`,
  resourceAccount: account,
}

const because = (
  policyType: DenialReason['policyType'],
  effect: DenialReason['effect'],
  more: Partial<DenialReason> = {},
): DenialReason => ({ policyType, effect, policyArn: null, throughPolicyType: null, ...more })
const silent = because('identity-based', 'implicit')
const unsaid = because(null, null)

const policy = (name: string, statement: unknown, arn?: string): NamedPolicy => ({
  name,
  document: { Version: '2012-10-17', Statement: statement },
  ...(arn === undefined ? {} : { arn }),
})
const all = policy('All', { Effect: 'Allow', Action: '*', Resource: '*' })
const denyUnless = (name: string, key: string, arn?: string): NamedPolicy =>
  policy(name, { Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringNotEquals: { [key]: 'x' } } }, arn)
const absentNet = policy('NoNet', {
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { Null: { 'aws:SourceVpc': 'true' } },
})
const mfa = denyUnless('Mfa', 'aws:MultiFactorAuthPresent')

const signer = 'token.actions.githubusercontent.com'
const withToken: AccessRequest = {
  ...assume,
  principal: { type: 'web-identity' },
  action: 'sts:AssumeRoleWithWebIdentity',
}
const trusting = policy('Trust', {
  Effect: 'Allow',
  Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${signer}` },
  Action: 'sts:AssumeRoleWithWebIdentity',
})

const codes = ({ assuming }: Pick<Verdict, 'assuming'>): readonly string[] =>
  assuming.map(({ code, policyType }) => `${code} ${policyType ?? ''}`.trim())
const resultOf = (verdict: Verdict, type: string): string | undefined =>
  verdict.policyTypes.find((one) => one.type === type)?.result

interface Row {
  readonly name: string
  readonly denial: DenialReason
  readonly request?: AccessRequest
  readonly policies: Policies
  readonly evidence?: Partial<DenialEvidence>
  readonly want: readonly [decision: string, policyType: string | null, policy?: string]
  readonly assuming?: readonly string[]
  readonly notAssuming?: readonly string[]
  readonly results?: Readonly<Record<string, string>>
}

const rows: readonly Row[] = [
  {
    name: 'nothing read: unknown, and every gap is said',
    denial: silent,
    policies: {},
    want: ['unknown', 'identity-based'],
    assuming: ['not-read-does-not-deny service-control', 'not-read-does-not-deny session'],
    results: { 'identity-based': 'notCollected', 'service-control': 'notCollected', 'role-trust': 'notApplicable' },
  },
  {
    name: 'the claims of a token tell who signed it',
    denial: unsaid,
    request: withToken,
    policies: { 'role-trust': [trusting] },
    evidence: { context: { [`${signer}:sub`]: 'repo:acme/app:ref:refs/heads/main' } },
    want: ['allowed', 'role-trust', 'Trust'],
  },
  {
    name: 'claims of another signer do not',
    denial: unsaid,
    request: withToken,
    policies: { 'role-trust': [trusting] },
    evidence: { context: { 'gitlab.example:sub': 'project_path:acme/app' } },
    want: ['implicitDeny', 'role-trust'],
  },
  {
    name: 'without claims nobody knows',
    denial: unsaid,
    request: withToken,
    policies: { 'role-trust': [trusting] },
    want: ['unknown', 'role-trust', 'Trust'],
  },
  {
    name: 'nothing lets another account at an instance',
    denial: unsaid,
    request: {
      ...request,
      action: 'ec2:StopInstances',
      resource: 'arn:aws:ec2:eu-west-1:444455556666:instance/i-0abc1234567890def',
      resourceAccount: '444455556666',
    },
    policies: { 'identity-based': [all] },
    want: ['implicitDeny', 'resource-based'],
    results: { 'identity-based': 'allowed', 'resource-based': 'implicitDeny' },
  },
  {
    name: 'a subnet may be shared with it',
    denial: unsaid,
    request: {
      ...request,
      action: 'ec2:RunInstances',
      resource: 'arn:aws:ec2:eu-west-1:444455556666:subnet/subnet-0abc1234567890def',
      resourceAccount: '444455556666',
    },
    policies: { 'identity-based': [all] },
    want: ['unknown', 'resource-based'],
  },
  {
    name: 'in the own account an instance needs no policy of its own',
    denial: unsaid,
    request: {
      ...request,
      action: 'ec2:StopInstances',
      resource: `arn:aws:ec2:eu-west-1:${account}:instance/i-0abc1234567890def`,
      resourceAccount: account,
    },
    policies: { 'identity-based': [all] },
    want: ['allowed', 'identity-based', 'All'],
    notAssuming: ['unread-resource-policy-does-not-grant resource-based'],
  },
  {
    name: 'an empty set of policies grants nothing',
    denial: silent,
    policies: { 'identity-based': [] },
    want: ['implicitDeny', 'identity-based'],
    assuming: ['unread-resource-policy-does-not-grant resource-based'],
  },
  {
    name: 'what asks for nothing in particular meets no policy of a resource',
    denial: unsaid,
    request: { ...request, action: 's3:ListAllMyBuckets', resource: '*', resourceAccount: account },
    policies: { 'identity-based': [] },
    want: ['implicitDeny', 'identity-based'],
    notAssuming: ['unread-resource-policy-does-not-grant resource-based', 'not-read-does-not-deny resource-based'],
    results: { 'resource-based': 'notApplicable' },
  },
  {
    name: 'only an organization has one for such requests',
    denial: unsaid,
    request: { ...request, action: 'organizations:ListAccounts', resource: '*', resourceAccount: account },
    policies: { 'identity-based': [] },
    want: ['implicitDeny', 'identity-based'],
    assuming: ['unread-resource-policy-does-not-grant resource-based'],
    results: { 'resource-based': 'notCollected' },
  },
  {
    name: 'a message that names one is believed',
    denial: because('resource-based', 'explicit'),
    request: { ...request, action: 's3:ListAllMyBuckets', resource: '*', resourceAccount: account },
    policies: { 'identity-based': [all] },
    want: ['unknown', 'resource-based'],
    results: { 'resource-based': 'notCollected' },
  },
  {
    name: 'null is known not to exist',
    denial: silent,
    policies: {
      'identity-based': null,
      'permissions-boundary': null,
      session: null,
      'resource-based': null,
      'service-control': null,
      'resource-control': null,
      'vpc-endpoint': null,
    },
    want: ['implicitDeny', 'identity-based'],
    notAssuming: ['not-read-does-not-deny service-control', 'unread-resource-policy-does-not-grant resource-based'],
    results: { 'permissions-boundary': 'notApplicable' },
  },
  {
    name: 'what was read allows, the message says denied: the contradiction stays',
    denial: silent,
    policies: { 'identity-based': [all] },
    want: ['allowed', 'identity-based', 'All'],
  },
  {
    name: 'a bucket policy that could not be read may have denied',
    denial: unsaid,
    policies: { 'identity-based': [all], 'resource-based': 'unknown' },
    want: ['unknown', 'resource-based'],
    results: { 'resource-based': 'unknown' },
  },
  {
    name: 'an unread bucket policy does not excuse a silent identity policy',
    denial: silent,
    policies: { 'identity-based': [], 'resource-based': 'unknown' },
    want: ['implicitDeny', 'identity-based'],
  },
  {
    name: 'no policy allows: then none denied either',
    denial: silent,
    policies: { 'identity-based': [all], 'resource-based': 'unknown' },
    want: ['allowed', 'identity-based', 'All'],
    assuming: ['not-read-does-not-deny resource-based'],
  },
  {
    name: 'unread SCPs stay out',
    denial: unsaid,
    policies: { 'identity-based': [all], 'service-control': 'unknown' },
    want: ['allowed', 'identity-based', 'All'],
    assuming: ['not-read-does-not-deny service-control'],
  },
  {
    name: 'unread SCPs count where the message names them',
    denial: because('service-control', 'explicit'),
    policies: { 'identity-based': [all] },
    want: ['unknown', 'service-control'],
    notAssuming: ['not-read-does-not-deny service-control'],
    results: { 'service-control': 'notCollected' },
  },
  {
    name: 'a second policy type that the message names counts too',
    denial: because('vpc-endpoint', 'explicit', { throughPolicyType: 'service-control' }),
    policies: { 'identity-based': [all], 'vpc-endpoint': [all] },
    want: ['unknown', 'service-control'],
  },
  {
    name: 'a key policy not read keeps the blame on a silent identity policy',
    denial: silent,
    request: decrypt,
    policies: { 'identity-based': [] },
    want: ['implicitDeny', 'identity-based'],
  },
  {
    name: 'a key policy not read, and the identity policy allows',
    denial: unsaid,
    request: decrypt,
    policies: { 'identity-based': [all], 'resource-based': 'unknown' },
    want: ['unknown', 'resource-based'],
  },
  {
    name: 'a trust policy that is called resource-based',
    denial: because('resource-based', 'implicit'),
    request: assume,
    policies: { 'identity-based': [all] },
    want: ['unknown', 'role-trust'],
    results: { 'role-trust': 'notCollected' },
  },
  {
    name: 'unknown account: the caller’s own is assumed',
    denial: silent,
    policies: { 'identity-based': [] },
    want: ['implicitDeny', 'identity-based'],
    assuming: ['resource-in-callers-account'],
  },
  {
    name: 'unknown account: the clause points to another one',
    denial: because('resource-based', 'implicit'),
    policies: { 'identity-based': [all], 'resource-based': [] },
    want: ['implicitDeny', 'resource-based'],
    assuming: ['resource-in-another-account'],
    notAssuming: ['resource-in-callers-account'],
  },
  {
    name: 'another account’s policy, not read, stays open',
    denial: unsaid,
    request: { ...request, resourceAccount: '444455556666' },
    policies: { 'identity-based': [all] },
    want: ['unknown', 'resource-based'],
  },
  {
    name: 'the one open Deny is the cause',
    denial: because('identity-based', 'explicit'),
    policies: { 'identity-based': [all, mfa] },
    want: ['explicitDeny', 'identity-based', 'Mfa'],
    assuming: ['message-names-deny identity-based'],
  },
  {
    name: 'two open Denies: which one is not known',
    denial: because('identity-based', 'explicit'),
    policies: { 'identity-based': [all, mfa, denyUnless('Net', 'aws:SourceVpc')] },
    want: ['unknown', 'identity-based', 'Mfa'],
    notAssuming: ['message-names-deny identity-based'],
  },
  {
    name: 'of two open Denies the one that applies whenever the other does',
    denial: because('identity-based', 'explicit'),
    policies: { 'identity-based': [all, absentNet, denyUnless('Net', 'aws:SourceVpc')] },
    want: ['explicitDeny', 'identity-based', 'Net'],
    assuming: ['message-names-deny identity-based'],
  },
  {
    name: 'of three, where the third is of another key, nobody knows',
    denial: because('identity-based', 'explicit'),
    policies: { 'identity-based': [all, absentNet, denyUnless('Net', 'aws:SourceVpc'), mfa] },
    want: ['unknown', 'identity-based', 'NoNet'],
    notAssuming: ['message-names-deny identity-based'],
  },
  {
    name: 'of two open Denies the one whose ARN the message prints',
    denial: because('identity-based', 'explicit', { policyArn: 'arn:aws:iam::111122223333:policy/Net' }),
    policies: {
      'identity-based': [all, mfa, denyUnless('Net', 'aws:SourceVpc', 'arn:aws:iam::111122223333:policy/Net')],
    },
    want: ['explicitDeny', 'identity-based', 'Net'],
  },
  {
    name: 'an open Deny in another policy type is not taken for it',
    denial: because('permissions-boundary', 'explicit'),
    policies: { 'identity-based': [all, mfa], 'permissions-boundary': [all] },
    want: ['unknown', 'identity-based', 'Mfa'],
    notAssuming: ['message-names-deny permissions-boundary'],
  },
  {
    name: 'a certain Deny needs no help from the message',
    denial: because('identity-based', 'explicit'),
    policies: { 'identity-based': [policy('No', { Effect: 'Deny', Action: 's3:*', Resource: '*' }), mfa] },
    want: ['explicitDeny', 'identity-based', 'No'],
    notAssuming: ['message-names-deny identity-based'],
  },
  {
    name: 'the evidence’s context decides',
    denial: unsaid,
    policies: { 'identity-based': [all, mfa] },
    evidence: { context: { 'aws:multifactorauthpresent': 'x' } },
    want: ['allowed', 'identity-based', 'All'],
  },
  {
    name: 'the paste outranks the evidence',
    denial: unsaid,
    request: { ...request, context: { 'aws:MultiFactorAuthPresent': 'y' } },
    policies: { 'identity-based': [all, mfa] },
    evidence: { context: { 'aws:multifactorauthpresent': 'x' } },
    want: ['explicitDeny', 'identity-based', 'Mfa'],
  },
  {
    name: 'a user has no session policy that could be missing',
    denial: silent,
    request: { ...request, principal: { type: 'user', arn: `arn:aws:iam::${account}:user/mira` } },
    policies: { 'identity-based': [] },
    want: ['implicitDeny', 'identity-based'],
    notAssuming: ['not-read-does-not-deny session'],
    results: { session: 'notApplicable' },
  },
  {
    name: 'a service is judged by the resource’s policy alone',
    denial: unsaid,
    request: { ...request, principal: { type: 'service', service: 'events.amazonaws.com' } },
    policies: {},
    want: ['unknown', 'resource-based'],
    notAssuming: ['resource-in-callers-account', 'not-read-does-not-deny service-control'],
    results: { 'identity-based': 'notApplicable' },
  },
]

t.test('a denied request', (t) => {
  for (const {
    name,
    denial,
    request: asked = request,
    policies,
    evidence,
    want,
    assuming,
    notAssuming,
    results,
  } of rows)
    t.test(name, (t) => {
      const verdict = evaluateDenial(denial, asked, { policies, ...evidence })
      t.strictSame([verdict.decision, verdict.policyType, verdict.statement?.policy], [want[0], want[1], want[2]])
      for (const code of assuming ?? []) t.ok(codes(verdict).includes(code), `assumes ${code}`)
      for (const code of notAssuming ?? []) t.notOk(codes(verdict).includes(code), `does not assume ${code}`)
      for (const [type, result] of Object.entries(results ?? {})) t.equal(resultOf(verdict, type), result, type)
      t.end()
    })
  t.end()
})

t.test('a Deny that the message names and we do not find: what nearly denied is shown', (t) => {
  const fence = policy('Fence', { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::payroll/*' })
  const verdict = evaluateDenial(because('identity-based', 'explicit'), request, {
    policies: { 'identity-based': [all, fence] },
  })
  t.equal(verdict.decision, 'allowed')
  t.match(verdict.policyTypes.find(({ type }) => type === 'identity-based')?.nearMisses, [
    { policy: 'Fence', effect: 'Deny' },
  ])
  t.end()
})

t.test('what the evidence knows of the caller', (t) => {
  const caller: CallerFacts = {
    roleOrUserArn: `arn:aws:iam::${account}:role/team/shop`,
    path: '/team/',
    createDate: null,
    tags: {},
    managedBy: null,
    exists: true,
    matchedByNameOnly: false,
    groups: [],
  }
  const team = policy('Team', {
    Effect: 'Deny',
    Action: '*',
    Resource: '*',
    Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/team/*` } },
  })
  const policies = { 'identity-based': [all, team] }
  t.equal(evaluateDenial(unsaid, request, { policies }).decision, 'unknown', 'the path is not in the message')
  t.equal(evaluateDenial(unsaid, request, { policies, caller }).decision, 'explicitDeny', 'the evidence has it')
  const masked = {
    ...request,
    principal: { type: 'assumed-role' as const, arn: 'arn:aws:sts::************:assumed-role/shop/w1' },
  }
  const verdict = evaluateDenial(unsaid, masked, { ...noEvidence, policies, caller })
  t.equal(verdict.decision, 'explicitDeny')
  t.match(verdict.assuming, [{ code: 'matched-by-name', values: { name: caller.roleOrUserArn, account } }])
  t.end()
})

const remedied = (
  denial: DenialReason,
  request: AccessRequest,
  evidence: DenialEvidence,
): Pick<Verdict, 'decision' | 'assuming'> => {
  const [verdict] = evaluateRemedied(denial, [request], evidence)
  if (verdict === undefined) throw new Error('a request has a verdict')
  return verdict
}

t.test('after a remedy nothing that was not read stands in the way, and that is said', (t) => {
  const grant = (action: string, resource: string): NamedPolicy =>
    policy('New', { Effect: 'Allow', Action: action, Resource: resource })
  const s3 = remedied(silent, request, {
    policies: { 'identity-based': [grant('s3:GetObject', 'arn:aws:s3:::ledger/*')] },
  })
  t.equal(s3.decision, 'allowed')
  t.ok(codes(s3).includes('not-read-does-not-deny service-control'))
  const kms = remedied(silent, decrypt, { policies: { 'identity-based': [grant('kms:Decrypt', key)] } })
  t.equal(kms.decision, 'allowed')
  t.ok(codes(kms).includes('unread-key-policy-delegates resource-based'))
  const bucket = policy('Bucket', {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: '*',
    Principal: { AWS: session },
  })
  const across = { ...request, resourceAccount: '444455556666' }
  const cross = remedied(because('resource-based', 'implicit'), across, {
    policies: { 'resource-based': [bucket] },
  })
  t.equal(cross.decision, 'allowed')
  t.ok(codes(cross).includes('unread-allows identity-based'))
  const scp = remedied(because('service-control', 'implicit'), request, {
    policies: { 'service-control': [{ level: 'root', policies: [all] }] },
  })
  t.equal(scp.decision, 'allowed')
  const open = remedied(silent, request, { policies: { 'identity-based': [all, mfa] } })
  t.equal(open.decision, 'allowed', 'the message told that no Deny applied')
  t.ok(codes(open).includes('message-rules-out-deny identity-based'))
  const wrong = remedied(silent, request, {
    policies: { 'identity-based': [grant('s3:GetObject', 'arn:aws:s3:::ledger')] },
  })
  t.equal(wrong.decision, 'implicitDeny', 'a remedy that does not help is not called one')
  t.end()
})

t.test('a role whose path nobody knows', (t) => {
  const only = (operator: string, ...arns: readonly string[]): NamedPolicy =>
    policy('Only', {
      ...{ Effect: 'Allow', Action: '*', Resource: '*' },
      Condition: { [operator]: { 'aws:PrincipalArn': arns } },
    })
  const role = (name: string, of = account): string => `arn:aws:iam::${of}:role/${name}`
  const decisionOf = (operator: string, ...arns: readonly string[]): string =>
    evaluateDenial(unsaid, request, { policies: { 'identity-based': [only(operator, ...arns)] } }).decision
  const rows: readonly (readonly [want: string, operator: string, ...arns: readonly string[]])[] = [
    ['unknown', 'ArnEquals', role('shop')],
    ['unknown', 'StringEquals', role('team/shop')],
    ['unknown', 'ArnLike', role('team/*')],
    ['unknown', 'ArnLike', role('sh*')],
    ['unknown', 'StringLike', role('?hop')],
    ['allowed', 'ArnLike', role('*')],
    ['allowed', 'StringLike', '*shop'],
    ['allowed', 'ArnLike', role('*shop', '*')],
    ['allowed', 'ArnNotEquals', role('billing')],
    ['allowed', 'ArnNotLike', session],
    ['implicitDeny', 'ArnEquals', role('billing')],
    ['implicitDeny', 'ArnEquals', role('workshop')],
    ['implicitDeny', 'StringEquals', role('shop', '444455556666')],
    ['implicitDeny', 'ArnLike', 'arn:aws:sts::111122223333:assumed-role/shop/*'],
    ['implicitDeny', 'ArnLike', role('*-admin')],
    ['implicitDeny', 'ArnNotLike', role('*')],
    ['unknown', 'ArnLike', role('*-admin'), role('shop')],
  ]
  for (const [want, operator, ...arns] of rows)
    t.equal(decisionOf(operator, ...arns), want, `${operator} ${arns.join(', ')}`)
  t.end()
})

t.test('what a remedy is checked on', (t) => {
  const but = (arn: string): NamedPolicy =>
    policy('Guard', {
      ...{ Effect: 'Deny', Action: '*', Resource: '*' },
      Condition: { ArnNotLike: { 'aws:PrincipalArn': arn } },
    })
  const again = (guard: NamedPolicy, asked: AccessRequest = request) => {
    const [verdict] = evaluateRemedied(unsaid, [asked], { policies: { 'identity-based': [all, guard] } })
    return [verdict?.decision, verdict?.assuming.some(({ code }) => code === 'role-without-path')]
  }
  t.strictSame(again(but('arn:aws:iam::111122223333:role/shop')), ['allowed', true], 'the role has no path')
  t.strictSame(again(but('arn:aws:iam::*:role/*')), ['allowed', false], 'whatever its path')
  t.strictSame(again(but('arn:aws:iam::111122223333:role/billing')), ['explicitDeny', false])
  t.strictSame(again(mfa), ['unknown', false], 'nothing is assumed that does not decide')
  const sso = {
    type: 'assumed-role',
    arn: `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Dev_0123456789abcdef/j`,
  } as const
  const bySet = but(`arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Dev_*`)
  t.strictSame(again(bySet, { ...request, principal: sso }), ['allowed', false], 'its path is known in part')
  // AWS names a Deny before anything else, so that one which hangs on the path did not apply.
  const only = { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/shop` } }
  const ofShop = (name: string, Effect: 'Allow' | 'Deny'): NamedPolicy =>
    policy(name, { Effect, Action: '*', Resource: '*', Condition: only })
  const silently = remedied(because('identity-based', 'implicit'), request, {
    policies: { 'identity-based': [ofShop('New', 'Allow'), ofShop('Guard', 'Deny')] },
  })
  t.equal(silently.decision, 'allowed')
  t.ok(codes(silently).includes('message-rules-out-deny identity-based'))
  const pathless = but(`arn:aws:iam::${account}:role/AWSReservedSSO_Dev_0123456789abcdef`)
  t.strictSame(again(pathless, { ...request, principal: sso }), ['explicitDeny', false])
  t.end()
})
