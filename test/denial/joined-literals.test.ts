import t from 'tap'
import { parsePaste } from '../../src/denial/parse.ts'

/*
 * Source code that builds a message from literals says what the program says.
 */

const principal = 'arn:aws:iam::111122223333:user/kim'
const resource = 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders'
const blanksBehind = [
  `User: ${principal} `,
  'is not authorized to perform: dynamodb:Query on resource: ',
  `${resource} `,
  'because no identity-based policy allows the dynamodb:Query action',
]
const blanksBefore = [
  `User: ${principal}`,
  ' is not authorized to perform: dynamodb:Query',
  ` on resource: ${resource}`,
  ' because no identity-based policy allows the dynamodb:Query action',
]

const told = (text: string): unknown =>
  parsePaste(text).denials.map(({ principal, action, resource, policyType, effect }) => [
    principal,
    action,
    resource,
    policyType,
    effect,
  ])
const whole = [[principal, 'dynamodb:Query', resource, 'identity-based', 'implicit']]

const joints: Readonly<Record<string, string>> = {
  Python: '"\n    "',
  'Python with a prefix': '"\n    f"',
  'Python over a continued line': '" \\\n    "',
  'Python in single quotes': "'\n    '",
  JavaScript: "' +\n  '",
  'JavaScript, operators first': "'\n  + '",
  'a template literal': '` +\n  `',
  Java: '" +\n        "',
  'a builder of Java': '")\n        .append("',
  Go: '"+\n\t"',
  'C#': '" +\n    $"',
  PHP: "' .\n  '",
  'PHP, operators first': "'\n  . '",
  Lua: '" ..\n  "',
  SQL: "' ||\n  '",
  'Visual Basic': '" & _\n  "',
  'one line': '" + "',
  'a diff': '" +\n+    "',
  'a comment': '" +\n//    "',
  'Windows line ends': '" +\r\n    "',
}
t.test('literals of one message', (t) => {
  for (const [language, joint] of Object.entries(joints))
    for (const parts of [blanksBehind, blanksBefore]) {
      const quote = joint.charAt(0)
      const start = joint.includes('\n+') ? '+  ' : joint.includes('\n//') ? '// ' : ''
      t.strictSame(told(`${start}throw new Error(${quote}${parts.join(joint)}${quote});`), whole, language)
    }
  t.end()
})

t.test('places in the paste', (t) => {
  const text = `fail("${blanksBehind.join('" +\n  "')}")`
  const { marks } = parsePaste(text).denials[0] ?? {}
  t.equal(text.slice(...(marks?.resource ?? [0, 0])), resource)
  t.equal(text.slice(...(marks?.principal ?? [0, 0])), principal)
  t.end()
})

t.test('what stands beside each other and is not joined', (t) => {
  const other = `User: ${principal} is not authorized to perform: dynamodb:Scan on resource: ${resource}`
  const one = `User: ${principal} is not authorized to perform: dynamodb:Query on resource: ${resource}`
  const both = [
    [principal, 'dynamodb:Query', resource, null, null],
    [principal, 'dynamodb:Scan', resource, null, null],
  ]
  t.strictSame(told(`"${one}"\n"${other}"`), both, 'lines in quotes')
  t.strictSame(told(`"1","${one}"\n"2","${other}"`), both, 'rows')
  t.strictSame(told(`It says \`${one}\`.\n\`because\` I changed a policy`), [both[0]], 'prose')
  t.end()
})

t.test('a variable is no resource', (t) => {
  const text = `"User: ${principal} is not authorized to perform: dynamodb:Query on resource: " + arn`
  t.strictSame(told(text), [[principal, 'dynamodb:Query', null, null, null]])
  t.end()
})

t.test('an ARN that stands in two literals beside each other', (t) => {
  const start = `User: ${principal} is not authorized to perform: dynamodb:Query on resource: `
  for (const [before, after] of [
    ['arn:aws:dynamodb:eu-west-1:', '111122223333:table/orders'],
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/', 'orders'],
  ] as const)
    for (const quote of ['"', "'"]) {
      const text = `(${quote}${start}${before}${quote}\n    ${quote}${after}${quote})`
      t.strictSame(told(text), [[principal, 'dynamodb:Query', before + after, null, null]], text)
    }
  const list = `"${start}arn:aws:s3:::docs/"\n"arn:aws:s3:::other/x"`
  t.strictSame(told(list), [[principal, 'dynamodb:Query', 'arn:aws:s3:::docs/', null, null]], 'another ARN')
  t.end()
})
