import type { DenialClass } from './denial.ts'
import type { NeighbourName } from './neighbours/neighbour-names.ts'

interface ErrorCode {
  readonly class: DenialClass
  /** Which neighbour it is; absent for authorization failures. */
  readonly neighbour?: NeighbourName
  /** The only service that answers with it. */
  readonly service?: string
  /** Too common outside AWS to count without AWS around it. */
  readonly weak?: true
}

const denied: ErrorCode = { class: 'bare' }
const credential = (neighbour: NeighbourName): ErrorCode => ({ class: 'credential', neighbour })
const other = (neighbour: NeighbourName): ErrorCode => ({ class: 'other-aws', neighbour })
const throttled: ErrorCode = { class: 'throttling', neighbour: 'throttled' }
const codes = (names: string, code: ErrorCode): (readonly [string, ErrorCode])[] =>
  names.split(' ').map((name) => [name, code] as const)

/** Error codes by what they say about the caller; https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
export const errorCodes: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ...codes(
    'AccessDenied AccessDeniedException AccessDeniedFault NotAuthorized NotAuthorizedException ForbiddenException UnauthorizedException VpceAccessDenied UnauthorizedTaggingOperation AccessDeniedForDependencyException InsufficientPrivilegesException InvalidAccessException AuthorizationErrorException AccessDeniedExceptionException UnauthorizedAccess ClientUnauthorizedOperation EC2AccessDeniedException S3AccessDeniedException S3AccessDeniedFault SNSAccessDeniedFault EFSAccessDeniedException PermissionDeniedException OperationNotPermittedException AccessDeniedError',
    denied,
  ),
  ...codes('UnauthorizedOperation Client.UnauthorizedOperation', { class: 'bare', service: 'ec2' }),
  ...codes('AuthorizationError AuthorizationErrorException', { class: 'bare', service: 'sns' }),
  ...codes(
    'KMSAccessDeniedException KMS.AccessDeniedException KMSAccessDenied KMSAccessDeniedFault KmsAccessDeniedException',
    { class: 'bare', service: 'kms' },
  ),
  // S3's word for a reader that KMS does not know, an origin access identity: no keys were wrong.
  ['KMS.UnrecognizedClientException', { ...other('other-aws-error'), service: 's3' }],
  ...codes('Forbidden Unauthorized', { class: 'bare', weak: true }),
  ...codes('403Forbidden 403 401', { class: 'bare', weak: true }),
  ...codes(
    'InvalidClientTokenId UnrecognizedClientException UnrecognizedClient InvalidAccessKeyId InvalidToken InvalidSecurity',
    credential('credentials-invalid'),
  ),
  ['AuthFailure', { class: 'credential', neighbour: 'credentials-invalid', service: 'ec2' }],
  ...codes(
    'ExpiredToken ExpiredTokenException RequestExpired TokenExpired ExpiredCredentials',
    credential('credentials-expired'),
  ),
  ...codes(
    'TokenRefreshRequired SSOTokenLoadError UnauthorizedSSOTokenError SSOTokenProviderFailure InvalidGrantException',
    credential('sso-session-expired'),
  ),
  ...codes(
    'NoCredentialsError NoCredentialProviders CredentialsProviderError CredentialsError NoCredentials PartialCredentialsError ProfileNotFound CredentialUnavailable CredentialsNotFound MissingAuthenticationToken MissingAuthenticationTokenException',
    credential('credentials-missing'),
  ),
  ...codes(
    'SignatureDoesNotMatch IncompleteSignature IncompleteSignatureException InvalidSignatureException InvalidAuthenticationInfo MissingSecurityHeader',
    credential('signature-mismatch'),
  ),
  ...codes('RequestTimeTooSkewed RequestInTheFuture', credential('clock-skew')),
  ...codes(
    'InvalidIdentityToken InvalidIdentityTokenException IDPCommunicationError IDPRejectedClaim ExpiredTradeInToken',
    credential('identity-provider'),
  ),
  ...codes('Blocked AccountSuspended PendingVerification AccountProblem', other('account-blocked')),
  ...codes(
    'Throttling ThrottlingException ThrottledException TooManyRequestsException TooManyRequests RequestLimitExceeded RequestThrottled RequestThrottledException SlowDown BandwidthLimitExceeded ProvisionedThroughputExceededException PriorRequestNotComplete EC2ThrottledException TransactionInProgressException',
    throttled,
  ),
  ...codes(
    'LimitExceeded LimitExceededException ServiceQuotaExceededException QuotaExceeded VcpuLimitExceeded InstanceLimitExceeded PolicyLengthExceededException',
    other('quota-exceeded'),
  ),
  ['OptInRequired', { class: 'other-aws', neighbour: 'not-subscribed', service: 'ec2' }],
  ...codes('SubscriptionRequiredException SubscriptionRequired NotSignedUp', other('not-subscribed')),
  ...codes('RegionDisabledException RegionDisabled', other('region-not-enabled')),
  ...codes(
    'NoSuchBucket NoSuchKey NoSuchEntity NoSuchEntityException ResourceNotFoundException NotFoundException ResourceNotFound InvalidInstanceID.NotFound RepositoryNotFoundException NoSuchUpload NoSuchVersion ParameterNotFound QueueDoesNotExist AWS.SimpleQueueService.NonExistentQueue ClusterNotFoundException NoSuchHostedZone WAFNonexistentItemException NoSuchDistribution NoSuchOriginAccessControl DBInstanceNotFound DBInstanceNotFoundFault DBClusterNotFoundFault StackNotFoundException LoadBalancerNotFound TargetGroupNotFound TopicNotFound',
    other('resource-not-found'),
  ),
  ...codes('ServiceLinkedRoleNotFoundFault', other('service-linked-role-missing')),
  ...codes('AWSOrganizationsNotInUseException', other('account-outside-organization')),
  ...codes('AllAccessDisabled', other('object-disabled')),
  ...codes('BucketNotEmpty', other('bucket-not-empty')),
  ...codes('AccessControlListNotSupported', other('object-ownership')),
  ...codes('MalformedPolicyDocument MalformedPolicyDocumentException MalformedPolicy', other('malformed-policy')),
  ...codes('PackedPolicyTooLarge PackedPolicyTooLargeException', other('session-policy-too-large')),
  ...codes('UnmodifiableEntity UnmodifiableEntityException', other('unmodifiable-role')),
  ...codes(
    'PermanentRedirect PermanentRedirectException BucketRegionError AuthorizationHeaderMalformed IllegalLocationConstraintException MovedPermanently',
    other('wrong-region'),
  ),
  // What a HEAD has in place of `PermanentRedirect`.
  ['301', { ...other('wrong-region'), weak: true }],
  ...codes(
    'InvalidKMSKey.InvalidState Client.InvalidKMSKey.InvalidState KMSInvalidStateException KMS.KMSInvalidStateException KMSDisabledException KMS.DisabledException KmsKeyDisabledException',
    other('kms-key-unusable'),
  ),
  ...codes('DryRunOperation', other('dry-run-succeeded')),
  ...codes('RequestCanceled EndpointConnectionError ConnectTimeoutError RequestTimeout', other('network-unreachable')),
])

const byLowerCase = new Map([...errorCodes].map(([name, code]) => [name.toLowerCase(), { name, code }] as const))

/** Codes carry prefixes and suffixes of their protocol: `com.amazonaws.kms#…`, `Client.…`, `…:http://…`. */
export function findErrorCode(printed: string): ErrorCode | null {
  const bare = printed.slice(printed.lastIndexOf('#') + 1).replace(/\s+/g, '')
  const known =
    byLowerCase.get(bare.toLowerCase()) ?? byLowerCase.get(bare.slice(bare.lastIndexOf('.') + 1).toLowerCase())
  if (known !== undefined) return known.code
  // `KMS.DisabledException`, `KMSInvalidState`, `KmsKeyDisabledException`, `Client.InvalidKMSKey.InvalidState`
  if (/kms\.?(?:kms)?(?:key)?\.?(?:disabled|invalidstate)/i.test(bare)) return other('kms-key-unusable')
  if (/access_?denied|unauthori[sz]ed|notauthori[sz]ed|forbidden|permission_?denied/i.test(bare)) return denied
  if (/throttl|toomanyrequests|requestlimit/i.test(bare)) return throttled
  if (/expiredtoken|tokenexpired/i.test(bare)) return credential('credentials-expired')
  if (/notfound|nosuch|doesnotexist/i.test(bare)) return other('resource-not-found')
  if (/limitexceeded|quotaexceeded/i.test(bare)) return other('quota-exceeded')
  return null
}

/** A terminal breaks a code inside of it: behind a whole one, another line begins. */
export function goesOnAsCode(lines: string): boolean {
  const [first = '', second = ''] = lines.split('\n').map((line) => line.trim())
  const isWhole = byLowerCase.has(first.toLowerCase()) && !/^\d+$/.test(first)
  return (
    second !== '' &&
    (!isWhole ||
      /^(?:Exception|Fault)/.test(second) ||
      // `Error message: …` is what follows more often than the end of a code.
      (second !== 'Error' && byLowerCase.has((first + second).toLowerCase())))
  )
}

/** Whether a service refuses with this code. */
export const isDenialCode = (printed: string): boolean => findErrorCode(printed)?.class === 'bare'

// Names that SDKs and languages give to any error.
const anyError =
  /^(?:Error|ClientError|PermissionError|\w*ServiceException|\w*ClientException|Amazon\w+Exception|Runtime\w+|\w*SdkException|\w*ExecutionException|MetaException|ServerlessError|IOException|ResourceInitializationError)$/

/** A class that tells nothing of what the service answered: `ClientError`. */
export const isAnyError = (code: string): boolean => anyError.test(code)
