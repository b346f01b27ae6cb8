import { causeFamilies } from '../diagnosis/catalogue-entry.ts'
import type { Locale } from '../words/locale.ts'
import { wordsOf } from '../words/words-of.ts'
import type { CauseEntry, CauseList } from './causes.ts'
import { splitProse } from './prose.ts'

/** The catalogue as pages for a browser: no script, no inline style, everything escaped. */

export function renderCausePage(entry: CauseEntry, locale: Locale): string {
  const { labels, remedyKinds } = wordsOf(locale)
  return page(capital(entry.title), locale, [
    `<p><a href="/v1/causes${query(locale)}">${escape(labels.allCauses)}</a></p>`,
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
  return page(labels.causesTitle, locale, [
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
                `<a href="/v1/causes/${code}${query(locale)}"><code>${code}</code></a> ${inline(capital(title))}`,
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

const page = (title: string, locale: Locale, body: readonly string[]): string =>
  `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title.replaceAll('`', ''))}</title>
<link rel="stylesheet" href="/assets/style.css">
</head>
<body>
<main class="causes">
${body.join('\n')}
</main>
</body>
</html>
`

const part = (title: string, body: string): string => `<section>\n<h2>${escape(title)}</h2>\n${body}\n</section>`
const list = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`
const query = (locale: Locale): string => (locale === 'en' ? '' : `?locale=${locale}`)
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
