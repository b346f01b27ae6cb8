import type { Explainer } from '../explain.ts'
import { explainLine, type AskedLine, type Diagnosed, type ExplainedLine, type LineOptions } from './explain-line.ts'
import type { LineWorkers } from './line-workers.ts'

/** The answer to one of the lines asked about, by its place among them; asked for in order. */
export type AnswersOf = (index: number) => Promise<string>

export interface LinesTogether {
  /** Never rejects, nor do its answers. */
  begin(lines: readonly AskedLine[]): AnswersOf
  /** Batches that may be begun and not yet asked for their answers. */
  readonly underWay: number
}

interface Options extends LineOptions {
  readonly explained: (diagnosed: readonly Diagnosed[]) => void
  /** Told of diagnoses that `explainer` did not make, for counting. */
  readonly observe: (diagnosed: readonly Diagnosed[]) => void
  readonly failed: (error: unknown) => void
}

/**
 * Lines that wait for evidence are explained side by side, the others beside the requests, in a thread of their own;
 * without one, each when its answer is asked for.
 */
export function linesTogether(
  explainer: Explainer,
  workers: LineWorkers | null,
  { explained, observe, failed, ...options }: Options,
): LinesTogether {
  const told = ({ line, diagnosed, error }: ExplainedLine): string => {
    explained(diagnosed)
    if (error !== undefined) failed(error)
    return line
  }
  const explain = async (line: AskedLine | undefined): Promise<string> =>
    line === undefined ? '' : told(await explainLine(explainer, line, options))
  if (options.withEvidence)
    return {
      underWay: 0,
      begin: (lines) => {
        const answers = lines.map(explain)
        return async (index) => (await answers[index]) ?? ''
      },
    }
  if (workers === null) return { underWay: 0, begin: (lines) => (index) => explain(lines[index]) }
  const { locale, showPolicies } = options
  return {
    underWay: workers.underWay,
    begin: (lines) => {
      const answers = lines.length === 0 ? null : workers.explain(lines, { locale, showPolicies })
      return async (index) => {
        const answer = (await answers)?.[index]
        if (answer === undefined) return explain(lines[index])
        observe(answer.diagnosed)
        return told(answer)
      }
    },
  }
}
