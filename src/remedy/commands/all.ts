import type { RemedyCommands } from '../remedy.ts'
import { awsCli, awsCliFile, undo } from './aws-cli.ts'
import { policyApiFor } from './aws-api.ts'
import { cdk } from './cdk.ts'
import { cloudFormationResource, logicalIdOf } from './cloudformation-resource.ts'
import { cloudFormation } from './cloudformation.ts'
import type { CommandInput } from './command-input.ts'
import { terraform } from './terraform.ts'

/** The change in every form; a form that would have to guess the document is `null`. */
export const commandsFor = (input: CommandInput): RemedyCommands => {
  const api = policyApiFor(input)
  const resource = cloudFormationResource(input)
  const logicalId = resource === null ? '' : logicalIdOf(input)
  return {
    awsCli: awsCli(input, api),
    awsCliFile: awsCliFile(input, api),
    undo: undo(input, api),
    terraform: terraform(input),
    cloudformation: resource === null ? null : cloudFormation(resource, logicalId),
    cdk: resource === null ? null : cdk(resource, logicalId),
  }
}
