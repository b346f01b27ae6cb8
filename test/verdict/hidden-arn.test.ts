import t from 'tap'
import type { AccessRequest } from '../../src/iam/request.ts'
import { evaluate } from '../../src/verdict/evaluate.ts'

const account = '111122223333'
const queue = (owner: string, name = 'orders', region = 'eu-west-1'): string => `arn:aws:sqs:${region}:${owner}:${name}`

const ask = (hiddenResource: string): AccessRequest => ({
  principal: { type: 'assumed-role', arn: `arn:aws:sts::${account}:assumed-role/app-role/s1` },
  action: 'sqs:SendMessage',
  resource: null,
  hiddenResource,
  resourceAccount: account,
  context: {},
  contextComplete: false,
})

const decide = (hidden: string, resource: unknown, element = 'Resource'): string =>
  evaluate(ask(hidden), {
    'identity-based': [
      {
        name: 'app',
        document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sqs:*', [element]: resource } },
      },
    ],
  }).decision

const rows: readonly (readonly [title: string, hidden: string, pattern: string, decision: string])[] = [
  ['the account may be the one', queue('<AccountId>'), queue(account), 'unknown'],
  ['whatever the account is', queue('<AccountId>'), queue('*'), 'allowed'],
  ['whatever the account is, the name is another', queue('<AccountId>'), queue('*', 'invoices'), 'implicitDeny'],
  ['another name', queue('<AccountId>'), queue(account, 'invoices'), 'implicitDeny'],
  ['another Region', queue('<AccountId>'), queue(account, 'orders', 'us-east-1'), 'implicitDeny'],
  ['the Region may be the one', queue(account, 'orders', '<Region>'), queue(account), 'unknown'],
  ['a pattern for all Regions', queue(account, 'orders', '<Region>'), queue(account, 'orders', '*'), 'allowed'],
  [
    'a name of which the beginning is shown',
    queue(account, 'orders-<HiddenPart>'),
    queue(account, 'orders-prod'),
    'unknown',
  ],
  ['that beginning, and anything', queue(account, 'orders-<HiddenPart>'), queue(account, 'orders-*'), 'allowed'],
  ['part of what is hidden', queue(account, 'orders-<HiddenPart>'), queue(account, 'orders-p*'), 'unknown'],
  ['another beginning', queue(account, 'orders-<HiddenPart>'), queue(account, 'invoices-*'), 'implicitDeny'],
  ['another end', queue(account, '<HiddenPart>-prod'), queue(account, '*-test'), 'implicitDeny'],
  ['nothing left for what is hidden', queue(account, 'orders-<HiddenPart>'), queue(account, 'orders-'), 'implicitDeny'],
  [
    'one character for all that is hidden',
    queue(account, 'orders-<HiddenPart>'),
    queue(account, 'orders-?'),
    'unknown',
  ],
  ['every resource', queue('<AccountId>'), '*', 'allowed'],
  ['the same placeholder in both', queue(account, '<queue-name>'), queue(account, '<queue-name>'), 'allowed'],
  ['another service', queue('<AccountId>'), `arn:aws:sns:eu-west-1:${account}:orders`, 'implicitDeny'],
  [
    'a variable in the policy',
    queue(account, 'orders-<HiddenPart>'),
    queue(account, 'orders-${aws:PrincipalTag/team}'),
    'unknown',
  ],
]

t.test('a pattern decides about an ARN with hidden parts where these make no difference', (t) => {
  for (const [title, hidden, pattern, decision] of rows) t.equal(decide(hidden, pattern), decision, title)
  t.end()
})

t.test('NotResource asks the contrary', (t) => {
  t.equal(decide(queue('<AccountId>'), queue(account), 'NotResource'), 'unknown')
  t.equal(decide(queue('<AccountId>'), queue(account, 'invoices'), 'NotResource'), 'allowed')
  t.equal(decide(queue('<AccountId>'), queue('*'), 'NotResource'), 'implicitDeny')
  t.end()
})

t.test('what is shown and differs is the near miss', (t) => {
  const verdict = evaluate(ask(queue('<AccountId>')), {
    'identity-based': [
      {
        name: 'app',
        document: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: queue(account, 'invoices') },
        },
      },
    ],
  })
  const [near] = verdict.policyTypes.find(({ type }) => type === 'identity-based')?.nearMisses ?? []
  t.match(near?.because, [{ element: 'Resource', found: [queue('<AccountId>')], firstDifference: 'resource' }])
  t.end()
})

t.test('never certain where one of what may be hidden gives another answer', (t) => {
  const names = ['orders', 'orders-a', 'orders-ab', 'a', 'ab', 'b-orders']
  const patterns = ['orders', 'orders-*', '*a', 'a?', '*-*', 'o*s', '?', '*', 'orders-a*', '*orders*']
  const shown = ['<Name>', 'orders-<Name>', '<Name>-orders', 'o<Name>s', '<Name>a']
  for (const pattern of patterns)
    for (const text of shown) {
      const [start = '', end = ''] = text.split('<Name>')
      const possible = names.filter(
        (name) => name.startsWith(start) && name.endsWith(end) && name.length > start.length + end.length,
      )
      const answers = new Set(
        possible.map((name) => {
          const request = { ...ask(''), resource: queue(account, name) }
          const document = {
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Action: 'sqs:*', Resource: queue(account, pattern) },
          }
          return evaluate(request, { 'identity-based': [{ name: 'app', document }] }).decision
        }),
      )
      const decision = decide(queue(account, text), queue(account, pattern))
      if (decision !== 'unknown')
        t.same(
          [...answers].filter((one) => one !== decision),
          [],
          `${pattern} for ${text}`,
        )
    }
  t.end()
})

t.test('a caller whose name is hidden may be whoever agrees with the rest', (t) => {
  const asHidden: AccessRequest = {
    ...ask(''),
    resource: queue(account),
    principal: { type: 'assumed-role', arn: `arn:aws:sts::${account}:assumed-role/<HiddenPart>/s1` },
  }
  const letsIn = (principal: string, condition = {}) =>
    evaluate(asHidden, {
      'resource-based': [
        {
          name: 'queue',
          document: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { AWS: principal },
              Action: 'sqs:SendMessage',
              Resource: '*',
              Condition: condition,
            },
          },
        },
      ],
    }).decision
  t.equal(letsIn(`arn:aws:iam::${account}:role/app-role`), 'unknown')
  t.equal(letsIn('arn:aws:iam::444455556666:role/app-role'), 'implicitDeny')
  t.equal(letsIn(`arn:aws:iam::${account}:user/ana`), 'implicitDeny')
  t.equal(letsIn('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/app-*` } }), 'unknown')
  t.end()
})
