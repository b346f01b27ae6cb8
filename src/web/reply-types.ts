import type { ReplyDiagnosis, ReplyGap, ReplyRemedy, ReplyVerdict } from '../reply/schema.ts'

/** Parts of the reply by the names under which the page speaks of them. */
export type PolicyTypeVerdict = ReplyVerdict['policyTypes'][number]
export type PolicyTypeName = PolicyTypeVerdict['type']
export type PolicyTypeResult = PolicyTypeVerdict['result']
export type StatementRef = PolicyTypeVerdict['determining'][number]
export type NearMiss = NonNullable<PolicyTypeVerdict['nearMisses']>[number]
export type UnknownFact = PolicyTypeVerdict['unknowns'][number]
export type Decision = ReplyVerdict['decision']
export type Confidence = ReplyDiagnosis['causes'][number]['confidence']
export type Readiness = ReplyRemedy['readiness']
export type EvidenceSource = ReplyDiagnosis['evidence']['source']
export type GapReason = ReplyGap['reason']
export type PrincipalTypeName = NonNullable<ReplyDiagnosis['denial']['principalType']>
export type Denial = ReplyDiagnosis['denial']
