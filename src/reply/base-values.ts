import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import type { Values } from '../words/values.ts'

const kinds: Readonly<Record<string, string>> = {
  'assumed-role': 'role',
  role: 'role',
  user: 'user',
  'federated-user': 'federated-user',
}

/** `role/Name` for a session of that role, the printed principal where there is no name. */
function principalLabel({ denial }: Diagnosis): string | null {
  const kind = kinds[denial.principalType ?? '']
  if (denial.roleOrUserName !== null) return `${kind ?? 'role'}/${denial.roleOrUserName}`
  return denial.principal
}

/** What every sentence about a diagnosis may speak of; the facts of its causes come on top. */
export function baseValues(diagnosis: Diagnosis): Values {
  const { denial, requests } = diagnosis
  const request = requests[0]
  const values: Record<string, string> = {}
  const tell = (key: string, value: string | null | undefined): void => {
    if (value) values[key] = value
  }
  tell('principal', principalLabel(diagnosis))
  tell('account', denial.accountId)
  tell('action', request?.action ?? denial.action)
  tell('resource', request?.resource ?? denial.resource)
  tell('operation', denial.operation)
  tell('service', denial.service)
  tell('errorCode', denial.errorCode)
  tell('region', denial.region)
  return values
}
