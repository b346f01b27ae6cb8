import type { ClueShape } from '../clue-shape.ts'

/*
 * CloudFormation says that tagging was refused, and keeps which action: the type of the resource tells it.
 * https://repost.aws/knowledge-center/cloudformation-tagging-permission-error
 */

const sentence = 'permissions error performing a tagging operation'

/** Resources that are tagged by another action than TagResource, by owner and kind of their type; `null`: all of it. */
const ownActions: readonly (readonly [owner: string, kind: string | null, service: string, operation: string])[] = [
  ['AutoScaling', 'AutoScalingGroup', 'autoscaling', 'CreateOrUpdateTags'],
  ['DocDB', null, 'rds', 'AddTagsToResource'],
  ['EC2', null, 'ec2', 'CreateTags'],
  ['ElastiCache', null, 'elasticache', 'AddTagsToResource'],
  ['ElasticLoadBalancing', null, 'elasticloadbalancing', 'AddTags'],
  ['ElasticLoadBalancingV2', null, 'elasticloadbalancing', 'AddTags'],
  ['IAM', 'InstanceProfile', 'iam', 'TagInstanceProfile'],
  ['IAM', 'ManagedPolicy', 'iam', 'TagPolicy'],
  ['IAM', 'OIDCProvider', 'iam', 'TagOpenIDConnectProvider'],
  ['IAM', 'Role', 'iam', 'TagRole'],
  ['IAM', 'User', 'iam', 'TagUser'],
  ['KinesisFirehose', 'DeliveryStream', 'firehose', 'TagDeliveryStream'],
  ['Neptune', null, 'rds', 'AddTagsToResource'],
  ['RDS', null, 'rds', 'AddTagsToResource'],
  ['Redshift', null, 'redshift', 'CreateTags'],
  ['Route53', null, 'route53', 'ChangeTagsForResource'],
  ['S3', 'Bucket', 's3', 'PutBucketTagging'],
  ['SQS', 'Queue', 'sqs', 'TagQueue'],
  ['SSM', null, 'ssm', 'AddTagsToResource'],
  ['SageMaker', null, 'sagemaker', 'AddTags'],
]
const typeOf = (owner: string, kind: string | null): string => `${owner}::${kind ?? '\\w{1,60}'}`
const others = ownActions.map(([owner, kind]) => typeOf(owner, kind)).join('|')

/** The type of the resource stands before the sentence, in a row of the stack's events or a member of one. */
const tagged = (type: string, values: ClueShape['values'], example: string): ClueShape => ({
  kind: 'operation-told',
  phrases: [sentence],
  capture: new RegExp(`AWS::${type}\\b(?:(?!AWS::)[^]){0,400}?${sentence}`, 'u'),
  before: 500,
  ...(values === undefined ? {} : { values }),
  standsAlone: false,
  seen: 'CloudFormation, UnauthorizedTaggingOperation',
  example: `CREATE_FAILED | AWS::${example} | Orders | Resource handler returned message: "Encountered a ${sentence}, please add required tag permissions."`,
})

export const operationsOfTagging: readonly ClueShape[] = [
  tagged(`(?!(?:${others})\\b)(?<service>[A-Za-z0-9]{2,40})::\\w{1,60}`, { operation: 'TagResource' }, 'KMS::Key'),
  ...ownActions.map(([owner, kind, service, operation]) =>
    tagged(typeOf(owner, kind), { service, operation }, `${owner}::${kind ?? 'Thing'}`),
  ),
]
