import { shellLine } from '../../remedy/commands/shell.ts'
import { finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Answer } from './answer.ts'

/**
 * A profile says whether whoever comes may choose the name of the session.
 * https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_UpdateProfile.html
 */
export const sessionNameOfProfile: Answer = () => {
  const command = shellLine([
    ...['aws', 'rolesanywhere', 'update-profile', '--profile-id', '<ProfileId>', '--accept-role-session-name'],
  ])
  return [
    finding('other-system', 'stated', [act('not-iam', 'accept-session-name', {}, { command })], { system: 'service' }),
  ]
}
