import type { ClueKind } from '../denial/clues/clue-shapes.ts'
import type { Clue, Denial } from '../denial/denial.ts'

/**
 * The services of whose calls a sentence speaks, by their prefixes in actions. A log holds several errors, and what
 * Lake Formation says of one call explains none that AWS refuses to somebody at a queue.
 */
const callsOf: Partial<Readonly<Record<ClueKind, readonly string[]>>> = {
  'acl-not-supported': ['s3'],
  'alarm-topic-key': ['cloudwatch', 'sns', 'kms'],
  'application-code-unread': ['kinesisanalytics', 's3', 'iam', 'sts'],
  'authorizer-refused': ['execute-api', 'lambda', 'appsync', 'apigateway'],
  'bedrock-model-refused': ['bedrock', 'bedrock-mantle', 'aws-marketplace'],
  'billing-access-off': ['account', 'aws-portal', 'billing', 'budgets', 'ce', 'cur', 'payments', 'pricing', 'tax'],
  'block-public-access': ['s3', 'ec2'],
  'directory-bucket': ['s3', 's3express'],
  'ecs-exec-refused': ['ecs', 'ssm', 'ssmmessages'],
  'foreign-default-key': ['secretsmanager', 'kms', 'ecs'],
  'instance-profile-absent': ['elasticbeanstalk', 'ec2', 'iam', 'autoscaling'],
  'lake-formation-grant': ['lakeformation', 'glue', 'athena', 'redshift', 'redshift-data', 's3', 'elasticmapreduce'],
  'lambda-environment-key': ['lambda', 'kms'],
  'lambda-grantee-unknown': ['lambda', 'kms'],
  'log-group-key': ['logs', 'kms'],
  'marketplace-subscription': ['bedrock', 'bedrock-mantle', 'aws-marketplace', 'ec2', 'sagemaker'],
  'model-image-unread': ['sagemaker', 'ecr', 's3'],
  'opensearch-permission': ['es', 'aoss', 'opensearch'],
}

/** What the text tells beside AWS's whole sentence about a call, but for the sentences about calls of other services. */
export function cluesOfCall({ clues, format, principal, action }: Denial): readonly Clue[] {
  if (format !== 'core' || principal === null || action === null) return clues
  const [service = '', name = ''] = action.toLowerCase().split(':')
  return clues.filter(({ kind, values }) => {
    if (kind === 'service-role-lacks') return !namesAnother(values, service, name)
    return ownCalls(kind)?.includes(service) ?? true
  })
}

const ownCalls = (kind: ClueKind): readonly string[] | undefined => callsOf[kind]

const namesAnother = (values: Clue['values'], service: string, name: string): boolean => {
  const said = values['action']?.toLowerCase()
  if (said !== undefined) return !said.startsWith(`${service}:`)
  const operation = values['operation']?.toLowerCase()
  return operation !== undefined && operation !== name && values['service']?.trim().toLowerCase() !== service
}
