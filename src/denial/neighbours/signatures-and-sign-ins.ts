import type { NeighbourRow } from './neighbour-row.ts'

/** Signatures, tokens and codes that AWS does not take, and users whom it does not let in. */
export const signatureRows: readonly NeighbourRow[] = [
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
