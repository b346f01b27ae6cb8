import { readFile, writeFile } from 'node:fs/promises'
import t from 'tap'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { createExplainer, type ExplainInput } from '../../src/explain.ts'
import { noEvidence } from '../../src/evidence/evidence.ts'
import { buildReply } from '../../src/reply/build.ts'
import { renderMarkdown } from '../../src/reply/markdown.ts'
import { splitProse } from '../../src/reply/prose.ts'
import { replySchema, type Reply } from '../../src/reply/schema.ts'
import { renderText } from '../../src/reply/text.ts'
import { widthOf } from '../../src/reply/wrap.ts'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { locales } from '../../src/words/locale.ts'
import { cause, denial, diagnosis, remedy, request } from './diagnosis-builder.ts'
import { goldenCases } from './golden-cases.ts'

type Settings = Parameters<typeof createGatherer>[0]

const gathererOf = (EVIDENCE: 'none' | 'sample') => createGatherer({ EVIDENCE, EVIDENCE_TIMEOUT_MS: 1000 } as Settings)
const none = await gathererOf('none')
const explainers = {
  none: createExplainer({ gatherer: none, offline: none, version: 'test' }),
  sample: createExplainer({ gatherer: await gathererOf('sample'), offline: none, version: 'test' }),
}

const explain = async (evidence: 'none' | 'sample', input: ExplainInput): Promise<Reply> => {
  const explained = await explainers[evidence].explain(input)
  if (explained.kind !== 'reply') throw new Error('nothing recognised')
  return explained.reply
}

const replyOf = (over: Partial<Diagnosis> = {}, more: Partial<Parameters<typeof buildReply>[0]> = {}): Reply =>
  buildReply({
    diagnoses: [diagnosis(over)],
    plan: [],
    notes: [],
    locale: 'en',
    showPolicies: true,
    version: 'test',
    catalogueVersion: 'test',
    ...more,
  })

for (const { name, evidence, input } of goldenCases) {
  t.test(`golden: ${name}`, async (t) => {
    const locale = input.locale ?? 'en'
    const reply = replySchema.parse(await explain(evidence, input))
    for (const [extension, rendering] of [
      ['md', renderMarkdown(reply, locale)],
      ['txt', renderText(reply, locale)],
    ] as const) {
      const file = new URL(`goldens/${name}.${extension}`, import.meta.url)
      if (process.env['SNAP'] === '1') await writeFile(file, rendering)
      t.equal(rendering, await readFile(file, 'utf8'), `${name}.${extension}`)
    }
  })
}

