import { finding, none, type Finding } from '../finding.ts'
import { addToIdentity } from '../fixes.ts'
import type { Situation } from '../situation.ts'
import { guardrailOn, isGrantedAll } from './role-shortfall.ts'
import { tooEarly } from './too-early.ts'

/**
 * MWAA tries its execution role on the folder of the workflows before it makes an environment, and names the folder.
 * https://docs.aws.amazon.com/mwaa/latest/userguide/mwaa-create-role.html
 */
export function workflowRole(s: Situation): readonly Finding[] {
  const [location] = s.told('service-role-lacks', 'location')
  if (location === undefined) return none
  const arn = `arn:${s.partition}:s3:::${location.split('/')[0] ?? ''}`
  const role = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const actions = ['s3:GetObject*', 's3:GetBucket*', 's3:List*']
  // What was read grants it: it counted too late, or the organization says no.
  if (isGrantedAll(s, ['s3:GetObject*'], `${arn}/*`) && isGrantedAll(s, ['s3:GetBucket*', 's3:List*'], arn))
    return [tooEarly(), guardrailOn(s, { actions: ['s3:GetObject'], resource: `${arn}/*` })]
  const lacking = addToIdentity(s, actions, [arn, `${arn}/*`], {
    attachTo: `role/${role ?? '<ExecutionRoleName>'}`,
  })
  return [
    finding('service-role-missing-allow', s.wasRead('identity-based') ? 'evaluated' : 'stated', [lacking], {
      role,
      actions: actions.join(', '),
    }),
    // A policy that was attached just before counts a little later.
    tooEarly(),
  ]
}
