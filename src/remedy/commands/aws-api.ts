import { dnsSuffix } from '../../iam/dns-suffix.ts'
import { parseArn } from '../../iam/arn.ts'
import type { Home } from '../home.ts'
import type { CommandInput } from './command-input.ts'
import { policyNameOf } from './command-input.ts'
import { policyNameFor } from '../policy-name.ts'
import { policyApiOfService } from './policy-apis-by-service.ts'
import { shellLine, type Argv } from './shell.ts'

/** How the AWS CLI reads, writes and removes the policy of one kind of holder. */
export interface PolicyApi {
  /** Prints the present document. `null`: several calls are needed, or none exists. */
  readonly read: Argv | null
  /** Writes the document; `value` is what stands for it: the JSON itself or `file://…`. */
  write(value: string): readonly Argv[]
  /** Takes a policy away that was not there before. */
  readonly remove: readonly Argv[] | null
  /** What comes before that, for the shell. */
  readonly prepare?: string
  /** Brings back what was in force, without writing it once more. */
  readonly restore?: readonly Argv[]
  /** The error that says that there is no document yet. */
  readonly absent?: string
  /** It stands beside others under a name of its own: one that is new holds what is added, and nothing else. */
  readonly isOneOfMany?: true
  /** The parameter takes a JSON object in which the document stands as text, under this name. */
  readonly insideAttribute?: string
}

const inRegion = (home: Home): Argv => (home.region === null ? [] : ['--region', home.region])

export const queueUrlOf = (home: Home): string =>
  `https://sqs.${home.region ?? '<Region>'}.${dnsSuffix(home.partition)}/${home.account ?? '<AccountId>'}/${home.name}`

const inlinePolicy = (kind: 'role' | 'user' | 'group', input: CommandInput): PolicyApi => {
  const name = policyNameOf(input)
  const holder = [`--${kind}-name`, input.home.name, '--policy-name', name]
  return {
    read: ['aws', 'iam', `get-${kind}-policy`, ...holder, '--query', 'PolicyDocument', '--output', 'json'],
    write: (value) => [['aws', 'iam', `put-${kind}-policy`, ...holder, '--policy-document', value]],
    remove: [['aws', 'iam', `delete-${kind}-policy`, ...holder]],
  }
}

const newManagedPolicy = (input: CommandInput): PolicyApi => {
  const { home, target } = input
  const [kind = 'role', holder = ''] = target.attachTo.split(/\/(.*)/su)
  const attachment = [`--${kind}-name`, holder, '--policy-arn', home.arn]
  return {
    read: null,
    write: (value) => [
      ['aws', 'iam', 'create-policy', '--policy-name', policyNameOf(input), '--policy-document', value],
      ['aws', 'iam', `attach-${kind}-policy`, ...attachment],
    ],
    remove: [
      ['aws', 'iam', `detach-${kind}-policy`, ...attachment],
      ['aws', 'iam', 'delete-policy', '--policy-arn', home.arn],
    ],
  }
}

/**
 * At most five versions are kept, and AWS refuses a sixth: where there are five, the oldest that is not the default one
 * makes room.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html
 */
const roomForVersion = (policy: Argv): string => {
  const oldest = 'reverse(sort_by(Versions[?!IsDefaultVersion],&CreateDate))[3:].VersionId'
  const list = ['aws', 'iam', 'list-policy-versions', ...policy, '--query', oldest, '--output', 'text']
  const remove = ['aws', 'iam', 'delete-policy-version', ...policy, '--version-id']
  return `old="$(${shellLine(list)})" &&\n{ [ -z "$old" ] || ${shellLine(remove)} "$old"; } &&\n`
}

const managedPolicy = ({ home, target }: CommandInput): PolicyApi => {
  const policy = ['--policy-arn', target.policyArn ?? home.arn]
  return {
    read: null,
    prepare: roomForVersion(policy),
    ...(home.version === undefined
      ? {}
      : { restore: [['aws', 'iam', 'set-default-policy-version', ...policy, '--version-id', home.version]] }),
    write: (value) => [
      ['aws', 'iam', 'create-policy-version', ...policy, '--policy-document', value, '--set-as-default'],
    ],
    remove: null,
  }
}

