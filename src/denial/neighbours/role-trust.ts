import type { NeighbourRow } from './neighbour-row.ts'

/** Roles that services cannot assume, each in the words of its service. */
export const roleTrustRows: readonly NeighbourRow[] = [
  {
    name: 'pod-identity-cannot-assume-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['eks does not have permissions to assume the associated role'],
    sets: { service: 'eks-auth' },
    example:
      'AccessDeniedException: Unauthorized Exception! EKS does not have permissions to assume the associated role.',
    seen: 'EKS Pod Identity',
  },
  {
    name: 'roles-anywhere-cannot-assume-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['accessdeniedexception: unable to assume role for arn:'],
    sets: { service: 'rolesanywhere' },
    example: 'AccessDeniedException: Unable to assume role for arn:aws:iam::111122223333:role/app',
    seen: 'IAM Roles Anywhere',
  },
  {
    name: 'rds-monitoring-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['iam role arn value is invalid or does not include the required permissions for: enhanced_monitoring'],
    sets: { service: 'rds' },
    example: 'IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING',
    seen: 'RDS',
  },
  {
    name: 'app-runner-access-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['invalid access role in authenticationconfiguration'],
    sets: { service: 'apprunner' },
    example: 'InvalidRequestException: Invalid Access Role in AuthenticationConfiguration',
    seen: 'App Runner, for images of ECR',
  },
  {
    name: 'subscription-role',
    kind: 'sentence',
    class: 'other-aws',
    words: ['could not deliver test message to specified'],
    sets: { service: 'logs' },
    example:
      'Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state.',
    seen: 'CloudWatch Logs subscription filters',
  },
  {
    name: 'switch-role-refused',
    kind: 'sentence',
    class: 'other-aws',
    words: ['invalid information in one or more fields. check your information or contact your administrator'],
    sets: { service: 'sts' },
    example: 'Invalid information in one or more fields. Check your information or contact your administrator.',
    seen: 'the console, on switching roles',
  },
]
