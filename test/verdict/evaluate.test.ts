import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import type { NamedPolicy, Policies } from '../../src/iam/policies.ts'
import type { AccessRequest } from '../../src/iam/request.ts'
import { isTrustAction } from '../../src/iam/trust-actions.ts'
import { compilePolicies } from '../../src/verdict/compile.ts'
import { evaluate } from '../../src/verdict/evaluate.ts'
import type { PolicyProblem } from '../../src/verdict/policy-problems.ts'
import type { PolicyTypeVerdict, Verdict } from '../../src/verdict/verdict.ts'
import { evaluateByDefinition } from '../oracle/definitional.ts'

interface Vector extends Omit<AccessRequest, 'resourceAccount'> {
  readonly id: string
  readonly title: string
  readonly reason: string
  readonly resourceAccount?: string | null
  readonly policies: Policies
  readonly expected: {
    readonly decision: string
    readonly policyType: string
    readonly statement: { readonly policy: string; readonly statement: number } | null
  }
}

const readVectors = (file: URL): readonly Vector[] =>
  (JSON.parse(readFileSync(file, 'utf8')) as { vectors: readonly Vector[] }).vectors

const shortOf = ({ decision, policyType, statement }: Verdict): unknown => ({
  decision,
  policyType,
  statement: statement === null ? null : { policy: statement.policy, statement: statement.statement },
})

const requestOf = ({ principal, action, resource, resourceAccount, context, ...rest }: Vector): AccessRequest => ({
  principal,
  action,
  resource,
  resourceAccount: resourceAccount ?? null,
  context,
  contextComplete: rest.contextComplete,
  ...(rest.resourceAccountIsManagement === undefined
    ? {}
    : { resourceAccountIsManagement: rest.resourceAccountIsManagement }),
})

t.test('vectors of our own', (t) => {
  for (const vector of readVectors(new URL('vectors.json', import.meta.url)))
    t.test(`${vector.id} ${vector.title}`, (t) => {
      const request = requestOf(vector)
      t.strictSame(shortOf(evaluate(request, vector.policies)), vector.expected, vector.reason)
      t.strictSame(shortOf(evaluate(request, compilePolicies(vector.policies))), vector.expected, 'compiled before')
      // The definition knows valid documents only, and no action that is free to all.
      if (!/skipped|GetCallerIdentity|repairs/.test(vector.title + vector.reason))
        t.strictSame(evaluateByDefinition(request, vector.policies), vector.expected, 'by definition')
      t.end()
    })
  t.end()
})

const published = new URL('../../../shared/spec/evaluation-vectors.json', import.meta.url)

t.test('published vectors', { skip: existsSync(published) ? false : 'they are not beside this repository' }, (t) => {
  for (const vector of readVectors(published))
    t.strictSame(shortOf(evaluate(requestOf(vector), vector.policies)), vector.expected, `${vector.id} ${vector.title}`)
  t.end()
})

const account = '111122223333'
const request: AccessRequest = {
  principal: {
    type: 'assumed-role',
    arn: `arn:aws:sts::${account}:assumed-role/shop/w1`,
    roleArn: `arn:aws:iam::${account}:role/shop`,
  },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::ledger/2026/may.csv',
  resourceAccount: account,
  context: {},
  contextComplete: false,
}

const policy = (name: string, ...statements: readonly unknown[]): NamedPolicy => ({
  name,
  document: { Version: '2012-10-17', Statement: statements },
})
const allow = (action: string, resource: unknown = '*', more: object = {}): unknown => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
})
const deny = (action: string, resource: unknown = '*', more: object = {}): unknown => ({
  ...(allow(action, resource, more) as object),
  Effect: 'Deny',
})
const when = (operator: string, key: string, value: unknown): object => ({
  Condition: { [operator]: { [key]: value } },
})

const typeOf = (verdict: Verdict, type: string): PolicyTypeVerdict =>
  verdict.policyTypes.find((one) => one.type === type)!

t.test('every policy type has its own result, and all that block are marked', (t) => {
  const verdict = evaluate(request, {
    'identity-based': [policy('Read', allow('s3:GetObject'))],
    'permissions-boundary': [policy('Ceiling', allow('sqs:*'))],
    session: [policy('Scope', allow('s3:*'), deny('s3:Get*'))],
    'service-control': [{ level: 'root', policies: [policy('Only', allow('ec2:*'))] }],
    'vpc-endpoint': 'unknown',
  })
  t.strictSame(
    verdict.policyTypes.map(({ type, result, blocking }) => [type, result, blocking]),
    [
      ['resource-control', 'notApplicable', false],
      ['service-control', 'implicitDeny', true],
      ['vpc-endpoint', 'unknown', false],
      ['resource-based', 'notApplicable', false],
      ['role-trust', 'notApplicable', false],
      ['identity-based', 'allowed', false],
      ['permissions-boundary', 'implicitDeny', true],
      ['session', 'explicitDeny', true],
    ],
  )
  t.strictSame(verdict.statement, { policy: 'Scope', statement: 1, sid: null })
  t.strictSame(typeOf(verdict, 'identity-based').determining, [{ policy: 'Read', statement: 0, sid: null }])
  t.strictSame(typeOf(verdict, 'session').determining, [{ policy: 'Scope', statement: 1, sid: null }])
  t.strictSame(typeOf(verdict, 'service-control').policies, [
    { name: 'Only', arn: null, kind: null, group: null, level: 'root' },
  ])
  t.end()
})

