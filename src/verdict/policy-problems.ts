/** What can be wrong with a document or a statement, in stable codes; the words for them are elsewhere. */
export type PolicyProblem =
  | 'bad-json'
  | 'not-an-object'
  | 'unknown-version'
  | 'no-statement'
  | 'unknown-element'
  | 'duplicate-key'
  | 'bad-effect'
  | 'action-missing'
  | 'action-twice'
  | 'bad-action'
  | 'resource-missing'
  | 'resource-twice'
  | 'resource-not-allowed'
  | 'bad-resource'
  | 'principal-missing'
  | 'principal-twice'
  | 'principal-not-allowed'
  | 'bad-principal'
  | 'bad-condition'
  | 'unknown-operator'

/** Why a document or a statement cannot be used. */
export interface Problem {
  readonly problem: PolicyProblem
  /** The text at fault, where one can be named. */
  readonly value: string | null
}

export const problem = (code: PolicyProblem, value: string | null = null): Problem => ({ problem: code, value })

export const isProblem = (value: object | null): value is Problem => value !== null && 'problem' in value
