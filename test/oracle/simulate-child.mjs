// Runs simulations for its parent: one JSON document a line in, one result a line out. A process of its own, so that
// nothing of the library that it imports comes near the code under test.
import { createInterface } from 'node:readline'
import { runSimulation } from '@cloud-copilot/iam-simulate'

for await (const line of createInterface({ input: process.stdin })) {
  let answer
  try {
    const result = await runSimulation(JSON.parse(line), {})
    answer =
      result.resultType === 'error'
        ? { error: JSON.stringify(result.errors) }
        : { result: result.overallResult, ignored: result.result?.ignoredContextKeys ?? [] }
  } catch (error) {
    answer = { error: String(error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
