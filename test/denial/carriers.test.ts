import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'
import { brokenAt, carriers } from './carriers.ts'

/*
 * However a text came here, it says the same.
 */

const role = 'arn:aws:sts::111122223333:assumed-role/reporter/i-0123456789abcdef0'
const pastes: Readonly<Record<string, string>> = {
  'the sentence behind a command': `$ aws sqs send-message --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/orders --message-body '{"a": 1}'

An error occurred (AccessDenied) when calling the SendMessage operation: User: ${role} is not authorized to perform: sqs:sendmessage on resource: arn:aws:sqs:eu-west-1:111122223333:orders because no identity-based policy allows the sqs:sendmessage action`,
  'a stack trace': `Traceback (most recent call last):
  File "/srv/app/main.py", line 12, in <module>
    client.get_object(Bucket="reports-7", Key="a/b.csv")
botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the GetObject operation: User: ${role} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::reports-7/a/b.csv" with an explicit deny in a resource-based policy`,
  'an error of Go': `AccessDenied: User: ${role} is not authorized to perform: route53:ListHostedZones
\tstatus code: 403, request id: 0d0bb2a1-1111-4222-8333-444455556666`,
  'a record of CloudTrail': JSON.stringify(
    {
      eventSource: 'kms.amazonaws.com',
      eventName: 'Decrypt',
      awsRegion: 'eu-west-1',
      userIdentity: { type: 'AssumedRole', arn: role, accountId: '111122223333' },
      errorCode: 'AccessDenied',
      errorMessage: `User: ${role} is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/0d0bb2a1-1111-4222-8333-444455556666 because no resource-based policy allows the kms:Decrypt action`,
    },
    null,
    2,
  ),
  'a sentence that ends there': `An error occurred (AccessDenied) when calling the RunJob operation: User: ${role} is not authorized to perform: glue:StartJobRun on resource: arn:aws:glue:eu-west-1:111122223333:job/nightly with an explicit deny in a service control policy: arn:aws:organizations::444455556666:policy/o-a1b2c3d4e5/service_control_policy/p-0a1b2c3d`,
  'a role of a service': `CREATE_FAILED  AWS::Lambda::EventSourceMapping
The provided execution role does not have permissions to call DeleteMessage on SQS (Service: AWSLambda; Status Code: 400; Error Code: InvalidParameterValueException; Request ID: 0d0bb2a1-1111-4222-8333-444455556666)`,
}

const told = (text: string): unknown =>
  parsePaste(text).denials.map((denial) => ({
    class: denial.class,
    principal: denial.principal,
    action: denial.action,
    resource: denial.resource,
    service: denial.service,
    errorCode: denial.errorCode,
    policyType: denial.policyType,
    effect: denial.effect,
    policyArn: denial.policyArn,
    clues: denial.clues.map(({ kind }) => kind).filter((kind) => kind.startsWith('service-role')),
  }))

for (const [paste, text] of Object.entries(pastes))
  t.test(paste, (t) => {
    const plain = told(text)
    t.not(JSON.stringify(plain), '[]')
    for (const [name, carry] of Object.entries(carriers)) t.strictSame(told(carry(text)), plain, name)
    if (!text.startsWith('{'))
      for (const columns of [60, 72, 80, 100, 120])
        t.strictSame(told(brokenAt(columns)(text)), plain, `broken at ${String(columns)}`)
    t.end()
  })

// What an editor breaks at its margin and marks as a comment, a list or a change.
const marks = [
  '// ',
  '//',
  '/// ',
  ' * ',
  '# ',
  '#',
  '; ',
  ';; ',
  '% ',
  '! ',
  ':: ',
  '-- ',
  '- ',
  '+',
  '-',
  '+  // ',
  '-  # ',
  'REM ',
  'dnl ',
  '> -- ',
  '\u2022 ',
]
const refusals: readonly (readonly string[])[] = [
  [
    'User: arn:aws:iam::111122223333:user/kim is not authorized to perform:',
    'iam:PassRole on resource: arn:aws:iam::111122223333:role/reports',
    'because no identity-based policy allows the',
    'iam:PassRole action',
  ],
  [
    'User: arn:aws:iam::111122223333:user/kim',
    'is not authorized to perform: dynamodb:Query',
    'on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
    'with an explicit deny in a service control',
    'policy',
  ],
  [
    'User: arn:aws:iam::111122223333:user/kim is not',
    'authorized to perform: iam:DeleteRole on resource: role reports',
    'because no permissions boundary allows the iam:DeleteRole action',
  ],
]
t.test('marks before the lines of a broken sentence', (t) => {
  for (const lines of refusals) {
    const plain = told(lines.join(' '))
    for (const mark of marks)
      for (const end of ['\n', '\r\n'])
        t.strictSame(told(lines.map((line) => `${mark}${line}`).join(end)), plain, `${mark} ${lines[1] ?? ''}`)
    t.strictSame(told(`/** ${lines.join('\n   * ')} */`), plain, 'behind the opening of a comment')
    t.strictSame(told(`/* ${lines.join('\n * ')}\n */`), plain)
    t.strictSame(told(JSON.stringify({ note: lines.join('\n * ') })), plain, 'in escapes')
  }
  t.end()
})

