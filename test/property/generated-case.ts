/**
 * Requests and policies that nearly match: few names, patterns made by damaging the request's own values, and condition
 * keys shared by both sides. Uniform noise would test nothing but the first comparison.
 */
import fc from 'fast-check'
import type { NamedPolicy, Policies, PolicyLevel } from '../../src/iam/policies.ts'
import type { Principal } from '../../src/iam/principal.ts'
import type { AccessRequest, RequestContext } from '../../src/iam/request.ts'

export interface GeneratedCase {
  readonly request: AccessRequest
  readonly policies: Policies
}

const ownAccount = '111122223333'
const otherAccount = '444455556666'

const targets: readonly (readonly [action: string, resource: string])[] = [
  ['s3:GetObject', 'arn:aws:s3:::reports/2026/ana.csv'],
  ['s3:GetObject', 'arn:aws:s3:::reports/*'],
  ['s3:ListBucket', 'arn:aws:s3:::reports'],
  ['s3:ListAllMyBuckets', '*'],
  ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ownAccount}:orders`],
  ['lambda:InvokeFunction', `arn:aws:lambda:eu-west-1:${ownAccount}:function:resize:live`],
  ['kms:Decrypt', `arn:aws:kms:eu-west-1:${ownAccount}:key/0f3c`],
  ['kms:RetireGrant', `arn:aws:kms:eu-west-1:${ownAccount}:key/0f3c`],
  ['sts:AssumeRole', `arn:aws:iam::${ownAccount}:role/deploy`],
  ['sts:TagSession', `arn:aws:iam::${ownAccount}:role/deploy`],
  ['sts:AssumeRoleWithWebIdentity', `arn:aws:iam::${ownAccount}:role/deploy`],
]

const session = `arn:aws:sts::${ownAccount}:assumed-role/app/s1`
const provider = `arn:aws:iam::${ownAccount}:oidc-provider/token.example.com`

const principals: readonly Principal[] = [
  { type: 'user', arn: `arn:aws:iam::${ownAccount}:user/ana` },
  { type: 'user', arn: `arn:aws:iam::${ownAccount}:user/ana` },
  { type: 'assumed-role', arn: session, roleArn: `arn:aws:iam::${ownAccount}:role/app` },
  { type: 'assumed-role', arn: session, roleArn: `arn:aws:iam::${ownAccount}:role/team/app` },
  { type: 'assumed-role', arn: session },
  {
    type: 'assumed-role',
    arn: `arn:aws:sts::${ownAccount}:assumed-role/AWSServiceRoleForX/s1`,
    roleArn: `arn:aws:iam::${ownAccount}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
    serviceLinked: true,
  },
  { type: 'assumed-role', arn: session, roleArn: `arn:aws:iam::${ownAccount}:role/app`, managementAccount: true },
  { type: 'role', arn: `arn:aws:iam::${ownAccount}:role/app` },
  { type: 'federated-user', arn: `arn:aws:sts::${ownAccount}:federated-user/ana` },
  { type: 'root', arn: `arn:aws:iam::${ownAccount}:root` },
  { type: 'service', service: 'events.amazonaws.com' },
  { type: 'anonymous' },
  { type: 'web-identity', provider },
  { type: 'unknown' },
]

const principalTexts: readonly string[] = [
  '*',
  ownAccount,
  otherAccount,
  `arn:aws:iam::${ownAccount}:root`,
  `arn:aws:iam::${ownAccount}:user/ana`,
  `arn:aws:iam::${ownAccount}:user/Ana`,
  `arn:aws:iam::${ownAccount}:role/app`,
  `arn:aws:iam::${ownAccount}:role/team/app`,
  `arn:aws:iam::${otherAccount}:role/app`,
  session,
  `arn:aws:sts::${ownAccount}:federated-user/ana`,
  'AROAEXAMPLEID',
]