const bucketPolicy = ({ home }: CommandInput): PolicyApi => {
  const bucket = ['--bucket', home.name]
  return {
    read: ['aws', 's3api', 'get-bucket-policy', ...bucket, '--query', 'Policy', '--output', 'text'],
    write: (value) => [['aws', 's3api', 'put-bucket-policy', ...bucket, '--policy', value]],
    remove: [['aws', 's3api', 'delete-bucket-policy', ...bucket]],
    absent: 'NoSuchBucketPolicy',
  }
}

const accessPointPolicy = ({ home }: CommandInput): PolicyApi => {
  const point = ['--account-id', home.account ?? '<AccountId>', '--name', home.name, ...inRegion(home)]
  return {
    read: ['aws', 's3control', 'get-access-point-policy', ...point, '--query', 'Policy', '--output', 'text'],
    write: (value) => [['aws', 's3control', 'put-access-point-policy', ...point, '--policy', value]],
    remove: [['aws', 's3control', 'delete-access-point-policy', ...point]],
    absent: 'NoSuchAccessPointPolicy',
  }
}

const keyPolicy = ({ home }: CommandInput): PolicyApi => {
  const key = ['--key-id', home.arn, '--policy-name', 'default', ...inRegion(home)]
  return {
    read: ['aws', 'kms', 'get-key-policy', ...key, '--query', 'Policy', '--output', 'text'],
    write: (value) => [['aws', 'kms', 'put-key-policy', ...key, '--policy', value]],
    remove: null,
  }
}

const queuePolicy = ({ home }: CommandInput): PolicyApi => {
  const queue = ['--queue-url', queueUrlOf(home), ...inRegion(home)]
  return {
    read: [
      ...['aws', 'sqs', 'get-queue-attributes', ...queue, '--attribute-names', 'Policy'],
      ...['--query', 'Attributes.Policy', '--output', 'text'],
    ],
    write: (value) => [['aws', 'sqs', 'set-queue-attributes', ...queue, '--attributes', value]],
    remove: [['aws', 'sqs', 'set-queue-attributes', ...queue, '--attributes', '{"Policy":""}']],
    insideAttribute: 'Policy',
  }
}

const topicPolicy = ({ home }: CommandInput): PolicyApi => {
  const topic = ['--topic-arn', home.arn, ...inRegion(home)]
  return {
    read: ['aws', 'sns', 'get-topic-attributes', ...topic, '--query', 'Attributes.Policy', '--output', 'text'],
    write: (value) => [
      ['aws', 'sns', 'set-topic-attributes', ...topic, '--attribute-name', 'Policy', '--attribute-value', value],
    ],
    remove: null,
  }
}

const secretPolicy = ({ home }: CommandInput): PolicyApi => {
  const secret = ['--secret-id', home.arn, ...inRegion(home)]
  return {
    read: [
      ...['aws', 'secretsmanager', 'get-resource-policy', ...secret],
      ...['--query', 'ResourcePolicy', '--output', 'text'],
    ],
    write: (value) => [
      ['aws', 'secretsmanager', 'put-resource-policy', ...secret, '--resource-policy', value, '--block-public-policy'],
    ],
    remove: [['aws', 'secretsmanager', 'delete-resource-policy', ...secret]],
  }
}

const repositoryPolicy = ({ home }: CommandInput): PolicyApi => {
  const registry = home.account === null ? [] : ['--registry-id', home.account]
  const repository = [...registry, '--repository-name', home.name, ...inRegion(home)]
  return {
    read: ['aws', 'ecr', 'get-repository-policy', ...repository, '--query', 'policyText', '--output', 'text'],
    write: (value) => [['aws', 'ecr', 'set-repository-policy', ...repository, '--policy-text', value]],
    remove: [['aws', 'ecr', 'delete-repository-policy', ...repository]],
    absent: 'RepositoryPolicyNotFoundException',
  }
}

