import { finding, none, type Finding } from '../finding.ts'
import { act, addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { stepsOfLogs } from './companion-actions.ts'

/**
 * A function's log group comes with its first run, by its own role; where that may not, the function runs all the same
 * and its logs are dropped. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export function functionLogs(s: Situation): readonly Finding[] {
  if (!s.has('function-logs-absent') || s.action !== null || s.denial.class !== 'other-aws') return none
  const group =
    s.told('function-logs-absent', 'group')[0] ??
    `/aws/lambda/${s.told('function-named', 'functionName')[0] ?? '<FunctionName>'}`
  const place = `${s.region ?? '<Region>'}:${s.callerAccount ?? '<AccountId>'}`
  const stem = `arn:${s.partition}:logs:${place}:log-group:${group}`
  const named = stem.includes('<') ? null : `${stem}:*`
  const missing = s.wasRead('identity-based')
    ? stepsOfLogs.filter((action) => !identityGrants(s, action, named))
    : stepsOfLogs
  const role = s.told('role-named', 'role')[0] ?? s.told('role-arn', 'role')[0]?.split('/').at(-1)
  const attachTo = `role/${role ?? '<ExecutionRoleName>'}`
  const notRun = finding('resource-not-found', 'possible', [act('not-iam', 'check-resource-exists')], {})
  if (missing.length === 0) return [notRun]
  const [action = ''] = missing
  return [
    finding('missing-allow', 'possible', [addToIdentity(s, missing, [`${stem}:*`], { attachTo })], {
      action,
      principal: role === undefined ? null : attachTo,
    }),
    notRun,
  ]
}
