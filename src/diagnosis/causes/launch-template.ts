import type { Fix } from '../../remedy/fix.ts'
import { addToIdentity } from '../fixes.ts'
import { identityGrants, type Situation } from '../situation.ts'
import { instancesOf } from './pass-role.ts'

/**
 * EC2 Auto Scaling tries the template as its caller: what a launch asks for beside ec2:RunInstances, by tags and by
 * the instance profile in the template.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
export function besideLaunch(s: Situation): readonly Fix[] {
  if (s.denial.format !== 'launch-template') return []
  const account = s.callerAccount ?? '<AccountId>'
  const tags = addToIdentity(
    s,
    ['ec2:CreateTags'],
    [`arn:${s.partition}:ec2:${s.region ?? '<Region>'}:${account}:*/*`],
    {
      condition: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    },
  )
  const role = addToIdentity(s, ['iam:PassRole'], [`arn:${s.partition}:iam::${account}:role/<InstanceRoleName>`], {
    condition: { StringEquals: { 'iam:PassedToService': instancesOf(s) } },
  })
  return [
    ...(identityGrants(s, 'ec2:CreateTags', null) ? [] : [tags]),
    ...(identityGrants(s, 'iam:PassRole', null) ? [] : [role]),
  ]
}
