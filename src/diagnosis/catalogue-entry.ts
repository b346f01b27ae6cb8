import type { Policies } from '../iam/policies.ts'
import type { RemedyKind } from '../remedy/remedy.ts'
import type { CauseCode } from './cause-code.ts'
import type { Facts } from './diagnosis.ts'
import type { Reference } from './references.ts'

/** What causes have in common: which part of AWS refuses, and so who can change it. */
export const causeFamilies = [
  'no-matching-allow',
  'kms',
  'deny-or-ceiling',
  'condition',
  'other-side',
  'other-identity',
  'not-a-policy',
  'neighbour-error',
  'open-end',
] as const
export type CauseFamily = (typeof causeFamilies)[number]

/** Advice that is often given for a cause and is wrong; the sentences stand in `words/`. */
export const doNotCodes = [
  'identity-allow',
  'one-side-only',
  'star-action',
  'star-instead',
  'star-resource',
  'admin-policy',
  'nonexistent-action',
  'plural-for-singular',
  'narrow-arn-for-star-action',
  'widen-whole-statement',
  'wrong-arn-form',
  'name-wildcard',
  'wrong-principal-grant',
  'passed-role-grant',
  'public-principal',
  'make-public',
  'disable-bpa',
  'enable-acls',
  'remove-guardrail',
  'drop-condition',
  'trust-wildcard',
  'disable-encryption',
  'disable-mfa',
  'edit-aws-managed-key-policy',
  'edit-service-linked-role',
  'session-policy-grants',
  'add-unrelated-permission',
  'change-the-resource',
  'long-lived-keys',
  'rotate-keys',
  'message-resource-only',
  'pass-any-role',
  'second-copy',
  'delete-bucket',
  'any-policy-change',
] as const
export type DoNotCode = (typeof doNotCodes)[number]

/** A paste, and the policies beside it where the text alone does not decide. A test diagnoses every one. */
interface CauseExample {
  readonly text: string
  readonly policies: Policies | null
}

/** One cause, apart from its words: decided in `diagnose.ts`, explained from here and `words/`. */
export interface CatalogueEntry {
  readonly code: CauseCode
  readonly family: CauseFamily
  /** Kinds of change that put it right, the usual one first. */
  readonly fixKinds: readonly RemedyKind[]
  readonly doNot: readonly DoNotCode[]
  /** AWS's pages that state the rule. */
  readonly references: readonly Reference[]
  /** Those of a cause with these facts, where that is not all of them. */
  readonly referencesOf?: (facts: Facts) => readonly Reference[]
  readonly example: CauseExample
}
