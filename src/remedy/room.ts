import type { NamedPolicy } from '../iam/policies.ts'
import type { PolicyDocument, Statement } from '../iam/policy-document.ts'
import type { Home } from './home.ts'
import { policyNameFor } from './policy-name.ts'
import { attachedPoliciesQuota, fits, inlineQuota, managedQuota, policySize, quotaOf } from './policy-size.ts'
import type { RemedyTarget } from './remedy.ts'

type Kind = 'inline' | 'managed' | 'aws-managed'

export const kindOf = (policy: NamedPolicy): Kind =>
  policy.kind ?? (policy.arn === undefined ? 'inline' : policy.arn.includes(':iam::aws:') ? 'aws-managed' : 'managed')

export const managedHome = (
  home: Home,
  policy: { readonly name: string; readonly arn?: string | undefined; readonly version?: string | undefined },
): Home => ({
  ...home,
  ...(policy.version === undefined ? {} : { version: policy.version }),
  kind: 'managed-policy',
  name: policy.name,
  arn: policy.arn ?? `arn:${home.partition}:iam::${home.account ?? '<AccountId>'}:policy/${policy.name}`,
})

/** The user's or role's own inline policies, not those of its groups. */
const ownInline = (policies: readonly NamedPolicy[]): readonly NamedPolicy[] =>
  policies.filter((policy) => kindOf(policy) === 'inline' && policy.group === undefined)

interface NewPolicy {
  readonly target: RemedyTarget
  readonly home: Home
  readonly obstacle: 'quota' | null
}

/** Inline where the sum of the holder's inline policies leaves room, else a customer managed policy. */
export const placeNewPolicy = (
  attachTo: string,
  home: Home,
  statements: readonly Statement[],
  known: readonly NamedPolicy[],
): NewPolicy => {
  const name = policyNameFor(statements)
  const size = policySize({ Version: '2012-10-17', Statement: statements })
  const used = ownInline(known).reduce((sum, { document }) => sum + policySize(document), 0)
  const target: RemedyTarget = {
    policyType: 'identity-based',
    attachTo,
    policyName: name,
    policyArn: null,
    create: true,
  }
  const quota = inlineQuota[home.kind]
  if (quota === undefined || used + size <= quota) return { target, home, obstacle: null }
  const attached = known.filter((policy) => kindOf(policy) !== 'inline' && policy.group === undefined).length
  const full = attached >= attachedPoliciesQuota || size > managedQuota
  return { target, home: managedHome(home, { name }), obstacle: full ? 'quota' : null }
}

/**
 * The quota that a document would exceed, in characters: its own, or that of all inline policies of its holder
 * together. `null`: there is room.
 */
export const exceededQuota = (
  home: Home,
  { policyType, policyName }: RemedyTarget,
  after: PolicyDocument,
  known: readonly NamedPolicy[],
): number | null => {
  const quota = quotaOf(home.kind, policyType)
  if (quota !== null && !fits(after, quota)) return quota
  const together = policyType === 'identity-based' ? inlineQuota[home.kind] : undefined
  if (together === undefined) return null
  const group = home.kind === 'group' ? home.name : undefined
  const others = known.filter((one) => kindOf(one) === 'inline' && one.group === group && one.name !== policyName)
  const size = others.reduce((sum, { document }) => sum + policySize(document), policySize(after))
  return size > together ? together : null
}
