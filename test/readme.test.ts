import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { settingsTable } from '../src/config.ts'
import { buildTestApp, post } from './helper/app.ts'

const path = new URL('../README.md', import.meta.url)
const between = (text: string, name: string): string => {
  const [, rest = ''] = text.split(`<!-- ${name} -->\n`)
  return (rest.split(`<!-- /${name} -->`)[0] ?? '').trim()
}

t.test('the README shows what the program prints today (SNAP=1 writes it anew)', async (t) => {
  const { server } = await buildTestApp(t, { EVIDENCE: 'sample' })
  const readme = readFileSync(path, 'utf8')
  const paste = between(readme, 'paste').replaceAll('```', '').trim()
  const { status, text } = await post(server, '/v1/diagnoses', paste, { accept: 'text/markdown' })
  t.equal(status, 200)
  const shown: readonly (readonly [string, string])[] = [
    [
      'reply',
      text
        .trim()
        .split('\n')
        .map((line) => `> ${line}`.trimEnd())
        .join('\n'),
    ],
    ['settings', settingsTable()],
  ]
  if (process.env['SNAP'] === '1') {
    let written = readme
    for (const [name, value] of shown)
      written = written.replace(
        new RegExp(`<!-- ${name} -->\n[^]*?<!-- /${name} -->`),
        () => `<!-- ${name} -->\n${value}\n<!-- /${name} -->`,
      )
    writeFileSync(path, written)
  }
  const current = readFileSync(path, 'utf8')
  for (const [name, value] of shown) t.equal(between(current, name), value, name)
})

t.test('every link of the README to a file leads somewhere', (t) => {
  for (const [, target] of readFileSync(path, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g))
    t.ok(existsSync(new URL(`../${target ?? ''}`, import.meta.url)), target ?? '')
  t.end()
})
