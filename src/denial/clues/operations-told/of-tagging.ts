import type { ClueShape } from '../clue-shape.ts'

/*
 * CloudFormation says that tagging was refused, and keeps which action: the type of the resource tells it.
 * https://repost.aws/knowledge-center/cloudformation-tagging-permission-error
 */

const sentence = 'permissions error performing a tagging operation'

/** Services whose resources are tagged by another action than TagResource, by their part of a type's name. */
const ownActions: readonly (readonly [type: string, service: string, operation: string])[] = [
  ['AutoScaling::AutoScalingGroup', 'autoscaling', 'CreateOrUpdateTags'],
  ['EC2::\\w{1,60}', 'ec2', 'CreateTags'],
  ['ElasticLoadBalancing(?:V2)?::\\w{1,60}', 'elasticloadbalancing', 'AddTags'],
  ['IAM::InstanceProfile', 'iam', 'TagInstanceProfile'],
  ['IAM::ManagedPolicy', 'iam', 'TagPolicy'],
  ['IAM::OIDCProvider', 'iam', 'TagOpenIDConnectProvider'],
  ['IAM::Role', 'iam', 'TagRole'],
  ['IAM::User', 'iam', 'TagUser'],
  ['(?:RDS|Neptune|DocDB)::\\w{1,60}', 'rds', 'AddTagsToResource'],
  ['ElastiCache::\\w{1,60}', 'elasticache', 'AddTagsToResource'],
  ['SSM::\\w{1,60}', 'ssm', 'AddTagsToResource'],
  ['Redshift::\\w{1,60}', 'redshift', 'CreateTags'],
  ['Route53::\\w{1,60}', 'route53', 'ChangeTagsForResource'],
  ['S3::Bucket', 's3', 'PutBucketTagging'],
  ['SageMaker::\\w{1,60}', 'sagemaker', 'AddTags'],
  ['SQS::Queue', 'sqs', 'TagQueue'],
  ['KinesisFirehose::DeliveryStream', 'firehose', 'TagDeliveryStream'],
]
const others = ownActions.map(([type]) => type).join('|')

/** The type of the resource stands before the sentence, in a row of the stack's events or a member of one. */
const tagged = (type: string, values: ClueShape['values'], example: string): ClueShape => ({
  kind: 'operation-told',
  phrases: [sentence],
  capture: new RegExp(`AWS::${type}\\b(?:(?!AWS::)[^]){0,400}?${sentence}`, 'u'),
  before: 500,
  ...(values === undefined ? {} : { values }),
  standsAlone: false,
  seen: 'CloudFormation, UnauthorizedTaggingOperation',
  example,
})

const told = (type: string): string =>
  `CREATE_FAILED | AWS::${type} | Orders | Resource handler returned message: "Encountered a ${sentence}, please add required tag permissions."`

export const operationsOfTagging: readonly ClueShape[] = [
  tagged(
    `(?!(?:${others})\\b)(?<service>[A-Za-z0-9]{2,40})::\\w{1,60}`,
    { operation: 'TagResource' },
    told('KMS::Key'),
  ),
  ...ownActions.map(([type, service, operation]) =>
    tagged(
      type,
      { service, operation },
      told(type.replace('\\w{1,60}', 'Orders').replace(/\(\?:(\w+)[^)]*\)\??/u, '$1')),
    ),
  ),
]
