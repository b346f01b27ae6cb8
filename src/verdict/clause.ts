import type { Denial } from '../denial/denial.ts'
import type { PolicyType } from '../iam/policy-type.ts'

/** The reason that AWS's message gives: which policy type, and whether it denied or merely did not allow. */
export interface Clause {
  readonly effect: 'implicit' | 'explicit' | null
  /** In the order in which the message names them; empty where it names none. */
  readonly policyTypes: readonly PolicyType[]
  readonly policyArn: string | null
}

export type DenialReason = Pick<Denial, 'policyType' | 'effect' | 'policyArn' | 'throughPolicyType'>

/** Reads a denial's reason. Some services call the trust policy of a role its resource-based policy. */
export const clauseOf = (denial: DenialReason, isTrust: boolean): Clause => {
  const named = [denial.policyType, denial.throughPolicyType].filter((type) => type !== null)
  return {
    effect: denial.effect,
    policyTypes: named.map((type) => (isTrust && type === 'resource-based' ? 'role-trust' : type)),
    policyArn: denial.policyArn,
  }
}
