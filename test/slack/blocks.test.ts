import * as fc from 'fast-check'
import t from 'tap'
import { causeCodes } from '../../src/diagnosis/cause-code.ts'
import { remedyKinds } from '../../src/remedy/remedy.ts'
import type { Reply, ReplyDiagnosis, ReplyRemedy } from '../../src/reply/schema.ts'
import { renderSlack, type SlackMessage } from '../../src/reply/slack-blocks.ts'
import type { SlackBlock } from '../../src/reply/slack-budget.ts'
import { codeSpan, fence, jsonFence, prose } from '../../src/reply/slack-mrkdwn.ts'
import { cause, diagnosis, remedy, reply } from './sample-reply.ts'

const options = { locale: 'en' } as const

/** Every text of mrkdwn in a message. */
const texts = (blocks: readonly SlackBlock[]): readonly string[] =>
  blocks.flatMap((block) => {
    if (block.type === 'section') return [block.text?.text ?? [], (block.fields ?? []).map(({ text }) => text)].flat()
    if (block.type === 'context') return block.elements.flatMap((element) => ('text' in element ? [element.text] : []))
    return []
  })

const unescape = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** The JSON values that stand in fences. */
const shown = (message: SlackMessage): readonly unknown[] =>
  texts(message.blocks)
    .filter((text) => /^```\n\{\s*"(?:Sid|Effect|Statement|Version)"/.test(text))
    .map((text) => JSON.parse(unescape(text.slice(4, -4))) as unknown)

/** Slack's limits, from its reference pages of blocks and elements; a list of what breaks them. */
function broken({ blocks, text }: SlackMessage): readonly string[] {
  const problems: string[] = []
  const check = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem)
  }
  const within = (value: string, limit: number, what: string): void =>
    check(value.trim().length >= 1 && value.length <= limit, `${what} of ${value.length}`)
  check(blocks.length >= 1 && blocks.length <= 50, `${blocks.length} blocks`)
  within(text, 4000, 'notification')
  for (const block of blocks) {
    if (block.type === 'header') within(block.text.text, 150, 'header')
    if (block.type === 'section') {
      check((block.text === undefined) !== (block.fields === undefined), 'neither text nor fields')
      if (block.text !== undefined) within(block.text.text, 3000, 'section')
      check((block.fields ?? []).length <= 10, 'fields')
      for (const field of block.fields ?? []) within(field.text, 2000, 'field')
    }
    if (block.type === 'context') {
      check(block.elements.length <= 10, 'context elements')
      for (const element of block.elements) within('text' in element ? element.text : '', 3000, 'context')
    }
    if (block.type === 'actions') {
      check(block.elements.length <= 25, 'actions')
      for (const element of block.elements)
        if (element.type === 'button') {
          within(element.text.text, 75, 'button')
          within(element.url ?? '', 3000, 'link')
        }
    }
  }
  for (const part of texts(blocks)) {
    check(!/[<>]/.test(part), 'unescaped < or >')
    check(!/&(?!(?:amp|lt|gt);)/.test(part), 'unescaped &')
    if (part.startsWith('```')) check(part.endsWith('\n```') && part.split('```').length === 3, 'fence')
  }
  return problems
}

t.test('a denial with its statement', (t) => {
  const message = renderSlack(reply(), { ...options, publicUrl: 'https://explain.example.com/aws' })
  t.strictSame(broken(message), [])
  t.equal(message.blocks[0]?.type, 'header')
  t.strictSame(shown(message), [remedy().statement], 'the statement is there, whole')
  const all = JSON.stringify(message.blocks)
  t.match(all, '`arn:aws:sts::111122223333:assumed-role/ReportReader/nightly`')
  t.match(all, 'https://explain.example.com/aws/v1/causes/missing-allow', 'links to the cause')
  t.match(message.text, 'No policy of `ReportReader` allows')
  t.end()
})

t.test('without an address there are no links', (t) => {
  t.notMatch(JSON.stringify(renderSlack(reply(), options).blocks), 'actions')
  t.end()
})

t.test('in Korean', (t) => {
  const message = renderSlack(reply(), { locale: 'ko', publicUrl: 'https://explain.example.com' })
  t.strictSame(broken(message), [])
  t.match(JSON.stringify(message.blocks), '이 원인에 대하여')
  t.match(JSON.stringify(message.blocks), 'https://explain.example.com/v1/causes/missing-allow?locale=ko')
  t.end()
})

const many = Array.from({ length: 120 }, (_, index) => `arn:aws:s3:::example-bucket-with-a-long-name-${index}/*`)

