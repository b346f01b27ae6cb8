import { readdir } from 'node:fs/promises'
import t from 'tap'
import { catalogue } from '../src/diagnosis/catalogue.ts'
import { causeCodes, type CauseCode } from '../src/diagnosis/cause-code.ts'
import { createGatherer } from '../src/evidence/gatherer.ts'
import { createExplainer } from '../src/explain.ts'
import { causeEntrySchema, causeListSchema, describeCause, describeCauses, isCauseCode } from '../src/reply/causes.ts'
import { renderCausePage, renderCausesPage } from '../src/reply/causes-html.ts'
import { replySchema } from '../src/reply/schema.ts'
import { locales } from '../src/words/locale.ts'

t.test('every code has its file, and every file its code', async (t) => {
  const files = await readdir(new URL('../src/diagnosis/catalogue/', import.meta.url))
  t.strictSame(files.toSorted(), causeCodes.map((code) => `${code}.ts`).toSorted())
  for (const code of causeCodes) t.equal(catalogue[code].code, code)
})

t.test('references are pages of AWS’s documentation', (t) => {
  for (const code of causeCodes) {
    const { references } = catalogue[code]
    t.ok(references.length > 0, `${code} cites the rule`)
    for (const { url, title } of references) {
      t.match(url, /^https:\/\/docs\.aws\.amazon\.com\/[\w./-]+\.html$/u)
      t.ok(title.length > 3)
    }
  }
  t.end()
})

/** What needs more than a paste and policies: a policy that is not attached, a bare answer. */
const amongCandidates: ReadonlySet<CauseCode> = new Set(['policy-not-attached', 'resource-not-found-as-denied'])

t.test('every example is diagnosed as its cause', async (t) => {
  const none = await createGatherer({ EVIDENCE: 'none', EVIDENCE_TIMEOUT_MS: 1000 } as Parameters<
    typeof createGatherer
  >[0])
  const explainer = createExplainer({ gatherer: none, offline: none, version: 'test' })
  for (const code of causeCodes) {
    const { text, policies } = catalogue[code].example
    const explained = await explainer.explain({ text, ...(policies === null ? {} : { evidence: { policies } }) })
    if (explained.kind !== 'reply') {
      t.fail(`${code}: nothing recognised`)
      continue
    }
    replySchema.parse(explained.reply)
    const found = explained.reply.diagnoses.flatMap(({ causes }) => causes.map((cause) => cause.code))
    if (amongCandidates.has(code)) t.ok(found.length > 0, `${code}: answered with ${found.join(', ')}`)
    else t.equal(found[0], code)
  }
})

for (const locale of locales) {
  t.test(`${locale}: the catalogue as JSON and as pages`, (t) => {
    const list = causeListSchema.parse(describeCauses(locale))
    t.equal(list.causes.length, causeCodes.length)
    const index = renderCausesPage(list, locale)
    for (const code of causeCodes) {
      const entry = causeEntrySchema.parse(describeCause(code, locale))
      t.ok(index.includes(`/v1/causes/${code}`), `${code} is linked`)
      const page = renderCausePage(entry, locale)
      t.match(page, new RegExp(`<html lang="${locale}">`, 'u'))
      t.match(
        page,
        `href="/v1/causes/${code}?locale=${locale === 'en' ? 'ko' : 'en'}"`,
        'the other language is a click away',
      )
      t.match(page, '<a class="brand" href="/">', 'and so is the page')
      for (const [, link] of page.matchAll(/href="(\/v1[^"]*)"/gu))
        t.match(link, /\?locale=(?:en|ko)$/u, 'links keep the language')
      t.notMatch(
        entry.explanation,
        /the text|이 텍스트|텍스트에 나와/u,
        `${code}: what holds in general speaks of no one's text`,
      )
      t.notMatch(page, /<script|style=|\son\w+=|undefined|\[object/u, `${code}: no script, no inline style, no slip`)
    }
    t.end()
  })
}

t.test('what stands in a page is escaped', (t) => {
  const hostile = '<script>alert(1)</script>"\'&'
  const page = renderCausePage(
    {
      ...describeCause('missing-allow', 'en'),
      title: hostile,
      explanation: `\`${hostile}\``,
      example: { text: hostile, policies: null },
    },
    'en',
  )
  t.notMatch(page, '<script>')
  t.match(page, '&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')
  t.end()
})

t.test('codes are known by their own names only', (t) => {
  t.ok(isCauseCode('scp-deny'))
  for (const name of ['toString', '__proto__', 'SCP-DENY', '']) t.notOk(isCauseCode(name), name)
  t.end()
})