const trustPolicy = ({ home }: CommandInput): PolicyApi => {
  const role = ['--role-name', home.name]
  return {
    read: ['aws', 'iam', 'get-role', ...role, '--query', 'Role.AssumeRolePolicyDocument', '--output', 'json'],
    write: (value) => [['aws', 'iam', 'update-assume-role-policy', ...role, '--policy-document', value]],
    remove: null,
  }
}

const endpointPolicy = ({ home }: CommandInput): PolicyApi => {
  const region = inRegion(home)
  return {
    read: [
      ...['aws', 'ec2', 'describe-vpc-endpoints', '--vpc-endpoint-ids', home.name, ...region],
      ...['--query', 'VpcEndpoints[0].PolicyDocument', '--output', 'text'],
    ],
    write: (value) => [
      ['aws', 'ec2', 'modify-vpc-endpoint', '--vpc-endpoint-id', home.name, ...region, '--policy-document', value],
    ],
    remove: [['aws', 'ec2', 'modify-vpc-endpoint', '--vpc-endpoint-id', home.name, ...region, '--reset-policy']],
  }
}

/** Permission sets are named by ARNs that only Identity Center's own account can look up. */
const permissionSetPolicy = (): PolicyApi => {
  const instance = ['--instance-arn', '<InstanceArn>', '--permission-set-arn', '<PermissionSetArn>']
  return {
    read: [
      ...['aws', 'sso-admin', 'get-inline-policy-for-permission-set', ...instance],
      ...['--query', 'InlinePolicy', '--output', 'text'],
    ],
    write: (value) => [
      ['aws', 'sso-admin', 'put-inline-policy-to-permission-set', ...instance, '--inline-policy', value],
      ['aws', 'sso-admin', 'provision-permission-set', ...instance, '--target-type', 'ALL_PROVISIONED_ACCOUNTS'],
    ],
    remove: null,
  }
}

/**
 * CloudWatch Logs has policies of the account, not of a log group, each under a name.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
const logsPolicy = ({ home, target, add }: CommandInput): PolicyApi | null => {
  const name = target.policyName ?? (add === null ? null : policyNameFor([add]))
  if (name === null || parseArn(home.arn)?.service !== 'logs') return null
  const policy = ['--policy-name', name, ...inRegion(home)]
  return {
    read: null,
    write: (value) => [['aws', 'logs', 'put-resource-policy', ...policy, '--policy-document', value]],
    remove: [['aws', 'logs', 'delete-resource-policy', ...policy]],
    isOneOfMany: true,
  }
}

/** Policies of an organization go by an id, which their ARN ends in. */
const organizationPolicy = ({ target }: CommandInput): PolicyApi | null => {
  const id = /\/(p-[0-9a-z]{8,128})$/u.exec(target.policyArn ?? '')?.[1]
  if (id === undefined || target.create) return null
  const policy = ['--policy-id', id]
  return {
    read: ['aws', 'organizations', 'describe-policy', ...policy, '--query', 'Policy.Content', '--output', 'text'],
    write: (value) => [['aws', 'organizations', 'update-policy', ...policy, '--content', value]],
    remove: null,
  }
}

/** The calls for a kind of policy; `null` where no command of the AWS CLI is offered for it. */
export const policyApiFor = (input: CommandInput): PolicyApi | null => {
  switch (input.home.kind) {
    case 'role':
    case 'user':
    case 'group':
      return inlinePolicy(input.home.kind, input)
    case 'managed-policy':
      return input.target.create ? newManagedPolicy(input) : managedPolicy(input)
    case 'bucket':
      return bucketPolicy(input)
    case 'access-point':
      return accessPointPolicy(input)
    case 'key':
      return keyPolicy(input)
    case 'queue':
      return queuePolicy(input)
    case 'topic':
      return topicPolicy(input)
    case 'secret':
      return secretPolicy(input)
    case 'repository':
      return repositoryPolicy(input)
    case 'role-trust':
      return trustPolicy(input)
    case 'endpoint':
      return endpointPolicy(input)
    case 'permission-set':
      return permissionSetPolicy()
    case 'organization':
      return organizationPolicy(input)
    case 'other':
      return policyApiOfService(input.home) ?? logsPolicy(input)
    case 'function':
    case 'layer':
      return null
  }
}
