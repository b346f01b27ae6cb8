import t from 'tap'
import { printable } from '../../src/cli/terminal.ts'
import { holdsUnseen, withoutUnseen } from '../../src/iam/unseen-characters.ts'
import { quote } from '../../src/remedy/commands/shell.ts'
import { renderMarkdown } from '../../src/reply/markdown.ts'
import { renderText } from '../../src/reply/text.ts'
import { allow } from '../diagnosis/case-row.ts'
import { createExplainer } from '../../src/explain.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { settings } from '../helper/evidence.ts'

/* What stands in a text or a policy must not move the cursor of who reads, nor turn the text round. */

const tricks = { escape: '\u001B]0;x\u0007', csi: '\u009B2J', override: '\u202E', isolate: '\u2066', blank: '\u200B' }

t.test('a shell word shows what it runs', (t) => {
  t.equal(quote('a b'), "'a b'")
  t.equal(quote('a\u202Eb'), String.raw`$'a\u202eb'`)
  t.equal(quote("it's \\ \u009B"), String.raw`$'it\'s \\ \u009b'`)
  t.equal(quote('two\nlines \u2066'), String.raw`$'two\nlines \u2066'`)
  t.equal(quote('{\n "a": 1\n}'), '\'{\n "a": 1\n}\'', 'line breaks alone are seen')
  t.notOk(holdsUnseen('a\tb\nc é 가'))
  t.equal(withoutUnseen('a\u202Eb', '?'), 'a?b')
  t.equal(printable('a\u001Bb\u202Ec\n'), 'a b c\n')
  t.end()
})

t.test('renderings and commands', async (t) => {
  const gatherer = await createGatherer(settings({ EVIDENCE: 'none' }))
  const explainer = createExplainer({ gatherer, offline: gatherer, version: '0' })
  const document = { Version: '2012-10-17', Statement: [allow('s3:GetObject', 'arn:aws:s3:::other/*')] }
  for (const [name, trick] of Object.entries(tricks)) {
    const text = `User: arn:aws:iam::111122223333:user/a is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k${trick}z" because no identity-based policy allows the s3:GetObject action`
    const policies = { 'identity-based': [{ name: `p${trick}`, document }] }
    const explained = await explainer.explain({ text, evidence: { policies } })
    if (explained.kind !== 'reply') {
      t.fail(name)
      continue
    }
    t.notOk(holdsUnseen(renderMarkdown(explained.reply, 'en')), `${name}, Markdown`)
    t.notOk(holdsUnseen(renderText(explained.reply, 'en')), `${name}, text`)
    const lines = explained.reply.diagnoses.flatMap(({ causes }) =>
      causes.flatMap(({ remedies }) => remedies.map(({ commands }) => commands?.awsCli ?? '')),
    )
    t.ok(lines.some((line) => line.includes('aws iam')))
    for (const line of lines) t.notOk(holdsUnseen(line), `${name}, command`)
  }
})
