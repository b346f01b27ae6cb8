import type { Span } from './denial.ts'

/** A cleaned copy of the paste that remembers where each of its characters came from. */
export interface TextView {
  readonly text: string
  /** The span of the original paste behind a range of the cleaned text. */
  spanOf(start: number, end: number): Span
}