t.test('a mark before the reason alone widens no resource', (t) => {
  const denied = (action: string, resource: string): string =>
    `User: arn:aws:iam::111122223333:user/kim is not authorized to perform: ${action} on resource: ${resource}`
  const reason = 'because no identity-based policy allows the iam:PassRole action'
  for (const resource of ['arn:aws:iam::111122223333:role/reports', 'role reports', 'arn:aws:s3:::photos/a'])
    for (const mark of [' * ', '* ', '** ', '// ', '-- ', '; ', '+ ', '- ', '~ ', '| '])
      t.equal(
        parsePaste(`${denied('iam:PassRole', resource)}\n${mark}${reason}`).denials[0]?.resource,
        resource,
        `${mark}${resource}`,
      )
  t.equal(parsePaste(`${denied('s3:ListAllMyBuckets', '')}\n* ${reason}`).denials[0]?.resource, '*')
  t.equal(
    parsePaste(`${denied('s3:GetObject', 'arn:aws:s3:::photos/')}\n* ${reason}`).denials[0]?.resource,
    'arn:aws:s3:::photos/*',
  )
  t.equal(
    parsePaste(`${denied('s3:GetObject', 'arn:aws:s3:::photos/*')}\n * ${reason}`).denials[0]?.resource,
    'arn:aws:s3:::photos/*',
  )
  // Names that a break cut go on with these.
  for (const rest of ['/', '/*', ':*'])
    t.equal(
      parsePaste(`${denied('s3:GetObject', 'arn:aws:s3:::photos')}\n${rest} ${reason}`).denials[0]?.resource,
      `arn:aws:s3:::photos${rest}`,
    )
  t.end()
})

t.test('a sentence that was cut off does not go on in the next line', (t) => {
  const of = (text: string): unknown => {
    const [denial] = parsePaste(text).denials
    return [denial?.action ?? null, denial?.resource ?? null]
  }
  const sentence = `AccessDenied: User: ${role} is not authorized to perform:`
  const rows: readonly (readonly [text: string, action: string | null, resource: string | null])[] = [
    [`${sentence} route53:\ntime="2026-10-01T10:00:00Z" level=error`, null, null],
    [`${sentence} route53:\nListHostedZones`, 'route53:ListHostedZones', null],
    [`    message: '${sentence} null\n    reason: Failed`, null, null],
    [`${sentence} ecs:RunTask on resource:\n  reason: Failed`, 'ecs:RunTask', null],
    [`${sentence} ecs:RunTask on resource\n:eyes: 3`, 'ecs:RunTask', null],
    [
      `${sentence} ecs:RunTask on resource:\narn:aws:ecs:eu-west-1:111122223333:task-definition/a:1`,
      'ecs:RunTask',
      'arn:aws:ecs:eu-west-1:111122223333:task-definition/a:1',
    ],
    [`${sentence} ecs:ListTasks on resource:\n*`, 'ecs:ListTasks', '*'],
    [`${sentence} ecs:RunTask on resource:\nnightly`, 'ecs:RunTask', 'nightly'],
    [
      `${sentence} glue:GetJob on resource: arn:aws:glue:eu-west-1:111122223333:job/Copy orders\nto raw because no identity-based policy allows the glue:GetJob action`,
      'glue:GetJob',
      'arn:aws:glue:eu-west-1:111122223333:job/Copy orders to raw',
    ],
  ]
  for (const [text, action, resource] of rows) t.strictSame(of(text), [action, resource], text.slice(-60))
  t.end()
})

t.test('asterisks of a bold text, and those of a mask', (t) => {
  const of = (text: string): unknown => parsePaste(text).denials[0]?.resource
  const stack = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/orders-dev/'
  const sentence = (name: string): string =>
    `User: ${role} is not authorized to perform: cloudformation:CreateStack on resource: ${stack}${name}`
  t.equal(of(`**${sentence('*')}**`), `${stack}*`)
  t.equal(of(`> **${sentence('*')}**.`), `${stack}*`)
  t.equal(of(`{"message": "**${sentence('*')}**"}`), `${stack}*`)
  t.equal(of(sentence('***')), `${stack}***`)
  t.equal(of(`**Note** ${sentence('***')}`), `${stack}***`)
  t.equal(of(`**${sentence('*** because of this')}**`), `${stack}***`)
  t.end()
})

t.test('the asterisk that closes an emphasis is no wildcard of the name before it', (t) => {
  const of = (text: string): unknown => parsePaste(text).denials[0]?.resource
  const arn = 'arn:aws:sqs:eu-west-1:111122223333:orders'
  const sentence = (name: string): string =>
    `User: ${role} is not authorized to perform: sqs:SendMessage on resource: ${name}`
  t.equal(of(`It says *${sentence(arn)}* now`), arn)
  t.equal(of(`"*Received [FAILED]. ${sentence(arn)}*". Then delete it.`), arn)
  t.equal(of(`a *note* before\n*${sentence(arn)}*\nand after`), arn)
  t.equal(of(`(*${sentence(arn)}*)`), arn)
  t.equal(of(sentence(`${arn}*`)), `${arn}*`)
  t.equal(of(`a *note* before ${sentence(`${arn}*`)} when`), `${arn}*`)
  t.equal(of(`* item\n* ${sentence(`${arn}*`)}`), `${arn}*`)
  t.equal(of(`*An earlier paragraph\n\n${sentence(`${arn}*`)}`), `${arn}*`)
  t.equal(of(`{"Action": "*", "Message": "${sentence(`${arn}*`)}"}`), `${arn}*`)
  t.equal(of(`provider: *default\n${sentence(`${arn}*`)}`), `${arn}*`)
  t.end()
})

t.test('what KMS told Lambda is part of what Lambda says', (t) => {
  const said =
    "An error occurred (KMSAccessDeniedException) when calling the Invoke operation: Lambda was unable to decrypt the environment variables because KMS access was denied. Please check the function's KMS key settings. KMS Exception: AccessDeniedException KMS Message: The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access."
  t.match(parsePaste(said).denials, [{ operation: 'Invoke', errorCode: 'KMSAccessDeniedException' }])
  t.equal(parsePaste(said).denials.length, 1)
  t.end()
})
