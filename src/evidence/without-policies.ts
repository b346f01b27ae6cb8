import type { EvidencePart } from './evidence-part.ts'

/** The root user, services and anonymous callers have neither identity-based policies nor a boundary: that is known. */
export const withoutPrincipalPolicies: EvidencePart = {
  policies: { 'identity-based': null, 'permissions-boundary': null },
}
