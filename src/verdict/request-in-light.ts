import type { Evidence } from '../evidence/evidence.ts'
import { isAccountId, parseArn, formatArn } from '../iam/arn.ts'
import { keysOfServices } from '../iam/keys-of-services.ts'
import { isIdentity, type Principal } from '../iam/principal.ts'
import type { AccessRequest, RequestContext } from '../iam/request.ts'
import type { Assumption } from './verdict.ts'

/** What of the evidence bears on the request itself. */
export type RequestEvidence = Partial<
  Pick<Evidence, 'context' | 'contextComplete' | 'resourceAccount' | 'caller' | 'facts'>
>

interface EnlightenedRequest {
  readonly request: AccessRequest
  readonly assuming: readonly Assumption[]
}

/** The request with what the evidence adds to it. What the paste itself proves is never overridden. */
export const requestInLight = (request: AccessRequest, evidence: RequestEvidence): EnlightenedRequest => {
  const { principal, assuming } = callerInLight(request.principal, evidence.caller ?? null)
  const told = evidence.context === undefined ? request.context : mergeContexts(evidence.context, request.context)
  const context = isIdentity(principal.type) ? mergeContexts(withoutService, told) : told
  return {
    request: {
      ...request,
      principal: withProvider(
        inManagementAccount(evidence) ? { ...principal, managementAccount: true } : principal,
        request,
        context,
      ),
      context,
      contextComplete: request.contextComplete || evidence.contextComplete === true,
      resourceAccount: request.resourceAccount ?? evidence.resourceAccount ?? null,
    },
    assuming,
  }
}

/** What a role or a user asks for has none of them, whatever else is known of it. */
const withoutService: RequestContext = Object.fromEntries(keysOfServices.map((key) => [key, null]))

/** SCPs do not apply there, whoever hands some over. */
const inManagementAccount = ({ facts }: RequestEvidence): boolean => facts?.['caller-in-management-account'] === true

/** Key names have no case; the later one wins. */
const mergeContexts = (...contexts: readonly [RequestContext, RequestContext]): RequestContext => {
  if (Object.keys(contexts[0]).length === 0) return contexts[1]
  const merged = new Map<string, readonly [string, RequestContext[string]]>()
  for (const context of contexts)
    for (const [name, value] of Object.entries(context)) merged.set(name.toLowerCase(), [name, value])
  return Object.fromEntries(merged.values())
}

/** A session's ARN hides its role's path, and a masked account hides who it was; the evidence may know both. */
const callerInLight = (
  principal: Principal,
  caller: Evidence['caller'],
): { readonly principal: Principal; readonly assuming: readonly Assumption[] } => {
  const known = caller?.roleOrUserArn ?? null
  const account = known === null ? null : (parseArn(known)?.account ?? null)
  if (known === null || !isAccountId(account)) return { principal, assuming: [] }
  const arn = parseArn(principal.arn ?? '')
  const masked = arn !== null && !isAccountId(arn.account)
  const isSession = principal.type === 'assumed-role' || principal.type === 'role'
  return {
    principal: {
      ...principal,
      ...(masked ? { arn: principal.type === 'assumed-role' ? formatArn({ ...arn, account }) : known } : {}),
      ...(isSession && known.includes(':role/') ? { roleArn: known } : {}),
    },
    assuming: masked ? [{ code: 'matched-by-name', policyType: null, values: { name: known, account } }] : [],
  }
}

const claim = /^([^:]{1,200}\.[^:]{1,200}):(?:sub|aud|azp|amr|email)$/iu
/** They are principals by their names alone. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const withoutArn: ReadonlySet<string> = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
])

/** The claims of a token stand under the name of the provider that signed it, which the role's account knows by ARN. */
const withProvider = (principal: Principal, { resource }: AccessRequest, context: RequestContext): Principal => {
  if (principal.type !== 'web-identity' || principal.provider !== undefined) return principal
  const hosts = new Set(Object.keys(context).flatMap((key) => claim.exec(key)?.[1]?.toLowerCase() ?? []))
  const [host] = hosts
  const role = parseArn(resource ?? '')
  if (host === undefined || hosts.size > 1) return principal
  if (withoutArn.has(host)) return { ...principal, provider: host }
  if (role === null || !isAccountId(role.account)) return principal
  const [key = host] = Object.keys(context).flatMap((one) => claim.exec(one)?.[1] ?? [])
  return { ...principal, provider: `arn:${role.partition}:iam::${role.account}:oidc-provider/${key}` }
}
