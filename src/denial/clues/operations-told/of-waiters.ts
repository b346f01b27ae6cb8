import type { ClueShape } from '../clue-shape.ts'

/** The call that a waiter makes again and again, by its service, its operation and the waiters' names. */
const waiters: readonly (readonly [service: string, operation: string, names: string])[] = [
  ['lambda', 'GetFunctionConfiguration', 'FunctionActive FunctionUpdated PublishedVersionActive'],
  ['lambda', 'GetFunction', 'FunctionExists FunctionActiveV2 FunctionUpdatedV2'],
  ['s3', 'HeadBucket', 'BucketExists BucketNotExists'],
  ['s3', 'HeadObject', 'ObjectExists ObjectNotExists'],
  [
    'cloudformation',
    'DescribeStacks',
    'StackExists StackCreateComplete StackUpdateComplete StackDeleteComplete StackImportComplete StackRollbackComplete',
  ],
  ['cloudformation', 'DescribeChangeSet', 'ChangeSetCreateComplete'],
  ['dynamodb', 'DescribeTable', 'TableExists TableNotExists'],
  ['ecs', 'DescribeServices', 'ServicesStable ServicesInactive'],
  ['ecs', 'DescribeTasks', 'TasksRunning TasksStopped'],
  ['ec2', 'DescribeInstances', 'InstanceExists InstanceRunning InstanceStopped InstanceTerminated'],
  ['ec2', 'DescribeInstanceStatus', 'InstanceStatusOk SystemStatusOk'],
  ['ec2', 'DescribeImages', 'ImageAvailable ImageExists'],
  ['ec2', 'DescribeSnapshots', 'SnapshotCompleted'],
  ['rds', 'DescribeDBInstances', 'DBInstanceAvailable DBInstanceDeleted'],
  ['eks', 'DescribeNodegroup', 'NodegroupActive NodegroupDeleted'],
  ['iam', 'GetRole', 'RoleExists'],
  ['iam', 'GetPolicy', 'PolicyExists'],
  ['iam', 'GetInstanceProfile', 'InstanceProfileExists'],
  ['cloudfront', 'GetDistribution', 'DistributionDeployed'],
  ['cloudfront', 'GetInvalidation', 'InvalidationCompleted'],
  ['acm', 'DescribeCertificate', 'CertificateValidated'],
  ['ssm', 'GetCommandInvocation', 'CommandExecuted'],
]

/**
 * What waits tells a refusal of its call under the waiter's name: the AWS SDK for JavaScript v2 puts its own message in
 * the place of the service's, and leaves the error its name.
 */
export const operationsOfWaiters = waiters.flatMap(([service, operation, names]) =>
  names.split(' ').map((name) => {
    const waiter = name.toLowerCase()
    return {
      kind: 'operation-told' as const,
      phrases: [`not in the state ${waiter}`, `waiter ${waiter} failed: an error occurred`],
      capture: new RegExp(`^(?:not in the state|waiter) ${waiter}(?![a-z0-9])`, 'iu'),
      values: { service, operation },
      standsAlone: false,
      seen: 'the AWS SDK for JavaScript v2; botocore and the AWS CLI',
      example: `AccessDeniedException: Resource is not in the state ${name.slice(0, 1).toLowerCase()}${name.slice(1)}`,
    } satisfies ClueShape
  }),
)
