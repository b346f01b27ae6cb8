import { isAccountId, parseArn, roleArnOfSession } from '../iam/arn.ts'
import type { Principal } from '../iam/principal.ts'
import type { AccessRequest } from '../iam/request.ts'
import { lacksReservedPath } from '../iam/reserved-path.ts'
import { hiddenArn, type HiddenArn } from './hidden-arn.ts'

/** A context key's values; `null`: the request does not have the key; `undefined`: we do not know. */
type KeyValues = readonly string[] | null | undefined

/** A request made ready for matching: names in lower case, derived keys at hand. */
export interface RequestFacts {
  readonly principal: Principal
  /** Lower case. */
  readonly action: string
  /** As the request has it. */
  readonly spelledAction: string
  readonly servicePrefix: string
  readonly resource: string | null
  /** `arn` split at its first five colons; `null` where the resource is not known or no ARN. */
  readonly resourceParts: readonly string[] | null
  /** The resource as far as it is known, where parts of it are hidden; `null` where it is known, or nothing of it. */
  readonly hidden: HiddenArn | null
  /** The parts of the resource as somebody shows it who hid some; `null` where nothing is hidden. */
  readonly shownParts: readonly string[] | null
  /** `null`: none (services, anonymous callers) or not known. */
  readonly callerAccount: string | null
  /** The role behind a session; without its path where `roleArnExact` is false. */
  readonly roleArn: string | null
  readonly roleArnExact: boolean
  /**
   * A role that is known but for its path decides where every path gives the same answer, and what somebody hid in a
   * policy may be anything. The engine by itself takes `aws:PrincipalArn` of a session as unknown, and policies as they
   * stand, as its callers are promised.
   */
  readonly inDiagnosis: boolean
  /** Whether the caller has a permissions boundary; it changes NotPrincipal. */
  readonly hasBoundary: boolean | undefined
  readonly key: (lowerCaseName: string) => KeyValues
}

/** Splits at the first five colons; `null` for fewer parts. */
export const sixParts = (text: string): readonly string[] | null => {
  const parts: string[] = []
  let start = 0
  for (let i = 0; i < 5; i++) {
    const colon = text.indexOf(':', start)
    if (colon < 0) return null
    parts.push(text.slice(start, colon))
    start = colon + 1
  }
  parts.push(text.slice(start))
  return parts
}

export const factsOf = (
  request: AccessRequest,
  hasBoundary: boolean | undefined,
  inDiagnosis = false,
): RequestFacts => {
  const { principal, resource } = request
  const action = request.action.toLowerCase()
  const account = parseArn(principal.arn ?? '')?.account
  const given = new Map<string, KeyValues>()
  for (const [name, value] of Object.entries(request.context)) given.set(name.toLowerCase(), valuesOf(value))
  const role = roleOf(principal)
  const facts: Omit<RequestFacts, 'key'> = {
    principal,
    action,
    spelledAction: request.action,
    servicePrefix: action.slice(0, Math.max(0, action.indexOf(':'))),
    resource,
    resourceParts: resource === null ? null : sixParts(resource),
    hidden: resource === null && request.hiddenResource !== undefined ? hiddenArn(request.hiddenResource) : null,
    shownParts: request.shownResource === undefined ? null : sixParts(request.shownResource),
    callerAccount: isAccountId(account) ? account : null,
    roleArn: role.arn,
    roleArnExact: role.exact,
    inDiagnosis,
    hasBoundary,
  }
  const elsewhere = request.contextComplete ? null : undefined
  const key = (name: string): KeyValues => {
    if (given.has(name)) return given.get(name)
    const derived = derive(name, facts, request)
    return derived === 'not-derived' ? elsewhere : derived
  }
  return { ...facts, key }
}

const valuesOf = (value: string | readonly string[] | null): KeyValues => {
  if (value === null) return null
  if (typeof value === 'string') return [value]
  return value.length === 0 ? null : value
}

const roleOf = (principal: Principal): { readonly arn: string | null; readonly exact: boolean } => {
  const named = principal.roleArn ?? (principal.type === 'role' ? (principal.arn ?? null) : undefined)
  // Somebody left the path out that AWS gives it.
  if (named !== undefined) return { arn: named, exact: named === null || !lacksReservedPath(named) }
  return { arn: roleArnOfSession(principal.arn ?? ''), exact: false }
}

const principalTypeKey: Readonly<Partial<Record<Principal['type'], string>>> = {
  user: 'User',
  'assumed-role': 'AssumedRole',
  role: 'AssumedRole',
  'federated-user': 'FederatedUser',
  root: 'Account',
  anonymous: 'Anonymous',
}

/**
 * Keys that follow from the caller and the resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const derive = (name: string, facts: Omit<RequestFacts, 'key'>, request: AccessRequest): KeyValues | 'not-derived' => {
  const { principal } = facts
  const { type, arn } = principal
  if (name === 'aws:resourceaccount') return request.resourceAccount === null ? undefined : [request.resourceAccount]
  if (!name.startsWith('aws:principal') && name !== 'aws:username' && name !== 'aws:userid') return 'not-derived'
  if (type === 'unknown') return undefined
  const isSession = type === 'assumed-role' || type === 'role'
  switch (name) {
    case 'aws:principalaccount':
      if (type === 'anonymous') return null
      return facts.callerAccount !== null ? [facts.callerAccount] : arn === undefined ? 'not-derived' : undefined
    case 'aws:principalarn':
      if (type === 'anonymous') return null
      if (hiddenArn(arn ?? '')?.[5]?.isHidden === true) return undefined
      if (isSession) return facts.roleArn !== null && facts.roleArnExact ? [facts.roleArn] : undefined
      // A masked account leaves the ARN unknown, though it is printed.
      return arn === undefined ? 'not-derived' : facts.callerAccount === null ? undefined : [arn]
    case 'aws:principaltype':
      return principalTypeKey[type] === undefined ? 'not-derived' : [principalTypeKey[type]]
    case 'aws:username':
      return type === 'user'
        ? arn === undefined || hiddenArn(arn)?.[5]?.isHidden === true
          ? undefined
          : [arn.slice(arn.lastIndexOf('/') + 1)]
        : null
    case 'aws:principalisawsservice':
      return [type === 'service' ? 'true' : 'false']
    case 'aws:userid':
      if (type === 'root') return facts.callerAccount === null ? undefined : [facts.callerAccount]
      return isSession ? undefined : 'not-derived'
    default:
      return 'not-derived'
  }
}
