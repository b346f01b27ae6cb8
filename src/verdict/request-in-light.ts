import type { Evidence } from '../evidence/evidence.ts'
import { isAccountId, parseArn, formatArn } from '../iam/arn.ts'
import type { Principal } from '../iam/principal.ts'
import type { AccessRequest, RequestContext } from '../iam/request.ts'
import type { Assumption } from './verdict.ts'

/** What of the evidence bears on the request itself. */
export type RequestEvidence = Partial<Pick<Evidence, 'context' | 'contextComplete' | 'resourceAccount' | 'caller'>>

export interface EnlightenedRequest {
  readonly request: AccessRequest
  readonly assuming: readonly Assumption[]
}

/** The request with what the evidence adds to it. What the paste itself proves is never overridden. */
export const requestInLight = (request: AccessRequest, evidence: RequestEvidence): EnlightenedRequest => {
  const { principal, assuming } = callerInLight(request.principal, evidence.caller ?? null)
  return {
    request: {
      ...request,
      principal,
      context: evidence.context === undefined ? request.context : mergeContexts(evidence.context, request.context),
      contextComplete: request.contextComplete || evidence.contextComplete === true,
      resourceAccount: request.resourceAccount ?? evidence.resourceAccount ?? null,
    },
    assuming,
  }
}

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
