import { causeFamilies } from '../diagnosis/catalogue-entry.ts'
import type { CauseCode } from '../diagnosis/cause-code.ts'
import { chatWordsOf } from '../words/chat-words.ts'
import type { Locale } from '../words/locale.ts'
import { wordsOf } from '../words/words-of.ts'
import type { CauseEntry, CauseList } from './causes.ts'
import { splitProse } from './prose.ts'

/** The catalogue as pages for a browser: no script, no inline style, everything escaped. */

export function renderCausePage(entry: CauseEntry, locale: Locale): string {
  const { labels, remedyKinds } = wordsOf(locale)
  return page(capital(entry.title), entry.code, locale, [
    `<h1>${inline(capital(entry.title))}</h1>`,
    `<p><code>${escape(entry.code)}</code></p>`,
    `<p>${inline(entry.explanation)}</p>`,
    part(labels.recognised, `<p>${inline(entry.recognised)}</p>`),
    part(
      labels.fixPattern,
      `<p>${inline(entry.fix)}</p>${list(entry.fixKinds.map((kind) => `${escape(remedyKinds[kind])} (<code>${kind}</code>)`))}`,
    ),
    part(labels.doNot, list(entry.doNot.map(inline))),
    part(labels.example, examplePart(entry)),
    part(
      labels.references,
      list(entry.references.map(({ title, url }) => `<a href="${escape(url)}" rel="noreferrer">${escape(title)}</a>`)),
    ),
  ])
}

export function renderCausesPage({ causes }: CauseList, locale: Locale): string {
  const { labels, families } = wordsOf(locale)
  return page(labels.causesTitle, null, locale, [
    `<h1>${escape(labels.causesTitle)}</h1>`,
    `<p>${escape(labels.causesIntro)}</p>`,
    ...causeFamilies.map((family) =>
      part(
        families[family],
        list(
          causes
            .filter((entry) => entry.family === family)
            .map(
              ({ code, title }) =>
                `<a href="${address(code, locale)}"><code>${code}</code></a> ${inline(capital(title))}`,
            ),
        ),
      ),
    ),
  ])
}

const examplePart = ({ example }: CauseEntry): string =>
  [example.text, ...(example.policies === null ? [] : [JSON.stringify(example.policies, null, 2)])]
    .map((text) => `<pre>${escape(text)}</pre>`)
    .join('\n')

/** Says its language, so that a reader stays in the one he came with. */
const address = (code: CauseCode | null, locale: Locale): string =>
  `/v1/causes${code === null ? '' : `/${code}`}?locale=${locale}`

/** To the place where errors are pasted, to the list of all, and to the same page in the other language. */
function top(code: CauseCode | null, locale: Locale): string {
  const { labels } = wordsOf(locale)
  const other = locale === 'en' ? 'ko' : 'en'
  return `<header class="top">
<a class="brand" href="/"><img src="/assets/favicon.svg" alt="" width="26" height="26"> ${escape(chatWordsOf(locale).openPage)}</a>
<nav class="top-links">
<a href="${address(null, locale)}">${escape(labels.allCauses)}</a>
<a href="${address(code, other)}" lang="${other}" hreflang="${other}">${escape(labels.otherLanguage)}</a>
</nav>
</header>`
}

const page = (title: string, code: CauseCode | null, locale: Locale, body: readonly string[]): string =>
  `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title.replaceAll('`', ''))}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
${top(code, locale)}
<main class="causes">
${body.join('\n')}
</main>
</body>
</html>
`

const part = (title: string, body: string): string => `<section>\n<h2>${escape(title)}</h2>\n${body}\n</section>`
const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const inline = (text: string): string =>
  splitProse(text)
    .map((piece) => (piece.kind === 'value' ? `<code>${escape(piece.text)}</code>` : escape(piece.text)))
    .join('')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escape = (text: string): string => text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character)
