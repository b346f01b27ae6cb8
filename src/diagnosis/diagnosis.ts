import type { Denial } from '../denial/denial.ts'
import type { CallerFacts, Evidence } from '../evidence/evidence.ts'
import type { Remedy, RemedyCommands, RemedyTarget } from '../remedy/remedy.ts'
import type { PolicyDocument } from '../iam/policy-document.ts'
import type { DeniedRequest } from '../requests/denied-request.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { CauseCode } from './cause-code.ts'

export type Confidence = 'verified' | 'evaluated' | 'stated' | 'possible'

/** Values for the words: names, ARNs, keys. Never prose. */
export type Facts = Readonly<Record<string, string>>

export interface Cause {
  readonly code: CauseCode
  readonly confidence: Confidence
  readonly facts: Facts
  /** The one command that settles it, for a candidate. */
  readonly check: string | null
  readonly remedies: readonly Remedy[]
}

/** What the session name, path and tags tell about who was running. */
export interface CallerReport {
  readonly workload: string | null
  readonly roleArn: string | null
  readonly editable: boolean | null
  readonly managedBy: CallerFacts['managedBy']
}

/** A denial to expect once this one is fixed. */
export interface NextDenial {
  readonly action: string
  readonly resource: string | null
  /** Key of the reason in `words/`, with values. */
  readonly because: { readonly code: string; readonly values: Facts }
}

export interface Diagnosis {
  readonly id: string
  readonly denial: Denial
  readonly requests: readonly DeniedRequest[]
  readonly caller: CallerReport | null
  readonly verdict: Verdict | null
  /** Ranked; the first is the answer, the rest are candidates or further blockers. */
  readonly causes: readonly Cause[]
  readonly next: readonly NextDenial[]
  /** Remarks that never change the cause, as stable codes with values: a user's long-lived keys on a server … */
  readonly hints: readonly { readonly code: string; readonly values: Facts }[]
  readonly evidence: Evidence
}

/** The remedies of all diagnoses merged per policy. */
export interface PlanStep {
  readonly target: RemedyTarget
  readonly policyDocument: PolicyDocument | null
  readonly diff: string | null
  readonly commands: RemedyCommands | null
  readonly covers: readonly string[]
}
