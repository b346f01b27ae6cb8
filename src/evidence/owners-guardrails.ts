import { isAccountId } from '../iam/arn.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { EvidencePart } from './evidence-part.ts'

/*
 * SCPs are those of the caller's account; RCPs are those of the account that owns the resource.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */

const rcp = 'resource-control'

/** The account of the resource, where it is known to be another than the caller's. */
export function otherOwner(requests: readonly DeniedRequest[], callers: string | null): string | null {
  const owner = requests[0]?.resourceAccount ?? null
  return owner !== null && isAccountId(owner) && owner !== callers ? owner : null
}

/** What the organization tells of the caller's account, without RCPs. */
export function withoutRcps(part: EvidencePart): EvidencePart {
  const { [rcp]: ofPolicies, ...policies } = part.policies ?? {}
  const { [rcp]: ofSources, ...sources } = part.sources ?? {}
  if (ofPolicies === undefined && ofSources === undefined && part.gaps === undefined) return part
  return { ...part, policies, sources, gaps: (part.gaps ?? []).filter(({ policyType }) => policyType !== rcp) }
}

/** What it tells of the owner's account: the RCPs, and nothing about the caller. */
export function rcpsAlone({ source, policies, sources, gaps = [] }: EvidencePart): EvidencePart {
  const [theirs, stamp] = [policies?.[rcp], sources?.[rcp]]
  return {
    ...(source === undefined ? {} : { source }),
    ...(theirs === undefined ? {} : { policies: { [rcp]: theirs } }),
    ...(stamp === undefined ? {} : { sources: { [rcp]: stamp } }),
    gaps: gaps.filter(({ policyType }) => policyType === rcp),
  }
}
