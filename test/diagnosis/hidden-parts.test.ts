import t from 'tap'
import type { Policies } from '../../src/iam/policies.ts'
import { diagnosesOf, summaryOf } from './explain-text.ts'

const own = '111122223333'
const other = '444455556666'
const caller = (account: string): string => `arn:aws:sts::${account}:assumed-role/app-role/s1`
const queue = (account: string, name = 'orders'): string => `arn:aws:sqs:eu-west-1:${account}:${name}`
const message = (by: string, resource: string, reason = ''): string =>
  `An error occurred (AccessDenied) when calling the SendMessage operation: User: ${by} is not authorized to perform: sqs:SendMessage on resource: ${resource}${reason}`
const allowing = (resource: string): Policies => ({
  'identity-based': [
    {
      name: 'app',
      document: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: resource }],
      },
    },
  ],
})

/** However an account is taken out, it is none. */
const masks = ['1234', '0123456789', 'XXXXXXXXXXXX', '***', '<account>', '123456789xxx', '1111222233334', 'REDACTED']

t.test('a masked account is nobody else’s', async (t) => {
  for (const mask of masks) {
    const [known] = await diagnosesOf(message(caller(own), queue(mask)), allowing(queue(own)))
    t.equal(known?.verdict?.decision, 'allowed', `${mask}: the caller’s own`)
    t.match(
      known?.verdict?.assuming.filter(({ code }) => code === 'resource-in-callers-account'),
      [{ values: { account: own } }],
      `${mask}: and it is told`,
    )
    const [hidden] = await diagnosesOf(message(caller(mask), queue(mask)), allowing(queue(own)))
    t.equal(hidden?.verdict?.decision, 'unknown', `${mask}: nothing tells which it is`)
    t.match(hidden?.causes[0], { code: 'undetermined', facts: { hidden: 'account', wanted: queue(own) } })
    t.match(hidden?.causes[0]?.remedies[1]?.statement, { Resource: queue('<AccountId>') })
  }
})

t.test('an account that is whole is what it says', async (t) => {
  const [mismatch] = await diagnosesOf(message(caller(own), queue(own)), allowing(queue(other)))
  t.match(mismatch?.causes[0], {
    code: 'resource-arn-mismatch',
    confidence: 'evaluated',
    facts: { difference: 'account' },
  })
  const [local] = await diagnosesOf(
    message(caller('000000000000'), queue('000000000000')),
    allowing(queue('000000000000')),
  )
  t.equal(local?.verdict?.decision, 'allowed', 'programs that stand in for AWS have such accounts')
  t.notOk(local?.verdict?.assuming.some(({ code }) => code === 'resource-in-callers-account'))
})

t.test('the caller’s account does not stand where the policies know the thing in another one', async (t) => {
  const [found] = await diagnosesOf(message(caller(own), queue('***')), allowing(queue(other)))
  t.equal(found?.verdict?.decision, 'unknown')
  t.match(found?.causes[0], { code: 'undetermined', facts: { hidden: 'account', wanted: queue(other) } })
  const [elsewhere] = await diagnosesOf(message(caller(own), queue('***')), allowing(queue(other, 'invoices')))
  t.match(elsewhere?.causes[0], { code: 'resource-arn-mismatch', confidence: 'evaluated' }, 'that is another thing')
})

t.test('what is shown decides, where it differs', async (t) => {
  const [found] = await diagnosesOf(message(caller('***'), queue('***')), allowing(queue(own, 'invoices')))
  t.equal(found?.verdict?.decision, 'implicitDeny')
  t.match(found?.causes[0], {
    code: 'resource-arn-mismatch',
    confidence: 'evaluated',
    facts: { difference: 'resource' },
  })
  t.match(found?.causes[0]?.remedies[0]?.statement, { Resource: queue('<AccountId>') })
})

t.test('AWS found no Allow: then what is hidden is another account', async (t) => {
  const reason = ' because no identity-based policy allows the sqs:SendMessage action'
  const [found] = await diagnosesOf(message(caller('***'), queue('***'), reason), allowing(queue(own)))
  t.match(found?.causes[0], { code: 'resource-arn-mismatch', confidence: 'stated', facts: { difference: 'account' } })
})

t.test('hidden names and Regions are told as what they are', async (t) => {
  const hidden: readonly (readonly [string, string])[] = [
    [queue(own, '<queue-name>'), 'name'],
    [queue(own, 'XXXX'), 'name'],
    [queue(own, 'ord****'), 'name'],
    [queue(own).replace('eu-west-1', '<region>'), 'region'],
  ]
  for (const [resource, part] of hidden) {
    const [found] = await diagnosesOf(message(caller(own), resource), allowing(queue(own)))
    t.match(found?.causes[0], { code: 'undetermined', facts: { hidden: part } }, resource)
  }
  const [differs] = await diagnosesOf(message(caller(own), queue(own, 'pay****')), allowing(queue(own)))
  t.equal(differs?.causes[0]?.code, 'resource-arn-mismatch')
})

t.test('ids of which a part was taken out are places to fill', async (t) => {
  const key = `arn:aws:kms:eu-west-1:${own}:key/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`
  const [found] = await diagnosesOf(
    `User: ${caller(own)} is not authorized to perform: kms:Decrypt on resource: ${key} because no identity-based policy allows the kms:Decrypt action`,
  )
  t.match(found?.causes[0]?.remedies[0], {
    readiness: 'has-placeholders',
    statement: { Resource: `arn:aws:kms:eu-west-1:${own}:key/<KeyId>` },
  })
  const [object] = await diagnosesOf(
    `User: ${caller(own)} is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::data-bucket/xxxx-1/a.csv`,
  )
  t.equal(object?.requests[0]?.resource, 'arn:aws:s3:::data-bucket/xxxx-1/a.csv', 'the key of an object may hold it')
})

