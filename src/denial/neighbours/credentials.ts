import type { NeighbourRow } from './neighbour-row.ts'
import { isCommonService } from '../../action-catalogue/operations.ts'
import { servicePrefix } from '../service-names.ts'

const sdkCall = /\b(?:calling the \w{2,90} operation|operation error [\w ]{2,60}: \w{2,90}),?[^\n]{0,300}$/u
const sdkService = /^[^\n]{0,5}\(Service: ([\w ]{2,60})[;,]/u

/** The SDK of a service that API Gateway does not stand in front of prints its operation or its name. */
const saidBySdk = (before: string, after: string): boolean =>
  sdkCall.test(before.slice(-400)) || isCommonService(servicePrefix(sdkService.exec(after)?.[1] ?? ''))

const address = /https?:\/\/([^\s"'/?\\]{1,253})/giu
/** S3 has other words for a request without a signature, and load balancers and instances are anybody's. */
const ofService =
  /^(?!.*(?:\.execute-api\.|\.elb\.|\bcompute(?:-1)?\.|(?:^|\.)s3[.-])).*\.amazonaws\.com(?:\.cn)?(?::\d{1,5})?$/iu
/** `upstream api.example.com says`: the answer is that of whom the words name last. */
const bareHost = /[\s"'(=](?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?![\w.])/iu

/** API Gateway's words, but the last address before them, or on their line, is that of another service. */
function isAskedOfService(before: string, after: string): boolean {
  const line = after.split('\n', 1)[0] ?? ''
  const last = [...before.matchAll(address)].at(-1)
  if (last !== undefined && bareHost.test(before.slice(last.index + last[0].length))) return false
  const asked = last ?? [...line.matchAll(address)][0]
  return ofService.test(asked?.[1] ?? '')
}

/** AWS could not tell who was calling: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
export const credentialRows: readonly NeighbourRow[] = [
  {
    name: 'credentials-invalid',
    kind: 'sentence',
    class: 'credential',
    words: 'access key id you provided does not exist in our records',
    sets: { service: 's3' },
    example: 'InvalidAccessKeyId: The AWS Access Key Id you provided does not exist in our records.',
    seen: 'S3',
  },
  {
    name: 'credentials-invalid',
    kind: 'sentence',
    class: 'credential',
    words: [
      'the security token included in the request is invalid',
      'aws was not able to validate the provided access credentials',
      'authorization header or parameters are not formatted correctly',
      'the provided token is malformed or otherwise invalid',
      'the aws access key id needs a subscription',
    ],
    example: 'UnrecognizedClientException: The security token included in the request is invalid.',
    seen: 'STS, EC2 and S3',
  },
  {
    name: 'credentials-expired',
    kind: 'sentence',
    class: 'credential',
    words: [
      'the security token included in the request is expired',
      'the provided token has expired',
      'token included in the request is expired',
      'request has expired',
      'credentials have expired',
      'your session has expired',
      'credentials were refreshed, but the refreshed credentials are still expired',
    ],
    example: 'ExpiredTokenException: The security token included in the request is expired',
    seen: 'STS and S3',
  },
  {
    name: 'sso-session-expired',
    kind: 'sentence',
    class: 'credential',
    words: [
      'the sso session associated with this profile has expired',
      'token has expired and refresh failed',
      'error loading sso token',
      'error when retrieving token from sso',
      'the sso session token associated with profile',
      'session token not found or invalid',
      'sso token is expired',
      'aws sso login',
    ],
    example:
      'The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login',
    seen: 'AWS CLI and SDKs with Identity Center',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: [
      'unable to locate credentials',
      'could not load credentials from any providers',
      'credentials could not be loaded',
      'unable to load aws credentials from any provider',
      'unable to load credentials from any of the providers',
      'no valid providers in chain',
      'no valid credential sources',
      'no valid credential found',
      'no ec2 imds role found',
      'partial credentials found',
      'missing credentials in config',
      'the config profile (',
      'cannot retrieve credentials from the instance profile metadata',
      'error retrieving credentials from the instance profile metadata',
      'unable to get iam security credentials from ec2 instance metadata service',
      'no credentials specified',
      'need to be authenticated via iam role',
      'could not find credentials',
      'unable to find credentials',
      'failed to get security credentials',
      'system aws credentials are required for',
      'is not a valid container metadata service hostname',
    ],
    example: 'Unable to locate credentials. You can configure credentials by running "aws configure".',
    seen: 'AWS CLI and SDKs',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: [
      'unable to read file at /var/run/secrets/eks.amazonaws.com/serviceaccount/token',
      'open /var/run/secrets/eks.amazonaws.com/serviceaccount/token:',
      'failed to read token file /var/run/secrets/eks.amazonaws.com/serviceaccount/token',
    ],
    sets: { service: 'sts' },
    example: 'WebIdentityErr: unable to read file at /var/run/secrets/eks.amazonaws.com/serviceaccount/token',
    seen: 'AWS SDKs for Go in pods with a role of their own',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    outer: true,
    words: [
      'failed to refresh cached credentials',
      'failed to retrieve credentials',
      'failed to retrieve jwt from provided source',
    ],
    example: 'get credentials: failed to refresh cached credentials, no EC2 IMDS role found',
    seen: 'AWS SDKs for Go; the cause follows',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['request is missing authentication token'],
    example: 'MissingAuthenticationTokenException: Request is missing Authentication Token',
    seen: 'services with a JSON protocol, and EC2; API Gateway leaves out the first words',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['missing authentication token'],
    when: saidBySdk,
    example:
      'An error occurred (MissingAuthenticationTokenException) when calling the ListTables operation: Missing Authentication Token',
    seen: 'SDKs that were told to send no signature',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['missing authentication token'],
    when: isAskedOfService,
    example:
      'POST https://aps-workspaces.eu-west-1.amazonaws.com/workspaces/ws-1/api/v1/remote_write 403 {"message":"Missing Authentication Token"}',
    seen: 'Amazon Managed Service for Prometheus and others, asked without a signature',
  },
  {
    name: 'foreign-endpoint',
    kind: 'sentence',
    class: 'credential',
    words: [
      'webidentityerr: failed to retrieve credentials caused by: serializationerror: failed to {any}status code:',
    ],
    sets: { service: 'sts' },
    example:
      'WebIdentityErr: failed to retrieve credentials\ncaused by: SerializationError: failed to unmarshal error message\n\tstatus code: 405, request id:',
    seen: 'AWS SDK for Go v1, told the endpoint of one service for all of them',
  },
  {
    name: 'signature-mismatch',
    kind: 'sentence',
    class: 'credential',
    words: [
      'the request signature we calculated does not match the signature you provided',
      'credential should be scoped to a valid region',
      'credential should be scoped to correct service',
      'authorization header requires',
      'invalid key=value pair (missing equal-sign) in authorization header',
      'not a valid key=value pair (missing equal-sign) in authorization header',
      'credential must have exactly 5 slash-delimited elements',
    ],
    example:
      'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    seen: 'Services that check Signature Version 4',
  },
  {
    name: 'clock-skew',
    kind: 'sentence',
    class: 'credential',
    words: [
      'signature not yet current',
      'signature expired:',
      'the difference between the request time and the current time is too large',
      "request's timestamp is too skewed",
    ],
    example: 'InvalidSignatureException: Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z',
    seen: 'Services that check Signature Version 4',
  },
  {
    name: 'identity-provider',
    kind: 'sentence',
    class: 'credential',
    words: [
      'no openidconnect provider found in your account',
      "couldn't retrieve verification key from your identity provider",
      "openidconnect provider's https certificate doesn't match",
      'incorrect token audience',
      'token must be issued by',
      'provided token is issued by',
      'the id token provided is not a valid jwt',
      "specified provider doesn't exist",
      'response signature invalid',
    ],
    example:
      'InvalidIdentityToken: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com',
    seen: 'STS, federation',
  },
  {
    name: 'mfa-code-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['multifactorauthentication failed, must provide both'],
    sets: { service: 'sts' },
    example:
      'AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    seen: 'STS, asked with one of the two',
  },
  {
    name: 'mfa-code',
    kind: 'sentence',
    class: 'credential',
    words: ['multifactorauthentication failed'],
    sets: { service: 'sts' },
    example: 'AccessDenied: MultiFactorAuthentication failed with invalid MFA one time pass code.',
    seen: 'STS',
  },
  {
    name: 'account-blocked',
    kind: 'sentence',
    class: 'credential',
    words: [
      'this account is currently blocked',
      'your account is currently being verified',
      'pending verification',
      'your aws account is suspended',
      'your account has been suspended',
    ],
    example:
      'An error occurred (Blocked) when calling the RunInstances operation: This account is currently blocked and not recognized as a valid account.',
    seen: 'EC2',
  },
  {
    name: 'credentials-invalid',
    kind: 'sentence',
    class: 'credential',
    words: [
      '535 authentication credentials invalid',
      '535, bauthentication credentials invalid',
      '530 authentication required',
    ],
    sets: { service: 'ses' },
    example: '(535, b"Authentication Credentials Invalid")',
    seen: 'SES over SMTP',
  },
  {
    name: 'jwt-invalid',
    kind: 'sentence',
    class: 'credential',
    words: ['unable to parse jwt token', 'valid authorization header not provided', 'the incoming token has expired'],
    example: '{"errors":[{"errorType":"UnauthorizedException","message":"Unable to parse JWT token."}]}',
    seen: 'AppSync and API Gateway',
  },
  {
    name: 'user-sign-in',
    kind: 'sentence',
    class: 'credential',
    words: [
      'incorrect username or password',
      'access token has been revoked',
      'refresh token has expired',
      'invalid refresh token',
      'access token has expired',
      'user is disabled',
    ],
    example: 'NotAuthorizedException: Incorrect username or password.',
    seen: 'Cognito user pools',
  },
  {
    name: 'credentials-missing',
    kind: 'sentence',
    class: 'credential',
    words: ['bad aws credentials'],
    // In a sentence of people these are wrong ones; the extension found none at all.
    when: (before) => /sigv4auth[^\n]{0,60}$/u.test(before),
    example: 'Error: invalid configuration: extension "sigv4auth" has invalid configuration: bad AWS credentials',
    seen: 'OpenTelemetry collectors that sign for Amazon Managed Service for Prometheus',
  },
]
