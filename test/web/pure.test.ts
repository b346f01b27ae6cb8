import { readFileSync, readdirSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { readPolicies } from '../../src/evidence/document.ts'
import { codeTokens } from '../../src/web/code-tokens.ts'
import { decodeFragment, encodeFragment } from '../../src/web/fragment.ts'
import { gateOf, isDeniedAsTold, toldOf } from '../../src/web/gate.ts'
import {
  addPolicy,
  evidenceOf,
  nothingGiven,
  readPastedPolicy,
  removeContextKey,
  removePolicy,
  setContextKey,
  setHint,
} from '../../src/web/given.ts'
import { segments } from '../../src/web/highlight.ts'
import { openQuestions, questionText } from '../../src/web/questions.ts'
import { remedyForms } from '../../src/web/remedy-forms.ts'
import { nextAnswer } from '../../src/web/state.ts'
import { nextIndex } from '../../src/web/tab-keys.ts'
import { words } from '../../src/web/words.ts'
import { allowedVerdict, cannedReply, cannedText, singleReply } from './canned.ts'

/** The page's parts that decide something, without a browser. */

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

t.test('the paste is cut where marks begin and end', (t) => {
  const text = 'x because s3:Get now y'
  const cut = segments(text, { span: [2, 20], marks: { reason: [2, 20], action: [10, 16] } })
  t.strictSame(
    cut.map(({ text: piece, mark, ofDenial }) => [piece, mark, ofDenial]),
    [
      ['x ', null, false],
      ['because ', 'reason', true],
      ['s3:Get', 'action', true],
      [' now', 'reason', true],
      [' y', null, false],
    ],
  )
  t.equal(cut.map((piece) => piece.text).join(''), text)
  t.equal(segments('😀 a', { span: [3, 4], marks: { action: [3, 4] } }).at(-1)?.text, 'a', 'UTF-16 code units')
  t.strictSame(segments('', { span: [0, 0], marks: {} }), [])
  t.strictSame(
    segments('abc', { span: [1, 99], marks: { action: [2, 2] } })
      .map((piece) => piece.text)
      .join(''),
    'abc',
  )
  const long = 'a'.repeat(100_000)
  const shown = segments(long, { span: [50_000, 50_010], marks: {} })
  t.ok(shown.map((piece) => piece.text).join('').length < 41_000, 'a long log is shown around its denial')
  t.equal(shown[0]?.text, ' … ')
  t.end()
})

t.test('what the message says stands beside what could not be read', (t) => {
  const scp = { policyType: 'service-control', effect: 'explicit' } as const
  t.equal(toldOf({ type: 'service-control', result: 'notCollected' }, scp), 'explicit')
  t.equal(toldOf({ type: 'service-control', result: 'unknown' }, { ...scp, effect: 'implicit' }), 'implicit')
  t.equal(toldOf({ type: 'service-control', result: 'allowed' }, scp), null, 'read, and they disagree')
  t.equal(toldOf({ type: 'resource-control', result: 'notCollected' }, scp), null, 'another policy type')
  t.ok(isDeniedAsTold('unknown', scp))
  t.notOk(isDeniedAsTold('unknown', { policyType: null, effect: null }))
  t.notOk(isDeniedAsTold('allowed', scp), 'the disagreement is to be seen')
  t.end()
})

t.test('code is coloured without losing a character', (t) => {
  const json = JSON.stringify({ Action: 's3:<Name>', 'a"b': [true, null, 1] }, null, 2)
  const tokens = codeTokens(json, 'json')
  t.equal(tokens.map(({ text }) => text).join(''), json)
  t.strictSame(
    tokens.filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`),
    ['key "Action"', 'string "s3:', 'placeholder <Name>', 'string "', 'key "a\\"b"', 'word true', 'word null'],
  )
  const diff = '--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same'
  t.strictSame(
    codeTokens(diff, 'diff').map(({ kind }) => kind),
    ['hunk', 'hunk', 'hunk', 'removed', 'added', 'plain'],
  )
  t.equal(codeTokens('aws iam <RoleName>', 'text').at(-1)?.kind, 'placeholder')
  const start = performance.now()
  codeTokens('"'.repeat(50_000) + '\\'.repeat(50_000), 'json')
  t.ok(performance.now() - start < 2000, 'hostile text takes no longer')
  t.end()
})

t.test('a text travels in a fragment and comes back', async (t) => {
  for (const text of ['error', '한국어 😀\n\u0000', 'x'.repeat(900_000)]) {
    const fragment = await encodeFragment(text)
    t.match(fragment, /^#paste=[\w-]+$/)
    t.equal(await decodeFragment(fragment ?? ''), text)
  }
  const bomb = await encodeFragment('x'.repeat(3 * 1024 * 1024))
  t.equal(await decodeFragment(bomb ?? ''), null, 'a small link does not unpack to any size')
  for (const broken of ['', '#other', '#paste=', '#paste=%%%', '#paste=AAAA'])
    t.equal(await decodeFragment(broken), null)
})

t.test('what is given by hand', (t) => {
  const document = { Version: '2012-10-17', Statement: [] }
  for (const [name, pasted] of Object.entries({
    'the document': document,
    'get-role-policy': { RoleName: 'r', PolicyName: 'named', PolicyDocument: document },
    'get-policy-version': { PolicyVersion: { Document: document } },
    'get-bucket-policy': { Policy: JSON.stringify(document) },
    'get-role': { Role: { AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(document)) } },
    'describe-policy': { Policy: { PolicySummary: {}, Content: JSON.stringify(document) } },
    'get-queue-attributes': { Attributes: { QueueArn: 'q', Policy: JSON.stringify(document) } },
    'get-topic-attributes': { Attributes: { TopicArn: 't', Owner: 'o', Policy: JSON.stringify(document) } },
    'get-resource-policy': { ARN: 's', Name: 's', ResourcePolicy: JSON.stringify(document) },
    'get-repository-policy': { registryId: '1', repositoryName: 'r', policyText: JSON.stringify(document) },
  })) {
    t.match(readPastedPolicy(JSON.stringify(pasted)), { kind: 'policy', document }, name)
    t.match(readPolicies({ session: [{ name, document: pasted }] }), { session: [{ document }] }, `${name}: the API`)
  }
  t.match(readPastedPolicy('{'), { kind: 'not-json' })
  t.match(readPastedPolicy('[]'), { kind: 'not-json' })
  t.match(readPastedPolicy('{"a": 1}'), { kind: 'no-statement' })

  let given = addPolicy(nothingGiven, { policyType: 'identity-based', name: 'a', document })
  given = addPolicy(given, { policyType: 'identity-based', name: 'b', document })
  given = addPolicy(given, { policyType: 'service-control', name: 'scp', document })
  given = addPolicy(given, { policyType: 'session', name: 'none', document: null })
  given = setContextKey(given, 'aws:SourceIp', '203.0.113.1')
  given = setContextKey(given, 'AWS:sourceip', ['203.0.113.2', '203.0.113.3'])
  t.strictSame(evidenceOf(given), {
    policies: {
      'identity-based': [
        { name: 'a', document },
        { name: 'b', document },
      ],
      'service-control': [{ level: 'given', policies: [{ name: 'scp', document }] }],
      session: null,
    },
    context: { 'AWS:sourceip': ['203.0.113.2', '203.0.113.3'] },
  })
  const none = addPolicy(given, { policyType: 'identity-based', name: 'none', document: null })
  t.match(evidenceOf(none), { policies: { 'identity-based': null } }, 'none takes the place of those before')
  t.strictSame(
    given.policies.reduce((rest, { id }) => removePolicy(rest, id), removeContextKey(given, 'aws:sourceip')),
    nothingGiven,
  )
  t.equal(evidenceOf(nothingGiven), undefined)
  t.strictSame(setHint(setHint(nothingGiven, 'action', ' s3:GetObject '), 'action', ''), nothingGiven)
  t.end()
})

t.test('questions that are worth asking', (t) => {
  const [first] = cannedReply.diagnoses
  const questions = openQuestions(first!)
  t.match(questions, [
    { key: 'aws:MultiFactorAuthPresent', shape: 'yes-no' },
    { key: 'aws:SourceIp', shape: 'value' },
    { about: 'hint', name: 'resource' },
  ])
  t.equal(questionText('AWS:SourceIP', words.en), 'From which IP address was the request sent?')
  t.match(questionText('aws:PrincipalTag/cost/center', words.en), /the caller's tag cost\/center/)
  t.match(questionText('s3:prefix', words.ko), /s3:prefix/)
  t.end()
})

t.test('gates, forms and tabs', (t) => {
  t.equal(gateOf({ result: 'implicitDeny', blocking: true }), 'blocks')
  t.equal(gateOf({ result: 'implicitDeny', blocking: false }), 'aside')
  t.equal(gateOf({ result: 'explicitDeny', blocking: false }), 'blocks')
  t.equal(gateOf({ result: 'notCollected', blocking: false }), 'unread')
  const remedy = cannedReply.diagnoses[0]!.causes[0]!.remedies[0]!
  t.strictSame(
    remedyForms(remedy).map(({ name }) => name),
    ['statement', 'policyDocument', 'diff', 'awsCli', 'awsCliFile', 'terraform', 'cloudformation', 'cdk', 'undo'],
  )
  t.strictSame(remedyForms({ policyDocument: null, diff: null, commands: null }), [])
  t.equal(nextIndex('ArrowRight', 2, 3), 0)
  t.equal(nextIndex('ArrowLeft', 0, 3), 2)
  t.equal(nextIndex('a', 0, 3), null)
  t.end()
})

t.test('the next answer stays with the denial that was looked at, and says what has changed', (t) => {
  const before = { text: cannedText, reply: cannedReply, index: 1, news: null }
  const swapped = { ...cannedReply, diagnoses: cannedReply.diagnoses.toReversed() }
  t.equal(nextAnswer(before, cannedText, swapped, 'recheck', words.en).index, 0)
  t.equal(nextAnswer(before, cannedText, swapped, 'new', words.en).index, 0)
  const first = { ...before, index: 0 }
  const allowed = singleReply({ verdict: allowedVerdict })
  t.match(nextAnswer(first, cannedText, allowed, 'recheck', words.en).news, { tone: 'good', text: /now allow it/ })
  t.match(nextAnswer(first, cannedText, cannedReply, 'recheck', words.en).news, { text: /nothing has changed/ })
  t.match(nextAnswer(first, cannedText, allowed, 'given', words.ko).news, { text: /허용됨/ })
  t.equal(nextAnswer(first, cannedText, cannedReply, 'language', words.en).news, null)
  t.end()
})

t.test('every word of index.html and every sample has its words, in both languages', (t) => {
  const used = [...read('public/index.html').matchAll(/data-word="(\w+)"/g)].map(([, name]) => name ?? '')
  const samples = JSON.parse(read('data/sample-pastes.json')) as readonly { readonly id: string }[]
  for (const [locale, { page, samples: titles }] of Object.entries(words)) {
    t.strictSame(
      [...new Set(used)].filter((name) => !(name in page)),
      [],
      `${locale}: words of the page`,
    )
    t.strictSame(
      samples.map(({ id }) => id).filter((id) => titles[id] === undefined),
      [],
      `${locale}: samples`,
    )
  }
  t.strictSame(
    Object.keys(words.en.page).filter((name) => !used.includes(name)),
    [],
    'and no word is left over',
  )
  t.end()
})

t.test('the page weighs little, asks nothing of the internet and needs no inline code', (t) => {
  const assets = ['public', 'dist/web'].flatMap((folder) =>
    readdirSync(new URL(folder, root))
      .filter((name) => /\.(?:html|css|js|svg)$/.test(name))
      .map((name) => `${folder}/${name}`),
  )
  const size = assets.reduce((sum, path) => sum + gzipSync(read(path)).length, 0)
  t.comment(`${String(assets.length)} files, ${(size / 1024).toFixed(1)} KiB gzipped`)
  t.ok(size < 60_000, `${String(size)} bytes gzipped`)
  const html = read('public/index.html')
  t.notMatch(html, /\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)|https?:/)
  t.notMatch(read('public/style.css'), /url\(|@import/)
  for (const path of assets) t.notMatch(read(path), /innerHTML|outerHTML|insertAdjacentHTML|document\.write/, path)
  t.end()
})
