import t from 'tap'
import { unframe } from '../../src/denial/normalise/frame.ts'
import { normalise } from '../../src/denial/normalise/normalise.ts'
import { parsePaste } from '../../src/denial/parse.ts'
import { unwrap } from '../../src/denial/normalise/unwrap.ts'

/** Cut at a column, as a terminal does. */
const wrapped = (text: string, column: number, indent = ''): string =>
  Array.from({ length: Math.ceil(text.length / column) }, (_, line) =>
    (indent + text.slice(line * column, (line + 1) * column)).trimEnd(),
  ).join('\n')

const principal =
  'arn:aws:sts::111122223333:assumed-role/payments-worker-of-the-shop-eu-west-1/0123456789abcdef0123456789abcdef'
const resource = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:payments/production/database-Ab1Cd2'
const message = `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secrets from ssm: AccessDeniedException: User: ${principal} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${resource} because no identity-based policy allows the secretsmanager:GetSecretValue action`

t.test('lines cut at a column are one, and marks stand in the text as it was sent', (t) => {
  for (const [column, indent] of [
    [60, '  '],
    [78, '        '],
    [80, ''],
    [97, ''],
    [120, ''],
  ] as const) {
    const text = `$ ./start\n${wrapped(message, column, indent)}`
    const { denials } = parsePaste(text)
    const name = String(column)
    t.match(denials, [{ principal, resource, errorCode: 'AccessDeniedException', policyType: 'identity-based' }], name)
    t.ok(
      denials[0]?.clues.some(({ kind }) => kind === 'ecs-secret-retrieval'),
      `${name}: words over a break`,
    )
    for (const [part, value] of [
      ['principal', principal],
      ['resource', resource],
    ] as const) {
      const [start, end] = denials[0]?.marks[part] ?? [0, 0]
      t.equal(text.slice(start, end).replaceAll(/\n */gu, ''), value, `${name}: ${part}`)
    }
  }
  t.end()
})

t.test('one line cut at the column of a terminal', (t) => {
  const line = 'An error occurred (AccessDenied) when calling the DescribeLogGroups operation: Access Denied'
  t.equal(unwrap(wrapped(line, 80))?.text, line)
  t.equal(unwrap(wrapped(line, 81)), null, 'another column proves nothing')
  t.equal(unwrap(`${wrapped(line, 80)}\n${'x'.repeat(90)}`), null, 'some line is wider')
  t.end()
})

t.test('a name cut at a mark inside of it, at the column of a terminal', (t) => {
  const cut = (head: string, tail: string): string => `${head.padStart(80, 'x')}\n${tail}`
  for (const [head, tail] of [
    [' on resource: arn', ':aws:iam::111122223333:role/app'],
    [' on resource: arn:aws:iam::111122223333:role', '/app'],
    [' on resource: arn:aws:iam::111122223333:role/app', '-of-the-shop'],
    [' on resource: arn:aws:route53:::hostedzone/', 'ZABCDEFGHIJKL'],
    [' Not authorized to perform sts:AssumeRole', 'WithWebIdentity'],
  ] as const)
    t.equal(unwrap(cut(head, tail))?.text, cut(head, tail).replace('\n', ''), head + tail)
  for (const [head, tail] of [
    [' on resource: arn:aws:iam::111122223333:role/app', '- and then'],
    [' on resource: arn:aws:iam::111122223333:role/app', ':eyes: 2'],
    [' on resource: arn:aws:iam::111122223333:role/app', 'Then I tried'],
    [' on resource: arn:aws:s3:::docs/', 'because of what'],
    [' Not authorized to perform sts:AssumeRole', 'Whatever I do'],
    [' on host', '127.0.0.1 - - "GET /"'],
  ] as const)
    t.equal(unwrap(cut(head, tail)), null, head + tail)
  t.end()
})

t.test('half a name at any column', (t) => {
  const cut = (head: string, tail: string): string => `${head.padStart(143, 'x')}\n${tail}`
  for (const [head, tail] of [
    [' on resource: arn:aws:dynamodb:eu-west-1:11112', '2223333:table/orders'],
    [' on resource: arn:aws:dynamodb:eu-west-1:111122223333:', 'table/orders'],
    [' on resource: arn:aws:dynamodb:eu-w', 'est-1:111122223333:table/orders'],
    [' is not authorized to perform: ecs:L', 'istTasks on resource: *'],
  ] as const)
    t.equal(unwrap(cut(head, tail))?.text, cut(head, tail).replace('\n', ''), head + tail)
  for (const [head, tail] of [
    [' on resource: arn:aws:sns:eu-west-1:111122223333:orders', 'Then I tried'],
    [' on resource: arn:aws:iam::', 'and nothing more'],
    [' is not authorized to perform: ecs:ListTasks', 'more: ids'],
    [' is not authorized to perform: ecs:L', 'ater it works'],
  ] as const)
    t.equal(unwrap(cut(head, tail)), null, head + tail)
  t.end()
})

