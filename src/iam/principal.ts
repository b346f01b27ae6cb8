export const principalTypes = [
  'assumed-role',
  'user',
  'root',
  'federated-user',
  'role',
  'service',
  'anonymous',
  'web-identity',
  'saml',
  'unknown',
] as const

export type PrincipalType = (typeof principalTypes)[number]

const identities: ReadonlySet<PrincipalType> = new Set(['assumed-role', 'user', 'root', 'federated-user', 'role'])

/** A role, a user or a session of one: not a service, a token, or nobody. */
export const isIdentity = (type: PrincipalType | null): boolean => type !== null && identities.has(type)

/** Who made the request, as the evaluation engine takes it. */
export interface Principal {
  readonly type: PrincipalType
  /** As AWS prints it: the session's ARN for an assumed role. Absent for services and anonymous callers. */
  readonly arn?: string
  /** The role behind a session, with its path. Absent: the path is not known. */
  readonly roleArn?: string
  /** A service principal's name, such as `events.amazonaws.com`. */
  readonly service?: string
  readonly serviceLinked?: boolean
  /** The caller lives in the organization's management account, to which SCPs do not apply. */
  readonly managementAccount?: boolean
  /** ARN of the identity provider, for callers of AssumeRoleWithWebIdentity and AssumeRoleWithSAML. */
  readonly provider?: string
}
