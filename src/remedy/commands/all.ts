import type { RemedyCommands } from '../remedy.ts'
import { awsCli, awsCliFile, undo } from './aws-cli.ts'
import { cdk } from './cdk.ts'
import { cloudFormation } from './cloudformation.ts'
import type { CommandInput } from './command-input.ts'
import { terraform } from './terraform.ts'

/** The change in every form; a form that would have to guess the document is `null`. */
export const commandsFor = (input: CommandInput): RemedyCommands => ({
  awsCli: awsCli(input),
  awsCliFile: awsCliFile(input),
  undo: undo(input),
  terraform: terraform(input),
  cloudformation: cloudFormation(input),
  cdk: cdk(input),
})