t.test('a statement that does not fit is left out whole, and said so', (t) => {
  const statement = { Effect: 'Allow' as const, Action: 's3:GetObject', Resource: many }
  const long = reply({ diagnoses: [diagnosis({ causes: [cause({ remedies: [remedy({ statement })] })] })] })
  const here = renderSlack(long, options)
  t.strictSame(broken(here), [])
  t.strictSame(shown(here), [])
  t.notMatch(JSON.stringify(here.blocks), 'example-bucket-with-a-long-name-0')
  t.match(JSON.stringify(here.blocks), 'access-denied-explainer --markdown error.txt')
  const linked = renderSlack(long, { ...options, publicUrl: 'https://explain.example.com' })
  t.match(JSON.stringify(linked.blocks), 'at https://explain.example.com to get it whole')
  t.end()
})

t.test('a statement that fits only in one line stands in one line', (t) => {
  const statement = {
    Effect: 'Allow' as const,
    Action: Array.from({ length: 220 }, (_, n) => `s3:A${n}`),
    Resource: '*',
  }
  t.ok(fence(JSON.stringify(statement, null, 2)) === null, 'too long with line breaks')
  const message = renderSlack(
    reply({ diagnoses: [diagnosis({ causes: [cause({ remedies: [remedy({ statement })] })] })] }),
    options,
  )
  t.strictSame(shown(message), [statement])
  t.end()
})

t.test('the edited statement is shown in place of the one to add', (t) => {
  const editedStatement = { Effect: 'Allow' as const, Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' }
  const edit = remedy({ kind: 'edit-statement', editedStatement })
  const message = renderSlack(reply({ diagnoses: [diagnosis({ causes: [cause({ remedies: [edit] })] })] }), options)
  t.strictSame(shown(message), [editedStatement])
  t.end()
})

t.test('many denials: the first in full, the others in a line, and what to apply', (t) => {
  const diagnoses = Array.from({ length: 200 }, (_, index) => diagnosis({ summary: `Denial ${index + 1}.` }))
  const document = { Version: '2012-10-17', Statement: [remedy().statement] }
  const target = remedy().target!
  const plan = [{ target, policyDocument: document, diff: null, commands: null, covers: ['d1'] }]
  const message = renderSlack(reply({ diagnoses, plan }), options)
  t.strictSame(broken(message), [])
  const all = texts(message.blocks).join('\n')
  for (const name of ['Denial 1.', 'Denial 5.', '• Denial 6.', '195 more denials']) t.match(all, name)
  t.strictSame(shown(message).at(-1), document, 'the plan')
  t.match(message.text, '(+ 199 more denials)')
  t.end()
})

t.test('pasted values break out of nothing', (t) => {
  const hostile = '`*x*` <!channel> <@U012> ```\n& <https://example.org|here>'
  const statement = { Effect: 'Allow' as const, Action: 's3:GetObject', Resource: hostile }
  const one = diagnosis({ causes: [cause({ check: hostile, remedies: [remedy({ statement, message: hostile })] })] })
  const message = renderSlack(
    reply({ diagnoses: [{ ...one, denial: { ...one.denial, principal: hostile, resource: hostile } }] }),
    options,
  )
  t.strictSame(broken(message), [])
  t.strictSame(shown(message), [statement], 'and the statement still says the same')
  for (const block of message.blocks)
    if (block.type === 'section' && block.text?.type === 'mrkdwn') t.equal(block.text.verbatim, true)
  t.end()
})

const rows: readonly (readonly [name: string, got: string | null, want: string | null])[] = [
  ['prose keeps values between backticks', prose('Add `a` & <b>'), 'Add `a` &amp; &lt;b&gt;'],
  ['prose is cut at a blank', prose('one two three four', 16), 'one two three…'],
  ['prose is not cut inside a value', prose('use the role `abcdefghij klm`', 24), 'use the role…'],
  ['prose is not cut inside an entity', prose('&&&&&&', 12), '&amp;&amp;…'],
  ['prose is not cut inside a character', prose('😀😀😀😀', 6), '😀😀…'],
  ['a value has no backtick of its own', codeSpan('a`b'), '`aˋb`'],
  ['a value is one line', codeSpan(' a\nb '), '`a b`'],
  ['an empty value', codeSpan(''), '`–`'],
  ['a fence', fence('a < b'), '```\na &lt; b\n```'],
  ['code that would end its fence', fence('a ``` b'), null],
  ['code that is too long', fence('a'.repeat(30), 30), null],
  ['JSON has no backtick', jsonFence({ a: '```' }), '```\n{\n  "a": "\\u0060\\u0060\\u0060"\n}\n```'],
]
for (const [name, got, want] of rows) t.equal(got, want, name)

const nasty = fc.constantFrom(
  '`',
  '```',
  '<!here>',
  '&amp;',
  '<',
  '>',
  '&',
  '\n',
  ' ',
  '😀',
  'arn:aws:s3:::a/b',
  '*',
  '',
)
const text = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.oneof(nasty, fc.string()), { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.tuple(nasty, fc.integer({ min: 1, max: 7000 })).map(([part, n]) => part.repeat(n)) },
)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const statement = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
  Action: fc.array(text, { maxLength: 5 }),
  Resource: text,
})
const remedies: fc.Arbitrary<ReplyRemedy> = fc
  .record({
    kind: fc.constantFrom(...remedyKinds),
    readiness: fc.constantFrom('ready' as const, 'has-placeholders' as const, 'needs-review' as const, 'none' as const),
    owner: text,
    message: maybe(text),
    instruction: text,
    statement: maybe(statement),
    editedStatement: maybe(statement),
    placeholders: fc.array(fc.record({ name: text, meaning: text }), { maxLength: 4 }),
    doNot: fc.array(text, { maxLength: 4 }),
    alsoAllowed: fc.array(fc.record({ action: text, resource: text }), { maxLength: 30 }),
    awsCli: maybe(text),
  })
  .map(({ alsoAllowed, awsCli, ...rest }) =>
    remedy({
      ...rest,
      commands: { ...remedy().commands!, awsCli },
      verification: { decision: 'allowed', alsoAllowed, assuming: [] },
    }),
  )
