import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import t from 'tap'
import { openApiKeys } from '../../src/http/api-keys.ts'
import { readDiagnosesBody, tooDeep } from '../../src/http/body.ts'
import { hostName } from '../../src/http/hosts.ts'
import { splitLines, type Line } from '../../src/http/lines.ts'
import { Problem, problemDocument, problems, type ProblemCode } from '../../src/http/problem.ts'
import { toJson } from '../../src/http/to-json.ts'

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

async function lines(chunks: readonly string[], longest: number): Promise<readonly Line[]> {
  const all: Line[] = []
  const source = Readable.from(chunks.map((chunk) => Buffer.from(chunk)))
  for await (const batch of splitLines(source, longest)) all.push(...batch)
  return all
}

t.test('lines of a stream', async (t) => {
  t.strictSame(await lines(['a\nb', 'c\n\nd'], 10), [{ text: 'a' }, { text: 'bc' }, { text: '' }, { text: 'd' }])
  t.strictSame(await lines(['0123', '456789x\nok\n'], 10), [{ tooLong: true }, { text: 'ok' }])
  t.strictSame(await lines(['0123456789'], 10), [{ text: '0123456789' }], 'the limit itself is allowed')
  t.strictSame(await lines(['x'.repeat(50)], 10), [{ tooLong: true }], 'a last line without an end')
  t.strictSame(await lines([], 10), [])
})

t.test('a character cut in two by the network is whole again', async (t) => {
  const bytes = Buffer.from('é\n')
  const all: Line[] = []
  for await (const batch of splitLines(Readable.from([bytes.subarray(0, 1), bytes.subarray(1)]), 10)) all.push(...batch)
  t.strictSame(all, [{ text: 'é' }])
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
