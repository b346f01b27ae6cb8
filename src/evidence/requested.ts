import { policyTypes } from '../iam/policy-type.ts'
import { readPolicies } from './document.ts'
import { combine, type EvidencePart } from './evidence-part.ts'
import type { Evidence } from './evidence.ts'
import { withKeyApart } from './key-policy.ts'
import type { EvidenceQuestion, RequestEvidence } from './question.ts'

/** What the policies are about. */
type Asked = Pick<EvidenceQuestion, 'denial' | 'requests'>

/** Lays the request's own evidence over what was read: per policy type it replaces it, gaps included. */
export function withRequested(
  read: Evidence,
  requested: RequestEvidence | null,
  now: number,
  asked: Asked | null = null,
): Evidence {
  if (requested === null) return read
  const policies = readPolicies(requested.policies ?? {})
  const given = policyTypes.filter((type) => policies[type] !== undefined)
  const stamp = { source: 'request' as const, readAt: new Date(now).toISOString() }
  const part: EvidencePart = {
    ...(given.length === 0 && requested.context === undefined ? {} : { source: 'request' }),
    policies,
    sources: Object.fromEntries(given.map((type) => [type, stamp])),
    context: requested.context ?? {},
    contextComplete: requested.contextComplete === true,
  }
  const left = read.gaps.filter(({ policyType }) => policyType === null || !given.includes(policyType))
  return combine([{ ...read, gaps: left }, asked === null ? part : withKeyApart(part, asked.denial, asked.requests)])
}