t.test('a mail that was broken at blanks, by chance at the same column', (t) => {
  const text = `${'The provided execution role does not have'.padStart(79, 'x')}\npermissions to call DeleteMessage on SQS (Service: AWSLambda; Status Code: 400;\nmore`
  t.equal(unwrap(text), null)
  t.end()
})

t.test('lines that end by themselves stay apart', (t) => {
  const role = (name: string): string => `arn:aws:iam::111122223333:role/service-role/payments-worker-${name}`
  const pad = (text: string): string => text.padEnd(70, 'x')
  for (const text of [
    [role('one'), role('two'), role('six')].join('\n'),
    [pad('2026-01-01 10:00:00 first'), pad('2026-01-01 10:00:01 other'), '2026-01-01 10:00:02'].join('\n'),
    [pad('Error: could not read'), pad('    at com.example.Reader.read'), pad('    at com.example.Main.main')].join(
      '\n',
    ),
    [pad('could not create'), pad('caused by: AccessDenied'), '    status code: 403'].join('\n'),
    [`${pad('first')}.`, `${pad('Second')}.`, 'third'].join('\n'),
    `${'s3:PutObject on resource: arn:aws:s3:::'.padEnd(80, 'x')}\ncould anybody help me`,
    `${'aws s3 cp ./report.csv s3://docs --profile '.padEnd(80, 'x')}\nupload failed: ./report.csv`,
    ['resource: arn:aws:s3:::', 'principal: arn:aws:iam::111122223333:role/', 'action: s3:GetObject']
      .map(pad)
      .join('\n'),
    'a\nb\nc',
    '',
  ])
    t.equal(unwrap(text), null, text.slice(0, 40))
  t.end()
})

t.test('a cut at a blank keeps the blank', (t) => {
  const text = 'a'.repeat(59) + ' ' + 'b'.repeat(60) + 'c'.repeat(60) + 'd'.repeat(20)
  t.equal(unwrap(wrapped(text, 60))?.text, `${'a'.repeat(59)}\n${'b'.repeat(60)}${'c'.repeat(60)}${'d'.repeat(20)}`)
  t.end()
})

t.test('very many lines of one width', (t) => {
  // Each line tried against all that follow would not come to an end.
  t.equal(
    unwrap(Array.from({ length: 200_000 }, (_, index) => `${String(index % 7)}${'.'.repeat(60)}`).join('\n')),
    null,
  )
  t.end()
})

t.test('a frame with bars on both sides', (t) => {
  const read = (text: string): string => normalise(text).text
  const [bar, line] = ['\u2502', 'on resource: arn:aws:ssm:eu-west-1:111122223333:parame']
  t.equal(read(`${bar} ${line} ${bar}\n${bar} ter/app/db${' '.repeat(44)} ${bar}`), `${line}ter/app/db`)
  t.equal(read(`${line} ${bar}\n${bar} ter/app/db`), `${line}ter/app/db`, 'copied from the middle')
  t.equal(read(`${bar} ${line} ${bar}\r\n${bar} ter/app/db ${bar}\r\nnext`), `${line}ter/app/db\nnext`)
  t.equal(read(`${bar} one of two      ${bar}\n${bar} lines, each whole ${bar}`), 'one of two\nlines, each whole')
  t.equal(read(`${bar} Error: ${line}\n${bar} ter/app/db`), `Error: ${line}\nter/app/db`, 'no bar at the end')
  const table = `${bar} a ${bar} b ${bar}\n${bar} c ${bar} d ${bar}`
  t.equal(unframe(table), null, 'a table is none')
  const view = normalise(`${bar} ${line} ${bar}\n${bar} ter/app/db ${bar}`)
  const at = view.text.indexOf('parame')
  t.strictSame(view.spanOf(at, at + 'parameter'.length), [at + 2, at + 2 + 'parameter'.length + 5], 'where it stood')
  t.end()
})
