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

/**
 * Facts beside policies, under stable keys; a key that is absent was not looked at.
 *
 * | key | value |
 * |---|---|
 * | `principal-id` | `AROA…` or `AIDA…` of the principal as it is now |
 * | `identity-based-read-in-part` | `[{name, arn}]`: what was read where not all identity-based policies could be |
 * | `organization` | `{id, managementAccount}`, or `null`: the account is in none |
 * | `caller-in-management-account` | `true`: SCPs do not apply to the caller |
 * | `target-role` | `{arn, exists, trust?}` of the role to be assumed or passed |
 * | `s3-bucket` | `{name, owned, account?, region?}`; `owned: false`: not in the bucket list of our account |
 * | `s3-block-public-access` | `{blockPublicAcls, ignorePublicAcls, blockPublicPolicy, restrictPublicBuckets}` of the bucket |
 * | `s3-object-ownership` | `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter` |
 * | `s3-encryption-key` | `{algorithm, arn, manager?, state?, policy?}`; `arn: null`: no KMS key |
 * | `sqs-encryption-key`, `sns-encryption-key`, `secret-encryption-key` | `{arn, manager?, state?, policy?}`, the same |
 * | `lambda-encryption-key` | ARN of the key of the function's environment, or `null` |
 * | `kms-key` | `{arn, manager, state}` of the denied key |
 * | `kms-key-manager` | `AWS` or `CUSTOMER`: whether its policy can be edited |
 * | `kms-grants` | `[{grantee, operations, encryptionContext, name}]` |
 * | `lambda-role`, `ecs-task-role`, `ecs-execution-role`, `instance-profile-role` | `{arn, policies}`, or `null`: it has none; `policies` as in `identity-based`, `null` where not read |
 * | `snapshot-outdated` | `true`: the file changed into something that is no snapshot, the old one is served |
 */
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
