import type { CommandInput } from './command-input.ts'
import { pathOf, policyNameOf } from './command-input.ts'
import { queueUrlOf } from './aws-api.ts'
import { hclLabel, hclResource } from './hcl.ts'
import { layerPermissionBlock } from './layer-permission.ts'
import { permissionBlocks } from './lambda-permission.ts'

interface Block {
  readonly type: string
  readonly arguments: Readonly<Record<string, string>>
  /** Name of the argument that takes the document. */
  readonly document: string
}

const organizationType = (input: CommandInput): string =>
  input.target.policyType === 'resource-control' ? 'RESOURCE_CONTROL_POLICY' : 'SERVICE_CONTROL_POLICY'

/** A managed policy of another path is another policy. */
const inPath = (input: CommandInput): { readonly path?: string } => {
  const path = pathOf(input)
  return path === null ? {} : { path }
}

const blockFor = (input: CommandInput): Block | null => {
  const { home } = input
  switch (home.kind) {
    case 'role':
    case 'user':
    case 'group':
      return {
        type: `aws_iam_${home.kind}_policy`,
        arguments: { name: policyNameOf(input), [home.kind]: home.name },
        document: 'policy',
      }
    case 'managed-policy':
      return { type: 'aws_iam_policy', arguments: { name: policyNameOf(input), ...inPath(input) }, document: 'policy' }
    case 'bucket':
      return { type: 'aws_s3_bucket_policy', arguments: { bucket: home.name }, document: 'policy' }
    case 'access-point':
      return {
        type: 'aws_s3control_access_point_policy',
        arguments: { access_point_arn: home.arn },
        document: 'policy',
      }
    case 'key':
      return { type: 'aws_kms_key_policy', arguments: { key_id: home.arn }, document: 'policy' }
    case 'queue':
      return { type: 'aws_sqs_queue_policy', arguments: { queue_url: queueUrlOf(home) }, document: 'policy' }
    case 'topic':
      return { type: 'aws_sns_topic_policy', arguments: { arn: home.arn }, document: 'policy' }
    case 'secret':
      return { type: 'aws_secretsmanager_secret_policy', arguments: { secret_arn: home.arn }, document: 'policy' }
    case 'repository':
      return { type: 'aws_ecr_repository_policy', arguments: { repository: home.name }, document: 'policy' }
    case 'role-trust':
      return { type: 'aws_iam_role', arguments: { name: home.name }, document: 'assume_role_policy' }
    case 'endpoint':
      return { type: 'aws_vpc_endpoint_policy', arguments: { vpc_endpoint_id: home.name }, document: 'policy' }
    case 'organization':
      return {
        type: 'aws_organizations_policy',
        arguments: { name: policyNameOf(input), type: organizationType(input) },
        document: 'content',
      }
    case 'function':
    case 'layer':
    case 'permission-set':
    case 'other':
      return null
  }
}

const attachment = (input: CommandInput, label: string): string => {
  const [kind = '', holder = ''] = input.target.attachTo.split(/\/(.*)/su)
  return [
    `resource "aws_iam_${kind}_policy_attachment" "${label}" {`,
    `  ${kind.padEnd('policy_arn'.length)} = ${JSON.stringify(holder)}`,
    `  policy_arn = aws_iam_policy.${label}.arn`,
    '}',
    '',
  ].join('\n')
}

/** The change as Terraform; `null` where the whole document is not known, since Terraform writes whole documents. */
export const terraform = (input: CommandInput): string | null => {
  if (input.home.kind === 'function') return input.add === null ? null : permissionBlocks(input, input.add)
  if (input.home.kind === 'layer') return input.add === null ? null : layerPermissionBlock(input.home, input.add)
  const block = blockFor(input)
  if (block === null || input.after === null) return null
  const label = hclLabel(
    `${input.home.kind === 'organization' ? '' : input.home.name} ${input.target.policyName ?? ''}`,
  )
  const document = { argument: block.document, value: input.after }
  const resource = hclResource(block.type, label, block.arguments, document)
  const isNewManaged = input.home.kind === 'managed-policy' && input.target.create
  return isNewManaged ? `${resource}\n${attachment(input, label)}` : resource
}
