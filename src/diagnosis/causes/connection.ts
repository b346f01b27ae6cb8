import { finding, none, type Finding, unchecked } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { tooEarly } from './too-early.ts'
import { wrongNameOfRole } from './wrong-name.ts'

/**
 * CodeBuild and CodePipeline fetch the source over a connection with the service role of the project or pipeline. The
 * ARN keeps the prefix under which the connection was made, and the actions have to go with it.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/connections-github-app.html
 */
export function connectionRefused(s: Situation): readonly Finding[] {
  const isUnauthorized = s.has('source-unauthorized')
  const connection = s.told('connection-refused', 'connection')[0] ?? (isUnauthorized ? connectionTold(s) : null)
  if (connection === null || s.denial.action !== null) return none
  const prefix = connection.split(':')[2] ?? 'codeconnections'
  const byPipeline = s.denial.format === 'codepipeline-role'
  const names = byPipeline ? ['UseConnection'] : ['UseConnection', 'GetConnection', 'GetConnectionToken']
  const actions = names.map((name) => `${prefix}:${name}`)
  const named = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${named ?? '<ServiceRoleName>'}`
  const misnamed = wrongNameOfRole(s, actions, connection, attachTo)
  if (misnamed !== null) return [unchecked(s, misnamed)]
  const lacking = finding(
    'service-role-missing-allow',
    'possible',
    [addToIdentity(s, actions, [connection], { attachTo })],
    {
      action: actions[0],
      resource: connection,
      role: named === undefined ? null : attachTo,
      actions: actions.join(', '),
    },
  )
  const about = { ...s, requests: [] }
  // The Git host answers in the same words where the token or the app's installation is gone.
  if (isUnauthorized) return [{ ...lacking, about }, gitHost()]
  // A stack may create the project before the policy of its role.
  const early = tooEarly()
  // The call that was refused is another, and of another caller: there is nothing to evaluate again.
  return [{ ...lacking, about }, early]
}

const gitHost = (): Finding =>
  finding('other-system', 'possible', [act('not-iam', 'ask-other-system', { system: 'git-hosting' })], {
    system: 'git-hosting',
  })

/** The connection that the text names, or one under the prefix that it speaks of. */
const connectionTold = (s: Situation): string =>
  s.told('connection-told', 'connection')[0] ??
  `arn:${s.partition}:${s.told('connection-told', 'service')[0]?.toLowerCase() ?? 'codeconnections'}:${s.region ?? '<Region>'}:<AccountId>:connection/<ConnectionId>`
