import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { allow, deny, identity, resource } from './case-row.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

/*
 * People hide parts of the policies that they show. What is hidden may be anything: it proves neither that a statement
 * matches nor that it does not, nobody can use it, and an edit with a mask in it would be stored as it stands.
 */

const own = '444455556666'
const asked = (reason = ''): string =>
  `User: arn:aws:sts::${own}:assumed-role/batch/run-7 is not authorized to perform: sns:Publish on resource: arn:aws:sns:eu-north-1:${own}:alerts${reason}`
const topic = (account: string, region = 'eu-north-1', name = 'alerts'): string =>
  `arn:aws:sns:${region}:${account}:${name}`
const firstOf = async (text: string, policies: Policies) => {
  const [diagnosis] = await diagnosesOf(text, policies)
  return { verdict: diagnosis?.verdict?.decision, cause: diagnosis?.causes[0], diagnosis }
}

const hiddenArns: readonly (readonly [string, string])[] = [
  ...[
    '***REDACTED***',
    '............',
    '************',
    '<redacted>',
    '[hidden]',
    'MY_ACCOUNT',
    '44445555',
    'XXXXXXXX6666',
  ].map((mask) => [topic(mask), 'account'] as const),
  [topic(own, '<region>'), 'region'],
  [topic(own, 'xx-xxxxx-1'), 'region'],
  [topic(own, 'eu-north-1', '[REDACTED]'), 'name'],
  [topic(own, 'eu-north-1', 'al****'), 'name'],
  [topic(own, 'eu-north-1', '\u2588\u2588\u2588\u2588'), 'name'],
  ['arn:aws:sns:${AWS::Region}:${AWS::AccountId}:alerts', 'account'],
]

t.test('an ARN of which a part is hidden may be the one that was asked for', async (t) => {
  for (const [arn, hidden] of hiddenArns) {
    const { verdict, cause } = await firstOf(asked(), identity(allow('sns:Publish', arn)))
    t.equal(verdict, 'unknown', arn)
    t.match(cause, { code: 'undetermined', facts: { hidden, hiddenIn: 'policy', wanted: topic(own) } }, arn)
    const reason = ' because no identity-based policy allows the sns:Publish action'
    const stated = await firstOf(asked(reason), identity(allow('sns:Publish', arn)))
    t.match(stated.cause, { code: 'resource-arn-mismatch', confidence: 'possible', facts: { hidden } }, arn)
  }
})

t.test('what is shown decides, where it differs', async (t) => {
  for (const arn of [topic('********1111'), topic('***', 'eu-north-1', 'invoices'), topic('[hidden]', 'us-east-1')]) {
    const { verdict, cause } = await firstOf(asked(), identity(allow('sns:Publish', arn)))
    t.equal(verdict, 'implicitDeny', arn)
    t.equal(cause?.code, 'resource-arn-mismatch', arn)
  }
  const { verdict } = await firstOf(asked(), identity(allow('sns:Publish', topic('*', '*'))))
  t.equal(verdict, 'allowed', 'a wildcard hides nothing')
})

const scp = (...values: readonly string[]): Policies => ({
  ...identity(allow('sns:*')),
  'service-control': [
    {
      level: 'Root',
      policies: [
        { name: 'All', document: { Version: '2012-10-17', Statement: [allow('*')] } },
        {
          name: 'Fence',
          document: {
            Version: '2012-10-17',
            Statement: [
              {
                ...deny('*', '*'),
                Condition: { StringNotEquals: { 'aws:RequestedRegion': values } },
              },
            ],
          },
        },
      ],
    },
  ],
})

t.test('a value of a condition that is hidden decides nothing and is not told as one to use', async (t) => {
  for (const mask of ['xxxxxxxxx', '[hidden]', '<region>', '****', 'REDACTED']) {
    const { verdict, cause, diagnosis } = await firstOf(asked(), scp(mask, mask))
    t.equal(verdict, 'unknown', mask)
    t.match(cause, { code: 'scp-deny', confidence: 'possible', facts: { sent: 'eu-north-1' } }, mask)
    const summary = await summaryOf(asked(), scp(mask, mask))
    t.match(summary, /what is hidden here \(the request had `eu-north-1`\)/u, mask)
    t.notOk(summary.includes(`\`${mask}\``), mask)
    const edits = JSON.stringify(
      cause?.remedies.map(({ editedStatement, statement, policyDocument }) => [
        editedStatement,
        statement,
        policyDocument,
      ]),
    )
    t.notOk(mask !== '<region>' && edits.includes(`"${mask}"`), `${mask}: no edit holds it`)
    t.notOk(
      diagnosis?.hints.some(({ code }) => code === 'further-conditions'),
      'the Region is known',
    )
  }
  t.match(await summaryOf(asked(), scp('****'), {}, 'ko'), /가려진 값/u)
  const some = await firstOf(asked(), scp('eu-west-2', '[hidden]'))
  t.match(some.cause, { code: 'scp-deny', confidence: 'possible' })
  t.match(some.cause?.remedies[0]?.values, { values: /eu-west-2/u })
  const listed = await firstOf(asked(), scp('eu-north-1', '[hidden]'))
  t.equal(listed.verdict, 'allowed', 'the shown value is enough')
})

