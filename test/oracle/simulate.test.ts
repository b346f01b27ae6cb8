import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import fc from 'fast-check'
import t from 'tap'
import { evaluate } from '../../src/verdict/evaluate.ts'
import { generatedCase, runOf, type GeneratedCase } from '../property/generated-case.ts'
import { comparable } from './comparable-case.ts'
import { settled } from './disagreements.ts'
import { simulationOf, type Simulation } from './simulation.ts'

interface Answer {
  readonly error?: string
  readonly result: string
  readonly ignored: readonly string[]
}

const words: Readonly<Record<string, string>> = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'explicitDeny',
  ImplicitlyDenied: 'implicitDeny',
}

/** Asks the simulator in its own process, a batch at a time. */
const openSimulator = () => {
  const script = new URL('simulate-child.mjs', import.meta.url)
  const child = spawn(process.execPath, [script.pathname], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(simulations: readonly Simulation[]): Promise<readonly Answer[]> {
      child.stdin.write(simulations.map((one) => `${JSON.stringify(one)}\n`).join(''))
      const answers: Answer[] = []
      while (answers.length < simulations.length) {
        const line = (await lines.next()) as { readonly value?: string; readonly done?: boolean }
        if (line.value === undefined) throw new Error('the simulator ended early')
        answers.push(JSON.parse(line.value) as Answer)
      }
      return answers
    },
    close: () => child.stdin.end(),
  }
}

/** The simulator drops keys that the action does not have; so do we, for the comparison. */
const without = (given: GeneratedCase, ignored: readonly string[]): GeneratedCase => {
  const dropped = new Set(ignored.map((key) => key.toLowerCase()))
  const context = Object.entries(given.request.context).filter(([key]) => !dropped.has(key.toLowerCase()))
  return { ...given, request: { ...given.request, context: Object.fromEntries(context) } }
}

t.test('an engine by other people comes to the same decisions', async (t) => {
  // The same questions each time: a new kind of disagreement is to be settled at leisure, not to stop somebody's work.
  const run = { ...runOf(400, 20_000), seed: Number(process.env['SEED'] ?? 77) }
  t.comment(`seed ${run.seed}, ${run.numRuns} comparisons`)
  const simulator = openSimulator()
  t.teardown(() => simulator.close())
  const tally = new Map<string, number>()
  const count = (name: string): void => void tally.set(name, (tally.get(name) ?? 0) + 1)
  const unsettled: string[] = []
  let compared = 0
  for (let round = 0; compared < run.numRuns && round < 200; round++) {
    const sample = fc.sample(generatedCase, { numRuns: 400, seed: run.seed + round }).map(comparable)
    const asked = sample.flatMap((given) => {
      const simulation = simulationOf(given)
      return simulation === null ? [] : [{ given, simulation }]
    })
    const answers = await simulator.ask(asked.map(({ simulation }) => simulation))
    for (const [i, { error, result, ignored }] of answers.entries()) {
      if (error !== undefined) continue
      const given = without(asked[i]!.given, ignored)
      const ours = evaluate(given.request, given.policies)
      if (ours.decision === 'unknown') continue
      compared++
      const theirs = words[result] ?? result
      if (theirs === ours.decision) {
        count(`agree: ${theirs}`)
        continue
      }
      const rule = settled.find(({ concerns }) => concerns(given, ours, theirs))
      if (rule !== undefined) count(`settled: ${rule.name}`)
      else unsettled.push(JSON.stringify({ theirs, ours: [ours.decision, ours.policyType, ours.statement], ...given }))
    }
  }
  t.comment(JSON.stringify(Object.fromEntries([...tally].sort()), null, 1))
  t.ok(compared >= run.numRuns, `${compared} comparisons`)
  t.strictSame(unsettled.slice(0, 3), [], `${unsettled.length} disagreements are not settled`)
  const agreed = [...tally].filter(([name]) => name.startsWith('agree')).reduce((sum, [, n]) => sum + n, 0)
  t.ok(agreed / compared > 0.95, `${((100 * agreed) / compared).toFixed(2)} % agree without any rule`)
})

t.test('every settled disagreement is written down, and nothing else', (t) => {
  const text = readFileSync(new URL('DISAGREEMENTS.md', import.meta.url), 'utf8')
  const headings = [...text.matchAll(/^## (\S+)$/gmu)].map(([, name]) => name)
  t.strictSame(headings.toSorted(), settled.map(({ name }) => name).toSorted())
  t.end()
})
