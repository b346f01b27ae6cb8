import type { NamedPolicy } from '../iam/policies.ts'

/**
 * What tells the policies of one type apart. Names do not: a user's own inline policy and one of a group, managed
 * policies under two paths, and SCPs of two levels may share theirs.
 */
export const policyKey = ({ name, arn, kind, group }: NamedPolicy, level: string | null = null): string =>
  JSON.stringify([level, group ?? null, kind ?? null, arn ?? null, name])
