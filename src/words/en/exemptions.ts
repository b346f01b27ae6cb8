import { known, orElse, where, type Values } from '../values.ts'
import type { StepContext } from '../words.ts'
import { home } from './home.ts'
import { who } from './phrases.ts'

const within = (v: Values): string => where(v, 'opened', (opened) => (opened === '`*`' ? '' : ` on ${opened}`))

/** Whom, or what, a changed Deny lets past: it has to be said, since that is more than the one request. */
const exempted = (v: Values, target: StepContext['target']): string => {
  switch (known(v, 'exempts')) {
    case 'action':
      return `the statement then denies ${orElse(v, 'action', 'this action')}${within(v)} to nobody any more; all else that it denies stays denied`
    case 'action-of-principal':
      return `the statement is split, so that ${orElse(v, 'action', 'this action')}${within(v)} is denied to everybody but ${who(v)}; all else that it denies stays denied to everybody as it was`
    case 'resource-of-principal':
      return `the statement is split, so that what it denies${within(v)} is denied there to everybody but ${who(v)}; everywhere else it stays as it was for everybody`
    case 'principal':
      return `the statement then denies nothing to ${who(v)} any more, and stays as it is for ${target?.policyType === 'identity-based' ? 'others whom the policy may be attached to' : 'everybody else'}`
    case 'alone':
      return `the statement is for ${who(v)} and nobody else, so it then denies nothing any more; ask why it was made`
    default:
      return 'it exempts this case'
  }
}

/** The statement denies the change of its own policy too. */
const lockedOut = (v: Values): string => {
  switch (known(v, 'locked')) {
    case 'everybody':
      return ' The statement denies this change too, to everybody: the command works once the policy is out of the way.'
    case 'caller':
      return ' The statement denies this change too: whoever makes it has to be one whom it lets past.'
    default:
      return ''
  }
}

/** An exemption from a rule; `policy` names it where the target is not known. */
export const exemptIn =
  (policy: string) =>
  (v: Values, { target, hasStatement, edits }: StepContext): string => {
    const where_ = target === null ? `${policy}${where(v, 'policyArn', (arn) => ` ${arn}`)}` : home(target)
    if (hasStatement || edits) return `Propose this change to ${where_}: ${exempted(v, target)}.${lockedOut(v)}`
    return `Ask for an exemption of this one case in ${where_}.`
  }
