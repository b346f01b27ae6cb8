import fc from 'fast-check'
import t from 'tap'
import { doNotCodes } from '../../src/diagnosis/catalogue-entry.ts'
import { causeCodes } from '../../src/diagnosis/cause-code.ts'
import { causeFacts, commonFacts } from '../../src/diagnosis/cause-facts.ts'
import { hintCodes } from '../../src/diagnosis/hint-codes.ts'
import { policyTypes } from '../../src/iam/policy-type.ts'
import { fixSteps } from '../../src/remedy/fix.ts'
import { nextReasons } from '../../src/remedy/next.ts'
import { locales, type Locale } from '../../src/words/locale.ts'
import { termCodes } from '../../src/words/terms.ts'
import type { Values } from '../../src/words/values.ts'
import { wordsOf } from '../../src/words/words-of.ts'
import { noteCodes } from '../../src/words/words.ts'
import { conditionWords as conditionWordsEn } from '../../src/words/en/phrases.ts'
import { conditionWords as conditionWordsKo, josa } from '../../src/words/ko/phrases.ts'

const seed = Number(process.env['SEED'] ?? 20_261_123)
const numRuns = process.env['CI'] === 'true' ? 800 : 60

/** What must never be read by a person. */
const slips = /undefined|\bnull\b|NaN|\[object|``| {2}| [,.;:](?: |$)|\(\)|\.\.(?!\.)/u

const faults = (text: string): readonly string[] => [
  ...(text.trim() === '' ? ['empty'] : []),
  ...(slips.test(withoutValues(text)) ? [`slip: ${slips.exec(withoutValues(text))?.[0] ?? ''}`] : []),
  ...(text.split('`').length % 2 === 0 ? ['unpaired backtick'] : []),
  ...(/[\r\n]/u.test(text) ? ['line break'] : []),
]

/** Values may look like anything; the words around them may not. */
const withoutValues = (text: string): string => text.replaceAll(/`[^`]*`/gu, '`v`')

const awkward = [
  '`; rm -rf /',
  '<img src=x onerror=alert(1)>',
  '[a](javascript:alert(1))',
  'line\nbreak\r\nand\u2028more',
  '\u202Eevil',
  'a'.repeat(3000),
  '',
  '   ',
  '<RoleName>',
  'role/',
  '/',
  'undefinedly fine',
]
const ordinary = [
  'role/Deploy',
  'user/maria',
  's3:GetObject',
  'arn:aws:s3:::example-reports/may.csv',
  '111122223333',
  '2',
  'aws:SourceIp',
  'NotIpAddress',
  '203.0.113.0/24, 198.51.100.0/24',
  'absent',
  'Deny',
  'Allow',
  '*',
  ...Object.values(termCodes).flat(),
]

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ordinary) },
  { weight: 1, arbitrary: fc.constantFrom(...awkward) },
  { weight: 1, arbitrary: fc.string() },
)
const someOf = (keys: readonly string[]): fc.Arbitrary<Values> =>
  fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: keys.length })

const everyFact = [
  ...new Set([
    ...commonFacts,
    ...Object.values(causeFacts).flatMap(({ always, sometimes }) => [...always, ...sometimes]),
    'attachTo',
    'region',
    'errorCode',
    'group',
    'user',
    'type',
  ]),
]

const check = (name: string, say: (values: Values) => string): void => {
  fc.assert(
    fc.property(someOf(everyFact), (values) => {
      const text = say(values)
      const found = faults(text)
      if (found.length > 0) throw new Error(`${name}: ${found.join(', ')} in “${text}”`)
    }),
    { seed, numRuns },
  )
}

