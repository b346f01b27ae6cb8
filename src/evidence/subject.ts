import type { Denial } from '../denial/denial.ts'
import { isAccountId } from '../iam/arn.ts'
import type { Principal, PrincipalType } from '../iam/principal.ts'

/** Whose policies are looked for. */
export interface Subject {
  /** `none`: a principal that has no identity-based policies, such as the root user or a service. */
  readonly kind: 'role' | 'user' | 'none'
  readonly name: string
  /** `null`: redacted, malformed or not given. */
  readonly account: string | null
  readonly partition: string
  readonly sessionName: string | null
}

/** The characters of IAM's role and user names, 1 to 64 of them. */
const nameForm = /^[\w+=,.@-]{1,64}$/

/** An account that can be asked. Twelve zeros are a redaction: AWS has no such account. */
export const canBeAccount = (value: string | null | undefined): value is string =>
  isAccountId(value) && value !== '000000000000'

/** The role or user behind the denied principal; `null` where nobody can be told from the text. */
export function subjectOf(denial: Denial, principal: Principal | undefined): Subject | null {
  const arn = denial.principal ?? principal?.arn ?? denial.roleArn ?? principal?.roleArn ?? null
  const type = denial.principalType ?? principal?.type ?? null
  const kind = kindOf(type)
  const partition = arn?.split(':')[1] ?? ''
  const base = {
    account: firstAccount(denial.accountId, arn?.split(':')[4]),
    partition: partition.startsWith('aws') ? partition : 'aws',
    sessionName: denial.sessionName ?? sessionInArn(arn),
  }
  if (kind === 'none') return { kind, name: '', ...base }
  const name = denial.roleOrUserName ?? nameInArn(arn)
  if (kind === null || name === null || !nameForm.test(name)) return null
  return { kind, name, ...base }
}

function kindOf(type: PrincipalType | null): Subject['kind'] | null {
  switch (type) {
    case 'assumed-role':
    case 'role':
      return 'role'
    case 'user':
      return 'user'
    case 'root':
    case 'service':
    case 'anonymous':
    case 'web-identity':
    case 'saml':
      return 'none'
    case 'federated-user':
    case 'unknown':
    case null:
      return null
  }
}

const firstAccount = (...candidates: readonly (string | null | undefined)[]): string | null =>
  candidates.find(canBeAccount) ?? null

function nameInArn(arn: string | null): string | null {
  const parts = arn?.split(':')[5]?.split('/') ?? []
  const name = parts[0] === 'assumed-role' ? parts[1] : parts.length > 1 ? parts.at(-1) : undefined
  return name ?? null
}

function sessionInArn(arn: string | null): string | null {
  const parts = arn?.split(':')[5]?.split('/') ?? []
  return parts[0] === 'assumed-role' ? (parts[2] ?? null) : null
}
