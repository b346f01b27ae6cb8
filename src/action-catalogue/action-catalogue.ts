/** A resource type that an action may be granted on. */
export interface ResourceType {
  readonly name: string
  /** ARN pattern as AWS writes it: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
  readonly arnPattern: string
  readonly required: boolean
  readonly conditionKeys: readonly string[]
  /** Those that the action has with it: what a call creates has no tags yet, and what was there gets none. */
  readonly keysOfCall: readonly string[]
}

export interface ActionFacts {
  /** Canonical spelling, `s3:GetObject`. */
  readonly action: string
  readonly description: string
  /** `Read`, `Write`, `List`, `Tagging`, `Permissions management`; several for some actions. */
  readonly accessLevels: readonly string[]
  /** Empty: the action takes no resource, and only `*` grants it. */
  readonly resourceTypes: readonly ResourceType[]
  readonly conditionKeys: readonly string[]
  /** Further actions that the same call may need, `iam:PassRole` for `lambda:CreateFunction`. */
  readonly dependentActions: readonly string[]
}

/** One IAM action that an API operation needs. */
export interface OperationAction {
  readonly action: string
  /** `always`, or the circumstance in which it is needed: `acl`, `tagging`, `version`, `copy-source` … */
  readonly when: string
}

/**
 * What AWS documents about actions, as a plain value: loaded before deciding, so that deciding stays synchronous.
 * Services that were not asked for look as if they did not exist.
 */
export interface ActionCatalogue {
  readonly version: string
  /** Case-insensitive look-up; `null` for a name that AWS does not list. */
  find(action: string): ActionFacts | null
  serviceExists(prefix: string): boolean
  /** All actions of a service in canonical spelling. */
  actionsOf(prefix: string): readonly string[]
  /** IAM actions behind an API operation, the first the one that is checked first. Empty: unknown operation. */
  actionsForOperation(service: string, operation: string): readonly OperationAction[]
  /** IAM prefix for an SDK service id, signing name, endpoint name or message wording; `null` if unknown. */
  prefixFor(service: string): string | null
}
