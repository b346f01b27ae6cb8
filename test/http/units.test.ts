import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openApiKeys } from '../../src/http/api-keys.ts'
import { readDiagnosesBody } from '../../src/http/body.ts'
import { tooDeep } from '../../src/http/nesting.ts'
import { hostName } from '../../src/http/hosts.ts'
import { createLineSplitter, type Line } from '../../src/http/lines.ts'
import { Problem, problemDocument, problems, type ProblemCode } from '../../src/http/problem.ts'
import { toJson } from '../../src/reply/to-json.ts'

t.test('Host headers', (t) => {
  const rows: readonly (readonly [string | undefined, string | null])[] = [
    ['localhost:8080', 'localhost'],
    ['LOCALHOST', 'localhost'],
    ['127.0.0.1:80', '127.0.0.1'],
    ['[::1]:8080', '[::1]'],
    ['rebound.example.', 'rebound.example'],
    ['user@localhost', null],
    ['local host', null],
    ['', null],
    [undefined, null],
  ]
  for (const [header, name] of rows) t.equal(hostName(header), name, String(header))
  t.end()
})

function lines(chunks: readonly (string | Buffer)[], longest: number): readonly Line[] {
  const splitter = createLineSplitter(longest)
  const ended = chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk)))
  return [...ended, ...splitter.end()]
}

t.test('lines of a stream', (t) => {
  t.strictSame(lines(['a\nb', 'c\n\nd'], 10), ['a', 'bc', '', 'd'])
  t.strictSame(lines(['0123', '456789x\nok\n'], 10), [null, 'ok'], 'too long over two chunks')
  t.strictSame(lines(['0123456789x\nok\n'], 10), [null, 'ok'], 'too long within one')
  t.strictSame(lines(['0123456789'], 10), ['0123456789'], 'the limit itself is allowed')
  t.strictSame(lines(['01234', '56789\n'], 10), ['0123456789'], 'over two chunks as well')
  t.strictSame(lines(['x'.repeat(50)], 10), [null], 'a last line without an end')
  t.strictSame(lines(['x'.repeat(50), 'y\nz'], 10), [null, 'z'])
  t.strictSame(lines([], 10), [])
  t.end()
})

t.test('a line may come in any pieces', (t) => {
  const text = ['한국어 é 😀', 'x'.repeat(10_000), '', 'last'].join('\n')
  const bytes = Buffer.from(text)
  for (const size of [1, 2, 3, 7, 4096, bytes.length]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    )
    t.strictSame(lines(chunks, 20_000), text.split('\n'), `${size} bytes at a time`)
  }
  t.end()
})

t.test('depth of JSON', (t) => {
  let deep: unknown = 1
  for (let i = 0; i < 64; i += 1) deep = [deep]
  t.notOk(tooDeep(deep))
  t.ok(tooDeep([deep]))
  let abyss: unknown = 1
  for (let i = 0; i < 200_000; i += 1) abyss = { a: abyss }
  t.ok(tooDeep(abyss), 'no stack is exhausted')
  t.end()
})

t.test('bodies', (t) => {
  t.strictSame(readDiagnosesBody('a text'), { text: 'a text' })
  t.strictSame(readDiagnosesBody({ text: 'a text', locale: 'ko' }), { text: 'a text', locale: 'ko' })
  const record = { eventSource: 's3.amazonaws.com', eventName: 'GetObject' }
  t.strictSame(readDiagnosesBody(record), { text: JSON.stringify(record) }, 'a CloudTrail record is read as a paste')
  const bad: readonly (readonly [string, unknown, ProblemCode, string?])[] = [
    ['text of a wrong type', { text: 5 }, 'invalid-request', '/text'],
    [
      'an account of 3 digits',
      { text: 'x', hints: { resourceAccount: '123' } },
      'invalid-request',
      '/hints/resourceAccount',
    ],
    ['an unknown locale', { text: 'x', locale: 'tlh' }, 'invalid-request', '/locale'],
    ['a number', 5, 'invalid-request', ''],
    ['more than 1 MiB', 'é'.repeat(600_000), 'too-large'],
  ]
  for (const [name, body, code, pointer] of bad)
    t.test(name, (t) => {
      try {
        readDiagnosesBody(body)
        t.fail('should have thrown')
      } catch (error) {
        t.ok(error instanceof Problem)
        t.equal((error as Problem).code, code)
        if (pointer !== undefined) t.equal((error as Problem).errors?.[0]?.pointer, pointer)
      }
      t.end()
    })
  t.end()
})

