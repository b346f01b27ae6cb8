import { shownName } from '../../iam/hidden-name.ts'
import { workloadOf, type Workload } from '../../denial/workload.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import type { Fix } from '../../remedy/fix.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/** Sessions that a person may have opened with long-term keys; behind all others there is a service or a token. */
const ofPeople: ReadonlySet<Workload> = new Set(['aws-cli', 'cdk', 'teaching-lab', 'terraform'])

/**
 * A role that a service assumes, or somebody with a token, never shows MFA: the key is absent.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
export const carriesNoMfa = ({ denial }: Situation): boolean => {
  const workload = workloadOf(denial)
  return workload !== null && !ofPeople.has(workload)
}

const code = ['--token-code', '<Code>'] as const

/** GetSessionToken takes the long-term keys of a user; a role is assumed with the code of the user who assumes it. */
export function mfaSession(s: Situation): Fix {
  const isRole = s.denial.principalType === 'assumed-role'
  const target = s.action?.toLowerCase() === 'sts:assumerole' ? s.resource : null
  // No session may call it, so that MFA comes with a role only.
  const asksFederation = s.action?.toLowerCase() === 'sts:getfederationtoken'
  const role = target ?? (isRole ? s.principalArn : asksFederation ? '<RoleArn>' : null)
  const user = isRole ? '<UserName>' : shownName(s.denial.roleOrUserName, 'UserName')
  const device = `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:mfa/${user}`
  const command =
    role === null
      ? ['aws', 'sts', 'get-session-token', '--serial-number', device, ...code]
      : [
          ...['aws', 'sts', 'assume-role', '--role-arn', role, '--role-session-name', '<SessionName>'],
          ...['--serial-number', device, ...code],
        ]
  return act('session', role === null ? 'use-mfa-session' : 'assume-role-with-mfa', {}, { command: shellLine(command) })
}
