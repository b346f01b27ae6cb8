import { hash } from 'node:crypto'
import type { Situation } from './situation.ts'

/** The same denial gets the same id, whichever session made it and however often. */
export function diagnosisId(s: Situation): string {
  const parts = [
    s.callerAccount ?? s.denial.accountId,
    s.denial.roleOrUserName ?? s.denial.principal,
    s.action ?? s.denial.operation ?? s.denial.format,
    s.resource ?? s.denial.resource,
    s.denial.policyType,
    s.denial.effect,
  ]
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 16)
}
