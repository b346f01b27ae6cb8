import type { AskedLine, ExplainedLine, LineOptions } from './explain-line.ts'

/** What a worker is given when it starts. */
export interface WorkerData {
  readonly version: string
}

/** Lines for a worker, explained from their texts alone. */
export interface Asked {
  readonly batch: number
  readonly lines: readonly AskedLine[]
  readonly options: Omit<LineOptions, 'withEvidence'>
}

/** Its answers, in the order of the lines. */
export interface Answered {
  readonly batch: number
  readonly lines: readonly ExplainedLine[]
}
