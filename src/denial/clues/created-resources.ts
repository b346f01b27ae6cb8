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

/** Resources that infrastructure tools were creating, as the calls that this takes first. */
export const createdResources = [
  created('lambda function', 'lambda', 'CreateFunction', 'error creating Lambda Function (1): AccessDeniedException:'),
  created('api gateway', 'apigateway', 'CreateRestApi', 'error: Error creating API Gateway: AccessDeniedException:'),
  created('iam role', 'iam', 'CreateRole', 'Error: error creating IAM Role (app): AccessDenied:'),
  created('iam policy', 'iam', 'CreatePolicy', 'Error: error creating IAM policy app: AccessDenied:'),
  created('ecs cluster', 'ecs', 'CreateCluster', 'Error: error creating ECS Cluster (app): AccessDeniedException:'),
  created('ecr repository', 'ecr', 'CreateRepository', 'error creating ECR repository: AccessDeniedException:'),
  created('eks cluster', 'eks', 'CreateCluster', 'error creating EKS Cluster (app): AccessDeniedException:'),
  created('dynamodb table', 'dynamodb', 'CreateTable', 'error creating DynamoDB Table: AccessDeniedException:'),
  created('kms key', 'kms', 'CreateKey', 'error creating KMS Key: AccessDeniedException:'),
  created('secrets manager secret', 'secretsmanager', 'CreateSecret', 'creating Secrets Manager Secret: AccessDenied'),
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
