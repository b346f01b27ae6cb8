import fc from 'fast-check'
import t from 'tap'
import { evaluate } from '../../src/verdict/evaluate.ts'
import { generatedCase, runOf } from '../property/generated-case.ts'
import { evaluateByDefinition, type Answer } from './definitional.ts'

const engine = (...given: Parameters<typeof evaluate>): Answer => {
  const { decision, policyType, statement } = evaluate(...given)
  return {
    decision,
    policyType: String(policyType),
    statement: statement === null ? null : { policy: statement.policy, statement: statement.statement },
  }
}

t.test('the engine and the definition agree on decision, policy type and statement', (t) => {
  const run = runOf(1500, 50_000)
  t.comment(`seed ${run.seed}, ${run.numRuns} cases`)
  const decisions = new Map<string, number>()
  fc.assert(
    fc.property(generatedCase, ({ request, policies }) => {
      const wanted = evaluateByDefinition(request, policies)
      decisions.set(wanted.decision, (decisions.get(wanted.decision) ?? 0) + 1)
      const found = engine(request, policies)
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        throw new Error(`definition ${JSON.stringify(wanted)}, engine ${JSON.stringify(found)}`)
    }),
    run,
  )
  t.comment(JSON.stringify(Object.fromEntries(decisions)))
  for (const decision of ['allowed', 'implicitDeny', 'explicitDeny', 'unknown'])
    t.ok((decisions.get(decision) ?? 0) > run.numRuns / 50, `the cases reach ${decision} often enough`)
  t.end()
})
