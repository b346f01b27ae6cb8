import type { ClueShape } from './clue-shape.ts'

/** The refusal follows the heading at once: elsewhere in a log it would be another's. */
const refused = /^creating [^\n:]{2,140}: {0,2}(?:[^\n]{0,80}api error )?AccessDenied/iu

const created = (resource: string, service: string, operation: string, example: string) =>
  ({
    kind: 'operation-told',
    phrases: [`creating ${resource}`],
    capture: refused,
    values: { service, operation },
    standsAlone: false,
    seen: 'Terraform and Pulumi, where the provider prints no operation',
    example,
  }) as const satisfies ClueShape

/** Resources whose call has another name than the verb and noun that tools print, as the call that this takes first. */
export const createdResources = [
  created('api gateway', 'apigateway', 'CreateRestApi', 'error: Error creating API Gateway: AccessDeniedException:'),
  created('iam policy', 'iam', 'CreatePolicy', 'Error: error creating IAM policy app: AccessDenied:'),
  created('cloudwatch log group', 'logs', 'CreateLogGroup', 'Creating CloudWatch Log Group failed: AccessDenied'),
  {
    kind: 'operation-told',
    phrases: ['creating s3 bucket', 'create s3 bucket'],
    capture: /^creat(?:e|ing) S3 bucket(?! (?:policy|acl))[^\n:]{0,140}: {0,2}(?:[^\n]{0,80}api error )?AccessDenied/iu,
    values: { service: 's3', operation: 'CreateBucket' },
    standsAlone: false,
    seen: 'Terraform, Terragrunt',
    example: 'Create S3 bucket with retry states returned an error: AccessDenied: Access Denied',
  },
] as const satisfies readonly ClueShape[]