t.test('SCPs without their levels are those of one level; what is neither is answered with the form', (t) => {
  const guardrail = { name: 'guardrail', document: {} }
  const read = readDiagnosesBody({ text: 'x', evidence: { policies: { 'service-control': [guardrail] } } })
  t.strictSame(read.evidence?.policies?.['service-control'], [{ level: 'account', policies: [guardrail] }])
  try {
    readDiagnosesBody({ text: 'x', evidence: { policies: { 'service-control': [{ level: 'account' }] } } })
    t.fail('should have thrown')
  } catch (error) {
    t.match((error as Problem).errors, [
      { pointer: '/evidence/policies/service-control', message: /"level": "account"/u },
    ])
  }
  t.end()
})

t.test('problem documents', (t) => {
  for (const code of Object.keys(problems) as ProblemCode[]) {
    const document = problemDocument(new Problem(code, 'detail'), 'id')
    t.match(document, { status: problems[code].status, code, detail: 'detail', instance: 'urn:request:id' })
  }
  t.end()
})

t.test('API keys', (t) => {
  const file = join(t.testdir(), 'keys.json')
  const entry = (name: string, key: string, scopes: readonly string[]): object => ({
    name,
    sha256: createHash('sha256').update(key).digest('hex'),
    scopes,
  })
  writeFileSync(file, JSON.stringify({ keys: [entry('bot', 'first-key-of-the-bot', ['text'])] }))
  const warnings: string[] = []
  let now = 0
  const keys = openApiKeys(
    file,
    (message) => warnings.push(message),
    () => now,
  )
  t.equal(keys.find('first-key-of-the-bot')?.name, 'bot')
  t.equal(keys.find('first-key-of-the-bo'), null)
  t.equal(keys.find(''), null)

  writeFileSync(file, JSON.stringify({ keys: [entry('bot', 'second-key-of-the-bot!', ['text', 'batch'])] }))
  t.equal(keys.find('second-key-of-the-bot!'), null, 'not looked at again within a second')
  now += 1500
  t.ok(keys.find('second-key-of-the-bot!')?.scopes.has('batch'), 'rotated by editing the file')
  t.equal(keys.find('first-key-of-the-bot'), null)

  for (const garbage of ['{ half a file', '', '{}', '{"keys":[{"name":"bot","sha256":"x","scopes":["text"]}]}', null]) {
    if (garbage === null) rmSync(file)
    else writeFileSync(file, garbage)
    warnings.length = 0
    for (let i = 0; i < 3; i += 1) {
      now += 1500
      t.ok(keys.find('second-key-of-the-bot!'), `${garbage ?? 'no file'} leaves the last keys in force`)
    }
    t.equal(warnings.length, 1, 'said once')
    t.notMatch(warnings[0], 'half a file')
  }
  writeFileSync(file, JSON.stringify({ keys: [entry('bot', 'third-key-of-the-bot!!', ['text'])] }))
  now += 1500
  t.ok(keys.find('third-key-of-the-bot!!'), 'a whole file counts again')
  t.equal(keys.find('second-key-of-the-bot!'), null)
  writeFileSync(file, JSON.stringify({ keys: [] }))
  warnings.length = 0
  now += 1500
  t.equal(keys.find('third-key-of-the-bot!!'), null, 'whoever takes all keys away means it')
  t.match(warnings, [/holds no key/], 'and is told')
  rmSync(file)
  t.throws(() => openApiKeys(file, () => undefined), 'at start a broken file is an error')
  t.end()
})

t.test('JSON has whole characters only', (t) => {
  const rows: readonly (readonly [text: string, json: string])[] = [
    ['plain', '"plain"'],
    ['\uD83D\uDE00', '"\uD83D\uDE00"'],
    ['a\uD800b', '"a\uFFFDb"'],
    ['\uDE00\uD83D', '"\uFFFD\uFFFD"'],
    ['\\ud800', '"\\\\ud800"'],
    ['\\\uD800', '"\\\\\uFFFD"'],
    ['\n\u0000\uDFFF', '"\\n\\u0000\uFFFD"'],
  ]
  for (const [text, json] of rows) t.equal(toJson(text), json)
  t.equal(toJson({ '\uD800': ['\uDC00'] }), '{"\uFFFD":["\uFFFD"]}')
  t.end()
})
