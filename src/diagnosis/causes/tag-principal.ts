import { shownName } from '../../iam/hidden-name.ts'
import { isHiddenText } from '../../iam/hidden-text.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import type { Fix } from '../../remedy/fix.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import type { ReadCondition } from '../statements.ts'

/** A tag of the role or user; that of a session comes from whoever opens it. */
export const tagPrincipal = (s: Situation, { key, values }: ReadCondition, alternative = false): Fix => {
  const name = key.slice(key.indexOf('/') + 1)
  const [value] = values.length === 1 ? values : []
  const tag = value === undefined || isHiddenText(value) || /[*?]|\$\{/u.test(value) ? '<TagValue>' : value
  const isUser = s.denial.principalType === 'user'
  const who = shownName(s.denial.roleOrUserName, isUser ? 'UserName' : 'RoleName')
  const isOurs = !who.startsWith('AWSReservedSSO_') && s.denial.principalType !== 'root'
  const tags = `Key=${name},Value=${tag}`
  return act(
    'other',
    'tag-principal',
    { key, values: values.join(', '), principal: s.principalLabel },
    {
      command: isOurs
        ? shellLine([
            ...['aws', 'iam', isUser ? 'tag-user' : 'tag-role', isUser ? '--user-name' : '--role-name', who],
            ...['--tags', tags],
          ])
        : null,
      alternative,
    },
  )
}
