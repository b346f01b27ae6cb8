import { finding, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/**
 * Roles taken one after the other last an hour at most, whatever is set for the role; taken directly, as long as is set.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
 */
export function sessionTooLong(s: Situation): readonly Finding[] {
  if (s.has('roles-chained')) {
    const shorter = act('not-iam', 'ask-for-an-hour')
    const direct = act('not-iam', 'take-role-directly', {}, { alternative: true })
    return [finding('other-system', 'stated', [shorter, direct], { system: 'role-chaining' })]
  }
  const role = s.told('role-arn', 'role')[0]?.split('/').at(-1) ?? '<RoleName>'
  const longer = `aws iam update-role --role-name ${role} --max-session-duration <Seconds>`
  const fixes = [
    act('not-iam', 'ask-for-shorter-session'),
    act('not-iam', 'raise-session-limit', {}, { alternative: true, command: longer, owner: 'role-owner' }),
  ]
  return [finding('other-system', 'stated', fixes, { system: 'session-duration' })]
}