for (const locale of locales) {
  t.test(`${locale}: every cause reads well with any facts`, (t) => {
    const words = wordsOf(locale)
    for (const code of causeCodes) {
      const cause = words.causes[code]
      check(`${code} what`, cause.what)
      check(`${code} why`, cause.why)
      const wrong = [
        ...[cause.title, cause.recognised, cause.fix].flatMap(faults),
        ...(/[.!]$/u.test(cause.what({})) ? ['the clause has a full stop'] : []),
        ...(/[.”]$/u.test(cause.why({})) ? [] : ['the rule is no sentence']),
        ...(/\.$/u.test(cause.title) ? ['the title has a full stop'] : []),
      ]
      t.strictSame(wrong, [], code)
    }
    const titles = causeCodes.map((code) => words.causes[code].title)
    t.equal(new Set(titles).size, titles.length, 'titles tell causes apart')
    t.end()
  })

  t.test(`${locale}: every other sentence reads well with any values`, (t) => {
    const words = wordsOf(locale)
    const target = {
      policyType: 'identity-based',
      attachTo: 'role/Deploy',
      policyName: 'p',
      policyArn: null,
      create: true,
    } as const
    for (const step of fixSteps)
      for (const context of [
        { target, readiness: 'ready', hasStatement: true, edits: false },
        { target: { ...target, create: false }, readiness: 'needs-review', hasStatement: false, edits: true },
        { target: null, readiness: 'none', hasStatement: false, edits: false },
      ] as const)
        check(`step ${step}`, (values) => words.steps[step](values, context))
    for (const policyType of policyTypes)
      for (const attachTo of ['role/Deploy', 'key/1234', 'organization', 'sqs/orders'])
        for (const policyName of ['p', null])
          t.strictSame(faults(words.home({ ...target, policyType, attachTo, policyName })), [])
    for (const code of [...nextReasons, 'not-a-code', 'toString'])
      check(`next ${code}`, (values) => words.next(code, values))
    for (const code of [...noteCodes, 'not-a-code', 'toString'])
      check(`note ${code}`, (values) => words.note(code, values))
    for (const code of noteCodes) t.notMatch(words.note(code, {}), code, `${code}: in words`)
    for (const code of [...hintCodes, 'not-a-code', '__proto__'])
      check(`hint ${code}`, (values) => words.hint(code, values))
    for (const code of ['caller', 'identity-owner', 'organization-owner', 'key-owner', 'not-a-code', 'constructor'])
      check(`owner ${code}`, (values) => words.owner(code, values))
    for (const code of doNotCodes) t.strictSame(faults(words.doNot[code]), [], code)
    for (const name of ['BucketName', '<KeyId>', 'Whatever']) t.strictSame(faults(words.placeholder(name, name)), [])
    t.end()
  })

  t.test(`${locale}: how sure is heard`, (t) => {
    const { frames, confidences } = wordsOf(locale)
    const clause = wordsOf(locale).causes['missing-allow'].what({})
    const heard = Object.values(frames).map((frame) => frame(clause))
    t.equal(new Set(heard).size, 4, 'stated, possible, evaluated and verified read differently')
    for (const text of [...heard, ...Object.values(confidences)]) t.strictSame(faults(text), [])
    t.end()
  })
}

/** Names that are the same in every language, and the other language's own. */
const properNames = new Set(['Alibaba Cloud', 'Azure', 'Google Cloud', 'Kubernetes', 'HashiCorp Vault', 'English'])

t.test('nothing in the Korean table was left in English', (t) => {
  const hangul = /[\uAC00-\uD7A3]/u
  const seen: string[] = []
  const target = {
    policyType: 'identity-based',
    attachTo: 'role/R',
    policyName: 'p',
    policyArn: null,
    create: true,
  } as const
  const walk = (path: string, value: unknown): void => {
    if (typeof value === 'string') {
      seen.push(path)
      if (!hangul.test(value) && !properNames.has(value)) t.fail(`${path}: ${value}`)
      return
    }
    if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) walk(`${path}.${key}`, member)
  }
  const { causes, steps, managedBy, ...rest } = wordsOf('ko')
  walk('ko', rest)
  for (const code of causeCodes) {
    const { title, what, inGeneral, why, recognised, fix } = causes[code]
    walk(code, [title, what({}), inGeneral, why({}), recognised, fix])
  }
  for (const step of fixSteps)
    walk(step, steps[step]({}, { target, readiness: 'ready', hasStatement: true, edits: false }))
  for (const [kind, say] of Object.entries(managedBy)) walk(kind, say(null))
  t.ok(seen.length > 500, `${String(seen.length)} texts`)
  t.end()
})

