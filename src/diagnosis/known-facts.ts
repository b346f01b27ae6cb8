import type { EvidenceFacts } from '../evidence/evidence.ts'
import { isObject } from '../iam/json.ts'
import type { NamedPolicy } from '../iam/policies.ts'

/** The KMS key behind a resource, as it was read. */
export interface KnownKey {
  /** What it encrypts, as the words call it. */
  readonly behind: 'bucket' | 'queue' | 'topic' | 'secret' | 'function'
  /** ARN of the key itself; `null` where only an alias is known. */
  readonly arn: string | null
  readonly manager: 'AWS' | 'CUSTOMER' | null
  /** Parsed; `null` where it could not be read. */
  readonly policy: unknown
}

/** A role that stands behind a resource: a function's, a task's, an instance profile's. */
export interface KnownRole {
  readonly arn: string
  /** `null`: not read. */
  readonly policies: readonly NamedPolicy[] | null
}

interface KnownGrant {
  readonly grantee: string
  readonly operations: readonly string[]
  /** It counts for calls with a certain encryption context only. */
  readonly isConstrained: boolean
  readonly name: string | null
}

interface PublicAccessBlock {
  readonly blockPublicAcls: boolean
  readonly blockPublicPolicy: boolean
  readonly restrictPublicBuckets: boolean
}

/**
 * The facts beside policies, typed. `undefined` where nobody looked, so that a rule falls back to what the text
 * suggests; `null` where it was looked for and is not there.
 */
export interface KnownFacts {
  readonly principalId: string | undefined
  /** The caller is of the organization's management account. */
  readonly inManagementAccount: boolean
  readonly bucketOwned: boolean | undefined
  readonly bucketAccount: string | undefined
  readonly publicAccessBlock: PublicAccessBlock | undefined
  readonly objectOwnership: string | undefined
  readonly key: KnownKey | null | undefined
  readonly keyManager: 'AWS' | 'CUSTOMER' | undefined
  readonly grants: readonly KnownGrant[]
  readonly targetRole: { readonly arn: string; readonly exists: boolean; readonly trust: unknown } | undefined
  readonly lambdaRole: KnownRole | null | undefined
  readonly taskRole: KnownRole | null | undefined
  readonly executionRole: KnownRole | null | undefined
  readonly profileRole: KnownRole | null | undefined
}

export const readFacts = (facts: EvidenceFacts): KnownFacts => {
  const bucket = facts['s3-bucket']
  return {
    principalId: textOf(facts['principal-id']),
    inManagementAccount: facts['caller-in-management-account'] === true,
    bucketOwned: isObject(bucket) && typeof bucket['owned'] === 'boolean' ? bucket['owned'] : undefined,
    bucketAccount: isObject(bucket) ? textOf(bucket['account']) : undefined,
    publicAccessBlock: blockOf(facts['s3-block-public-access']),
    objectOwnership: textOf(facts['s3-object-ownership']),
    key: keyOf(facts),
    keyManager: managerOf(facts['kms-key-manager']) ?? undefined,
    grants: grantsOf(facts['kms-grants']),
    targetRole: targetRoleOf(facts['target-role']),
    lambdaRole: roleOf(facts['lambda-role']),
    taskRole: roleOf(facts['ecs-task-role']),
    executionRole: roleOf(facts['ecs-execution-role']),
    profileRole: roleOf(facts['instance-profile-role']),
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
const managerOf = (value: unknown): 'AWS' | 'CUSTOMER' | null =>
  value === 'AWS' || value === 'CUSTOMER' ? value : null

const keyFacts: readonly (readonly [string, KnownKey['behind']])[] = [
  ['s3-encryption-key', 'bucket'],
  ['sqs-encryption-key', 'queue'],
  ['sns-encryption-key', 'topic'],
  ['secret-encryption-key', 'secret'],
]

function keyOf(facts: EvidenceFacts): KnownKey | null | undefined {
  const [name, behind] = keyFacts.find(([fact]) => isObject(facts[fact])) ?? []
  const found = name === undefined ? undefined : facts[name]
  if (behind === undefined || !isObject(found)) return undefined
  const arn = textOf(found['arn'])
  if (arn === undefined) return null
  // AWS's own keys go by the aliases `aws/…`, whether or not anybody described them.
  const manager = managerOf(found['manager']) ?? (/(?:^|:)alias\/aws\//u.test(arn) ? 'AWS' : null)
  return { behind, arn: arn.includes(':key/') ? arn : null, manager, policy: found['policy'] ?? null }
}

const blockOf = (value: unknown): PublicAccessBlock | undefined =>
  isObject(value)
    ? {
        blockPublicAcls: value['blockPublicAcls'] === true,
        blockPublicPolicy: value['blockPublicPolicy'] === true,
        restrictPublicBuckets: value['restrictPublicBuckets'] === true,
      }
    : undefined

function grantsOf(value: unknown): readonly KnownGrant[] {
  if (!Array.isArray(value)) return []
  return value.filter(isObject).flatMap((grant) => {
    const grantee = textOf(grant['grantee'])
    const operations: unknown = grant['operations']
    if (grantee === undefined || !Array.isArray(operations)) return []
    return [
      {
        grantee,
        operations: operations.filter((name) => typeof name === 'string'),
        isConstrained: isObject(grant['encryptionContext']),
        name: textOf(grant['name']) ?? null,
      },
    ]
  })
}

const targetRoleOf = (value: unknown): KnownFacts['targetRole'] => {
  const arn = isObject(value) ? textOf(value['arn']) : undefined
  return isObject(value) && arn !== undefined && typeof value['exists'] === 'boolean'
    ? { arn, exists: value['exists'], trust: value['trust'] ?? null }
    : undefined
}

function roleOf(value: unknown): KnownRole | null | undefined {
  if (value === null) return null
  const arn = isObject(value) ? textOf(value['arn']) : undefined
  if (!isObject(value) || arn === undefined) return undefined
  const policies: unknown = value['policies']
  return { arn, policies: Array.isArray(policies) ? policies.filter(isNamedPolicy) : null }
}

const isNamedPolicy = (value: unknown): value is NamedPolicy => isObject(value) && typeof value['name'] === 'string'

/** `role/Name` as remedies name what a policy hangs on. */
export const roleLabel = ({ arn }: Pick<KnownRole, 'arn'>): string => `role/${arn.slice(arn.lastIndexOf('/') + 1)}`
