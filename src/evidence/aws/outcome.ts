import type { GapReason } from '../evidence.ts'

/** What one read gave: a value, or why there is none. Reads never throw. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Refusal

export interface Refusal {
  readonly ok: false
  readonly reason: GapReason
  /** Our own action that was refused, as IAM calls it. */
  readonly action: string
  /** AWS's error code. */
  readonly code: string
  /** The account whose credentials were refused, where it is not the one that was to be read. */
  readonly account?: string
}

const denied =
  /^(AccessDenied|AccessDeniedException|AccessDeniedFault|Client\.UnauthorizedOperation|UnauthorizedOperation|UnauthorizedException|AuthorizationError|AuthorizationErrorException|NotAuthorized|KMSAccessDeniedException|Forbidden)$/
const throttled =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled|SlowDown|PriorRequestNotComplete|BandwidthLimitExceeded|LimitExceededException$)/
const missing =
  /^(NoSuch|NotFound|ResourceNotFound|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue|RepositoryNotFound|RepositoryPolicyNotFound|InvalidVpcEndpointId\.NotFound|ServerSideEncryptionConfigurationNotFound|OwnershipControlsNotFound|PolicyNotFound|TargetNotFound|ChildNotFound|ClusterNotFound)/
const late = /^(TimeoutError|AbortError|RequestTimeout|RequestTimeoutException|RequestAborted)$/
const unusable =
  /^(InvalidClientTokenId|UnrecognizedClientException|ExpiredToken|ExpiredTokenException|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|CredentialsProviderError)$/

/** Why a call failed, from AWS's error code and its status. */
export function refusalOf(error: unknown, action: string): Refusal {
  const code = codeOf(error)
  return { ok: false, action, code, reason: reasonOf(code, statusOf(error)) }
}

function reasonOf(code: string, status: number | null): GapReason {
  if (late.test(code)) return 'timeout'
  if (unusable.test(code)) return 'failed'
  if (throttled.test(code) || status === 429) return 'throttled'
  if (denied.test(code)) return 'access-denied'
  if (missing.test(code) || status === 404) return 'not-found'
  return status === 403 ? 'access-denied' : 'failed'
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'Unknown'
  // S3 and others keep the code beside a generic error name.
  const code = 'Code' in error && typeof error.Code === 'string' ? error.Code : error.name
  return code === '' ? 'Unknown' : code
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('$metadata' in error)) return null
  const metadata = error.$metadata as { readonly httpStatusCode?: number } | undefined
  return metadata?.httpStatusCode ?? null
}
