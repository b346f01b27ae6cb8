import { pasteNotes } from '../denial/denial.ts'
import type { CauseCode } from '../diagnosis/cause-code.ts'
import type { CauseFamily, DoNotCode } from '../diagnosis/catalogue-entry.ts'
import type { Confidence } from '../diagnosis/diagnosis.ts'
import type { GapReason, ManagedBy } from '../evidence/evidence.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { FixStep } from '../remedy/fix.ts'
import type { Readiness, RemedyKind, RemedyTarget } from '../remedy/remedy.ts'
import type { Assumption, PolicyTypeResult, Unknown } from '../verdict/verdict.ts'
import type { Labels } from './labels.ts'
import type { Phrase, Values } from './values.ts'

/** What is said about one cause. Values stand between backticks. */
export interface CauseWords {
  /** A fact, lower case, no full stop, true standing alone. */
  readonly title: string
  /** The same with these values, where the general one would not be true; empty where it is. */
  readonly titleOf?: Phrase
  /** What was decided, as a clause (in Korean: a sentence) without a full stop; it is set in a frame that says how sure that is. */
  readonly what: Phrase
  /** A whole sentence for the catalogue, where `what` without any values would speak of one text; empty where not. */
  readonly inGeneral?: string
  /** The rule behind it, one sentence. */
  readonly why: Phrase
  /** How it is recognised, and what rules it out. */
  readonly recognised: string
  /** What puts it right, in general. */
  readonly fix: string
}

/** Remarks about the whole reply. */
export const noteCodes = [
  ...pasteNotes,
  'diagnoses-cut',
  'principals-not-fetched',
  'policies-hidden',
  'policies-of-another',
  'plan-over-quota',
] as const
export type NoteCode = (typeof noteCodes)[number]

/** Whose decision a change is. */
export type OwnerCode =
  | 'caller'
  | 'identity-owner'
  | 'boundary-owner'
  | 'session-issuer'
  | 'root-of-account'
  | 'resource-owner'
  | 'key-owner'
  | 'role-owner'
  | 'endpoint-owner'
  | 'organization-owner'
  | 'lake-administrator'
  | 'aws'

/** Where the change goes, and how far it can be pasted as it is. */
export interface StepContext {
  readonly target: RemedyTarget | null
  readonly readiness: Readiness
  /** A statement is shown with the step. */
  readonly hasStatement: boolean
  /** An existing statement is edited. */
  readonly edits: boolean
}

/** What is asked of somebody else. `change` is the statement or the edited statement, as JSON, where there is one. */
export interface OwnerRequest {
  readonly values: Values
  readonly owner: string
  readonly change: string | null
  /** What the change opens beyond the one request; `null`: not known. */
  readonly opens: readonly { readonly action: string; readonly resource: string }[] | null
  /** A Deny is to leave this one case out. */
  readonly isExemption: boolean
  readonly place: string | null
  readonly reason: string
  /** What is to be done where the call was not refused to the caller: its document or its role was at fault. */
  readonly instead: string | null
}

/** Every sentence for people in one language. A missing one does not compile. */
export interface Words {
  readonly causes: Readonly<Record<CauseCode, CauseWords>>
  /** The cause's clause in a frame that tells a proven cause from a candidate. */
  readonly frames: Readonly<Record<Confidence, (clause: string) => string>>
  /** The frame of a clause that a policy in the text speaks for. */
  readonly toldFrame: (clause: string) => string
  /** The other statements that may be what matched; `null`: there are none. */
  readonly rivals: (values: Values) => string | null
  /** What AWS blames was not among what was read; `null`: it was, or nothing was. */
  readonly unseen: (values: Values) => string | null
  readonly confidences: Readonly<Record<Confidence, string>>
  readonly readiness: Readonly<Record<Readiness, string>>
  readonly remedyKinds: Readonly<Record<RemedyKind, string>>
  readonly steps: Readonly<Record<FixStep, (values: Values, context: StepContext) => string>>
  /** Said behind a step whose policy AWS would not take for its length or number; `null`: there is room. */
  readonly noRoom: (values: Values) => string | null
  readonly families: Readonly<Record<CauseFamily, string>>
  readonly doNot: Readonly<Record<DoNotCode, string>>
  readonly policyTypes: Readonly<Record<PolicyType, string>>
  readonly results: Readonly<Record<PolicyTypeResult, string>>
  /** More policies have to change than the one that was named first. */
  readonly alsoIn: (homes: readonly string[]) => string
  /** What a `attachTo` such as `role/Name` is called in a sentence. */
  readonly place: (attachTo: string) => string
  /** The policy that a change goes into: "the key policy of the KMS key `…`". */
  readonly home: (target: RemedyTarget) => string
  readonly owner: (code: string, values: Values) => string
  readonly ownerMessage: (request: OwnerRequest) => string
  readonly assumptions: Readonly<Record<Assumption['code'], (policyType: string | null, values: Values) => string>>
  /** One sentence for all policy types that were not read and so are taken not to deny. */
  readonly notRead: (policyTypes: readonly string[]) => string
  readonly unknown: (unknown: Unknown) => string
  readonly gap: (about: string, reason: GapReason, account: string | null) => string
  readonly gapReasons: Readonly<Record<GapReason, string>>
  readonly next: (code: string, values: Values) => string
  readonly hint: (code: string, values: Values) => string
  readonly note: (code: string, values: Values) => string
  readonly managedBy: Readonly<Record<ManagedBy['kind'], (name: string | null) => string>>
  readonly workload: (code: string) => string
  readonly placeholder: (name: string, meaning: string) => string
  /** What is wrong with a policy or statement that was skipped. */
  readonly problem: (code: string, value: string | null) => string
  readonly evidenceNotes: EvidenceNotes
  readonly labels: Labels
}

interface EvidenceNotes {
  readonly sample: string
  readonly none: string
  readonly snapshot: string
  readonly matchedByName: (name: string | null) => string
  readonly principalMissing: (name: string | null) => string
}
