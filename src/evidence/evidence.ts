import type { Json } from '../iam/json.ts'
import type { Policies } from '../iam/policies.ts'
import type { Statement } from '../iam/policy-document.ts'
import type { PolicyType } from '../iam/policy-type.ts'
import type { RequestContext } from '../iam/request.ts'

export type EvidenceSource = 'aws' | 'snapshot' | 'sample' | 'request' | 'none'
export type GapReason =
  'access-denied' | 'throttled' | 'timeout' | 'not-found' | 'unsupported' | 'not-configured' | 'failed'

/** Something that could not be seen, and the statement that WE need in order to see it. */
export interface Gap {
  /** A policy type, or another thing that was looked for, such as `kms-grants` or `block-public-access`. */
  readonly about: PolicyType | (string & {})
  readonly policyType: PolicyType | null
  readonly reason: GapReason
  readonly statement: Statement | null
  /** Account in which that statement is needed, where known. */
  readonly account: string | null
}

/** What is known of the principal beyond its ARN. */
export interface CallerFacts {
  readonly roleOrUserArn: string | null
  readonly path: string | null
  readonly createDate: string | null
  readonly tags: Readonly<Record<string, string>>
  readonly managedBy: ManagedBy | null
  /** False: the principal was looked for and is not there. `null`: not looked for, or could not be looked for. */
  readonly exists: boolean | null
  /** Matched by name alone, because the account in the paste is redacted or malformed. */
  readonly matchedByNameOnly: boolean
  readonly groups: readonly string[]
}

/** Who really manages a principal that should not be edited in place. */
export interface ManagedBy {
  readonly kind:
    | 'identity-center'
    | 'service-linked'
    | 'aws-reserved'
    | 'cloudformation'
    | 'cdk-bootstrap'
    | 'terraform'
    | 'control-tower'
    | 'lab'
  /** Permission set, stack or service name, where it can be told. */
  readonly name: string | null
}

/** AWS's own evaluation, from an authorization id or a decoded message. */
export interface AwsEvaluation {
  readonly from: 'authorization-id' | 'decoded-message'
  readonly action: string | null
  readonly resource: string | null
  readonly explicitDeny: boolean | null
  readonly context: RequestContext
  /** Every context key that is not listed in `context` was absent. */
  readonly contextComplete: boolean
  readonly matched: readonly {
    readonly policyType: PolicyType | null
    readonly policyArn: string | null
    readonly sid: string | null
    readonly effect: 'Allow' | 'Deny'
  }[]
}

/** Facts beside policies, keyed by what they tell: `s3-block-public-access`, `kms-grants`, `kms-key-behind` … */
export type EvidenceFacts = Readonly<Record<string, Json>>

export interface Evidence {
  /** The strongest source that gave anything. */
  readonly source: EvidenceSource
  /** Policy types that are absent were not collected. */
  readonly policies: Policies
  readonly sources: { readonly [T in PolicyType]?: { readonly source: EvidenceSource; readonly readAt: string } }
  readonly caller: CallerFacts | null
  /** Context keys that the evidence adds (tags, organization, decoded message, the request's own). */
  readonly context: RequestContext
  readonly contextComplete: boolean
  readonly resourceAccount: string | null
  readonly facts: EvidenceFacts
  readonly awsEvaluation: AwsEvaluation | null
  /** Policies that would grant but are not attached: name, ARN and why they do not apply. */
  readonly unattached: readonly {
    readonly name: string
    readonly arn: string
    readonly document: unknown
    readonly why: 'not-attached' | 'not-default-version' | 'group-without-user'
    readonly version: string | null
  }[]
  readonly gaps: readonly Gap[]
}

/** Evidence from which nothing was read. */
export const noEvidence: Evidence = {
  source: 'none',
  policies: {},
  sources: {},
  caller: null,
  context: {},
  contextComplete: false,
  resourceAccount: null,
  facts: {},
  awsEvaluation: null,
  unattached: [],
  gaps: [],
}
