import type { Evidence, ManagedBy } from '../evidence/evidence.ts'
import { managedBy } from '../evidence/managed-by.ts'
import type { RemedyCommands } from './remedy.ts'

/** Principals that have their policies from somewhere else: edited in place they drift, or AWS refuses. */
const withoutAnyCommand = new Set<ManagedBy['kind']>(['service-linked', 'aws-reserved', 'lab', 'control-tower'])

/** Who manages the role or user that a policy hangs on; `null` for one that is edited in place. */
export const managerOf = (attachTo: string, evidence: Evidence): ManagedBy | null => {
  const [kind, name = ''] = attachTo.split(/\/(.*)/su)
  if (kind !== 'role' && kind !== 'user') return null
  const known = evidence.caller
  const isCaller = known?.roleOrUserArn?.split('/').at(-1) === name
  return (isCaller ? known.managedBy : null) ?? managedBy({ name })
}

export const withoutCli = (commands: RemedyCommands): RemedyCommands => ({
  ...commands,
  awsCli: null,
  awsCliFile: null,
  undo: null,
})

/**
 * The forms of a change that fit a managed principal: its template where it has one, never IAM's own commands. A
 * permission set was put in the role's place already, with commands of Identity Center's.
 */
export const commandsUnder = (manager: ManagedBy, commands: RemedyCommands): RemedyCommands | null =>
  manager.kind === 'identity-center' ? commands : withoutAnyCommand.has(manager.kind) ? null : withoutCli(commands)
