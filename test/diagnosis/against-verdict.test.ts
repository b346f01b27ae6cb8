import fc from 'fast-check'
import t from 'tap'
import type { CauseCode } from '../../src/diagnosis/cause-code.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import type { Policies } from '../../src/iam/policies.ts'
import type { Statement } from '../../src/iam/policy-document.ts'
import type { PolicyType } from '../../src/iam/policy-type.ts'
import { denied, policies, scp } from './case-row.ts'
import { diagnosesOf } from './explain-text.ts'

/*
 * Causes beside the verdict that they are said to follow from: random policies, small enough to meet the request often.
 */

const seed = Number(process.env['SEED'] ?? 20_261_127)
const numRuns = process.env['CI'] === 'true' ? 3000 : 300
t.comment(`seed ${seed}`)

interface Asked {
  readonly action: string
  readonly other: string
  readonly resource: string
  readonly near: readonly string[]
}

const asked: readonly Asked[] = [
  {
    action: 's3:GetObject',
    other: 's3:PutObject',
    resource: 'arn:aws:s3:::orders-data/may.csv',
    near: ['arn:aws:s3:::orders-data/*', 'arn:aws:s3:::orders-data', 'arn:aws:s3:::other/*'],
  },
  {
    action: 'sqs:SendMessage',
    other: 'sqs:ReceiveMessage',
    resource: 'arn:aws:sqs:eu-west-1:111122223333:jobs',
    near: ['arn:aws:sqs:*:*:jobs', 'arn:aws:sqs:eu-west-1:111122223333:job'],
  },
  {
    action: 'sqs:SendMessage',
    other: 'sqs:ReceiveMessage',
    resource: 'arn:aws:sqs:eu-west-1:444455556666:jobs',
    near: ['arn:aws:sqs:*:*:jobs', 'arn:aws:sqs:eu-west-1:111122223333:jobs'],
  },
  {
    action: 'kms:Decrypt',
    other: 'kms:Encrypt',
    resource: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    near: ['arn:aws:kms:eu-west-1:111122223333:key/*', 'arn:aws:kms:eu-west-1:444455556666:key/*'],
  },
]

const statementFor = ({ action, other, resource, near }: Asked): fc.Arbitrary<Statement> =>
  fc.record({
    Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
    Action: fc.constantFrom(action, action, other, `${action.split(':')[0] ?? ''}:*`),
    Resource: fc.constantFrom('*', resource, ...near),
  })

const role = 'arn:aws:iam::111122223333:role/orders'
const principals: readonly Statement['Principal'][] = [
  '*',
  { AWS: role },
  { AWS: 'arn:aws:iam::111122223333:root' },
  { AWS: 'arn:aws:iam::111122223333:role/admins' },
]

/** Read, known that there is none, or not read at all. */
const readOrNot = (statements: fc.Arbitrary<readonly Statement[]>, type: Parameters<typeof policies>[0]) =>
  fc.oneof(
    statements.map((list): Policies => policies(type, ...list)),
    fc.constantFrom<Policies>({}, { [type]: type === 'identity-based' ? [] : null }),
  )

const reasons = [
  '',
  '',
  'because no identity-based policy allows the X action',
  'because no permissions boundary allows the X action',
  'because no resource-based policy allows the X action',
  'with an explicit deny in an identity-based policy',
  'with an explicit deny in a service control policy',
  'with an explicit deny',
]

const cases = fc.constantFrom(...asked).chain((one) => {
  const statements = fc.array(statementFor(one), { minLength: 1, maxLength: 2 })
  const onResource = fc.array(
    fc
      .tuple(statementFor(one), fc.constantFrom(...principals))
      .map(([statement, Principal]) => ({ ...statement, Principal })),
    { minLength: 1, maxLength: 2 },
  )
  return fc.record({
    text: fc
      .constantFrom(...reasons)
      .map((reason) => denied(one.action, one.resource, reason.replace('X', one.action))),
    policies: fc
      .tuple(
        readOrNot(statements, 'identity-based'),
        readOrNot(statements, 'permissions-boundary'),
        readOrNot(onResource as fc.Arbitrary<readonly Statement[]>, 'resource-based'),
        readOrNot(onResource as fc.Arbitrary<readonly Statement[]>, 'vpc-endpoint'),
        fc.oneof(
          statements.map((list): Policies => scp(...list)),
          fc.constantFrom<Policies>({}, { 'service-control': null }),
        ),
      )
      .map((parts): Policies => Object.assign({}, ...parts) as Policies),
  })
})

const named: Readonly<Partial<Record<PolicyType, readonly CauseCode[]>>> = {
  'permissions-boundary': ['boundary-not-allowed', 'boundary-deny'],
  'service-control': ['scp-not-allowed', 'scp-deny'],
  'resource-based': ['kms-key-policy', 'cross-account-resource-side', 'explicit-deny-resource'],
  'vpc-endpoint': ['vpce-policy'],
}

/** What holds whatever was read. */
function faultOf({ causes, verdict }: Diagnosis): string | null {
  const [first] = causes
  if (first === undefined || verdict === null) return null
  const isAllowed = verdict.decision === 'allowed'
  // A Deny may be open, where AWS's message says that none matched.
  const isOpen = verdict.policyTypes.every(({ blocking }) => !blocking) && first.facts['said'] === 'identity-based'
  if (causes.some(({ code }) => code === 'evaluation-allows') && !isAllowed && !isOpen)
    return 'allowed, says a cause, and the verdict does not'
  const refusing = causes.filter(({ confidence, code }) => confidence === 'evaluated' && code !== 'evaluation-allows')
  if (isAllowed && refusing.length > 0) return 'a refusal that was evaluated, and the verdict allows'
  for (const { code, remedies } of refusing)
    for (const { target } of remedies) {
      const layer = verdict.policyTypes.find(({ type }) => type === target?.policyType)
      if (layer?.result === 'notApplicable') return `${code}: to change a policy of which there is none`
      if (layer?.result === 'allowed') return `${code}: to change a policy that allows it`
    }
  const codes = causes.map(({ code }) => code)
  for (const { type, blocking, result } of verdict.policyTypes)
    if (blocking && result !== 'unknown' && !(named[type] ?? codes).some((code) => codes.includes(code)))
      return `${type} blocks, and no cause says so`
  // Whether an exemption is made is for the owner of the rule to say, and the others are needed as well.
  if (refusing.some(({ remedies }) => remedies.every(({ change, alternative }) => change === null || alternative)))
    return null
  const changing = refusing.flatMap(({ remedies }) => remedies.filter((one) => one.change !== null && !one.alternative))
  const refused = changing.find(({ verification }) => /Deny$/.test(verification?.decision ?? ''))
  return refused === undefined ? null : `${refused.kind}: all changes together, and it is still refused`
}

t.test('causes do not contradict the verdict beside them', async (t) => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ text, policies: read }) => {
      for (const diagnosis of await diagnosesOf(text, read)) {
        const fault = faultOf(diagnosis)
        if (fault !== null) throw new Error(`${fault}: ${diagnosis.causes.map(({ code }) => code).join(', ')}\n${text}`)
      }
    }),
    { seed, numRuns },
  )
  t.pass('holds')
})