const causes = fc
  .record({
    code: fc.constantFrom(...causeCodes),
    confidence: fc.constantFrom('evaluated' as const, 'stated' as const, 'possible' as const),
    title: text,
    explanation: text,
    check: maybe(text),
    remedies: fc.array(remedies, { maxLength: 3 }),
  })
  .map(cause)
const diagnoses: fc.Arbitrary<ReplyDiagnosis> = fc
  .record({
    summary: text,
    causes: fc.array(causes, { maxLength: 4 }),
    next: fc.array(fc.record({ action: text, resource: maybe(text), because: text }), { maxLength: 6 }),
    principal: maybe(text),
    action: maybe(text),
    notes: fc.array(text, { maxLength: 3 }),
    gaps: fc.array(text, { maxLength: 20 }),
  })
  .map(({ principal, action, notes, gaps, ...rest }) => {
    const sentences = gaps.map((sentence) => ({
      policyType: null,
      about: 'x',
      reason: 'timeout' as const,
      statement: null,
      account: null,
      sentence,
    }))
    const base = diagnosis(rest)
    return {
      ...base,
      denial: { ...base.denial, principal, action },
      evidence: { ...base.evidence, notes, gaps: sentences },
    }
  })
const replies: fc.Arbitrary<Reply> = fc
  .record({
    diagnoses: fc.array(diagnoses, { minLength: 1, maxLength: 12 }),
    notes: fc.array(text, { maxLength: 3 }),
    plan: fc.array(
      fc.record({
        attachTo: text,
        policyName: maybe(text),
        policyDocument: maybe(fc.record({ Statement: statement })),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ plan, ...rest }) =>
    reply({
      ...rest,
      plan: plan.map(({ attachTo, policyName, policyDocument }) => ({
        target: { policyType: 'identity-based', attachTo, policyName, policyArn: null, create: true },
        policyDocument,
        diff: null,
        commands: null,
        covers: [],
      })),
    }),
  )

t.test('any reply stays within the limits, and what is shown of a statement is all of it', (t) => {
  const runs = process.env['CI'] === 'true' ? 600 : 100
  const seed = process.env['CI'] === 'true' ? Date.now() & 0x7fffffff : 42
  t.comment(`seed ${seed}`)
  fc.assert(
    fc.property(replies, fc.constantFrom('en' as const, 'ko' as const), fc.boolean(), (value, locale, linked) => {
      const message = renderSlack(value, { locale, ...(linked ? { publicUrl: 'https://explain.example.com' } : {}) })
      const problems = broken(message)
      if (problems.length > 0) throw new Error(problems.join(', '))
      const whole = new Set(
        [
          ...value.plan.map(({ policyDocument }) => policyDocument),
          ...value.diagnoses
            .flatMap((one) => one.causes)
            .flatMap((one) => one.remedies)
            .flatMap((one) => [one.statement, one.editedStatement]),
        ].map((one) => JSON.stringify(one)),
      )
      for (const json of shown(message))
        if (!whole.has(JSON.stringify(json))) throw new Error(`not whole: ${JSON.stringify(json)}`)
    }),
    { numRuns: runs, seed },
  )
  t.end()
})

t.test('denials to expect are told with action and resource, once each', (t) => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/<KeyId>'
  const because = 'the key has to be allowed too'
  const next = ['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => ({ action, resource: key, because }))
  const told = texts(renderSlack(reply({ diagnoses: [diagnosis({ next })] }), options).blocks).join('\n')
  t.match(unescape(told), `• \`kms:Decrypt\`, \`kms:GenerateDataKey\` → \`${key}\`: ${because}`)
  t.equal(told.split(because).length, 2)
  t.end()
})
