import t from 'tap'
import { readConfig } from '../../src/config.ts'
import { createGatherer } from '../../src/evidence/gatherer.ts'
import { createExplainer } from '../../src/explain.ts'
import type { ReplyDiagnosis } from '../../src/reply/schema.ts'
import type { CaseRow } from '../diagnosis/case-row.ts'
import { denyCases } from '../diagnosis/cases-denies.ts'
import { keyCases } from '../diagnosis/cases-keys.ts'
import { missingCases } from '../diagnosis/cases-missing.ts'
import { sideCases } from '../diagnosis/cases-sides.ts'

/** Whoever may not read policies is told why, and not what stands in them. */

const rows: readonly CaseRow[] = [...denyCases, ...keyCases, ...missingCases, ...sideCases].filter(
  ({ policies }) => policies !== undefined,
)

/** Strings of a document, but for the names that stay and the words that every policy has. */
function valuesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([element, member]) =>
    ['Version', 'Sid', 'Effect', 'name', 'level'].includes(element) ? [] : valuesIn(member),
  )
}

/** Sentences and facts: not the statement to add, which stays, nor what carries it. */
const told = ({ summary, verdict, causes, next, hints }: ReplyDiagnosis): string =>
  JSON.stringify([
    summary,
    verdict,
    next,
    hints,
    causes.map(({ explanation, rule, check, remedies }) => [
      explanation,
      rule,
      check,
      remedies.map(({ instruction, editedStatement, diff }) => [instruction, editedStatement, diff]),
    ]),
  ])

t.test('no sentence quotes a document', async (t) => {
  const gatherer = await createGatherer(readConfig({ EVIDENCE: 'none' }))
  const explainer = createExplainer({ gatherer, offline: gatherer, version: '0' })
  let quoted = 0
  for (const { name, text, policies } of rows) {
    const ask = async (showPolicies: boolean, withPolicies = true): Promise<string> => {
      const evidence = policies !== undefined && withPolicies ? { evidence: { policies } } : {}
      const explained = await explainer.explain({ text, ...evidence, showPolicies })
      return explained.kind === 'reply' ? explained.reply.diagnoses.map(told).join('\n') : ''
    }
    const [shown, hidden, unread] = [await ask(true), await ask(false), await ask(true, false)]
    // A value that is in the paste, or that we say anyway, tells nothing; nor does the name of an action.
    const known = `${text}\n${unread}`.toLowerCase()
    const secret = [...new Set(valuesIn(policies))].filter(
      (value) => value.length > 7 && !/^[\w-]+:\w+$/.test(value) && !known.includes(value.toLowerCase()),
    )
    for (const value of secret) {
      t.notOk(hidden.includes(value), `${name}: ${value}`)
      if (shown.includes(value)) quoted += 1
    }
  }
  t.ok(quoted > 40, `${String(quoted)} values are quoted to whoever may read them`)
})
