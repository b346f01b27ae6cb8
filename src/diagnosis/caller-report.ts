import { workloadOf } from '../denial/workload.ts'
import { managedBy } from '../evidence/managed-by.ts'
import type { CallerReport } from './diagnosis.ts'
import type { Situation } from './situation.ts'

/** What session name, path and tags tell about who was running. */
export function callerReport(s: Situation): CallerReport | null {
  const { denial, evidence } = s
  if (denial.principal === null && denial.roleArn === null) return null
  const manager = evidence.caller?.managedBy ?? managedBy({ name: denial.roleOrUserName, path: evidence.caller?.path })
  return {
    workload: workloadOf(denial),
    roleArn: denial.principalType === 'user' ? null : s.principalArn,
    editable: denial.roleOrUserName === null ? null : manager === null,
    managedBy: manager,
  }
}
