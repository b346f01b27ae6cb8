import type { PolicyDocument } from '../iam/policy-document.ts'
import type { HomeKind } from './home.ts'

/**
 * Quotas that decide where a statement fits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const inlineQuota: { readonly [K in HomeKind]?: number } = { user: 2048, role: 10_240, group: 5120 }
export const managedQuota = 6144
export const attachedPoliciesQuota = 10
const documentQuota: { readonly [K in HomeKind]?: number } = {
  'managed-policy': managedQuota,
  'role-trust': 2048,
  bucket: 20_480,
  'access-point': 20_480,
  key: 32_768,
  function: 20_480,
  topic: 30_720,
}
const organizationQuota = { 'service-control': 10_240, 'resource-control': 5120 } as const

/** Characters as IAM counts them: white space between the parts of the JSON does not count, inside strings it does. */
export const policySize = (document: unknown): number => {
  if (typeof document !== 'object' || document === null) return JSON.stringify(document).length
  const size = sizes.get(document) ?? JSON.stringify(document).length
  sizes.set(document, size)
  return size
}
/** The same documents of a principal are asked about with each of its denials. */
const sizes = new WeakMap<object, number>()

/** The most that the whole document may have, where AWS sets a limit. */
export const quotaOf = (kind: HomeKind, policyType: string): number | null => {
  if (policyType === 'service-control' || policyType === 'resource-control') return organizationQuota[policyType]
  return documentQuota[kind] ?? null
}

export const fits = (document: PolicyDocument, quota: number | null): boolean =>
  quota === null || policySize(document) <= quota
