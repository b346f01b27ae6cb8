import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const whole = 'arn:aws:iam::111122223333:user/ann'
const broken = 'arn:aws:sts::111122223333:assumed-role/orders-deploy ment-role/ses sion-1'
const reason = (action: string): string => ` because no identity-based policy allows the ${action} action`
const asked = (action: string, resource: string, by = whole): string =>
  `User: ${by} is not authorized to perform: ${action} on resource: ${resource}`
const read = (text: string): string | null | undefined => parsePaste(text).denials[0]?.resource

t.test('blanks that a break put into an ARN, up to the reason', (t) => {
  const account = 'eu-west-1:111122223333'
  const rows: readonly (readonly [action: string, printed: string, resource: string])[] = [
    ['lambda:InvokeFunction', `arn:aws:lambda:${account}:function:order s-intake`, `function:orders-intake`],
    ['dynamodb:Query', `arn:aws:dynamodb:${account}:table/invo ices/index/by -date`, `table/invoices/index/by-date`],
    ['kms:Decrypt', `arn:aws:kms:${account}:key/0a1b2c3d-12ab -34cd-56ef-1234567890ab`, `0a1b2c3d-12ab-34cd-56ef`],
    ['logs:PutLogEvents', `arn:aws:logs:${account}:log-group:/aws/lam bda/f:*`, 'log-group:/aws/lambda/f:*'],
    ['s3:GetObject', 'arn:aws:s3:::orders-arch ive/2026/a b.csv', 'orders-archive/2026/a b.csv'],
    ['iam:PassRole', `arn:aws:iam::<account id>:role/ser vice-role/app`, ':<account id>:role/service-role/app'],
    // Of these names may have blanks.
    ['cloudwatch:DescribeAlarms', `arn:aws:cloudwatch:${account}:alarm:too many orders`, 'alarm:too many orders'],
  ]
  for (const [action, printed, resource] of rows) {
    const [denial] = parsePaste(`${asked(action, printed)}${reason(action)}`).denials
    t.match(denial?.resource, resource, printed)
    t.equal(denial?.policyType, 'identity-based', 'the reason is read')
  }
  t.equal(
    read(
      `${asked('iam:CreateRole', 'arn:aws:iam::111122223333:role/or ders')} because no permissions boundary allows it`,
    ),
    'arn:aws:iam::111122223333:role/orders',
  )
  const prose = asked('lambda:InvokeFunction', `arn:aws:lambda:${account}:function:f in the account`)
  t.equal(read(`${prose}${reason('lambda:InvokeFunction')}`), `arn:aws:lambda:${account}:function:f`)
  t.end()
})

t.test('the same without a reason, where blanks broke the caller’s name too', (t) => {
  const role = 'arn:aws:iam::111122223333:role/orders-ser'
  const rows: readonly (readonly [rest: string, resource: string])[] = [
    [' vice-role', `${role}vice-role`],
    [' vice-role (RequestId: 0a1b)', `${role}vice-role`],
    [' vice-role. Then it stops', `${role}vice-role`],
    [' vice-role when it starts', `${role}vice-role`],
    [' when it starts', role],
    [' (Service: Lambda)', role],
    // Whether this is the rest of the name nobody can tell.
    [' vices when it starts', `${role}…`],
  ]
  for (const [rest, resource] of rows) t.equal(read(asked('iam:PassRole', `${role}${rest}`, broken)), resource, rest)
  t.equal(read(asked('iam:PassRole', `${role} vice-role`)), role, 'an unbroken text')
  t.end()
})

t.test('a line that starts with a slash', (t) => {
  const api = 'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/live'
  const rows: readonly (readonly [printed: string, resource: string])[] = [
    [`${api}\n/POST/orders`, `${api}/POST/orders`],
    [`${api}\n/POST/@connections/{id}",\n`, `${api}/POST/@connections/{id}`],
    [`${api}/POST\n/@connections/*`, `${api}/POST/@connections/*`],
    [`${api}/GET/orders\n/POST/orders`, `${api}/GET/orders`],
    [`${api}\n/var/task/index.js:12`, api],
    [`${api}\n/POST/orders is what I call`, api],
  ]
  for (const [printed, resource] of rows) t.equal(read(asked('execute-api:Invoke', printed)), resource, printed)
  const lines = 'arn:aws:sts::111122223333:assumed-role/orders\n/session'
  const secret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:live'
  const get = (rest: string, by: string): string | null | undefined =>
    read(asked('secretsmanager:GetSecretValue', `${secret}${rest}`, by))
  t.equal(get('\n/db-AbCdEf', lines), `${secret}/db-AbCdEf`)
  t.equal(get('\n/db-AbCdEf', whole), secret, 'nothing else is broken there')
  t.equal(get('\n/var/task/index.js', lines), secret)
  t.end()
})
