import type { NeighbourRow } from './neighbour-row.ts'

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
      // WorkDocs calls it an AccessDeniedException.
      'invalid sigv4 credentials',
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
      // Whoever types the command is in no error yet.
      'run aws sso login',
      'running aws sso login',
      'using aws sso login',
      'use aws sso login',
      'with aws sso login',
      'to aws sso login',
    ],
    example:
      'The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login',
    seen: 'AWS CLI and SDKs with Identity Center',
  },
]
