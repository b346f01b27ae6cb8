import { shellLine } from '../../remedy/commands/shell.ts'
import type { Fix } from '../../remedy/fix.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

export const mfaSession = (s: Situation): Fix =>
  act(
    'session',
    'use-mfa-session',
    {},
    {
      command: shellLine([
        ...['aws', 'sts', 'get-session-token', '--serial-number'],
        `arn:${s.partition}:iam::${s.callerAccount ?? '<AccountId>'}:mfa/${s.denial.roleOrUserName ?? '<UserName>'}`,
        ...['--token-code', '<Code>'],
      ]),
    },
  )
