import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Values } from '../words/values.ts'

const kinds: Readonly<Record<string, string>> = {
  'assumed-role': 'role',
  role: 'role',
  user: 'user',
  'federated-user': 'federated-user',
}

/** `role/Name` for a session of that role, the printed principal where there is no name. */
export function principalLabel({ denial }: Diagnosis): string | null {
  const kind = kinds[denial.principalType ?? '']
  if (denial.roleOrUserName !== null) return `${kind ?? 'role'}/${denial.roleOrUserName}`
  return denial.principal
}

/** What every sentence about a diagnosis may speak of; the facts of its causes come on top. */
export function baseValues(diagnosis: Diagnosis): Values {
  const { denial, requests } = diagnosis
  const request = requests[0]
  const all: Readonly<Record<string, string | null | undefined>> = {
    principal: principalLabel(diagnosis),
    account: denial.accountId,
    action: request?.action ?? denial.action,
    resource: request?.resource ?? denial.resource,
    operation: denial.operation,
    service: denial.service,
    errorCode: denial.errorCode,
    region: denial.region,
  }
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value ? [[key, value]] : [])))
}
