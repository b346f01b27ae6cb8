import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const refused = 'is not authorized to perform: s3:ListBucket'

t.test('who asked, where less than an ARN is printed', (t) => {
  const rows: readonly (readonly [text: string, type: string | null, name: string | null])[] = [
    [`User: user/ann ${refused}`, 'user', 'ann'],
    [`User: role/app ${refused}`, 'role', 'app'],
    [`User: arn:aws:iam::user/ann ${refused}`, 'user', 'ann'],
    [`AccessDenied: role app-of-orders ${refused}`, 'role', 'app-of-orders'],
    [`The role "app-of-orders" ${refused}`, 'role', 'app-of-orders'],
    // Whoever took the account out took the front with it.
    [`User: ...assumed-role/app-of-orders/i-0123456789abcdef0 ${refused}`, 'assumed-role', 'app-of-orders'],
    [`User: …assumed-role/app-of-orders/... ${refused}`, 'assumed-role', 'app-of-orders'],
    [`User: [redacted]:assumed-role/app-of-orders/session ${refused}`, 'assumed-role', 'app-of-orders'],
    [`User: .../assumed-role/app-of-orders/session ${refused}`, 'assumed-role', 'app-of-orders'],
    [`User: ***:user/ann ${refused}`, 'user', 'ann'],
    // A template's own variables, which have colons.
    [
      `User: arn:aws:sts::\${AWS::AccountId}:assumed-role/app-of-orders/i-0 ${refused}`,
      'assumed-role',
      'app-of-orders',
    ],
    [`User: arn:\${AWS::Partition}:iam::\${AWS::AccountId}:user/ann ${refused}`, 'user', 'ann'],
    [`User: my-app-user/ann/session ${refused}`, null, null],
    // A session that lost its front, a name that may be of anybody, and a path.
    [`role/app/i-0123456789abcdef0 ${refused}`, 'assumed-role', 'app'],
    [`User: app-of-orders ${refused}`, null, null],
    [`my-own-controle app-of-orders ${refused}`, null, null],
    [`User: user/team/ann ${refused}`, null, null],
    [`User: ... ${refused}`, null, null],
  ]
  for (const [text, type, name] of rows) {
    const [denial] = parsePaste(text).denials
    t.strictSame([denial?.principalType, denial?.roleOrUserName], [type, name], text)
  }
  t.end()
})

t.test('names and placeholders right where the message begins', (t) => {
  const rows: readonly (readonly [text: string, principal: string | null])[] = [
    [`OrderPlaced ${refused}`, 'OrderPlaced'],
    [`> OrderPlaced ${refused}`, 'OrderPlaced'],
    [`AccessDeniedException: OrderPlaced ${refused}`, 'OrderPlaced'],
    [`It says "OrderPlaced ${refused}"`, 'OrderPlaced'],
    [`"<role> ${refused}"`, '<role>'],
    [`[my-user-name] ${refused}`, '[my-user-name]'],
    // A word of a sentence, a service, a code, and what stands for something else.
    [`I see that OrderPlaced ${refused}`, null],
    [`Orders ${refused}`, null],
    [`CodePipeline ${refused}`, null],
    [`AccessDeniedException ${refused}`, null],
    [`<resource> ${refused}`, null],
  ]
  for (const [text, principal] of rows) t.equal(parsePaste(text).denials[0]?.principal, principal, text)
  t.end()
})

t.test('on what, without the word "resource"', (t) => {
  const get = 'User: user/ann is not authorized to perform secretsmanager:GetSecretValue'
  const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf'
  const rows: readonly (readonly [text: string, resource: string | null])[] = [
    [`${get} on ${secret}`, secret],
    [`${get} on ${secret} and I do not know why`, secret],
    [`${get} on\n${secret}`, secret],
    [`${get} on ...:secret:db-AbCdEf`, '...:secret:db-AbCdEf'],
    [`${get} on my own account. The secret is ${secret}`, null],
    [`${get} on the secret ${secret}`, null],
    [`${get} for ${secret}`, null],
    [`${get} on ... whatever`, null],
    [`${get} only. ${secret}`, null],
  ]
  for (const [text, resource] of rows) t.equal(parsePaste(text).denials[0]?.resource, resource, text)
  t.end()
})
