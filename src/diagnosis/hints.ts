import type { Cause, Diagnosis } from './diagnosis.ts'
import type { Situation } from './situation.ts'

/** Remarks that never change the cause. */
export function hintsOf(_s: Situation, _causes: readonly Cause[]): Diagnosis['hints'] {
  return []
}
