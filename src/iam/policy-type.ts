/** The kinds of policy that take part in a decision, in the order in which they are reported. */
export const policyTypes = [
  'resource-control',
  'service-control',
  'vpc-endpoint',
  'resource-based',
  'role-trust',
  'identity-based',
  'permissions-boundary',
  'session',
] as const

export type PolicyType = (typeof policyTypes)[number]

/** The policy types that come as levels, from the organization's root to the account. */
export type LevelledPolicyType = 'service-control' | 'resource-control'
export type FlatPolicyType = Exclude<PolicyType, LevelledPolicyType>

export const isLevelled = (type: PolicyType): type is LevelledPolicyType =>
  type === 'service-control' || type === 'resource-control'
