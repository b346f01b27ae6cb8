import type { ClueShape } from '../clue-shape.ts'

/** The bucket of the state, where Terragrunt names it. */
const bucket = String.raw`(?:(?:for|of|on)? ?(?:the )?(?:AWS )?(?:S3 )?bucket )["'\x60]?(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])`

const check = (phrase: string, operation: string, example: string) =>
  ({
    kind: 'operation-told',
    phrases: [phrase],
    capture: new RegExp(`${phrase}(?:${bucket})?`, 'iu'),
    values: { service: 's3', operation },
    standsAlone: false,
    seen: 'Terragrunt, which looks at the bucket of the state before anything else',
    example,
  }) as const satisfies ClueShape

/** Operations by what Terragrunt says that it was checking of the bucket that holds the state. */
export const operationsOfTerragrunt = [
  check(
    'checking if versioning enabled ',
    'GetBucketVersioning',
    'Error checking if versioning enabled for bucket states',
  ),
  check(
    'checking if sse is enabled ',
    'GetBucketEncryption',
    'Error checking if SSE is enabled for AWS S3 bucket states',
  ),
  check(
    'checking if access logging is enabled ',
    'GetBucketLogging',
    'Error checking if access logging is enabled for AWS S3 bucket states',
  ),
  check(
    'checking if public access is blocked ',
    'GetPublicAccessBlock',
    'Error checking if public access is blocked for AWS S3 bucket states',
  ),
  {
    kind: 'operation-told',
    phrases: ['checking if bucket '],
    capture:
      /checking if bucket ["'\x60]?(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])["'\x60]? (?:have|has|is) (?:a )?(?:(?:root access |enforced TLS )?(?:bucket )?policy|enforced with TLS|(?:root access|enforced TLS) policy)/iu,
    values: { service: 's3', operation: 'GetBucketPolicy' },
    standsAlone: false,
    seen: 'Terragrunt, which looks at the bucket of the state before anything else',
    example: 'Error checking if bucket states have a bucket policy',
  },
] as const satisfies readonly ClueShape[]
