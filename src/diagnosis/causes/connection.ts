import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'

/**
 * CodeBuild and CodePipeline fetch the source over a connection with the service role of the project or pipeline. The
 * ARN keeps the prefix under which the connection was made, and the actions have to go with it.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/connections-github-app.html
 */
export function connectionRefused(s: Situation): readonly Finding[] {
  const [connection] = s.told('connection-refused', 'connection')
  if (connection === undefined || s.denial.action !== null) return none
  const prefix = connection.split(':')[2] ?? 'codeconnections'
  const byPipeline = s.denial.format === 'codepipeline-role'
  const names = byPipeline ? ['UseConnection'] : ['UseConnection', 'GetConnection', 'GetConnectionToken']
  const actions = names.map((name) => `${prefix}:${name}`)
  const named = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${named ?? '<ServiceRoleName>'}`
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
  // A stack may create the project before the policy of its role.
  const early = finding('propagation-delay', 'possible', [act('not-iam', 'wait-and-retry')], { why: 'just-created' })
  // The call that was refused is another, and of another caller: there is nothing to evaluate again.
  return [{ ...lacking, about: { ...s, requests: [] } }, early]
}
