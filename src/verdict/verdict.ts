import type { Effect } from '../iam/policy-document.ts'
import type { PolicyKind } from '../iam/policies.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { PolicyProblem } from './policy-problems.ts'

export type Decision = 'allowed' | 'implicitDeny' | 'explicitDeny' | 'unknown'
export type PolicyTypeResult = Decision | 'notApplicable' | 'notCollected'

/** A statement by its policy's name and its 0-based position in that document. */
export interface StatementRef {
  readonly policy: string
  readonly statement: number
  readonly sid: string | null
}

type StatementElement = 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Principal' | 'NotPrincipal' | 'Condition'

/** Why one element of a statement did not match. */
export interface Mismatch {
  readonly element: StatementElement
  readonly wanted: readonly string[]
  readonly found: readonly string[] | null
  /** For ARNs the first part that differs (`account`, `resource` …). */
  readonly firstDifference: string | null
  /** For conditions. */
  readonly operator: string | null
  readonly key: string | null
}

/** A statement of the fitting effect that would have decided, but for the elements named. */
export interface NearMiss extends StatementRef {
  readonly policyType: PolicyType
  readonly effect: Effect
  readonly because: readonly Mismatch[]
}

/** A fact on which the answer hangs. */
export interface Unknown extends StatementRef {
  readonly kind: 'context-key' | 'resource' | 'principal'
  readonly policyType: PolicyType
  readonly effect: Effect
  /** The context key, for that kind. */
  readonly key: string | null
  readonly operator: string | null
  readonly values: readonly string[]
}

export interface PolicySummary {
  readonly name: string
  readonly arn: string | null
  readonly kind: PolicyKind | null
  readonly group: string | null
  readonly level: string | null
}

/**
 * What is wrong with a document or a statement. It was skipped, except for `duplicate-key` (AWS takes the last, and so
 * do we) and an `unknown-element` beside the statements.
 */
export interface InvalidPolicy {
  readonly policy: string
  readonly statement: number | null
  readonly problem: PolicyProblem
  /** The text at fault: the operator, the element … */
  readonly value: string | null
}

export interface PolicyTypeVerdict {
  readonly type: PolicyType
  readonly result: PolicyTypeResult
  /** It stands in the way of the request: all blocking types are marked, not only the one that AWS names. */
  readonly blocking: boolean
  /** Nothing in it allows the request, so that it would stand in the way without its Deny too. */
  readonly silent: boolean
  readonly policies: readonly PolicySummary[]
  /** Statements that matched for certain with the effect of the result. */
  readonly determining: readonly StatementRef[]
  readonly nearMisses: readonly NearMiss[]
  readonly unknowns: readonly Unknown[]
  readonly invalid: readonly InvalidPolicy[]
}

export interface Verdict {
  readonly decision: Decision
  readonly policyType: PolicyType | 'root' | null
  readonly statement: StatementRef | null
  readonly policyTypes: readonly PolicyTypeVerdict[]
  /** Each once, those first that the reader can answer. */
  readonly unknowns: readonly Unknown[]
  /** What was left out of the decision or taken for granted. */
  readonly assuming: readonly Assumption[]
}

/** A step taken because the denial itself is evidence, or because something was not read. */
export interface Assumption {
  readonly code:
    | 'not-read-does-not-deny'
    | 'unread-resource-policy-does-not-grant'
    | 'unread-key-policy-delegates'
    | 'resource-in-callers-account'
    | 'resource-in-another-account'
    | 'same-organization'
    | 'message-names-deny'
    | 'message-rules-out-deny'
    | 'matched-by-name'
    | 'role-without-path'
    | 'unread-allows'
    | 'told-applies'
    | 'passed-to'
  readonly policyType: PolicyType | null
  readonly values: Readonly<Record<string, string>>
}