t.test('condition operators in words', (t) => {
  const rows: readonly [Locale, string, readonly string[], string][] = [
    ['en', 'StringEquals', ['a', 'b'], '`k` is `a` or `b`'],
    ['en', 'StringNotLikeIfExists', ['a*'], '`k` is not like `a*` (or is absent)'],
    ['en', 'ForAllValues:StringEquals', ['a'], 'every value of `k` is `a`'],
    ['en', 'ForAllValues:StringNotEquals', ['a'], 'no value of `k` is `a`'],
    ['en', 'ForAnyValue:StringEquals', ['a', 'b'], 'at least one value of `k` is `a` or `b`'],
    ['en', 'StringNotEquals', ['a', 'b'], '`k` is neither `a` nor `b`'],
    ['en', 'StringNotLike', ['a*', 'b*'], '`k` is like neither `a*` nor `b*`'],
    ['en', 'ArnNotLike', ['arn:aws:iam::111122223333:role/a'], '`k` is not `arn:aws:iam::111122223333:role/a`'],
    ['en', 'NotIpAddress', ['10.0.0.0/8'], '`k` is outside the range `10.0.0.0/8`'],
    ['en', 'NumericLessThanEquals', ['3600'], '`k` is at most `3600`'],
    ['en', 'Null', ['true'], '`k` is absent in the request'],
    ['en', 'Null', ['false'], '`k` is present in the request'],
    ['ko', 'StringEquals', ['a', 'b'], '`k` 값이 `a` 또는 `b`인'],
    ['ko', 'NotIpAddress', ['10.0.0.0/8'], '`k` 값이 `10.0.0.0/8` 범위를 벗어난'],
    ['ko', 'ForAnyValue:StringEquals', ['a'], '`k`의 값 가운데 하나라도 `a`인'],
    ['ko', 'ArnLike', ['arn:aws:iam::111122223333:role/a'], '`k` 값이 `arn:aws:iam::111122223333:role/a`인'],
    ['ko', 'Null', ['true'], '요청에 `k` 키가 없는'],
  ]
  for (const [locale, operator, values, want] of rows)
    t.equal(
      (locale === 'en' ? conditionWordsEn : conditionWordsKo)('k', operator, values),
      want,
      `${locale} ${operator}`,
    )
  t.end()
})

t.test('Korean particles follow the sound of the last syllable', (t) => {
  t.equal(josa('역할', '은/는'), '역할은')
  t.equal(josa('사용자', '은/는'), '사용자는')
  t.equal(josa('역할', '으로/로'), '역할로')
  t.equal(josa('그룹', '으로/로'), '그룹으로')
  t.equal(josa('서비스 제어 정책(SCP)', '이/가'), '서비스 제어 정책(SCP)이')
  t.equal(josa('ACL', '을/를'), 'ACL을')
  t.end()
})

t.test('what hangs on a policy variable is not told as a comparison with itself', (t) => {
  const fact = {
    kind: 'context-key',
    policyType: 'identity-based',
    effect: 'Allow',
    policy: 'teams',
    statement: 0,
    sid: null,
    key: 'aws:principaltag/team',
    operator: null,
    values: ['arn:aws:s3:::t/${aws:PrincipalTag/team}/*'],
  } as const
  for (const locale of locales) {
    const sentence = wordsOf(locale).unknown(fact)
    t.match(sentence, '`aws:PrincipalTag/team`', 'as the policy writes it')
    t.strictSame(faults(sentence), [])
  }
  t.notMatch(wordsOf('en').unknown(fact), / is `arn/)
  t.match(wordsOf('en').unknown({ ...fact, key: 'aws:SourceIp', values: ['10.0.0.1'] }), / is `10\.0\.0\.1`/)
  t.end()
})