const keyValues: Readonly<Record<string, readonly string[]>> = {
  'aws:SourceIp': ['192.0.2.7', '198.51.100.9', '2001:db8::1', '192.0.2.0/25'],
  'aws:PrincipalTag/team': ['red', 'Red', 'blue', 'reports', '*'],
  'aws:TagKeys': ['env', 'team', 'owner'],
  'aws:CurrentTime': [
    '2026-06-30T23:59:59Z',
    '2026-07-01T00:00:00Z',
    '1782864000',
    '2026-07-01T02:00:00+02:00',
    'never',
  ],
  's3:max-keys': ['10', '100', '100.0', '-5', 'many'],
  'aws:MultiFactorAuthPresent': ['true', 'false', 'True'],
  'aws:SourceArn': [
    `arn:aws:sns:eu-west-1:${ownAccount}:img-new`,
    `arn:aws:sns:us-east-1:${ownAccount}:img:new`,
    'img',
  ],
  'aws:username': ['ana', 'Ana'],
  'aws:PrincipalArn': [`arn:aws:iam::${ownAccount}:role/app`, `arn:aws:iam::${ownAccount}:user/ana`],
  'aws:PrincipalAccount': [ownAccount, otherAccount],
  'aws:ResourceAccount': [ownAccount, otherAccount],
  'aws:PrincipalType': ['User', 'AssumedRole'],
  'aws:userid': ['AROAEXAMPLEID:s1', ownAccount],
  'app:digest': ['QUJD', 'QUJE'],
}
const keyNames = Object.keys(keyValues)
const variableKeys = [
  'aws:username',
  'aws:PrincipalTag/team',
  'aws:PrincipalAccount',
  'aws:TagKeys',
  'aws:PrincipalArn',
]

const textOperators = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
]
const arnOperators = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike']
const numericOperators = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals']
const operatorsFor: Readonly<Record<string, readonly string[]>> = {
  'aws:SourceIp': ['IpAddress', 'NotIpAddress'],
  'aws:CurrentTime': numericOperators.map((name) => `Date${name}`),
  's3:max-keys': numericOperators.map((name) => `Numeric${name}`),
  'aws:MultiFactorAuthPresent': ['Bool', 'Bool', 'StringEquals'],
  'aws:SourceArn': [...arnOperators, ...textOperators],
  'aws:PrincipalArn': [...arnOperators, ...textOperators],
  'app:digest': ['BinaryEquals'],
}

