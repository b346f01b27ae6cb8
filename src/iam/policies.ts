import type { FlatPolicyType, LevelledPolicyType } from './policy-type.ts'

export type PolicyKind = 'inline' | 'managed' | 'aws-managed'

/** Whose managed policy it is: AWS's own belong to the account `aws`. */
export const managedKind = (arn: string): PolicyKind => (arn.split(':')[4] === 'aws' ? 'aws-managed' : 'managed')

/** A policy as it was read. `document` is the parsed JSON, or its text where the JSON itself was broken. */
export interface NamedPolicy {
  readonly name: string
  readonly document: unknown
  readonly arn?: string | undefined
  readonly kind?: PolicyKind | undefined
  /** Of a managed policy: the version that is the default one. */
  readonly version?: string | undefined
  /** The group through which a user has it. */
  readonly group?: string | undefined
  /** Pasted beside an error: nobody read it where it is in force, and it may be a part of it only. */
  readonly told?: true | undefined
}

/** One level of SCPs or RCPs: the root, an organizational unit or the account. */
export interface PolicyLevel {
  readonly level: string
  readonly policies: readonly NamedPolicy[] | 'unknown'
}

/**
 * Policies by policy type; SCPs and RCPs as levels from the root to the account.
 * `'unknown'`: applies or may apply, but could not be read. `null`: known that there is none.
 * What an absent type means depends on who asks: for the evaluation engine it does not apply,
 * for the diagnosis it was not collected.
 */
export type Policies = {
  readonly [T in FlatPolicyType]?: readonly NamedPolicy[] | 'unknown' | null | undefined
} & {
  readonly [T in LevelledPolicyType]?: readonly PolicyLevel[] | 'unknown' | null | undefined
}
