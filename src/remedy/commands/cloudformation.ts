import { cloudFormationResource, logicalIdOf } from './cloudformation-resource.ts'
import type { CommandInput } from './command-input.ts'
import { yamlOf } from './yaml.ts'

/**
 * The change as a CloudFormation resource. Texts that look like numbers or dates (`2012-10-17`, account ids) are
 * quoted, because CloudFormation's reader would turn them into something else.
 */
export const cloudFormation = (input: CommandInput): string | null => {
  const resource = cloudFormationResource(input)
  if (resource === null) return null
  const template = { Resources: { [logicalIdOf(input)]: { Type: resource.type, Properties: resource.properties } } }
  return yamlOf(template)
}
