import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { list, type Statement } from '../../src/iam/policy-document.ts'
import { mergePlan } from '../../src/remedy/plan.ts'
import { allow, denied, deny, identity, policies, resource, scp } from './case-row.ts'
import { answerOf, diagnosesOf } from './explain-text.ts'

/** A Deny of more than the one action: the exemption is of that action, or at least of that resource. */

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`
const queue = 'arn:aws:sqs:eu-west-1:111122223333:parcels'
const kind = {
  'service-control': 'service control policy',
  'resource-control': 'resource control policy',
  'resource-based': 'resource-based policy',
  'identity-based': 'identity-based policy',
  'permissions-boundary': 'permissions boundary',
} as const

const asRead = (type: keyof typeof kind, statement: Statement): Policies => {
  if (type === 'service-control') return { ...identity(allow('*')), ...scp(allow('*'), statement) }
  const guardrail = { name: 'guardrail', document: { Version: '2012-10-17', Statement: [statement] } }
  if (type === 'resource-control')
    return { ...identity(allow('*')), [type]: [{ level: 'account', policies: [guardrail] }] }
  if (type === 'identity-based') return identity(allow('*'), statement)
  return type === 'permissions-boundary'
    ? { ...identity(allow('*')), ...policies(type, allow('*'), statement) }
    : { ...identity(allow('*')), ...policies(type, statement) }
}

const remedyOf = async (action: string, on: string, type: keyof typeof kind, statement: Statement) => {
  const text = denied(action, on, `with an explicit deny in a ${kind[type]}`)
  const [diagnosis] = await diagnosesOf(text, asRead(type, statement))
  return diagnosis?.causes[0]?.remedies.find(({ values }) => values['exempts'] !== undefined)
}

const parts = ({ Action, NotAction, Resource, NotResource }: Partial<Statement> = {}): unknown =>
  JSON.parse(JSON.stringify({ Action, NotAction, Resource, NotResource }))

t.test('a Deny is split, and one part exempts the caller', async (t) => {
  const rows: readonly (readonly [
    string,
    Parameters<typeof remedyOf>,
    Partial<Statement>,
    Partial<Statement>,
    readonly string[],
  ])[] = [
    [
      'listed actions: the denied one goes',
      ['sqs:PurgeQueue', queue, 'service-control', deny(['sqs:DeleteQueue', 'sqs:PurgeQueue'])],
      { Action: 'sqs:DeleteQueue', Resource: '*' },
      { Action: 'sqs:PurgeQueue', Resource: '*' },
      ['sqs:PurgeQueue *'],
    ],
    [
      'all actions: NotAction is the rest',
      ['sqs:PurgeQueue', queue, 'permissions-boundary', deny('*', '*', { Null: { 'aws:PrincipalTag/team': 'true' } })],
      { NotAction: 'sqs:PurgeQueue', Resource: '*' },
      { Action: 'sqs:PurgeQueue', Resource: '*' },
      ['sqs:PurgeQueue *'],
    ],
    [
      'all actions of a service on everything: NotAction would deny those of other services but on this resource',
      ['sqs:PurgeQueue', queue, 'service-control', deny('sqs:*')],
      { Action: 'sqs:*', NotResource: queue },
      { Action: 'sqs:PurgeQueue', Resource: queue },
      [],
    ],
    [
      'in the policy of the resource there are no others',
      ['sqs:PurgeQueue', queue, 'resource-based', { ...deny('sqs:*', queue), Principal: '*' }],
      { NotAction: 'sqs:PurgeQueue', Resource: queue },
      { Action: 'sqs:PurgeQueue', Resource: queue },
      [],
    ],
    [
      'an RCP knows no NotAction, and who writes one object writes its neighbours',
      ['s3:PutObject', 'arn:aws:s3:::parcels/in/7.json', 'resource-control', { ...deny('s3:*'), Principal: '*' }],
      { Action: 's3:*', NotResource: 'arn:aws:s3:::parcels/*' },
      { Action: 's3:*', Resource: 'arn:aws:s3:::parcels/*' },
      ['s3:* arn:aws:s3:::parcels/*'],
    ],
    [
      'a rule for all but some actions',
      ['sqs:PurgeQueue', queue, 'service-control', { Effect: 'Deny', NotAction: ['iam:*'], Resource: '*' }],
      { NotAction: ['iam:*', 'sqs:PurgeQueue'], Resource: '*' },
      { Action: 'sqs:PurgeQueue', Resource: '*' },
      ['sqs:PurgeQueue *'],
    ],
    [
      'all but some resources',
      [
        'sqs:PurgeQueue',
        queue,
        'identity-based',
        { Effect: 'Deny', Action: 'sqs:*', NotResource: ['arn:aws:sqs:*:*:own-*'] },
      ],
      { Action: 'sqs:*', NotResource: ['arn:aws:sqs:*:*:own-*', queue] },
      { Action: 'sqs:PurgeQueue', Resource: queue },
      [],
    ],
  ]
  for (const [name, asked, rest, own, opens] of rows) {
    const remedy = await remedyOf(...asked)
    t.strictSame(parts(remedy?.editedStatement ?? {}), rest, name)
    t.equal(remedy?.editedStatement?.Effect, 'Deny')
    t.notMatch(JSON.stringify(remedy?.editedStatement), role('orders'), 'the rest is denied to everybody')
    t.strictSame(parts(remedy?.statement ?? {}), own, name)
    t.match(JSON.stringify(remedy?.statement?.Condition), role('orders'), 'the part exempts the caller')
    t.strictSame(list(remedy?.policyDocument?.Statement).slice(-1), [remedy?.statement], 'both stand in the document')
    t.equal(remedy?.verification?.decision, 'allowed', name)
    t.strictSame(
      remedy?.verification?.alsoAllowed.map(({ action, resource: on }) => `${action} ${on}`),
      opens,
      'and it says what it opens',
    )
  }
})

t.test('of a service on everything: three parts, of which one is all else on the resource', async (t) => {
  const condition = { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }
  const remedy = await remedyOf('sqs:PurgeQueue', queue, 'service-control', deny(['s3:*', 'sqs:*'], '*', condition))
  t.strictSame(remedy?.keptStatements.map(parts), [{ NotAction: 'sqs:PurgeQueue', Resource: queue }])
  t.strictSame(remedy?.keptStatements[0]?.Condition, condition, 'to everybody, as before')
  t.strictSame(
    list(remedy?.policyDocument?.Statement).slice(-3),
    [remedy?.editedStatement, ...(remedy?.keptStatements ?? []), remedy?.statement],
    'all parts stand in the document',
  )
  const object = 'arn:aws:s3:::parcels/in/7.json'
  const ofOthers = await remedyOf('s3:PutObject', object, 'permissions-boundary', deny('s3:*'))
  t.strictSame(ofOthers?.keptStatements.map(parts), [
    { NotAction: ['s3:PutObject', 'ssm:*'], Resource: 'arn:aws:s3:::parcels/*' },
  ])
  t.strictSame(ofOthers?.verification?.alsoAllowed, [{ action: 's3:PutObject', resource: 'arn:aws:s3:::parcels/*' }])
  const partly = await remedyOf('s3:PutObject', object, 'service-control', deny(['s3:*', 'ssm:SendCommand']))
  t.strictSame(partly?.keptStatements, [], 'NotAction would let one action past, or deny others')
  t.strictSame(parts(partly?.statement ?? {}), {
    Action: ['s3:*', 'ssm:SendCommand'],
    Resource: 'arn:aws:s3:::parcels/*',
  })
})

t.test('what stays whole', async (t) => {
  const wide = await remedyOf(
    'sqs:PurgeQueue',
    queue,
    'service-control',
    deny(['sqs:P*', 'sqs:D*'], 'arn:aws:sqs:*:*:*'),
  )
  t.equal(wide?.values['exempts'], 'principal', 'neither part can be taken out of a pattern')
  t.equal(wide?.statement, null)
  const only = await remedyOf('sqs:PurgeQueue', queue, 'service-control', deny('sqs:PurgeQueue'))
  t.equal(only?.values['exempts'], 'principal')
  t.equal(only?.statement, null, 'it is of this action alone')
})

t.test('an own inline policy exempts nobody: the action goes', async (t) => {
  const document = { Version: '2012-10-17', Statement: [allow('*'), deny(['sqs:DeleteQueue', 'sqs:PurgeQueue'])] }
  const text = denied('sqs:PurgeQueue', queue, 'with an explicit deny in an identity-based policy')
  const [diagnosis] = await diagnosesOf(text, { 'identity-based': [{ name: 'own', kind: 'inline', document }] })
  const remedy = diagnosis?.causes[0]?.remedies.find(({ values }) => values['exempts'] !== undefined)
  t.strictSame(parts(remedy?.editedStatement ?? {}), { Action: 'sqs:DeleteQueue', Resource: '*' })
  t.equal(remedy?.statement, null)
  t.equal(remedy?.verification?.decision, 'allowed')
})

t.test('the letter tells what the change opens', async (t) => {
  const letterFor = async (statement: Statement, action = 'sqs:PurgeQueue') => {
    const text = denied(action, queue, 'with an explicit deny in a service control policy')
    const answer = await answerOf(text, asRead('service-control', statement))
    return answer?.causes[0]?.remedies.find(({ editedStatement }) => editedStatement !== null)?.message ?? ''
  }
  const wide = await letterFor(deny('sqs:*'))
  t.match(wide, '"NotResource"', 'all parts stand in it')
  t.match(wide, '"NotAction"')
  t.match(wide, '"ArnNotLike"')
  t.match(await letterFor(deny('sqs:PurgeQueue', queue)), 'this one request and nothing else')
})

t.test('a plan exempts all who ask from the same part, and leaves no Deny of nothing', async (t) => {
  const guard = { ...deny(['sqs:DeleteQueue', 'sqs:PurgeQueue'], '*'), Principal: '*' } as Statement
  const asking = (action: string, who: string): string =>
    denied(action, queue, 'with an explicit deny in a resource-based policy', `assumed-role/${who}/s`)
  const steps = async (...asked: readonly (readonly [string, string])[]) => {
    const found = await Promise.all(
      asked.map(async ([action, who], index) => {
        const [diagnosis] = await diagnosesOf(asking(action, who), { ...identity(allow('*')), ...resource(guard) })
        return diagnosis === undefined ? [] : [{ ...diagnosis, id: String(index) }]
      }),
    )
    return mergePlan(found.flat()).flatMap(({ policyDocument }) => list(policyDocument?.Statement))
  }
  const same = await steps(['sqs:PurgeQueue', 'orders'], ['sqs:PurgeQueue', 'returns'])
  t.strictSame(same.map(parts), [
    { Action: 'sqs:DeleteQueue', Resource: '*' },
    { Action: 'sqs:PurgeQueue', Resource: '*' },
  ])
  t.strictSame(same[1]?.Condition, { ArnNotEquals: { 'aws:PrincipalArn': [role('orders'), role('returns')] } })
  const both = await steps(['sqs:PurgeQueue', 'orders'], ['sqs:DeleteQueue', 'orders'])
  t.strictSame(both.map(parts), [{ Action: ['sqs:DeleteQueue', 'sqs:PurgeQueue'], Resource: '*' }])
  t.strictSame(both[0]?.Condition, { ArnNotEquals: { 'aws:PrincipalArn': role('orders') } })
  const wide = async (...actions: readonly string[]) => {
    const found = await Promise.all(
      actions.map(async (action, index) => {
        const text = denied(action, queue, 'with an explicit deny in a service control policy')
        const [diagnosis] = await diagnosesOf(text, asRead('service-control', deny('sqs:*')))
        return diagnosis === undefined ? [] : [{ ...diagnosis, id: String(index) }]
      }),
    )
    return mergePlan(found.flat()).flatMap(({ policyDocument }) => list(policyDocument?.Statement))
  }
  t.strictSame((await wide('sqs:PurgeQueue', 'sqs:DeleteQueue')).slice(1).map(parts), [
    { Action: 'sqs:*', NotResource: queue },
    { NotAction: ['sqs:PurgeQueue', 'sqs:DeleteQueue'], Resource: queue },
    { Action: ['sqs:DeleteQueue', 'sqs:PurgeQueue'], Resource: queue },
  ])
})
