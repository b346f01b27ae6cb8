import type { FormName } from './remedy-forms.ts'
import type {
  Confidence,
  Decision,
  EvidenceSource,
  GapReason,
  PolicyTypeName,
  PolicyTypeResult,
  PrincipalTypeName,
  Readiness,
} from './reply-types.ts'

/** What the page calls the codes of a reply, each of them. */
export interface Labels {
  readonly policyTypes: Readonly<Record<PolicyTypeName, { readonly name: string; readonly owner: string }>>
  readonly results: Readonly<Record<PolicyTypeResult, string>>
  readonly decisions: Readonly<Record<Decision, string>>
  readonly confidences: Readonly<Record<Confidence, { readonly label: string; readonly meaning: string }>>
  readonly readiness: Readonly<Record<Readiness, string>>
  readonly forms: Readonly<Record<FormName, string>>
  readonly sources: Readonly<Record<EvidenceSource, string>>
  readonly gapReasons: Readonly<Record<GapReason, string>>
  readonly principalTypes: Readonly<Record<PrincipalTypeName, string>>
}
