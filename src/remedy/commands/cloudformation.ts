import type { CloudFormationResource } from './cloudformation-resource.ts'
import { yamlBlock } from './yaml.ts'

/**
 * The change as a CloudFormation resource. Texts that look like numbers or dates (`2012-10-17`, account ids) are
 * quoted, because CloudFormation's reader would turn them into something else.
 */
export const cloudFormation = ({ type, properties }: CloudFormationResource, logicalId: string): string =>
  `Resources:\n  ${logicalId}:\n    ${yamlBlock({ Type: type, Properties: properties }, '    ')}\n`