t.test('where AWS names the Deny, what it says is stated and not evaluated', async (t) => {
  const { cause } = await firstOf(asked(' with an explicit deny in a service control policy'), scp('xxxxxxxxx'))
  t.match(cause, { code: 'scp-deny', confidence: 'stated' })
  const { cause: shown } = await firstOf(asked(' with an explicit deny in a service control policy'), scp('eu-west-2'))
  t.match(shown, { code: 'scp-deny', confidence: 'evaluated' })
})

t.test('no change of a document stores a mask', async (t) => {
  const policies = identity(
    allow('sns:Publish', topic(own, 'eu-north-1', 'invoices')),
    allow('sqs:*', topic('***REDACTED***')),
  )
  const { cause } = await firstOf(asked(), policies)
  const documents = JSON.stringify(cause?.remedies.map(({ policyDocument, commands }) => [policyDocument, commands]))
  t.match(cause, { code: 'resource-arn-mismatch' })
  t.notMatch(documents, /REDACTED/u)
  t.match(documents, /<AccountId>/u)
})

t.test('hidden principals may be the caller', async (t) => {
  const reason = ' because no resource-based policy allows the sns:Publish action'
  const open = (AWS: string): Policies =>
    resource({ Effect: 'Allow', Principal: { AWS }, Action: 'sns:Publish', Resource: '*' })
  const layer = async (AWS: string): Promise<string | undefined> =>
    (await diagnosesOf(asked(reason), open(AWS)))[0]?.verdict?.policyTypes.find(({ type }) => type === 'resource-based')
      ?.result
  for (const one of [`arn:aws:iam::${own}:role/[REDACTED]`, `arn:aws:iam::********6666:role/batch`, '[hidden]'])
    t.equal(await layer(one), 'unknown', one)
  for (const one of [`arn:aws:iam::********1111:role/batch`, `arn:aws:iam::${own}:role/x-[REDACTED]`])
    t.equal(await layer(one), 'implicitDeny', one)
})

t.test('whose account is masked as another one’s is across accounts', async (t) => {
  const denied = (account: string): string =>
    `User: arn:aws:sts::${own}:assumed-role/web/s is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-3:${account}:q1w2e3r4t5/live/GET/items because no resource-based policy allows the execute-api:Invoke action`
  const granted = identity(allow('execute-api:Invoke', 'arn:aws:execute-api:eu-west-3:111122223333:q1w2e3r4t5/*'))
  const named = identity(
    allow('execute-api:Invoke', 'arn:aws:execute-api:eu-west-3:111122223333:q1w2e3r4t5/live/GET/items'),
  )
  for (const policies of [granted, named]) {
    const { cause } = await firstOf(denied('********3333'), policies)
    t.match(cause, { code: 'cross-account-resource-side', confidence: 'stated' })
    t.notOk(
      cause?.remedies.some(({ alternative }) => alternative),
      'the caller’s own side is not enough',
    )
  }
  t.match(await summaryOf(denied('********3333'), named), /deploy the stage again/u)
  const [local] = await diagnosesOf(denied('********6666'), granted)
  t.notOk(local?.verdict?.assuming.some(({ code }) => code === 'resource-in-another-account'))
})

t.test('an ARN that ends within its kind was cut off', async (t) => {
  const cut = (end: string): string =>
    `User: arn:aws:sts::${own}:assumed-role/fn/f is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:eu-west-1:${own}:${end}`
  const [found] = await diagnosesOf(cut('parame'))
  t.match(found?.causes[0]?.remedies[0], {
    readiness: 'has-placeholders',
    statement: { Resource: /:parameter\/<\w+>$/u },
  })
  t.match(found?.hints, [{ code: 'arn-cut-off' }])
  const [whole] = await diagnosesOf(cut('parameter/app/db'))
  t.notOk(whole?.hints.some(({ code }) => code === 'arn-cut-off'))
})
