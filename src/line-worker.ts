import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { emptyGatherer } from './evidence/snapshot/snapshot-gatherer.ts'
import { createExplainer } from './explain.ts'
import { explainLine, type ExplainedLine } from './lines/explain-line.ts'
import type { Answered, Asked, WorkerData } from './lines/worker-messages.ts'

/**
 * A thread that explains lines of streams from their texts alone, so that whoever sends a million of them keeps nobody
 * waiting. It reads nothing but the catalogue of actions and knows no credentials.
 */
function serve(port: MessagePort, { version }: WorkerData): void {
  const gatherer = emptyGatherer(Date.now)
  const explainer = createExplainer({ gatherer, offline: gatherer, version })
  const answer = async ({ batch, lines, options }: Asked): Promise<void> => {
    const explained: ExplainedLine[] = []
    for (const line of lines)
      explained.push(slim(await explainLine(explainer, line, { ...options, withEvidence: false })))
    port.postMessage({ batch, lines: explained } satisfies Answered)
  }
  port.on('message', (asked: Asked) => void answer(asked))
}

/** What is sent is copied: a diagnosis as a whole is some times as long as its answer. */
const slim = ({ line, diagnosed, error }: ExplainedLine): ExplainedLine => ({
  line,
  diagnosed: diagnosed.map(({ denial: { accountId }, causes }) => ({
    denial: { accountId },
    causes: causes.slice(0, 1).map(({ code }) => ({ code })),
  })),
  ...(error === undefined ? {} : { error: asSent(error) }),
})

/** Its stack is for the log; what else hangs on an error may be what cannot be sent. */
function asSent(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('not an error')
  const sent = new Error(error.message)
  if (error.stack !== undefined) sent.stack = error.stack
  return sent
}

if (parentPort !== null) serve(parentPort, workerData as WorkerData)
