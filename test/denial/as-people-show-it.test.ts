import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * Messages and records as manuals, answers and issues show them: with comments, forms and placeholders.
 */

const role = 'arn:aws:sts::444455556666:assumed-role/mailer/run-7'
const denied = (action: string, rest = ''): string => `User: ${role} is not authorized to perform: ${action}${rest}`
const allOf = (text: string) => parsePaste(text).denials
const oneOf = (text: string) => allOf(text)[0] ?? null

t.test('a record with comments is a record', (t) => {
  const record = (lines: readonly string[]): string => ['{', ...lines.map((line) => `  ${line}`), '}'].join('\n')
  const members = (action: string, behind: string): readonly string[] => [
    '"eventVersion": "1.09",',
    `"userIdentity": { "type": "AssumedRole", "arn": "${role}" },${behind}`,
    '"eventSource": "ses.amazonaws.com",',
    '"eventName": "SendEmail",',
    `"requestParameters": { "source": "https://example.com/*a*/" },${behind}`,
    '"errorCode": "AccessDenied",',
    `"errorMessage": "${denied(action)}",`,
    '"awsRegion": "eu-west-1"',
  ]
  const want = {
    principal: role,
    action: 'ses:SendEmail',
    operation: 'SendEmail',
    wrapper: 'cloudtrail',
    region: 'eu-west-1',
  }
  for (const comment of ['', '  // refused', '  /* refused */', '\n  # refused: "why"', '\n  ...'])
    t.match(allOf(record(members('ses:SendEmail', comment))), { length: 1, 0: want }, JSON.stringify(comment))
  t.match(allOf(record([...members('ses:SendEmail', ''), ', // more', '...'])), { length: 1, 0: want }, 'a last comma')
  t.end()
})

t.test('the form of a message beside messages', (t) => {
  const form = 'User: {arn} is not authorized to perform {action}'
  const two = `${denied('ses:SendEmail', ' with an explicit deny in a service control policy')}\n* ${denied('ses:GetAccount')}`
  t.match(allOf(`Messages such as \`${form}\`:\n\n* ${two}`), {
    length: 2,
    0: { principal: role, policyType: 'service-control' },
  })
  t.match(allOf(form), { length: 1 }, 'alone it is all there is')
  const masked = 'User: <redacted> is not authorized to perform: ses:GetAccount'
  t.match(allOf(`${masked}\n\n${denied('ses:SendEmail')}`), { length: 2 }, 'a masked caller of a real one')
  t.end()
})

t.test('an action in brackets', (t) => {
  for (const [open, close] of ['()', '[]'])
    t.equal(oneOf(denied(`${open ?? ''}ses:SendEmail${close ?? ''} action`))?.action, 'ses:SendEmail')
  t.equal(oneOf(denied('(this action) on resource: *'))?.action, null)
  t.end()
})

t.test('an action of three parts is none of AWS', (t) => {
  const sentence = (action: string): string =>
    `User: dora is not authorized to perform action ${action} on resource vpc:eu-west-101:0a1b:port:2c3d because no identity-based policy allows the ${action} action.`
  t.match(allOf(sentence('vpc:ports:get')), { length: 1, 0: { class: 'not-aws', action: null, principal: null } })
  t.match(oneOf(denied('execute-api:Invoke:', ' soon')), { class: 'authorization', action: 'execute-api:Invoke' })
  t.match(oneOf(denied('s3:getObject', ': see below')), { class: 'authorization', action: 's3:getObject' })
  t.end()
})

t.test('a policy whose id somebody put something in the place of', (t) => {
  const scp = (id: string): string => `arn:aws:organizations::<ACCOUNT>:policy/<ORG>/service_control_policy/${id}`
  const refused = (id: string): string =>
    denied('ses:SendEmail', ` with an explicit deny in a service control policy: ${scp(id)}`)
  for (const id of ['<SCP_ID>', '{scp-id}', '[POLICY ID]', 'p-0a1b2c3d'])
    t.equal(oneOf(`${refused(id)}\nWhy?`)?.policyArn, scp(id), id)
  for (const id of ['', '<SCP']) t.equal(oneOf(`${refused(id)}\n\nWhy?`)?.policyArn, null, `cut off: ${id}`)
  t.end()
})

t.test('an ARN that ends before its name', (t) => {
  const resource = (arn: string, rest: string): string | null | undefined =>
    oneOf(denied('ses:SendEmail', ` on resource: ${arn}${rest}`))?.resource
  for (const arn of ['arn:aws:states:eu-west-1:444455556666:execution', 'arn:aws:rds:eu-west-1:444455556666:db']) {
    t.equal(resource(arn, ':'), `${arn}:`, 'where the text ends')
    t.equal(resource(arn, ':\nWhy?'), `${arn}:`, 'where the line ends')
    t.equal(resource(arn, ': what now'), arn, 'punctuation of a sentence')
  }
  const queue = 'arn:aws:sqs:eu-west-1:444455556666:orders'
  t.equal(resource(queue, ':'), queue, 'a name, and punctuation')
  t.end()
})