/** Often whole, sometimes with one place damaged or opened. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(text) },
    {
      weight: 4,
      arbitrary: fc
        .record({
          at: fc.nat(Math.max(0, text.length - 1)),
          length: fc.nat(8),
          put: fc.constantFrom('*', '?', '', 'x', '**', '*?'),
        })
        .map(({ at, length, put }) => text.slice(0, at) + put + text.slice(at + length)),
    },
    { weight: 1, arbitrary: fc.nat(text.length).map((at) => `${text.slice(0, at)}*`) },
  )

const variable = fc.oneof(
  fc.constantFrom(...variableKeys).map((key) => `\${${key}}`),
  fc.constantFrom(...variableKeys).map((key) => `\${${key}, 'ana'}`),
  fc.constantFrom('${*}', '${?}', '${$}'),
)

const withVariable = (text: string): fc.Arbitrary<string> =>
  fc
    .record({ at: fc.nat(text.length), length: fc.nat(5), put: variable })
    .map(({ at, length, put }) => text.slice(0, at) + put + text.slice(at + length))

const oneOrMore = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof({ weight: 3, arbitrary: item }, { weight: 1, arbitrary: fc.array(item, { minLength: 1, maxLength: 3 }) })

const actionPattern = (action: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(action) },
    fc.constant('*'),
    fc.constant(`${action.split(':')[0] ?? ''}:*`),
    fc.constant(action.toUpperCase()),
    damaged(action),
    fc.constantFrom(...targets.map(([name]) => name)),
  )

const resourcePattern = (resource: string): fc.Arbitrary<string> => {
  const tail = resource.split(':').slice(5).join(':')
  const head = resource.slice(0, resource.length - tail.length)
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    { weight: 3, arbitrary: fc.constant(resource) },
    { weight: 4, arbitrary: damaged(resource) },
    { weight: 2, arbitrary: damaged(tail).map((text) => head + text) },
    { weight: 2, arbitrary: withVariable(tail).map((text) => head + text) },
    { weight: 1, arbitrary: fc.constantFrom('arn:aws:s3:::*', 'arn:aws:*', 'arn:aws:s3:::${aws:username}/*') },
  )
}

const conditionValue = (key: string, operator: string): fc.Arbitrary<string | number | boolean> => {
  const known = fc.constantFrom(...(keyValues[key] ?? ['x']))
  if (key === 'aws:SourceIp')
    return fc.constantFrom('192.0.2.0/24', '192.0.2.7', '198.51.100.0/29', '2001:db8::/32', '0.0.0.0/0', '::/0')
  if (key === 's3:max-keys') return fc.oneof(known, fc.constantFrom(10, 100, 99.5))
  if (key === 'aws:MultiFactorAuthPresent') return fc.oneof(known, fc.constantFrom(true, false), variable)
  if (key === 'aws:CurrentTime' || key === 'app:digest') return known
  const text = known.chain((value) =>
    operator.includes('Like') || operator.startsWith('Arn') ? damaged(value) : fc.constant(value),
  )
  return fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 1, arbitrary: known.chain(withVariable) },
    { weight: 1, arbitrary: fc.constant('*') },
  )
}

const condition = fc.constantFrom(...keyNames).chain((key) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ Null: fc.constantFrom('true', 'false', true).map((v) => ({ [key]: v })) }) },
    {
      weight: 9,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...(operatorsFor[key] ?? textOperators)),
          fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:'),
          fc.constantFrom('', '', 'IfExists'),
          fc.boolean(),
        )
        .chain(([operator, set, suffix, lower]) =>
          oneOrMore(conditionValue(key, operator)).map((value) => ({
            [set + (lower ? operator.toLowerCase() : operator) + suffix]: { [lower ? key.toLowerCase() : key]: value },
          })),
        ),
    },
  ),
)

const conditions = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: condition.map((block) => ({ Condition: block })) },
  { weight: 1, arbitrary: fc.tuple(condition, condition).map(([a, b]) => ({ Condition: { ...a, ...b } })) },
)

const principalElement = fc.oneof(
  fc.constant('*' as const),
  oneOrMore(fc.constantFrom(...principalTexts)).map((AWS) => ({ AWS })),
  oneOrMore(fc.constantFrom(...principalTexts)).map((AWS) => ({ AWS, Service: 'events.amazonaws.com' })),
  fc.constantFrom({ Service: 'events.amazonaws.com' }, { Service: 'sns.amazonaws.com' }, { CanonicalUser: '79a5' }),
  fc.constantFrom({ Federated: provider }, { Federated: 'accounts.example.com' }),
)

type PolicyShape = 'attached' | 'resource' | 'trust' | 'everyone'

const statement = (shape: PolicyShape, [action, resource]: readonly [string, string]): fc.Arbitrary<unknown> =>
  fc
    .record({
      effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Deny'),
      action: fc.tuple(fc.constantFrom('Action', 'Action', 'Action', 'NotAction'), oneOrMore(actionPattern(action))),
      resource: fc.tuple(
        fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
        oneOrMore(resourcePattern(resource)),
      ),
      principal: fc.tuple(
        shape === 'trust'
          ? fc.constant('Principal')
          : fc.constantFrom('Principal', 'Principal', 'Principal', 'NotPrincipal'),
        principalElement,
      ),
      conditions,
    })
    .map((parts) => ({
      Effect: parts.effect,
      ...(shape === 'resource' || shape === 'trust' ? { [parts.principal[0]]: parts.principal[1] } : {}),
      ...(shape === 'everyone' ? { Principal: '*' } : {}),
      [parts.action[0]]: parts.action[1],
      ...(shape === 'trust' ? {} : { [parts.resource[0]]: parts.resource[1] }),
      ...parts.conditions,
    }))

const document = (shape: PolicyShape, target: readonly [string, string]): fc.Arbitrary<unknown> =>
  fc.record({
    Version: fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'),
    Statement: oneOrMore(statement(shape, target)),
  })

const named = (shape: PolicyShape, target: readonly [string, string]): fc.Arbitrary<NamedPolicy[]> =>
  fc
    .array(document(shape, target), { minLength: 1, maxLength: 3 })
    .map((documents) => documents.map((body, i) => ({ name: `P${i}`, document: body })))

const allowAll: NamedPolicy = {
  name: 'All',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
}

const level = (shape: PolicyShape, target: readonly [string, string]): fc.Arbitrary<PolicyLevel> =>
  fc.record({
    level: fc.constantFrom('root', 'ou', 'account'),
    policies: fc.oneof(
      { weight: 6, arbitrary: named(shape, target).map((policies) => [...policies, allowAll]) },
      { weight: 3, arbitrary: named(shape, target) },
      { weight: 1, arbitrary: fc.constant('unknown' as const) },
    ),
  })

const maybePresent = <T>(weight: number, present: fc.Arbitrary<T>): fc.Arbitrary<T | 'unknown' | null | undefined> =>
  fc.oneof(
    { weight, arbitrary: present },
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant('unknown' as const) },
    { weight: 1, arbitrary: fc.constant(null) },
  )

const policiesFor = (target: readonly [string, string]): fc.Arbitrary<Policies> =>
  fc
    .record({
      'identity-based': maybePresent(40, named('attached', target)),
      'resource-based': maybePresent(9, named('resource', target)),
      'role-trust': maybePresent(9, named('trust', target)),
      'permissions-boundary': maybePresent(3, named('attached', target)),
      session: maybePresent(3, named('attached', target)),
      'vpc-endpoint': maybePresent(2, named('everyone', target)),
      'service-control': maybePresent(3, fc.array(level('attached', target), { maxLength: 2 })),
      'resource-control': maybePresent(3, fc.array(level('everyone', target), { maxLength: 2 })),
    })
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))

const contextEntry = fc
  .constantFrom(...keyNames)
  .chain((key) =>
    fc
      .oneof(
        { weight: 6, arbitrary: fc.constantFrom(...(keyValues[key] ?? [])) },
        { weight: 2, arbitrary: fc.constant(null) },
        { weight: 2, arbitrary: fc.subarray([...(keyValues[key] ?? [])]) },
      )
      .map((value) => [key, value] as const),
  )

const context: fc.Arbitrary<RequestContext> = fc
  .array(contextEntry, { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries))

export const generatedCase: fc.Arbitrary<GeneratedCase> = fc.constantFrom(...targets).chain(([action, resource]) =>
  fc
    .record({
      principal: fc.constantFrom(...principals),
      resource: fc.oneof({ weight: 9, arbitrary: fc.constant(resource) }, { weight: 1, arbitrary: fc.constant(null) }),
      resourceAccount: fc.constantFrom(ownAccount, ownAccount, ownAccount, otherAccount, otherAccount, null),
      resourceAccountIsManagement: fc.constantFrom(false, false, false, false, false, true),
      context,
      contextComplete: fc.boolean(),
      policies: policiesFor([action, resource]),
    })
    .map(({ policies, ...request }) => ({ request: { action, ...request }, policies })),
)

/**
 * One state of everything that the request leaves open: each key absent, or with one value, or with several where the
 * key may have several. Facts that follow from the caller stay true.
 */