t.test('a pasted value stays inside its code span', (t) => {
  const hostile = [
    '`</code><script>alert(1)</script>`',
    '[click](javascript:alert(1))',
    '![x](https://example.com/track.png)',
    'a\n\n# heading\n\n| table |',
    '@everyone <@U1> #channel',
    '~~~\n```\nend',
  ]
  for (const text of hostile) {
    const reply = replyOf({
      denial: denial({ principal: text, roleOrUserName: text, action: text, resource: text, sessionName: text }),
      requests: [request({ action: text, resource: text })],
      causes: [cause({ facts: { principal: text, action: text, resource: text, companions: text } })],
      next: [{ action: text, resource: text, because: { code: 'pass-role', values: { service: text } } }],
      hints: [{ code: text, values: {} }],
      evidence: {
        ...noEvidence,
        gaps: [{ about: text, policyType: null, reason: 'failed', statement: null, account: text }],
      },
    })
    for (const locale of locales) {
      const outside = withoutCode(renderMarkdown(reply, locale))
      t.notMatch(outside, /<script|\]\(javascript|!\[|^# |@everyone|<@/mu, JSON.stringify(text))
      t.notMatch(renderText(reply, locale), /\p{Cc}(?<!\n)|undefined|\[object/u)
    }
  }
  t.end()
})

/** Markdown without its fences and code spans: what a renderer would interpret. */
const withoutCode = (markdown: string): string =>
  markdown
    .split(/^(`{3,})[a-z]*\n[^]*?\n\1$/mu)
    .filter((_, index) => index % 2 === 0)
    .join('\n')
    .replaceAll(/`[^`\n]*`/gu, '')

t.test('a terminal is not controlled by a paste', (t) => {
  const reply = replyOf({
    denial: denial({ roleOrUserName: 'red\u001B[31m', principal: 'x\u0007\u001B]0;title\u0007' }),
  })
  t.notMatch(renderText(reply, 'en'), /\p{Cc}(?<!\n)/u)
  t.end()
})

t.test('text keeps to a hundred columns, except what is copied whole', async (t) => {
  for (const { evidence, input } of goldenCases) {
    const locale = input.locale ?? 'en'
    const long = renderText(await explain(evidence, input), locale)
      .split('\n')
      .filter((line) => !line.startsWith('  ') && widthOf(line) > 100 && line.trim().includes(' '))
      .filter((line) => !line.split(' ').some((word) => widthOf(word) > 60))
    t.strictSame(long, [])
  }
})

t.test('the sample account is named in every rendering', async (t) => {
  for (const locale of locales) {
    const tutorial = goldenCases[0]
    if (tutorial === undefined) throw new Error('no cases')
    const reply = await explain('sample', { ...tutorial.input, locale })
    const said = locale === 'en' ? /sample account/u : /샘플 계정/u
    t.match(renderMarkdown(reply, locale), said)
    t.match(renderText(reply, locale), said)
    t.match(JSON.stringify(reply.diagnoses[0]?.evidence.notes), said)
  }
})

t.test('what must not be echoed is only said to be there', (t) => {
  const secret = 'u8Zk-not-to-be-shown'
  const reply = replyOf({ denial: denial({ encodedMessage: secret, authorizationId: secret }) })
  t.strictSame(reply.diagnoses[0]?.denial.encodedMessage, { present: true })
  t.strictSame(reply.diagnoses[0]?.denial.authorizationId, { present: true })
  t.notMatch(JSON.stringify(reply), secret)
  t.end()
})

t.test('access keys are masked wherever they stand', (t) => {
  const key = ['AKIA', 'ABCDEFGHIJKL2345'].join('')
  const reply = replyOf({
    denial: denial({ resource: `arn:aws:s3:::example/${key}`, sessionName: key }),
    causes: [cause({ facts: { resource: key }, check: `aws ${key}` })],
  })
  t.notMatch(JSON.stringify(reply), key)
  t.end()
})

t.test('SHOW_POLICIES=false withholds documents, diffs, near misses and edits', (t) => {
  const target = {
    policyType: 'identity-based',
    attachTo: 'role/R',
    policyName: 'Shared',
    policyArn: null,
    create: false,
  } as const
  const document = { Version: '2012-10-17', Statement: [{ Sid: 'Secret', Effect: 'Deny', Action: '*' } as const] }
  const commands = {
    awsCli: 'aws Secret',
    awsCliFile: null,
    undo: null,
    terraform: null,
    cloudformation: null,
    cdk: null,
  }
  const edit = remedy({
    target,
    policyDocument: document,
    diff: '-Secret',
    commands,
    editedStatement: document.Statement[0] ?? null,
  })
  const plan = [{ target, policyDocument: document, diff: '-Secret', commands, covers: ['x'] }]
  const shown = replyOf({ causes: [cause({ remedies: [edit] })] }, { plan })
  t.match(JSON.stringify(shown), 'Secret')
  const hidden = replyOf({ causes: [cause({ remedies: [edit] })] }, { plan, showPolicies: false })
  t.notMatch(JSON.stringify(hidden), 'Secret')
  t.ok(hidden.diagnoses[0]?.causes[0]?.remedies[0]?.statement, 'the statement to add stays')
  t.equal(hidden.notes.length, 1, 'and it is said')
  t.end()
})

t.test('a diagnosis without a cause still answers', (t) => {
  const reply = replyOf({
    causes: [],
    requests: [],
    caller: null,
    denial: denial({ principal: null, roleOrUserName: null }),
  })
  for (const locale of locales) t.notMatch(renderMarkdown(reply, locale), /undefined|null/u)
  t.end()
})

t.test('prose splits at its backticks', (t) => {
  t.strictSame(splitProse('a `b` c'), [
    { kind: 'words', text: 'a ' },
    { kind: 'value', text: 'b' },
    { kind: 'words', text: ' c' },
  ])
  t.strictSame(splitProse('a ` c'), [{ kind: 'words', text: 'a ` c' }])
  t.strictSame(splitProse(''), [])
  t.end()
})
