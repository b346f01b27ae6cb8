/** One value or a list of them: the IAM policy grammar allows both wherever a list may stand. */
export type OneOrMore<T> = T | readonly T[]

export type Effect = 'Allow' | 'Deny'
export type PrincipalElement = '*' | Readonly<Record<string, OneOrMore<string>>>
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMore<string | number | boolean>>>>>

/** A statement as we write it. What we read from AWS or a caller is `unknown` until the verdict room has checked it. */
export interface Statement {
  readonly Sid?: string
  readonly Effect: Effect
  readonly Principal?: PrincipalElement
  readonly NotPrincipal?: PrincipalElement
  readonly Action?: OneOrMore<string>
  readonly NotAction?: OneOrMore<string>
  readonly Resource?: OneOrMore<string>
  readonly NotResource?: OneOrMore<string>
  readonly Condition?: ConditionBlock
}

export interface PolicyDocument {
  readonly Version?: string
  readonly Id?: string
  readonly Statement: OneOrMore<Statement>
}

export const list = <T>(value: OneOrMore<T> | undefined | null): readonly T[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T]