t.test('a boundary that a direct grant bypasses does not block', (t) => {
  const queue = `arn:aws:sqs:eu-west-1:${account}:jobs`
  const named = { Effect: 'Allow', Action: 'sqs:*', Resource: '*', Principal: { AWS: request.principal.arn } }
  const verdict = evaluate(
    { ...request, action: 'sqs:SendMessage', resource: queue },
    { 'permissions-boundary': [policy('Ceiling', allow('s3:*'))], 'resource-based': [policy('Queue', named)] },
  )
  t.equal(verdict.decision, 'allowed')
  t.strictSame(
    verdict.policyTypes.filter(({ blocking }) => blocking),
    [],
  )
  t.end()
})

t.test('near misses', (t) => {
  const nearest = (statement: unknown, given: Partial<AccessRequest> = {}): unknown =>
    typeOf(
      evaluate({ ...request, ...given }, { 'identity-based': [policy('P', statement)] }),
      'identity-based',
    ).nearMisses.map(({ because }) =>
      because.map(({ element, firstDifference, key, found }) => [element, firstDifference, key, found]),
    )
  const object = ['arn:aws:s3:::ledger/2026/may.csv']
  for (const row of [
    {
      name: 'the bucket in place of its objects',
      statement: allow('s3:*', 'arn:aws:s3:::ledger'),
      want: [[['Resource', 'resource', null, object]]],
    },
    {
      name: 'the closest of several patterns',
      statement: allow('s3:*', ['arn:aws-cn:s3:::ledger/*', 'arn:aws:s3::444455556666:ledger/*']),
      want: [[['Resource', 'account', null, object]]],
    },
    {
      name: 'another action of the same service',
      statement: allow('s3:GetObjects'),
      want: [[['Action', null, null, ['s3:GetObject']]]],
    },
    {
      name: 'another action on another resource is no near miss',
      statement: allow('s3:PutObject', 'arn:aws:s3:::other/*'),
      want: [],
    },
    { name: 'another service is no near miss', statement: allow('sqs:*'), want: [] },
    {
      name: 'a condition that does not hold',
      statement: allow('s3:*', '*', when('StringEquals', 'aws:RequestedRegion', 'eu-west-1')),
      given: { context: { 'aws:RequestedRegion': 'us-east-1' } },
      want: [[['Condition', null, 'aws:RequestedRegion', ['us-east-1']]]],
    },
    {
      name: 'a condition whose key is absent',
      statement: allow('s3:*', '*', when('StringEquals', 'aws:RequestedRegion', 'eu-west-1')),
      given: { contextComplete: true },
      want: [[['Condition', null, 'aws:RequestedRegion', null]]],
    },
    {
      name: 'a listed NotAction',
      statement: { Effect: 'Allow', NotAction: 's3:*', Resource: '*' },
      want: [[['NotAction', null, null, ['s3:GetObject']]]],
    },
    {
      name: 'a listed NotResource',
      statement: { Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::ledger/*' },
      want: [[['NotResource', null, null, object]]],
    },
    { name: 'a Deny is no near miss of an Allow', statement: deny('s3:*', 'arn:aws:s3:::ledger'), want: [] },
  ])
    t.strictSame(nearest(row.statement, row.given), row.want, row.name)
  const bucket = {
    Effect: 'Allow',
    Action: 's3:*',
    Resource: '*',
    Principal: { AWS: 'arn:aws:iam::444455556666:role/shop' },
  }
  const principal = typeOf(evaluate(request, { 'resource-based': [policy('B', bucket)] }), 'resource-based').nearMisses
  t.match(principal, [
    { because: [{ element: 'Principal', firstDifference: 'account', found: [`arn:aws:iam::${account}:role/shop`] }] },
  ])
  const many = Array.from({ length: 30 }, (_, i) => allow('s3:GetObject', `arn:aws:s3:::other-${i}/*`))
  const shown = typeOf(
    evaluate(request, { 'identity-based': [policy('Many', ...many, allow('s3:GetObjct'))] }),
    'identity-based',
  ).nearMisses
  t.equal(shown.length, 10, 'a long list is cut')
  t.end()
})

t.test('unknowns: each key once, those first that the reader can answer', (t) => {
  const verdict = evaluate(request, {
    'identity-based': [
      policy('Org', allow('s3:*', '*', when('StringEquals', 'aws:PrincipalOrgID', 'o-example'))),
      policy('Mfa', deny('s3:*', '*', when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))),
      policy('Again', deny('s3:Get*', '*', when('StringEquals', 'AWS:PRINCIPALORGID', 'o-other'))),
    ],
  })
  t.strictSame(
    verdict.unknowns.map(({ kind, key, operator, values, effect }) => [kind, key, operator, values, effect]),
    [
      ['context-key', 'aws:MultiFactorAuthPresent', 'BoolIfExists', ['false'], 'Deny'],
      ['context-key', 'aws:PrincipalOrgID', 'StringEquals', ['o-example'], 'Allow'],
    ],
  )
  const open = evaluate(
    { ...request, resource: null },
    { 'identity-based': [policy('P', allow('s3:*', 'arn:aws:s3:::ledger/*'))] },
  )
  t.match(open.unknowns, [{ kind: 'resource', key: null, values: ['arn:aws:s3:::ledger/*'] }])
  const variable = evaluate(request, {
    'identity-based': [policy('P', allow('s3:*', 'arn:aws:s3:::${aws:PrincipalTag/Dir}/*'))],
  })
  t.match(variable.unknowns, [{ kind: 'context-key', key: 'aws:PrincipalTag/Dir', operator: null }])
  const settled = evaluate(request, {
    'identity-based': [policy('P', allow('s3:*'), allow('s3:*', '*', when('Bool', 'aws:SecureTransport', 'true')))],
  })
  t.strictSame(settled.unknowns, [], 'what cannot change the answer is not asked')
  t.end()
})

t.test('what cannot be used is reported and skipped', (t) => {
  const good = allow('s3:GetObject')
  const rows: readonly {
    name: string
    document: unknown
    want: readonly [PolicyProblem, string | null, number | null]
    decision?: string
  }[] = [
    { name: 'broken JSON', document: '{"Version":', want: ['bad-json', null, null] },
    { name: 'a list', document: [], want: ['not-an-object', null, null] },
    { name: 'null', document: null, want: ['not-an-object', null, null] },
    {
      name: 'another version',
      document: { Version: '2020-01-01', Statement: good },
      want: ['unknown-version', '2020-01-01', null],
    },
    { name: 'no statement', document: { Version: '2012-10-17' }, want: ['no-statement', null, null] },
    { name: 'a statement that is no object', document: { Statement: ['x'] }, want: ['not-an-object', null, 0] },
    {
      name: 'no Effect',
      document: { Statement: [good, { Action: '*', Resource: '*' }] },
      want: ['bad-effect', null, 1],
      decision: 'allowed',
    },
    {
      name: 'an Effect in lower case',
      document: { Statement: { Effect: 'allow', Action: '*', Resource: '*' } },
      want: ['bad-effect', 'allow', 0],
    },
    {
      name: 'a misspelt element',
      document: { Statement: { ...(good as object), Conditions: {} } },
      want: ['unknown-element', 'Conditions', 0],
    },
    {
      name: 'a stray element beside the statements',
      document: { Comment: 'x', Statement: good },
      want: ['unknown-element', 'Comment', null],
      decision: 'allowed',
    },
    {
      name: 'no Action',
      document: { Statement: { Effect: 'Allow', Resource: '*' } },
      want: ['action-missing', null, 0],
    },
    {
      name: 'Action and NotAction',
      document: { Statement: { ...(good as object), NotAction: 'x:y' } },
      want: ['action-twice', null, 0],
    },
    {
      name: 'an Action that is a number',
      document: { Statement: { Effect: 'Allow', Action: 1, Resource: '*' } },
      want: ['bad-action', null, 0],
    },
    {
      name: 'no Resource',
      document: { Statement: { Effect: 'Allow', Action: '*' } },
      want: ['resource-missing', null, 0],
    },
    {
      name: 'an empty Resource',
      document: { Statement: { Effect: 'Allow', Action: '*', Resource: [] } },
      want: ['bad-resource', null, 0],
    },
    {
      name: 'Resource and NotResource',
      document: { Statement: { ...(good as object), NotResource: '*' } },
      want: ['resource-twice', null, 0],
    },
    {
      name: 'a Principal in an identity-based policy',
      document: { Statement: { ...(good as object), Principal: '*' } },
      want: ['principal-not-allowed', 'Principal', 0],
    },
    {
      name: 'an unknown operator',
      document: { Statement: allow('*', '*', when('StringEqual', 'a:b', 'x')) },
      want: ['unknown-operator', 'StringEqual', 0],
    },
    {
      name: 'an operator named as an object’s own',
      document: JSON.parse(
        '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"a:b":"c"}}}}',
      ),
      want: ['unknown-operator', '__proto__', 0],
    },
    {
      name: 'an operator without keys',
      document: { Statement: allow('*', '*', { Condition: { Bool: 'x' } }) },
      want: ['bad-condition', 'Bool', 0],
    },
    {
      name: 'a condition value that is an object',
      document: { Statement: allow('*', '*', when('Bool', 'a:b', [{}])) },
      want: ['bad-condition', 'a:b', 0],
    },
    {
      name: 'a key that stands twice',
      document: '{"Statement":{"Effect":"Allow","Action":"s3:Put*","Action":"s3:Get*","Resource":"*"}}',
      want: ['duplicate-key', 'Action', null],
      decision: 'allowed',
    },
  ]
  for (const { name, document, want, decision = 'implicitDeny' } of rows) {
    const verdict = evaluate(request, { 'identity-based': [{ name: 'P', document }] })
    const found = typeOf(verdict, 'identity-based').invalid.map(({ problem, value, statement }) => [
      problem,
      value,
      statement,
    ])
    t.strictSame(found, [want], name)
    t.equal(verdict.decision, decision, `${name}: the rest counts`)
  }
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*', Principal: '*' }
  const role = { ...request, action: 'sts:AssumeRole', resource: `arn:aws:iam::${account}:role/x` }
  for (const [statement, problem] of [
    [trust, 'resource-not-allowed'],
    [{ Effect: 'Allow', Action: 'sts:AssumeRole' }, 'principal-missing'],
    [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Robot: 'x' } }, 'bad-principal'],
    [{ Effect: 'Allow', Action: 'sts:AssumeRole', NotPrincipal: '*' }, 'principal-not-allowed'],
    [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*', NotPrincipal: '*' }, 'principal-twice'],
  ] as const)
    t.match(
      typeOf(evaluate(role, { 'role-trust': [policy('T', statement)] }), 'role-trust').invalid,
      [{ problem }],
      problem,
    )
  t.end()
})

t.test('what the trust policy of a role decides: the same where it is read and where it counts', (t) => {
  const resource = `arn:aws:iam::${account}:role/x`
  const rows: readonly (readonly [action: string, isTrust: boolean])[] = [
    ['sts:AssumeRole', true],
    ['STS:assumerolewithsaml', true],
    ['sts:AssumeRoleWithWebIdentity', true],
    ['sts:TagSession', true],
    ['sts:SetSourceIdentity', true],
    ['sts:SetContext', true],
    ['sts:AssumeRoot', false],
    ['sts:AssumeRoleOfTomorrow', false],
    ['sts:GetSessionToken', false],
    ['iam:PassRole', false],
  ]
  for (const [action, isTrust] of rows) {
    t.equal(isTrustAction(action), isTrust, action)
    const { policyTypes } = evaluate({ ...request, action, resource }, {})
    const result = policyTypes.find(({ type }) => type === 'role-trust')?.result ?? 'notApplicable'
    t.equal(result !== 'notApplicable', isTrust, `${action} is judged so`)
  }
  t.end()
})

t.test('hostile input neither throws nor takes long', (t) => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const started = performance.now()
  for (const document of [
    deep,
    '{"Statement":'.repeat(20_000),
    '"'.repeat(100_000),
    '{"a":'.repeat(3) + '1' + '}'.repeat(3),
  ])
    t.equal(evaluate(request, { 'identity-based': [{ name: 'P', document }] }).decision, 'implicitDeny')
  const stars = '*a'.repeat(500)
  const context = { ['constructor']: 'x', ['__proto__']: 'y', 'aws:PrincipalTag/x': 'a'.repeat(2000) }
  const cruel = [
    allow('*', `arn:aws:s3:::${stars}`),
    allow(`s3:${stars}`),
    allow('*', '*', when('StringLike', 'aws:PrincipalTag/x', `${stars}b`)),
    allow('*', 'arn:aws:s3:::${'.repeat(200)),
    allow('*', '*', when('DateLessThan', 'aws:CurrentTime', '9'.repeat(5000))),
    allow('*', '*', when('IpAddress', 'aws:SourceIp', ':'.repeat(5000))),
  ]
  const long = {
    ...request,
    resource: `arn:aws:s3:::${'a'.repeat(2000)}b`,
    context: { ...context, 'aws:SourceIp': ':'.repeat(999), 'aws:CurrentTime': '1'.repeat(999) },
  }
  evaluate(long, { 'identity-based': [policy('Cruel', ...cruel)] })
  t.ok(performance.now() - started < 5000)
  t.end()
})
