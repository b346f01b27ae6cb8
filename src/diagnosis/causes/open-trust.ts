import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import { aws } from '../look-ups.ts'
import type { Situation } from '../situation.ts'
import { shownValues } from '../statements.ts'

/**
 * Within the account a trust policy that lets the caller in by itself asks nothing of the caller's own policies. AWS
 * refused, so that what is open of it did not hold: the trust policy is what to look at.
 */
export const mayLetIn = (s: Situation): boolean =>
  !s.isCrossAccount && s.verdict?.decision === 'unknown' && s.layer('role-trust')?.result === 'unknown'

/** Whether it holds hangs on the path of the caller's role, which AWS does not print. */
export function hangsOnPath(s: Situation): readonly Finding[] {
  const open = s.layer('role-trust')?.unknowns.find(({ key }) => key?.toLowerCase() === 'aws:principalarn')
  const name = s.denial.roleOrUserName
  if (open === undefined || name === null || s.denial.principalType !== 'assumed-role') return none
  const { policyType, effect, policy, statement, sid, key, operator, values } = open
  const command = aws('iam get-role --query Role.Arn --role-name', name)
  return [
    finding('undetermined', 'evaluated', [act('other', 'fetch-details', { key: key ?? '' }, { command })], {
      policyType,
      effect,
      policy,
      statement: statement + 1,
      sid,
      key,
      operator,
      values: shownValues(values).join(', '),
    }),
  ]
}
