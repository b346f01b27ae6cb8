import { parseArn } from '../../iam/arn.ts'
import { isHiddenText } from '../../iam/hidden-text.ts'
import { shellLine } from '../../remedy/commands/shell.ts'
import type { Fix } from '../../remedy/fix.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/**
 * In these `iam:PermissionsBoundary` is what the request sets. In all others that have the key it is the boundary that
 * the role or user carries, and the request has no parameter for one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
const setsBoundary = /^iam:(?:Create|Put)(?:Role|User)(?:PermissionsBoundary)?$/iu

/** Whether the role or user has to carry the boundary before it may be changed. */
const mustCarryBoundary = (s: Situation): boolean =>
  /^iam:/iu.test(s.action ?? '') && !setsBoundary.test(s.action ?? '')

export const isCarried = (s: Situation): string | null => (mustCarryBoundary(s) ? 'yes' : null)

/** The boundary that a condition demands: set by the request, or by one before it. */
export function meetBoundary(
  s: Situation,
  demanded: string,
  more: { readonly alternative?: boolean; readonly values?: Readonly<Record<string, string>> } = {},
): Fix {
  const boundary = isHiddenText(demanded) ? '<BoundaryArn>' : demanded
  const values = { ...more.values, boundary }
  const { alternative = false } = more
  if (!mustCarryBoundary(s)) return act('other', 'pass-boundary', values, { alternative })
  const [kind = '', ...path] = (parseArn(s.resource ?? s.resourcePattern ?? '')?.resource ?? '').split('/')
  const isUser = kind === 'user' || /User/u.test(s.action ?? '')
  const named = path.at(-1) ?? ''
  const name = named === '' || named.includes('*') ? (isUser ? '<UserName>' : '<RoleName>') : named
  const command = shellLine([
    ...['aws', 'iam', isUser ? 'put-user-permissions-boundary' : 'put-role-permissions-boundary'],
    ...[isUser ? '--user-name' : '--role-name', name, '--permissions-boundary', boundary],
  ])
  return act(
    'other',
    'carry-boundary',
    { ...values, changed: `${isUser ? 'user' : 'role'}/${name}` },
    { command, alternative },
  )
}
