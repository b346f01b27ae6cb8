import { queueUrlOf } from './aws-api.ts'
import type { CommandInput } from './command-input.ts'
import { pathOf, policyNameOf } from './command-input.ts'
import { layerPermissionResource } from './layer-permission.ts'
import { permissionResource } from './lambda-permission.ts'

/** A resource of CloudFormation; the CDK's L1 classes take the same properties with small first letters. */
export interface CloudFormationResource {
  readonly type: string
  readonly properties: Readonly<Record<string, unknown>>
  /** The property that holds the policy document: its keys are IAM's and stay as they are. */
  readonly documentProperty: string | null
}

const holderProperty = { role: 'RoleName', user: 'UserName', group: 'GroupName' } as const
const attachProperty: Readonly<Record<string, string>> = { role: 'Roles', user: 'Users', group: 'Groups' }

const withDocument = (
  type: string,
  properties: Readonly<Record<string, unknown>>,
  documentProperty: string,
  input: CommandInput,
): CloudFormationResource => ({
  type,
  properties: { ...properties, [documentProperty]: input.after },
  documentProperty,
})

const managedPolicy = (input: CommandInput): CloudFormationResource => {
  const [kind = '', holder = ''] = input.target.attachTo.split(/\/(.*)/su)
  const attach = attachProperty[kind]
  const attached = input.target.create && attach !== undefined ? { [attach]: [holder] } : {}
  const path = pathOf(input)
  const properties = { ManagedPolicyName: policyNameOf(input), ...(path === null ? {} : { Path: path }), ...attached }
  return withDocument('AWS::IAM::ManagedPolicy', properties, 'PolicyDocument', input)
}

/** The resource that carries the policy; `null` where the whole document is not known or none exists. */
export const cloudFormationResource = (input: CommandInput): CloudFormationResource | null => {
  const { home } = input
  if (home.kind === 'function') return input.add === null ? null : permissionResource(input, input.add)
  if (home.kind === 'layer') return input.add === null ? null : layerPermissionResource(home, input.add)
  if (input.after === null) return null
  switch (home.kind) {
    case 'role':
    case 'user':
    case 'group': {
      const properties = { [holderProperty[home.kind]]: home.name, PolicyName: policyNameOf(input) }
      const type = { role: 'AWS::IAM::RolePolicy', user: 'AWS::IAM::UserPolicy', group: 'AWS::IAM::GroupPolicy' }
      return withDocument(type[home.kind], properties, 'PolicyDocument', input)
    }
    case 'managed-policy':
      return managedPolicy(input)
    case 'bucket':
      return withDocument('AWS::S3::BucketPolicy', { Bucket: home.name }, 'PolicyDocument', input)
    case 'key':
      return withDocument('AWS::KMS::Key', {}, 'KeyPolicy', input)
    case 'queue':
      return withDocument('AWS::SQS::QueuePolicy', { Queues: [queueUrlOf(home)] }, 'PolicyDocument', input)
    case 'topic':
      return withDocument('AWS::SNS::TopicPolicy', { Topics: [home.arn] }, 'PolicyDocument', input)
    case 'secret':
      return withDocument('AWS::SecretsManager::ResourcePolicy', { SecretId: home.arn }, 'ResourcePolicy', input)
    case 'repository':
      return withDocument('AWS::ECR::Repository', { RepositoryName: home.name }, 'RepositoryPolicyText', input)
    case 'role-trust':
      return withDocument('AWS::IAM::Role', { RoleName: home.name }, 'AssumeRolePolicyDocument', input)
    case 'organization': {
      const type = input.target.policyType === 'resource-control' ? 'RESOURCE_CONTROL_POLICY' : 'SERVICE_CONTROL_POLICY'
      return withDocument('AWS::Organizations::Policy', { Name: policyNameOf(input), Type: type }, 'Content', input)
    }
    // An endpoint's policy is a property of the endpoint, whose service and VPC we do not know; and that of an access
    // point one of the access point, whose bucket we do not know.
    case 'endpoint':
    case 'access-point':
    case 'permission-set':
    case 'other':
      return null
  }
}

const notAlphanumeric = /[^A-Za-z0-9]+/u

/** A logical id: letters and digits. */
export const logicalIdOf = (input: CommandInput): string => {
  let id = ''
  for (const word of `${input.home.kind}-${input.home.name}-${input.target.policyName ?? 'policy'}`.split(
    notAlphanumeric,
  ))
    id += word.slice(0, 1).toUpperCase() + word.slice(1)
  return id.slice(0, 200)
}
