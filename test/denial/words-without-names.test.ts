import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

const ann = 'User: arn:aws:iam::111122223333:user/ann is not authorized to perform:'

t.test('a quote that closes behind `on resource:`', (t) => {
  const rows: readonly (readonly [rest: string, resource: string | null])[] = [
    ['on resource:" while it copies', null],
    ['on resource:" during the night?', null],
    ['on resource: "arn:aws:sqs:eu-west-1:111122223333:jobs"', 'arn:aws:sqs:eu-west-1:111122223333:jobs'],
    ['on resource:" arn:aws:sqs:eu-west-1:111122223333:jobs"', 'arn:aws:sqs:eu-west-1:111122223333:jobs'],
    ['on resource: "jobs"', 'jobs'],
    ['on resource: resource: arn:aws:sqs:eu-west-1:111122223333:jobs', 'arn:aws:sqs:eu-west-1:111122223333:jobs'],
  ]
  for (const [rest, resource] of rows)
    t.equal(parsePaste(`Why is it "${ann} sqs:SendMessage ${rest}`).denials[0]?.resource, resource, rest)
  t.end()
})

t.test('a caller whom a program does not know', (t) => {
  for (const nobody of ['null', 'undefined', 'None']) {
    const [denial] = parsePaste(
      `User: ${nobody} is not authorized to perform: sts:AssumeRoleWithSAML on resource: arn:aws:iam::111122223333:role/sso`,
    ).denials
    t.match(denial, {
      principal: null,
      action: 'sts:AssumeRoleWithSAML',
      resource: 'arn:aws:iam::111122223333:role/sso',
    })
  }
  t.end()
})

t.test('request ids of structs', (t) => {
  const id = '0a1b2c3d-a8b3-11e9-bc16-0a1b2c3d4e5f'
  const rows = [
    `%{code: "AccessDenied", message: "${ann} sqs:ListQueues", request_id: "${id}", type: "Sender"}`,
    String.raw`"Error { code: \"AccessDenied\", message: \"${ann} sqs:ListQueues\", request_id: \"${id}\" }"`,
  ]
  for (const text of rows) t.equal(parsePaste(text).denials[0]?.requestId, id, text)
  t.end()
})

t.test('a word for the action, before its name or behind it', (t) => {
  const role = 'arn:aws:iam::111122223333:role/ledger'
  const reason = 'with an explicit deny in a service control policy'
  for (const verb of [
    'perform API action: iam:GetRole',
    'perform API action iam:GetRole',
    'perform the following actions: iam:GetRole',
    'perform operation: iam:GetRole',
    'perform: iam:GetRole action',
    'perform iam:GetRole API operation',
  ]) {
    const [denial] = parsePaste(
      `User: arn:aws:iam::111122223333:user/ann is not authorized to ${verb} on resource: ${role} ${reason}`,
    ).denials
    const { action, resource, policyType } = denial ?? {}
    t.match(
      { action, resource, policyType },
      { action: 'iam:GetRole', resource: role, policyType: 'service-control' },
      verb,
    )
  }
  for (const verb of ['perform this action', 'perform the requested operation', 'perform API action']) {
    const [denial] = parsePaste(
      `User: arn:aws:iam::111122223333:user/ann is not authorized to ${verb} on resource: ${role} ${reason}`,
    ).denials
    t.match(denial, { action: null, resource: role, policyType: 'service-control' }, verb)
  }
  t.end()
})
