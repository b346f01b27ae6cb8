import { formatArn, parseArn } from '../../iam/arn.ts'
import { finding, none, type Finding } from '../finding.ts'
import { act } from '../fixes.ts'
import type { Situation } from '../situation.ts'

const partition = /^aws(?:-[a-z]{2,4}){0,3}$/u

/**
 * The request itself names a resource of another partition than the caller's: nobody reaches across, and IAM takes no
 * ARN of another partition in a policy, so the policies are right and the request is not.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function askedAcrossPartitions(s: Situation): readonly Finding[] {
  const caller = parseArn(s.denial.principal ?? '')
  const asked = parseArn(s.denial.resource ?? '')
  if (caller === null || asked === null || s.denial.effect === 'explicit') return none
  if (!partition.test(caller.partition) || !partition.test(asked.partition)) return none
  if (caller.partition === asked.partition) return none
  const wanted = formatArn({ ...asked, partition: caller.partition })
  const given = formatArn(asked)
  return [finding('wrong-partition', 'stated', [act('other', 'name-own-partition', { wanted })], { given, wanted })]
}
