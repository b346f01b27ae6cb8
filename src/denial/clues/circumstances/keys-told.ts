import type { ClueShape } from '../clue-shape.ts'
import { keysNamed } from './keys-named.ts'

/** Access keys that stand where the program finds them before a role, and what they lack. */
export const keysTold = [
  {
    kind: 'environment-keys-told',
    phrases: [
      'aws_access_key_id',
      'aws_secret_access_key',
      'environment variables override',
      'environment variables take precedence',
      'env vars override',
      'env vars take precedence',
      'override the profile',
      'overrides the profile',
    ],
    capture: new RegExp(`${keysNamed}|env(?:ironment variables|.vars) (?:override|take)|overrides? the profile`, 'iu'),
    before: 2,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'AWS_ACCESS_KEY_ID was exported in the shell',
  },
  {
    kind: 'static-keys-in-environment',
    phrases: [
      'aws_access_key_id',
      'aws_secret_access_key',
      'aws_session_token',
      'aws_profile',
      'access keys in',
      'environment variables beat',
      '.aws/credentials',
    ],
    capture: new RegExp(`${keysNamed}|aws_profile|access keys in|environment variables beat|\\.aws/credentials`, 'iu'),
    before: 2,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'AWS_ACCESS_KEY_ID was still set',
  },
  {
    kind: 'cloud9',
    phrases: ['cloud9'],
    standsAlone: false,
    seen: 'AWS-managed temporary credentials',
    example: 'in a Cloud9 environment',
  },
  {
    kind: 'temporary-key-named',
    phrases: ['asia'],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
    capture: /(?<![A-Za-z0-9])ASIA(?:[A-Z0-9]{12,16}(?![A-Za-z0-9])|[A-Z0-9]{0,14}(?:\.{2,}|[*xX\u2026]{2,}|\u2026))/u,
    before: 1,
    standsAlone: false,
    seen: 'code and configurations',
    example: "accessKeyId: 'ASIAIOSFODNN7EXAMPLE'",
  },
  {
    kind: 'session-token-named',
    phrases: [
      'session_token',
      'sessiontoken',
      'session-token',
      'session token',
      'security_token',
      'x-amz-security-token',
      'aws_token',
    ],
    standsAlone: false,
    seen: 'code and configurations',
    example: 'aws_session_token = …',
  },
  {
    kind: 'single-launch-told',
    phrases: [
      'failed to stabilize',
      'service catalog',
      'run-instances',
      'runinstances',
      'resource "aws_instance"',
      'aws_instance.',
    ],
    standsAlone: false,
    seen: 'CloudFormation, Terraform, the CLI: whoever launches an instance by itself',
    example: 'Instance i-0a1b2c3d4e5f60718 failed to stabilize',
  },
  {
    kind: 'launch-role-told',
    phrases: ['launch role', 'launch constraint', 'service role', 'deployment role', 'deploy role', 'stack role'],
    capture:
      /^(?:launch|service|deployment|deploy|stack) (?:role|constraint)(?: named| called| is|:)? [`'"]?(?!(?:has|have|had|is|was|can|cannot|does|with|without|for|from|and|but|that|which|of|in|on|to|as|needs|lacks|already|the|this|there|no|not|arn)\b)(?<role>[A-Za-z][\w+=.@-]{1,62}[\w+=@-])/iu,
    standsAlone: false,
    seen: 'how people tell of it',
    example: 'launched with launch role ServiceCatalogLaunch',
  },
] as const satisfies readonly ClueShape[]