export const filling: fc.Arbitrary<(request: AccessRequest) => RequestContext> = fc
  .tuple(
    ...keyNames.map((key) => {
      const values = keyValues[key] ?? []
      const several = key === 'aws:TagKeys' ? [fc.subarray([...values], { minLength: 1 })] : []
      return fc.oneof(fc.constant(null), fc.constantFrom(...values), fc.constant('some other text'), ...several)
    }),
  )
  .map((values) => (request: AccessRequest) => {
    const entries = keyNames.map((key, i) => [key, values[i] ?? null] as const)
    const derived =
      request.principal.type === 'unknown' ? /^aws:ResourceAccount$/ : /^aws:(?:Principal(?!Tag)|Resource|user)/
    return Object.fromEntries([
      ...entries.filter(([key]) => !derived.test(key)),
      ...(request.principal.type === 'assumed-role' && request.principal.roleArn === undefined
        ? [['aws:PrincipalArn', `arn:aws:iam::${ownAccount}:role/team/app`] as const]
        : []),
    ])
  })

/** Size and seed of a generated run: everything in continuous integration, a sample otherwise. SEED asks others. */
export const runOf = (sample: number, full: number): { readonly numRuns: number; readonly seed: number } => ({
  numRuns: process.env['CI'] === 'true' ? full : sample,
  seed: Number(process.env['SEED'] ?? 20_261_123),
})
