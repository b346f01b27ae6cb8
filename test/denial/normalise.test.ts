import t from 'tap'
import { normalise } from '../../src/denial/normalise/normalise.ts'

const escape = '\u001b'

const mail = 'Content-Transfer-Encoding: quoted-printable'
const filled = 'Error Code: AccessDenied, Status Code: 403, AWS Request ID:'
const id = '0d0bb2a1-4b1c-5d7e-9f00-112233445566'
const full = `${'x '.repeat(37)}a`

// The text as printed, as it is read, and the part of the printed one behind a part of the read one.
const rows: readonly (readonly [name: string, printed: string, read: string, part: string, behind: string])[] = [
  ['plain', 'a bc d', 'a bc d', 'bc', 'bc'],
  ['an escaped quote', 'a \\"b\\" c', 'a "b" c', '"b"', '\\"b\\"'],
  ['escaped twice', '\\\\\\"b', '"b', '"', '\\\\\\"'],
  ['an escaped line break', 'a\\nb', 'a\nb', '\nb', '\\nb'],
  ['an escape beside what it stands for', 'a\\u003ab', 'a:b', ':', '\\u003a'],
  ['colours are no part of a word', `${escape}[31mred${escape}[0m rest`, 'red rest', 'red', 'red'],
  ['a word over a colour', `re${escape}[31md`, 'red', 'red', `re${escape}[31md`],
  ['runs of blanks', 'a   b', 'a b', 'a b', 'a   b'],
  ['a blank at a line start', 'a\n   b', 'a\nb', 'b', 'b'],
  ['quoting at line starts', '> a\n> b', 'a\nb', 'a', 'a'],
  ['a comment', '  // a\n  // b', 'a\nb', 'b', 'b'],
  ['two slashes alone', '// a\nb', '// a\nb', '//', '//'],
  ['a list', '- a: 1\n- b: 2', '- a: 1\n- b: 2', '- b', '- b'],
  ['options', '--bucket x\n--key y', '--bucket x\n--key y', '--key', '--key'],
  ['a sum', 'a\n+ b', 'a\n+ b', '+', '+'],
  ['a sum of three', 'a\n  + b\n  + c', 'a\n+ b\n+ c', '+ c', '+ c'],
  ['over a quoted line break', '> a\n> b', 'a\nb', 'a\nb', 'a\n> b'],
  ['Windows line breaks', 'a\r\nb', 'a\nb', 'a\nb', 'a\r\nb'],
  ['a carriage return alone', 'a\rb', 'a\nb', '\n', '\r'],
  ['entities', 'a &lt;b&gt; c', 'a <b> c', '<b>', '&lt;b&gt;'],
  ['quoting in entities', '&gt; a\n&gt;&gt; b', 'a\nb', 'b', 'b'],
  ['an entity inside of a line', 'a &gt; b', 'a > b', '>', '&gt;'],
  ['an escaped quote in entities', 'a \\&quot;b\\&quot; c', 'a "b" c', '"b"', '\\&quot;b\\&quot;'],
  ['a field behind asterisks', 'arn:aws:iam::**:role/a', 'arn:aws:iam::**:role/a', '**', '**'],
  ['bold', 'a **b** c', 'a b c', 'b', 'b'],
  ['exotic signs', 'a\u00a0\u201cb\u201d', 'a "b"', '"b"', '\u201cb\u201d'],
  ['a pod before each line', '[pod/a-1/app] x is\n[pod/a-1/app] not y', '[pod/a-1/app] x is\nnot y', 'y', 'y'],
  ['another pod', '[pod/a-1/app] x\n[pod/a-2/app] y', '[pod/a-1/app] x\n[pod/a-2/app] y', 'y', 'y'],
  [
    'syslog before each line',
    'Sep  1 08:00:00 web app[12]: x\r\nSep  1 08:00:01 web app[12]: y',
    'Sep 1 08:00:00 web app[12]: x\ny',
    'y',
    'y',
  ],
  [
    'another process',
    'Sep  1 08:00:00 web app[12]: x\nSep  1 08:00:01 web cron[7]: y',
    'Sep 1 08:00:00 web app[12]: x\nSep 1 08:00:01 web cron[7]: y',
    'y',
    'y',
  ],
  [
    'a log stream before each line',
    '2026-01-02T10:00:00Z app/web/0a1b x\n2026-01-02T10:00:01Z app/web/0a1b y',
    'app/web/0a1b x\ny',
    'y',
    'y',
  ],
  ['line numbers', ' 9 | x\n10 | y\n11 |\n12 | z', '9 | x\ny\n\nz', 'z', 'z'],
  ['numbers that do not count', '9 x\n12 y', '9 x\n12 y', '12', '12'],
  ['a number of its own account', 'iam::\n111122223333:user', 'iam::\n111122223333:user', ':user', ':user'],
  ['a continued line of Windows', 'a \\\r\nb', 'a \nb', '\nb', '\\\r\nb'],
  ['a continued line with blanks behind', 'a \\  \nb', 'a \nb', 'b', 'b'],
  ['a path of Windows', 'C:\\ a', 'C:\\ a', 'a', 'a'],
  ['frames', '│ Error: x\n│ y', 'Error: x\ny', 'x', 'x'],
  ['beyond Latin', '오류: b 한국', '오류: b 한국', '한국', '한국'],
  ['a whole pair', 'a 😀 b', 'a 😀 b', '😀 b', '😀 b'],
  ['an address', '?m=is%20not%20authorized%3A%20b&c', '?m=is not authorized: b\nc', 'd: b', 'd%3A%20b'],
  ['a form', 'm=is+not+authorized%3A+a%2Bb', 'm=is not authorized: a+b', 'a+b', 'a%2Bb'],
  ['an address in an address', 'u=m%3Dis%2520not%2520authorized%26b', 'u=m=is not authorized\nb', '\nb', '%26b'],
  [
    'beyond ASCII in an address',
    'access%20denied%3A%20%E2%80%9Cb%ED%95%9C',
    'access denied: "b한',
    'b한',
    'b%ED%95%9C',
  ],
  ['a pair in an address', 'access%20denied%20%F0%9F%98%80b', 'access denied \ufffdb', 'b', 'b'],
  ['a percent sign by itself', 'access%20denied%20100%%zz%E2b', 'access denied 100%%zz%E2b', '%zz', '%zz'],
  ['an encoded key beside a sentence', 'not authorized: b/a%20b+c', 'not authorized: b/a%20b+c', 'a%20b', 'a%20b'],
  ['a mail’s source', `${mail}\nauthor=\nized =3D=E2=80=9Cx=\r\n`, `${mail}\nauthorized ="x`, 'author', 'author'],
  ['… by its full lines', `${full}=\nb =3D`, `${full}b =`, 'ab', 'a=\nb'],
  ['… by two of them', `${full}=\n${full}=\nb`, `${full}${full}b`, 'ab', 'a=\nb'],
  ['a setting without a value', 'KEY=\nOTHER=3D\nb', 'KEY=\nOTHER=3D\nb', 'OTHER', 'OTHER'],
  [
    'a quote whose lines were put together',
    `> ${filled} > ${id} was not found in the > queue`,
    `${filled} ${id} was not found in the queue`,
    `ID: ${id}`,
    `ID: > ${id}`,
  ],
  ['a path in a quote', `> ${filled} IAM > Roles > app`, `${filled} IAM > Roles > app`, 'Roles', 'Roles'],
  ['… where the line had room for more', `> ${filled} > a > b`, `${filled} > a > b`, 'b', 'b'],
  ['… outside of a quote', `${filled} > ${id}`, `${filled} > ${id}`, id, id],
  ['half a pair', 'a \ud83d b', 'a \ufffd b', '\ufffd b', '\ud83d b'],
]

t.test('what is read, and where it stands', (t) => {
  for (const [name, printed, read, part, behind] of rows) {
    const view = normalise(printed)
    t.equal(view.text, read, name)
    const at = read.indexOf(part)
    t.equal(printed.slice(...view.spanOf(at, at + part.length)), behind, `${name}: span`)
  }
  t.end()
})

t.test('places beside the text', (t) => {
  const view = normalise('> ab\n> ')
  t.equal(view.text, 'ab\n')
  t.strictSame(view.spanOf(0, 0), [2, 2], 'an empty part')
  t.strictSame(view.spanOf(1, 100), [3, 5], 'a part beyond the end')
  t.strictSame(view.spanOf(3, 3), [7, 7], 'the end')
  t.strictSame(normalise('').spanOf(0, 0), [0, 0])
  t.end()
})