t.test('what is taken for the account is said where it lets the call through', async (t) => {
  const [found] = await diagnosesOf(message(caller(own), queue('***')), allowing(queue(own)))
  t.match(found?.causes[0], { code: 'evaluation-allows', facts: { taken: own } })
  const [whole] = await diagnosesOf(message(caller(own), queue(own)), allowing(queue(own)))
  t.equal(whole?.causes[0]?.facts['taken'], undefined)
})

t.test('an ARN of the wrong form is that, whoever’s it is', async (t) => {
  const table = (account: string): string => `arn:aws:dynamodb:eu-west-1:${account}:table/Orders`
  const [found] = await diagnosesOf(
    `User: ${caller('***')} is not authorized to perform: dynamodb:Query on resource: ${table('***')}/index/byDate`,
    {
      'identity-based': [
        {
          name: 'app',
          document: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'dynamodb:Query', Resource: table(own) }],
          },
        },
      ],
    },
  )
  t.match(found?.causes[0], {
    code: 'index-arn-needed',
    confidence: 'evaluated',
    facts: { wanted: `${table(own)}/index/byDate` },
  })
})

t.test('a ceiling that names another account’s, perhaps', async (t) => {
  const capped: Policies = { ...allowing('*'), 'permissions-boundary': allowing(queue(own))['identity-based'] }
  const [found] = await diagnosesOf(message(caller('***'), queue('***')), capped)
  t.match(found?.causes[0], { code: 'undetermined', facts: { policyType: 'permissions-boundary', hidden: 'account' } })
  t.equal(found?.causes[0]?.remedies.length, 1, 'there is nothing to add to the identity’s policies')
})

t.test('stars in place of an account are no wildcard in what is proposed', async (t) => {
  const reason = ' with an explicit deny in an identity-based policy'
  const denying: Policies = {
    'identity-based': [
      {
        name: 'app',
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'sqs:*', Resource: queue(own) }] },
      },
    ],
  }
  const [found] = await diagnosesOf(message(caller('***'), queue('***'), reason), denying)
  const edits = JSON.stringify(found?.causes[0]?.remedies.map(({ editedStatement }) => editedStatement))
  t.match(edits, 'arn:aws:iam::<AccountId>:role/app-role')
  t.notMatch(edits, '***')
})

t.test('in words', async (t) => {
  t.match(
    await summaryOf(message(caller('***'), queue('***')), allowing(queue(own))),
    /^Statement 1 of `app` allows `sqs:SendMessage` on `arn:aws:sqs:eu-west-1:111122223333:orders`, and whether that is what was asked for depends on its account/u,
  )
  t.match(await summaryOf(message(caller('***'), queue('***')), allowing(queue(own)), {}, 'ko'), /가려진 계정/u)
})

t.test('a Deny beside one that AWS names is of the policy type that AWS names', async (t) => {
  const text = `User: ${caller('REDACTED')} is not authorized to perform: iam:GetRole on resource: role AccessRole with an explicit deny in a service control policy
The policy:
{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"arn:aws:iam::*:role/AccessRole"},{"Effect":"Allow","Action":"*","Resource":"*"}]}`
  const [found] = await diagnosesOf(text)
  t.same(
    found?.causes.map(({ code }) => code),
    ['scp-deny'],
  )
})

const denied = (action: string, resource: string): string =>
  `User: arn:aws:iam::${own}:user/dana is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`
const firstFix = async (text: string): Promise<{ readonly resource: unknown; readonly readiness: unknown }> => {
  const [diagnosis] = await diagnosesOf(text)
  const remedy = diagnosis?.causes[0]?.remedies[0]
  return { resource: remedy?.statement?.Resource, readiness: remedy?.readiness }
}

t.test('no mask in the name of a role opens PassRole on others', async (t) => {
  for (const [printed, want] of [
    ['***', '<RoleNameWithPath>'],
    ['xxxxxxx', '<RoleNameWithPath>'],
    ['app-***', 'app-<HiddenPart>'],
    ['***-exec', '<HiddenPart>-exec'],
  ] as const) {
    const fix = await firstFix(denied('iam:PassRole', `arn:aws:iam::***:role/${printed}`))
    t.same(fix, { resource: `arn:aws:iam::${own}:role/${want}`, readiness: 'has-placeholders' }, printed)
  }
  const call = 'An error occurred (AccessDeniedException) when calling the RunTask operation: '
  const shown = await firstFix(`${call}${denied('iam:PassRole', `arn:aws:iam::${own}:role/app-exec`)}`)
  t.same(shown, { resource: `arn:aws:iam::${own}:role/app-exec`, readiness: 'ready' })
})

t.test('the start of a key’s id is no id', async (t) => {
  for (const rest of ['...', '-...', '-\u2026'])
    t.same(await firstFix(denied('kms:Decrypt', `arn:aws:kms:eu-central-1:${own}:key/0063c4a6${rest}`)), {
      resource: `arn:aws:kms:eu-central-1:${own}:key/<KeyIdOfTheResource>`,
      readiness: 'has-placeholders',
    })
})
